"""What looks like a figure and is none: names, dates, clock times, list numbers, ordinals, ages, addresses."""

import regex

from sources.text.numbers import nouns
from sources.text.numbers.measures import SINGLE
from sources.text.numbers.number_words import ABBREVIATED, number_word
from sources.text.numbers.numerals import Numeral
from sources.text.numbers.tokens import Tokens, keys
from sources.text.numbers.units import Unit

CLITICS = keys("و ف ب ل ك ال وال بال لل ولل وب ول فب بال فال")
MONTHS = keys(
    "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين جانفي فيفري افريل "
    "ماي جوان جويلية اوت غشت شتنبر نونبر دجنبر يوليوز محرم صفر ربيع جمادي رجب شعبان رمضان شوال ذو ذي january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_WEEKDAYS = keys(
    "السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعة monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)
# A year follows these.
_YEAR_LEADS = keys(
    "عام العام عامي لعام بعام وعام سنة السنة لسنة وسنة سنتي ربيع صيف خريف شتاء منذ العامين موسم لموسم بحلول مطلع اواخر اوائل منتصف نهاية بداية دورة مونديال اولمبياد "
    "in since year years by until till of spring summer autumn fall winter before after late early mid during season fy olympics circa"
)
# A number after these is a name: the resolution, the article, the flight.
_NAMED = keys(
    "المادة مادة الماده المادتين القرار قرار رقم الرقم برقم ورقم الفقرة البند بند الفصل القناة قناة الرحلة رحلة الخط الطريق اللواء الفوج الكتيبة الوحدة الفرقة "
    "الصفحة صفحة ص الغرفة الشقة المبنى المربع البلوك مجموعة لمجموعة الحلقة الجزء الموسم النسخة الاصدار بوينغ بوينج ايرباص ايفون ابولو رؤيا رؤية شارع القسم "
    "المستوى الدرجة الفئة المرحلة اوميكرون كوفيد ميغ سو توبوليف اف بي ام جي هاتف فاكس تلفون خانة القاعة المحطة الاستديو نموذج طراز العدد عدد_رقم المنطقة "
    "no nr nos number article articles resolution section page pages chapter clause paragraph channel flight route highway interstate line phase level "
    "unit room suite building gate platform windows iphone galaxy boeing airbus apollo falcon type model mark version covid psalm figure table item "
    "group division formula area vol volume issue part episode class code bus tower pier terminal block lot district sector call dial tel phone fax"
)
_CLOCK_BEFORE = keys("الساعة الساعه للساعة والساعة clock")
_CLOCK_AFTER = keys("صباحا مساء ظهرا فجرا ليلا عصرا بتوقيت غرينتش جرينتش am pm gmt utc et est edt bst cet o'clock oclock")
_SCORING = keys(
    "فاز فازت فوز بفوز بنتيجة نتيجة تعادل تعادلا خسر خسرت خسارة تغلب تغلبت هزم سحق won win beat lost score draw drew defeated victory aggregate"
)
_ORDINAL = keys("st nd rd th")
_LISTED = regex.compile(r"[.)\-–:](?:\s|$)")
_CODE_AFTER = regex.compile(r"[/:]\d|[-–]\d+[-–/]|\.\d|,\d{4,}|[_@]")
_AGED = regex.compile(r"(?:عمر|العمر|سن)(?:ها|ه|هما|هم|هن|نا)?(?: (?:يناهز|ناهز|تجاوز|يتجاوز|نحو|حوالي|قرابه|يزيد علي|لا يتجاوز))?\s*$")
_WHO = keys("man woman boy girl child person he she teenager son daughter")
OLDEST = 115
LONGEST_ADDRESS = 300
_DAYS_OF = keys("يوم يومي أيام ليلة ليلتي")
_GROUP_OF = keys("مجموعة لمجموعة بمجموعة group")


def is_stranger(tokens: Tokens, numeral: Numeral, first: int, *, unit: Unit | None, compared: bool) -> bool:
    """Is the numeral that opens at token `first` no figure? `compared`: a comparator precedes."""
    if numeral.spelled:
        return unit is None and not compared and _named(tokens, numeral, first, unit=None)
    return (
        _glued(tokens, numeral, first)
        or _in_address(tokens, numeral)
        or _listed(tokens, numeral, first)
        or _dated(tokens, numeral, first, unit=unit, compared=compared)
        or _clock(tokens, numeral, first)
        or (not compared and _named(tokens, numeral, first, unit=unit))
    )


def _in_address(tokens: Tokens, numeral: Numeral) -> bool:
    """Is it part of a link or a mail address?"""
    near = tokens.low[max(0, numeral.start - LONGEST_ADDRESS) : numeral.start]
    word = near[max(near.rfind(blank) for blank in (" ", "\n", "\t")) + 1 :]
    return "://" in word or word.startswith("www.") or "@" in word


def _glued(tokens: Tokens, numeral: Numeral, first: int) -> bool:
    """Tu-95, A320, 10:30, 3rd, 1990s, 2022-12: letters or other digits hang on it."""
    low, start, end = tokens.low, numeral.start, numeral.end
    before = low[start - 1 : start]
    if before and before in "-–/.:#@_" and start > 1 and (low[start - 2].isalnum() or before in "#@_/"):
        return True
    if (
        first
        and tokens.glued(first)
        and tokens.word(first - 1)[0].isalpha()
        and tokens.word(first - 1) not in CLITICS
        and start == tokens.starts[first]
    ):
        return True
    if _CODE_AFTER.match(low, end):
        return True
    if low[end : end + 1] in ("-", "–") and low[end + 1 : end + 2].isdigit():
        return True  # a score: 2-1 is no range
    return hangs_on(tokens, numeral)


def hangs_on(tokens: Tokens, numeral: Numeral) -> bool:
    """3rd, 1990s, 3-D, 7-Eleven: letters hang on the end of it."""
    return _hangs(tokens, numeral.after)


def _hangs(tokens: Tokens, after: int) -> bool:
    gap, word = tokens.gap(after), tokens.word(after)
    if gap is None or not word[:1].isalpha():
        return False
    if gap == "":
        if word in _ORDINAL:
            return True
        return (
            word[0] < "\u0600"
            and word not in SINGLE
            and word not in ABBREVIATED
            and word not in ("usd", "eur", "gbp", "us", "c", "f", "x")
            and len(word) != 3
        )
    return (
        gap in "-–"
        and word not in SINGLE
        and number_word(word) is None
        and word[0] < "\u0600"
        and not tokens.glued(after + 1)
        and not _money(word)
    )


def _money(word: str) -> bool:
    return word in ("dollar", "euro", "pound", "cent", "yen", "rouble", "ruble")


def _listed(tokens: Tokens, numeral: Numeral, first: int) -> bool:
    """The number of a list: first on its line, with a point or a bracket after it."""
    start = numeral.start
    if numeral.value > 99 or not (start == 0 or tokens.low[start - 1] in "\n(" or tokens.low[max(0, start - 2) : start] == "\n "):
        return False
    found = _LISTED.match(tokens.low, numeral.end)
    return bool(found) and numeral.end + 1 < len(tokens.low.rstrip())


def _dated(tokens: Tokens, numeral: Numeral, first: int, *, unit: Unit | None, compared: bool) -> bool:
    if not numeral.written.isdigit():
        return False
    value, before, behind = numeral.value, tokens.word(first - 1), tokens.word(numeral.after)
    if tokens.joined(numeral.after) and behind in ("ه", "م") and not tokens.word(numeral.after + 1).startswith("مربع") and value >= 100:
        return True
    near = tokens.joined(first) or (tokens.gap(first) or "?").strip(" ") in (".", ",")
    if 0 < value <= 31 and len(numeral.written) <= 2:
        if _month_follows(tokens, numeral.after):
            return True
        if before in MONTHS and near and before.isascii() and not (before in ("may", "march") and not tokens.capital(first - 1)):
            return True
        if (before in _WEEKDAYS or before in _DAYS_OF) and near and unit is None:
            return True
    if len(numeral.written) != 4 or not 1000 <= value <= 2100:
        return False
    lead = before[1:] if before[:1] in "وبلف" and before[1:] in MONTHS else before
    if near and (lead in _YEAR_LEADS or lead in MONTHS):
        return not (unit and value % 100 == 0 and lead in ("of", "in", "by", "after", "before"))
    if compared or value < 1900:
        return False
    if before in ("copyright", "©") or (unit and unit.kind == "count" and unit.name.isascii() and unit.name[0].isupper()):
        return True
    if before in ("في", "وفي", "حتي", "او", "and", "to", "و", "الي") and value % 100:
        return True
    return unit is None


def _month_follows(tokens: Tokens, i: int) -> bool:
    """«5 ديسمبر», «4 من المايو», «5 و6 نونبر», "14 May": a month is after the number, or after the next."""
    for _ in range(2):
        if not tokens.joined(i):
            return False
        word = tokens.word(i)
        if word in ("من", "of") and tokens.joined(i + 1):
            i, word = i + 1, tokens.word(i + 1)
        if word in ("الشهر", "شهر", "month") and tokens.word(i - 1) in ("من", "of"):
            return True
        if word.removeprefix("ال") in MONTHS:
            return word not in ("may", "march", "صفر", "اب", "ماي") or tokens.capital(i) or not word.isascii()
        if word in ("و", "and", "or", "او", "to", "الي") and tokens.is_digits(i + 1) and len(tokens.word(i + 1)) <= 2:
            i += 2
        else:
            return False
    return False


def _clock(tokens: Tokens, numeral: Numeral, first: int) -> bool:
    if numeral.value > 24 and len(numeral.written) != 4:
        return False
    before, behind = tokens.word(first - 1), tokens.word(numeral.after)
    if tokens.joined(first) and before in _CLOCK_BEFORE:
        return True
    if not tokens.joined(numeral.after):
        return False
    if behind in ("a", "p") and tokens.word(numeral.after + 1) == "m" and tokens.gap(numeral.after + 1) == ".":
        return True
    return behind in _CLOCK_AFTER or (behind == "ت" and tokens.word(numeral.after + 1) == "غ")


def _named(tokens: Tokens, numeral: Numeral, first: int, *, unit: Unit | None) -> bool:
    """«القرار 1701», "Boeing 737", «مجموعة السبع»."""
    before, gap = tokens.word(first - 1), tokens.gap(first)
    if gap is None:
        return False
    if first and tokens.glued(first) and before in CLITICS:  # «القناة الـ12»
        before, gap = tokens.word(first - 2), tokens.gap(first - 1)
        if gap is None:
            return False
    if gap.strip(" \t") not in ("", ".", "-", "#", "(", "+"):
        return False
    if before in _GROUP_OF and (numeral.definite or not unit):
        return True
    if unit and before == "the" and unit.kind == "count" and numeral.written and _singular(unit.name):
        return True  # "the 111 service"
    if unit and before in _NAMED and numeral.written and tokens.word(numeral.after) in ("من", "of"):
        return True  # «المادة 51 من الميثاق»
    if before == "of" and tokens.word(first - 2) in _GROUP_OF and tokens.capital(first - 2):
        return True
    if unit or numeral.scale > 1:
        return False
    if before in _NAMED:
        return not numeral.spelled or not _is_arabic(before)
    if numeral.spelled or not before.isascii() or not before[:1].isalpha() or not numeral.written.isdigit():
        return False
    return tokens.capital(first - 1) and gap == " " and not _opens(tokens, first - 1) and number_word(before) is None


def _singular(name: str) -> bool:
    last = name.split()[-1].lower()
    return last.isascii() and not last.endswith("s") and not nouns.is_plural(last)


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


def _opens(tokens: Tokens, i: int) -> bool:
    """Does the word open a sentence, so that its capital says nothing?"""
    before = tokens.low[max(0, tokens.starts[i] - 2) : tokens.starts[i]].strip(" \t\"'(")
    return tokens.starts[i] < 2 or not before or before[-1:] in ".!?\n:"


def is_age(tokens: Tokens, first: int, start: int, end: int, after: int, unit: Unit | None) -> bool:
    """«(45 عاما)»، «البالغ من العمر 45 عاما», "aged 45", "John Smith, 45,": how old somebody is."""
    low, name = tokens.low, unit.name if unit else None
    if name not in ("year", "month", None):
        return False
    before, behind = low[max(0, start - 28) : start].rstrip(" ("), low[end : end + 1]
    word = tokens.word(first - 1)
    if _AGED.search(before) or word in ("aged", "age") or before.endswith("the age of"):
        return True
    opened = low[max(0, start - 2) : start].strip()[-1:]
    if name == "year":
        if opened and opened in "(،," and behind and behind in ")،,.":
            return opened == "(" or not tokens.is_digits(first - 1)
        return tokens.word(after) == "old" and "-" in (tokens.gap(after) or "") and "-" in low[start:end]
    if name or not tokens.is_digits(first) or not tokens.word(first).isdigit() or int(tokens.word(first)[:4]) > OLDEST:
        return False
    if opened and opened in ",،(" and behind and behind in ",،.)" and word[:1].isalpha():
        return True
    return word in ("of", "is", "was") and tokens.word(first - 2) in _WHO


def is_score(tokens: Tokens, first: int, second: int) -> bool:
    """2-1: two small numbers about a hyphen that count nothing."""
    near = {tokens.word(k) for k in range(max(0, first - 8), first)} | {tokens.word(k) for k in range(second, min(len(tokens), second + 4))}
    return bool(near & _SCORING)
