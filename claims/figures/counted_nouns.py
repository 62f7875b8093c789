"""The noun that a figure counts, in one form: «جندي», «جنديا» and «جنود» count the same, and so do "soldier" and "soldiers"."""

import re
from functools import cache

import snowballstemmer

from sources.text.folding import fold

# Broken plurals that news counts with: the singular first.
_BROKEN = """
جندي جنود / قتيل قتلى قتلي / جريح جرحى جرحي / شخص أشخاص / عنصر عناصر / ضحية ضحايا / شهيد شهداء / أسير أسرى اسري / رهينة رهائن
طفل أطفال / امرأة نساء / رجل رجال / مصاب مصابون / عامل عمال / طالب طلاب طلبة / ناخب ناخبون / مريض مرضى مرضي / طبيب أطباء
سفينة سفن / طائرة طائرات / صاروخ صواريخ / دبابة دبابات / قارب قوارب / شاحنة شاحنات / قذيفة قذائف / مسيرة مسيرات / غارة غارات
بيت بيوت / منزل منازل / مبنى مبان مباني / مدرسة مدارس / مشفى مستشفى مشاف مستشفيات / مصنع مصانع / قرية قرى قري / مدينة مدن / بلد بلدان بلاد
دولة دول / شركة شركات / مشروع مشاريع مشروعات / مقعد مقاعد / صوت أصوات / نائب نواب / وزير وزراء / عضو أعضاء / حزب أحزاب
نازح نازحون / لاجئ لاجئون / مهاجر مهاجرون / عائلة عائلات عوائل / أسرة أسر / وظيفة وظائف / حالة حالات / إصابة إصابات
سيارة سيارات / حادث حوادث
"""
_IRREGULAR = {"people": "person", "persons": "person", "men": "man", "women": "woman", "children": "child", "lives": "life"}
_ARABIC = re.compile(r"[\u0621-\u064a]")
_ENDINGS = ("ون", "ين", "ات", "ان", "ا", "ه", "ة")
_stemmer = snowballstemmer.stemmer("english")


def _folded(word: str) -> str:
    return fold(word).text.lower().strip()


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


_SINGULAR = {
    _stem(_folded(form)): _stem(_folded(forms.split()[0]))
    for line in _BROKEN.strip().splitlines()
    for forms in line.split("/")
    for form in forms.split()
}


@cache
def noun(name: str) -> str:
    """The noun without number and case, word by word."""
    return " ".join(_one(word) for word in _folded(name).split())


def _one(word: str) -> str:
    if not _ARABIC.match(word):
        return str(_stemmer.stemWord(_IRREGULAR.get(word, word)))
    bare = _stem(word.removeprefix("ال") if len(word) > 4 else word)
    return _SINGULAR.get(bare, bare)
