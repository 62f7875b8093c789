"""The Arabic dual: one word that is two of something, with the adjectives that agree with it."""

import unicodedata
from dataclasses import dataclass

import regex

from sources.text.numbers.currencies import Money, stem
from sources.text.numbers.measures import PHRASES, SINGLE, measure
from sources.text.numbers.number_words import number_word
from sources.text.numbers.tokens import Tokens, keys
from sources.text.numbers.units import spans

# Words that end like a feminine dual and are none: names, plurals, singulars.
_NO_DUAL = keys(
    "بوتين فلسطين روتين بروتين نيكوتين كيراتين جيلاتين كرياتين متين رصين تين ستين لاتين مارتين كريستين فالنتين قسطنطين "
    "كونستانتين بساتين بستان ثابتين صامتين مؤقتين ميتين مشتتين لافتين موقتين ملتفتين كتان بهتان شتان قفطان افغانستان باكستان "
    "كردستان داغستان كازاخستان اوزبكستان طاجيكستان قيرغيزستان تركمانستان لورستان بلوشستان عربستان هندوستان استين اوستين جاستن "
    "اثنتان اثنتين ثنتان ثنتين مئتان مئتين مائتان مائتين حانوتين مقيتين بلدان قضبان شبان بيتان كابتين ارجنتين ترمبتين ستالين"
)
# Masculine nouns whose plural is a broken one, so that -ين and -ان can only be the dual. Others end in -ين in the plural, too.
_DOING = keys("طالب")
_BROKEN = keys(
    "طالب "
    "شخص جندي طفل رجل هدف صاروخ قتيل جريح عنصر مشروع حزب بلد قرار اتفاق حادث هجوم انفجار زلزال حريق مبنى منزل بيت مسجد جسر نهر "
    "قطار زورق قارب مركب فريق وزير نائب رئيس سفير ضابط عميل جاسوس حارس خبير طبيب شاب رضيع شقيق سجين أسير شهيد "
    "متر طن برميل مقعد لقب مصنع بنك مطار ميناء موقع مخيم حي لواء فوج سبب خيار اتجاه طرف جانب فصل موسم مركز قسم نوع جزء "
    "فرع بند شرط ملف تقرير كتاب فيلم سهم صندوق عقد لقاء اجتماع مؤتمر خط طريق نفق سد قمر كوكب جبل بحر حقل بئر أنبوب مفاعل منجم "
    "قاض نجم حكم حصان كلب جمل خروف رأس حاجز خندق برج فندق متجر سوق مستشفى جامع دير قصر سجن "
    "معسكر مخزن مستودع خزان لغم سلاح رشاش مسدس مدفع لتر كيس طرد صوت شهر يوم أسبوع عام قرن ضعف مثل دولار ريال يورو "
    "درهم دينار جنيه فرنك يوان روبل ناد بطل ولد ابن أخ كيلو قنطار رطل قيراط طابق باب شارع ميدان دور سيناريو احتمال "
    "حل اقتراح بيان تصريح تحذير إنذار حكم مليار فدان دونم هكتار ميل قدم باص مدفع ملجأ مرفق مشهد مرسوم مصرف "
    "مجال موكب نصب وفد ورم قائد زعيم مريض ملك أمير شيخ عالم أستاذ سائح راكب زائر تاجر حاكم صهريج جهاز نظام برنامج منشور عمود ملعب معرض "
    "متحف مكتب مقر مطعم مخبز نص شريط مقطع هاتف حاسوب صنف لون رقم حد موعد عرض قرض سند عطل خطأ اختبار امتحان فحص لقاح دواء مرض فيروس "
    "تفجير اغتيال إضراب احتجاج اعتصام اتصال خطاب مقال بحث مسار محور تعديل قانون تشريع ركن شوط كأس رصيف ممر مدخل مخرج مبدأ مطلب غرض "
    "عضو فرد شاهد توأم نادي قاضي مبني مرسى ساحل خليج سرير صف درس كوخ خيمة كيس قبو سقف جدار سياج ثقب حفرة لوح قفل مفتاح باخرة يخت"
)
# Feminine nouns so short that -تين alone does not tell.
_SHORT = keys(
    "جثة جهة فئة لغة قوة حصة قصة خطة صفة كرة أمة قمة شقة سلة ضفة هبة رئة كلية ثلة سنة مرة مئة عمة خالة جدة ابنة بنت أخت زوجة حبة طلقة دفعة سيدة فتاة"
)
# People whose plural ends in -ين, too: two of them only in -ان, or where the number of others follows.
_PEOPLE = keys(
    "شرطي متهم مسلح مدني عسكري مسؤول مواطن لاعب مهندس مدرس معلم صحفي صحافي لاجئ نازح مرشح محامي متظاهر مشتبه عامل طالب مهاجر مسعف متطوع موظف "
    "مدرب مراسل مصور سائق مزارع صياد فنان مهرب معتقل محتجز مختطف مصاب مقاتل مشارك مستوطن مسافر ناشط باحث مستشار مساعد مبعوث مندوب مراقب "
    "متسلل مفقود ناجي منتخب طيار بحار قيادي مهاجم مدافع حارس متحدث مشرع مصلي مشجع متسابق رياضي سباح ملاكم غواص إطفائي إرهابي انتحاري"
)
# -يان and no dual of a nisba.
_NO_NISBA = keys("بيان كيان بنيان طغيان غليان شريان عصيان أحيان هذيان سريان أديان نسيان جريان غثيان ريان فيضان عميان عيان أعيان")


_DUAL_VOWEL = regex.compile("\u064e\u0640*ي\u0652?\u0640*ن")


@dataclass(frozen=True, slots=True)
class Dual:
    """Two of a unit; `start` is where its word begins without clitics."""

    start: int
    after: int
    unit: str
    kind: str


def dual(tokens: Tokens, i: int, money: Money) -> Dual | None:
    """The dual noun at token `i`: «سفينتان حربيتان» is two of «سفينة حربية». The definite dual speaks of two known ones, and is none."""
    word = tokens.word(i)
    if len(word) < 4 or not word.endswith(("ان", "ين")) or tokens.digits[i]:
        return None
    for lead in ("", "و", "ب", "ل", "ف", "ك", "وب", "ول"):
        if lead and not word.startswith(lead):
            continue
        bare = word[len(lead) :]
        if len(bare) < 4 or bare.startswith("ال") or bare in _NO_DUAL or number_word(bare):
            continue
        if lead in ("", "و", "ب", "ل") and (known := _known(tokens, i, bare, money)):
            return Dual(tokens.starts[i] + len(lead), *known)
    return _nisba(tokens, i) or _feminine(tokens, i)


def _is_vowelled(tokens: Tokens, i: int) -> bool:
    """«مرشحَين»: the vowel mark before the ending says that it is the dual."""
    word = tokens.original[slice(*tokens.origin(tokens.starts[i], tokens.ends[i]))]
    return bool(_DUAL_VOWEL.search(word))


def _counts_on(tokens: Tokens, j: int) -> bool:
    """«عسكريين وأربعة مدنيين»: does a number go on counting?"""
    if not tokens.joined(j):
        return False
    if tokens.word(j) == "و":
        return tokens.is_digits(j + 1) and tokens.joined(j + 1)
    found = number_word(tokens.word(j))
    return found is not None and found.lead == "و"


def _nisba(tokens: Tokens, i: int) -> Dual | None:
    """«فلسطينيان»: two of any people or kind; «فلسطينيين» only where a number goes on counting."""
    word = tokens.word(i)
    bare = word[1:] if word[0] in "وبل" and len(word) > 7 else word
    if len(bare) < 7 or bare.startswith("ال") or bare in _NO_NISBA:
        return None
    if not bare.endswith("يان") and not (bare.endswith("يين") and _counts_on(tokens, i + 1)):
        return None
    after, unit, kind = _counted(tokens, i, _spelt(tokens, i, bare, 2, ""), bare)
    return Dual(tokens.starts[i] + len(word) - len(bare), after, unit, kind)


def _known(tokens: Tokens, i: int, bare: str, money: Money) -> tuple[int, str, str] | None:
    """A dual whose singular is a unit, a currency or a noun of the table."""
    stem = bare[:-2]
    singulars = ([stem[:-1] + "ه"] if stem.endswith("ت") else []) + [stem, *([stem[:-1] + "ي"] if stem.endswith("ي") else [])]
    for singular in singulars:
        if phrase := _phrase(tokens, i, singular):
            return phrase
        if singular == "عقد" and not spans(tokens, i, i + 1):
            return _counted(tokens, i, _spelt(tokens, i, bare, 2, ""), bare)  # two contracts
        if (unit := SINGLE.get(singular)) and len(singular) > 2:
            return _past_two(tokens, i + 1), unit.name, unit.kind
        if money.is_noun(singular) and len(singular) > 2:
            code, after = _currency(tokens, i, singular, money)
            return after, code, "money"
        if singular in _SHORT:
            return _counted(tokens, i, _spelt(tokens, i, bare, 3, "ة"), bare)
        if singular in _DOING and tokens.word(i + 1).startswith("ال"):
            continue  # «طالبين اللجوء»
        sure = _is_vowelled(tokens, i) or bare.endswith("ان") or _counts_on(tokens, i + 1)
        if singular in _BROKEN or (singular in _PEOPLE and sure) or _past_two(tokens, i + 1) > i + 1:
            return _counted(tokens, i, _spelt(tokens, i, bare, 2, ""), bare)
    return None


def _phrase(tokens: Tokens, i: int, singular: str) -> tuple[int, str, str] | None:
    """«نقطتين مئويتين»، «مترين مربعين»: the unit of two words that they are two of."""
    adjective = _singular(tokens.word(i + 1)) if tokens.joined(i + 1) else ""
    for words, label in PHRASES.table.get(singular, ()):
        if len(words) == 2 and adjective and adjective in (words[1], words[1].removesuffix("ه")):
            unit = measure(label)
            return i + 2, unit.name, unit.kind
    return None


def _currency(tokens: Tokens, i: int, singular: str, money: Money) -> tuple[str, int]:
    adjective = _singular(tokens.word(i + 1)) if tokens.joined(i + 1) else ""
    noun = money.nouns[singular]
    if adjective and (code := money.national.get((noun, stem(adjective)))):
        return code, i + 2
    return money.unit(singular, i + 1)[0], i + 1


def _feminine(tokens: Tokens, i: int) -> Dual | None:
    """Any other word in -تان or -تين is two of a feminine noun."""
    word = tokens.word(i)
    bare = word[1:] if word[0] in "وبل" and len(word) > 5 and word[1:] not in _NO_DUAL else word
    if word[0] == "و" and word[1:] in _NO_DUAL:
        return None
    if len(bare) < 6 or not bare.endswith(("تان", "تين")) or bare.startswith(("ال", "لل")) or bare in _NO_DUAL or word in _NO_DUAL:
        return None
    if bare.endswith("ستان") and len(bare) > 6:
        return None
    if bare.startswith(("مت", "مست", "من")) and bare.endswith("تين") and len(bare) < 6:
        return None
    start = tokens.starts[i] + len(word) - len(bare)
    after, unit, kind = _counted(tokens, i, _spelt(tokens, i, bare, 3, "ة"), bare)
    return Dual(start, after, unit, kind)


def _spelt(tokens: Tokens, i: int, bare: str, cut: int, ending: str) -> str:
    """The singular in the letters of the text, so that its hamzas stay."""
    end = tokens.ends[i]
    start = end - len(bare)
    return _clean(tokens.read(start, end - cut)) + ending


def _clean(word: str) -> str:
    """Without vowel marks and stretching."""
    return "".join(c for c in unicodedata.normalize("NFC", word) if unicodedata.category(c) not in ("Mn", "Cf") and c != "ـ")


def _counted(tokens: Tokens, i: int, noun: str, bare: str) -> tuple[int, str, str]:
    """The noun with its adjective in the dual, both in the singular."""
    feminine = bare.endswith(("تان", "تين"))
    after = _past_two(tokens, i + 1)
    other = tokens.word(after)
    if after == i + 1 and tokens.joined(after) and other[-2:] == bare[-2:] and len(other) > 4 and number_word(other) is None:
        same = other.endswith(("تان", "تين")) if feminine else not other.endswith(("تان", "تين"))
        if same and (other[:1] not in "وبل" or other.startswith("باليستي")) and not other.startswith("ال"):
            cut, ending = (3, "ة") if feminine else (2, "")
            return after + 1, f"{noun} {_spelt(tokens, after, other, cut, ending)}", "count"
    return after, noun, "count"


def _singular(word: str) -> str:
    if word.endswith(("تين", "تان")):
        return word[:-3] + "ه"
    return word[:-2] if word.endswith(("ين", "ان")) else word


def _past_two(tokens: Tokens, i: int) -> int:
    """«جنديان اثنان»: the number said again."""
    if (
        tokens.joined(i)
        and (found := number_word(tokens.word(i)))
        and found.role == "unit"
        and found.value == 2
        and found.arabic
        and not found.lead
    ):
        return i + 1
    return i
