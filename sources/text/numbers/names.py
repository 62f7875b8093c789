"""Numbers that are part of a name or tell which one: «القرار 1701», "Boeing 737", «المرتبة الـ12», «مجموعة السبع»."""

from sources.text.numbers import nouns
from sources.text.numbers.number_words import number_word
from sources.text.numbers.numerals import Numeral
from sources.text.numbers.tokens import Tokens, keys
from sources.text.numbers.units import Unit

# A number after these is a name, whatever follows.
_ALWAYS = keys(
    "المادة مادة المادتين القرار قرار رقم الرقم برقم القانون قانون المرسوم الفقرة البند الرحلة رحلة الدقيقة دقيقة المرتبة المركز الترتيب الدورة الجولة الذكرى "
    "عيار الساخن بوينغ بوينج ايرباص إيرباص آيفون كوفيد ميغ سوخوي توبوليف ابولو فالكون طراز نموذج هاتف فاكس تلفون صفحة الصفحة "
    "no nr nos number article articles resolution section page pages chapter clause paragraph flight route highway interstate psalm catch "
    "hotline helpline iphone galaxy boeing airbus apollo falcon covid max title tel phone fax dial call"
)
# And after these where nothing is counted.
_MOSTLY = keys(
    "الفصل فصل القناة قناة الخط الطريق اللواء الفوج الكتيبة الوحدة الفرقة ص الغرفة الشقة المبنى المربع البلوك مجموعة الحلقة الجزء الموسم النسخة الإصدار رؤيا رؤية "
    "شارع فرانس القسم المستوى الدرجة الفئة المرحلة أوميكرون سو اف بي ام جي خانة القاعة المحطة الاستديو العدد المنطقة لواء فرقة كتيبة فوج بند "
    "top channel line phase level unit room suite building gate platform windows type model mark version figure table item group division formula "
    "area vol volume issue part episode class code bus tower pier terminal block lot district sector"
)
_GROUP_OF = keys("مجموعة group")
CLITICS = keys("و ف ب ل ك ال وال بال لل ولل وب ول فب فال")
_STREETS = keys("street road avenue lane square drive boulevard place")
_THE = "ال"


def is_name(tokens: Tokens, numeral: Numeral, first: int, *, unit: Unit | None) -> bool:
    """Does the numeral at token `first` name rather than count? `unit` is what would be counted."""
    k = first - 1
    article = first > 0 and tokens.glued(first) and tokens.word(k) in CLITICS
    if article:  # «القناة الـ12»
        k -= 1
    gap = tokens.gap(k + 1)
    if gap is None or gap.strip(" \t") not in ("", ".", "-", "#", "(", "+") or numeral.scale > 1:
        return False
    before = _bare(tokens.word(k))
    if unit is not None and unit.kind != "count":
        return before in _GROUP_OF and numeral.definite
    if before in _GROUP_OF or (before == "of" and tokens.word(k - 1) in _GROUP_OF and tokens.capital(k - 1)):
        return numeral.definite or article or unit is None
    if before in _ALWAYS or (article and tokens.word(first - 1).endswith(_THE) and before.startswith(_THE) and before.endswith("ه")):
        return not numeral.spelled or not nouns.is_arabic(before)
    if not numeral.written.isdigit():
        return False
    if unit is not None:
        return _one_of_its_kind(tokens, numeral, k, unit)
    if before in _MOSTLY or (tokens.capital(numeral.after) and tokens.word(numeral.after + 1) in _STREETS):
        return True
    return _is_proper(tokens, k, gap)


def _bare(word: str) -> str:
    """The word without the clitic of a name: «واللواء»."""
    bare = word[1:] if word[:1] in "وبلف" else word
    if word.startswith("لل") and len(word) > 3:
        bare = _THE + word[2:]
    return bare if bare in _ALWAYS or bare in _MOSTLY or bare in _GROUP_OF else word


def _one_of_its_kind(tokens: Tokens, numeral: Numeral, k: int, unit: Unit) -> bool:
    """ "the 111 service", "the MAX 9 fleet", «الفصل 7 من الميثاق»: what follows is not so many."""
    before = tokens.word(k)
    if _bare(before) in _MOSTLY and tokens.word(numeral.after) in ("من", "of"):
        return True
    if not nouns.is_singular(unit.name) or numeral.value == 1:
        return False
    return before == "the" or _is_proper(tokens, k, tokens.gap(k + 1) or "")


def _is_proper(tokens: Tokens, k: int, gap: str) -> bool:
    """Is the word at `k` a name by its capital: "Windows 11"?"""
    word = tokens.word(k)
    if not word.isascii() or not word[:1].isalpha() or gap != " " or number_word(word) is not None:
        return False
    return tokens.capital(k) and not _opens(tokens, k)


def _opens(tokens: Tokens, i: int) -> bool:
    """Does the word open a sentence, so that its capital says nothing?"""
    before = tokens.low[max(0, tokens.starts[i] - 2) : tokens.starts[i]].strip(" \t\"'(")
    return tokens.starts[i] < 2 or not before or before[-1:] in ".!?\n:"
