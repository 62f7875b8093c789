"""What one Arabic word looks like beside a name: a title, the end of a phrase, a family name, a plain noun."""

from collections.abc import Sequence
from functools import lru_cache

from sources.text.arabic import names, titles, verbs
from sources.text.arabic.nouns import is_verbal_noun
from sources.text.arabic.particles import NAME_ENDS
from sources.text.arabic.reporting import OCCASIONS, telling

CHARGED = frozenset({"قائم", "مكلف", "معني", "مختص", "خاص"})


PERIODS = frozenset(
    "للربع للنصف لعام للعام لسنة للسنة للشهر للفترة لشهر للاسبوع للموسم للعقد لليوم للصحفيين للصحافيين للاعلاميين للمرة".split()
)


TENS = frozenset("العشرين الثلاثين الاربعين الخمسين الستين السبعين الثمانين التسعين العشرينات الثلاثينات".split())


_OFFICE = frozenset(
    [
        "اسبق",
        "منتخب",
        "حالي",
        "جديد",
        "راحل",
        "انتقالي",
        "اعلي",
        "مفوض",
        "مقال",
        "معين",
        "دائم",
        "خاص",
        "ثاني",
        "ثالث",
        "سابق",
        "اول",
        "تنفيذي",
        "اقليمي",
        "ركن",
        "موقت",
        "متقاعد",
        "طيار",
        "شاب",
        "شرعي",
        "قانوني",
        "فني",
        "مساعد",
        "مكلف",
        "منتهيه",
        "يميني",
        "يساري",
        "محافظ",
        "ديمقراطي",
        "جمهوري",
    ]
)


@lru_cache(maxsize=65536)
def unprefixed(word: str) -> str:
    """A word without the و, ف, ل, ك or ب glued to it, only where what is left opens a title or a body's name."""
    if len(word) > 3 and not heads(word):
        for rest in (word[1:], "ال" + word[2:] if word.startswith("لل") else ""):
            if (
                word[0] in "وفلبك"
                and rest
                and (heads(rest) or (rest in names.GIVEN and len(rest) > 3 and word[0] in "ولب" and word not in names.GIVEN))
            ):
                return rest
        if word[0] in "وف" and word[1] in "لب" and len(word) > 4 and (heads(word[2:]) or (word[1:3] == "لل" and heads("ال" + word[3:]))):
            return word[2:] if heads(word[2:]) else "ال" + word[3:]
    return word


@lru_cache(maxsize=65536)
def heads(word: str) -> bool:
    return (
        word in titles.ROLES
        or word in titles.ORGANISATIONS
        or word in titles.COUNTERPARTS
        or word in titles.GROUPS
        or word in titles.SOURCES
        or word in titles.DOCUMENTS
    )


@lru_cache(maxsize=65536)
def is_mark(word: str) -> bool:
    """Neither a word nor a number."""
    return not (word[0].isalnum() or word[0] == "_")


def definite(word: str) -> bool:
    """Does it carry the article?"""
    return word.startswith("ال") and len(word) > 3


@lru_cache(maxsize=65536)
def stops(word: str) -> bool:
    """A word that no noun phrase of a speaker goes on past."""
    if is_mark(word) or word in NAME_ENDS or word[0].isdigit():
        return True
    if word in names.countries() or word in names.GIVEN or word in titles.ROLES or word in titles.OF or word in titles.AFTER_TITLE:
        return False
    told = telling(word)
    if told and (told.participle or not told.tied) and not definite(word):
        return True
    if word[0] == "ل" and word[1:] in titles.CARRIERS:
        return True  # «مصدر لرويترز»
    form = verbs.form_of(word)
    if form and word in verbs.KNOWN and not definite(word):
        return True
    return len(word) > 3 and word[0] in "بكو" and (word[1:3] == "ال" or is_verbal_noun(word[1:])) and word not in titles.OF


def is_body(word: str) -> bool:
    return (word in titles.ORGANISATIONS or word in titles.OF) and word not in OCCASIONS


@lru_cache(maxsize=65536)
def qualifies(word: str) -> bool:
    """An adjective of an office rather than a family name."""
    core = word.removeprefix("ال")
    return names.is_nisba(word) or core in titles.AFTER_TITLE or core in _OFFICE or core.removesuffix("ة") in _OFFICE or core.endswith("ية")


@lru_cache(maxsize=65536)
def plain_noun(word: str) -> bool:
    """Endings that family names hardly have, without the article: an object begins."""
    if definite(word):
        return word.endswith(("ين", "ون", "ات", "ية"))
    return word.endswith(("ية", "ات", "ة")) or names.is_nisba(word)


def thing(word: str) -> bool:
    """Endings that not even a family name has."""
    return not definite(word) and (word.endswith(("ية", "ات")) or names.is_nisba(word))


def given_ahead(words: Sequence[str], i: int, limit: int, reach: int = 3) -> bool:
    for k in range(i, min(limit, i + reach)):
        if words[k] in names.GIVEN or (words[k] in titles.HONORIFICS and definite(words[k])):
            return True
        if (is_mark(words[k]) and words[k] not in "()،") or words[k] in NAME_ENDS:
            return False
    return False
