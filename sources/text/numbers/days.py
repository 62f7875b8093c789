"""Days, years and hours: numbers that are part of a date or of a clock time."""

from sources.text.numbers import nouns
from sources.text.numbers.numerals import Numeral
from sources.text.numbers.tokens import Tokens, keys
from sources.text.numbers.units import Unit

MONTHS = keys(
    "يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين جانفي فيفري افريل "
    "ماي جوان جويلية اوت غشت شتنبر نونبر دجنبر يوليوز محرم صفر ربيع جمادي رجب شعبان رمضان شوال ذو ذي january february march april may june july august september "
    "october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_WEEKDAYS = keys(
    "السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعة monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun"
)
_YEAR_LEADS = keys(
    "عام العام عامي لعام بعام وعام سنة السنة لسنة وسنة سنتي ربيع صيف خريف شتاء منذ العامين موسم لموسم حتى بحلول مطلع اواخر اوائل منتصف نهاية بداية دورة مونديال اولمبياد "
    "in since year years by until till of spring summer autumn fall winter before after late early mid during season fy olympics circa"
)
_CLOCK_BEFORE = keys("الساعة الساعه للساعة والساعة clock")
_CLOCK_AFTER = keys("صباحا مساء ظهرا فجرا ليلا عصرا بتوقيت غرينتش جرينتش am pm gmt utc et est edt bst cet o'clock oclock")
_DAYS_OF = keys("يوم يومي أيام ليلة ليلتي")
DETERMINERS = keys("a an the his her its their this that")
_SINCE = keys("since منذ ومنذ")
_YEARS_AFTER = keys("في وفي حتى أو and to و إلى")  # a year follows these where it is no round number
_OF_YEARS = keys(
    "levels level prices figures standards elections election budget results data campaign season peak high highs lows values tournament games olympics"
)
_ROUND_AFTER = ("حتي", "of", "in", "by", "after", "before")


def is_dated(tokens: Tokens, numeral: Numeral, first: int, *, unit: Unit | None, compared: bool) -> bool:
    """Is the numeral at token `first` a day of a month or a year?"""
    if not numeral.written.isdigit():
        return False
    behind = tokens.word(numeral.after)
    if (
        tokens.joined(numeral.after)
        and behind in ("ه", "م")
        and not tokens.word(numeral.after + 1).startswith("مربع")
        and numeral.value >= 100
    ):
        return True  # «1444 هـ», «2023 م»
    if 0 < numeral.value <= 31 and len(numeral.written) <= 2:
        return _is_day(tokens, numeral, first, counted=unit is not None)
    if len(numeral.written) != 4 or not 1000 <= numeral.value <= 2100:
        return False
    return _is_year(tokens, numeral, first, unit=unit, compared=compared)


def _near(tokens: Tokens, first: int) -> bool:
    return tokens.joined(first) or (tokens.gap(first) or "?").strip(" ") in (".", ",")


def _is_day(tokens: Tokens, numeral: Numeral, first: int, *, counted: bool) -> bool:
    before = tokens.word(first - 1)
    if before in ("and", "to", "or", "-", "و") and tokens.is_digits(first - 2) and tokens.word(first - 3) in MONTHS:
        return True  # "between Sept 16 and 19"
    if _month_follows(tokens, numeral.after):
        return True
    if not _near(tokens, first):
        return False
    if before in MONTHS and before.isascii() and not (before in ("may", "march") and not tokens.capital(first - 1)):
        return True
    return (before in _WEEKDAYS or before in _DAYS_OF) and not counted


def _is_year(tokens: Tokens, numeral: Numeral, first: int, *, unit: Unit | None, compared: bool) -> bool:
    value, before = numeral.value, tokens.word(first - 1)
    lead = before[1:] if before[:1] in "وبلف" and before[1:] in MONTHS else before
    if _near(tokens, first) and (lead in _YEAR_LEADS or lead in MONTHS):
        return not (unit and value % 100 == 0 and lead in _ROUND_AFTER)
    if compared:  # "since at least 1974"
        return unit is None and value > 1900 and not _SINCE.isdisjoint(tokens.texts[max(0, first - 4) : first])
    if value < 1900:
        return False
    if unit is None or before in ("copyright", "©") or (before in _YEARS_AFTER and value % 100):
        return True
    if unit.name.split()[0].lower() in _OF_YEARS:
        return True  # "2019 levels"
    named = unit.name.isascii() and unit.name[0].isupper()
    return unit.kind == "count" and (named or (before in DETERMINERS and nouns.is_singular(unit.name.split()[0])))


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


def is_clock(tokens: Tokens, numeral: Numeral, first: int) -> bool:
    if numeral.value > 24 and len(numeral.written) != 4:
        return False
    before, behind = tokens.word(first - 1), tokens.word(numeral.after)
    if tokens.joined(first) and before in _CLOCK_BEFORE:
        return True
    if before == "و" and tokens.is_digits(first - 2) and tokens.word(first - 3) in _CLOCK_BEFORE:
        return True  # «بين الساعة 10 و12»
    if not tokens.joined(numeral.after):
        return False
    if behind in ("a", "p") and tokens.word(numeral.after + 1) == "m" and tokens.gap(numeral.after + 1) == ".":
        return True
    return behind in _CLOCK_AFTER or (behind == "ت" and tokens.word(numeral.after + 1) == "غ")
