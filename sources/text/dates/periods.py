"""Weeks, months and years told from the day of publication, durations, quarters, decades: «العام المقبل», "two weeks ago"."""

from dataclasses import replace
from typing import Any

import regex

from sources.text.dates import arithmetic
from sources.text.dates.parts import Context, Grammar, Part, When

Read = tuple[str, Any] | None

units = Grammar()
durations = Grammar()
distances = Grammar()


def step(said: dict[str, Part]) -> int:
    """1 for next, -1 for last, 0 for this."""
    return -1 if "past" in said else 1 if "future" in said or "next" in said else 0


# ── one unit: «الأسبوع الماضي», "this year", "fiscal year 2024"


@units.rule(
    "the? now? past=past fiscal? unit=unit (?![xi]h?[MmvU])", "the? future=future fiscal? unit=unit", "now fiscal? unit=unit/theunit",
    "unit=theunit fiscal? past=past", "unit=theunit fiscal? future=future", "unit=theunit fiscal? now",
    "unit=relday past=past", "unit=relday future=future", "unit=unit past=past", "unit=unit future=future", "unit=unit now",
)  # fmt: skip
def _unit(context: Context, said: dict[str, Part]) -> Read:
    unit = said["unit"].value if isinstance(said["unit"].value, str) else "day"
    if unit in ("hour", "minute") or (said["unit"].code == "R" and said["unit"].value != 0):
        return None
    if unit == "day" and said["unit"].code == "U" and "past" in said:
        return None  # "the last day"
    if following(context, said) or (unit == "day" and said["unit"].code == "U"):
        return "d" if unit == "day" else {"year": "y", "month": "M"}.get(unit, "K"), When(event=(1, unit), relative=True)
    read = arithmetic.unit_at(context.published, unit, step(said))
    if read and "past" in said and context.low[said["past"].start : said["past"].end].startswith(_BEFORE_IT):
        read = read[0], replace(read[1], event=(-1, unit))
    return ("y" if read[0] == "Y" else read[0], read[1]) if read else None


_BEFORE_IT = ("السابق", "previous", "preceding")  # of what was told before, where anything was


@units.rule("the? unit=unit/theunit after future=future", "the? unit=unit/theunit before past=past")
def _but_one(context: Context, said: dict[str, Part]) -> Read:
    """«العام قبل الماضي», "the week after next"."""
    if said["unit"].value in ("hour", "minute", "day"):
        return None
    read = arithmetic.unit_at(context.published, said["unit"].value, 2 * step(said))
    return ("y" if read[0] == "Y" else read[0], read[1]) if read else None


@units.rule("the unit=unit back=before")
def _one_before(context: Context, said: dict[str, Part]) -> Read:
    """ "the year before": of what was told last; not "the year before he died"."""
    behind = context.low[said["back"].end : said["back"].end + 1]
    if (
        said["unit"].value not in ("year", "month")
        or context.low[said["back"].start] != "b"
        or behind not in ("", ".", ",", ";", ")", "\n")
    ):
        return None
    return "d", When(event=(-1, said["unit"].value), relative=True)


@units.rule("weekday=weekday after future=future")
def _weekday_but_one(context: Context, said: dict[str, Part]) -> Read:
    """«الأحد بعد المقبل»."""
    ahead = (weekday_of(said["weekday"]) - context.published.weekday() - 1) % 7 + 8
    there = arithmetic.shifted(context.published, days=ahead)
    return ("d", arithmetic.day(there)) if there else None


def following(context: Context, said: dict[str, Part]) -> bool:
    """«التالي» and "following" hang on what was told before, not on the day of publication."""
    return "future" in said and context.low[said["future"].start : said["future"].end].startswith(("التال", "following"))


@units.rule("the unit=unit (?!x)")
def _weekend(context: Context, said: dict[str, Part]) -> Read:
    """ "over the weekend": the last one, or the next in a future clause."""
    if said["unit"].value != "weekend":
        return None
    saturday = context.published.weekday() >= 5
    coming = context.tense(said["unit"].start, said["unit"].end) > 0
    return arithmetic.unit_at(context.published, "weekend", 0 if coming or saturday else -1)


@units.rule("the? fiscal? year=unit/theunit fiscal? number=year/card era?", "number=year era", "year=units/dual fiscal? number=year")
def _said_year(context: Context, said: dict[str, Part]) -> Read:
    if "year" in said and said["year"].value not in ("year", (2, "year")):
        return None
    number = said["number"]
    if number.code == "Y":
        return "y", number.value
    return ("y", When(year=number.value)) if 1900 <= number.value <= 2100 else None


@units.rule("of? weekday=weekday/bareday/both now? past=past", "weekday=weekday/bareday/both future=future", "weekday=weekday now")
@units.rule(
    "the? now? past=past weekday=weekday/bareday (?![xi]U?h?[MmvU])",
    "the? future=future weekday=weekday/bareday",
    "now weekday=weekday/bareday",
)
def _weekday(context: Context, said: dict[str, Part]) -> Read:
    """«الثلاثاء الماضي», "next Tuesday": English "next" is of next week, «المقبل» the first to come."""
    day = said["weekday"]
    wanted = weekday_of(day)
    today = context.published
    if "past" in said:
        there = arithmetic.shifted(today, days=-((today.weekday() - wanted - 1) % 7 + 1))
    elif "future" in said:
        english = context.low[said["future"].start : said["future"].end] == "next"
        ahead = 7 - today.weekday() + wanted if english else (wanted - today.weekday() - 1) % 7 + 1
        there = arithmetic.shifted(today, days=ahead)
    else:
        there = arithmetic.weekday_near(today, wanted, future=context.tense(day.start, day.end) >= 0)
    return ("d", arithmetic.day(there)) if there else None


def weekday_of(part: Part) -> int:
    """Monday is 0; «اثنين» and «أحد» are numbers as well."""
    return int(part.value[0] if part.code == "1" else part.value.weekday)


@units.rule(
    "unit? month=month/doubtful past=past (?![UDP])", "unit? month=month/doubtful future=future", "unit? month=month/doubtful now",
    "the? past=past month=month/doubtful/verb", "the? future=future month=month/doubtful/verb", "now month=month/doubtful/verb",
    "season=season past=past", "season=season future=future", "season=season now",
    "the? past=past season=season", "the? future=future season=season", "now season=season",
)  # fmt: skip
def _month(context: Context, said: dict[str, Part]) -> Read:
    """«مارس المقبل», "last summer": never the month or season that we are in."""
    month = said["month"].value.month if "month" in said else said["season"].value
    today, way = context.published, step(said)
    first, last = arithmetic.opening(month)
    here = today.year - (last > 12 and today.month <= last - 12)  # January is in the winter that began last year
    now = today.month + 12 * (today.year - here)
    year = here - (last >= now) if way < 0 else here + (first <= now) if way > 0 else here
    return ("M" if "month" in said else "q"), When(year=year, month=month, relative=True)


@units.rule("the? nth=ord/nth unit=unit/half", "unit=fraction/half nth=ord", "the? past unit=unit/half", "nth=ord unit=fraction")
def _quarter(context: Context, said: dict[str, Part]) -> Read:
    """«الربع الثالث», "the first half"; of which year is read later."""
    unit, nth = said["unit"], said["nth"].value if "nth" in said else -1
    if unit.value == "century":
        return "K", When(edtf=f"{nth - 1:02d}XX") if 1 < nth < 23 else None
    half, quarter = unit.code == "Q", unit.code == "2" or unit.value == "quarter"
    size = 2 if half else 4
    nth = size if nth == -1 else nth
    return ("q", When(month=(39 if half else 32) + nth)) if (half or quarter) and 1 <= nth <= size else None


@units.rule("century=theunit nth=ord")
def _century(context: Context, said: dict[str, Part]) -> Read:
    """«القرن العشرين» is 19XX."""
    nth = said["nth"].value
    return ("K", When(edtf=f"{nth - 1:02d}XX")) if said["century"].value == "century" and 10 < nth < 23 else None


# ── how long: «ثلاثة أشهر», "two weeks"


@durations.rule(
    "article? dual=dual", "count=num/card/article/both unit=units/unit", "unit=units count=card/num", "count=card of unit=units"
)
def _lasting(context: Context, said: dict[str, Part]) -> Read:
    if "dual" in said:
        return "L", said["dual"].value
    count, unit = said["count"], said["unit"]
    value = 1 if count.code == "j" else count.value[1] if count.code == "1" else count.value
    if count.code == "C" and count.value >= 100:
        return None
    return "L", (value, unit.value)


@durations.rule("unit=unit count=card/both")
def _one(context: Context, said: dict[str, Part]) -> Read:
    """«يوم واحد»; «شهر ثلاثة» is March."""
    count, unit = said["count"], said["unit"].value
    value = count.value[1] if count.code == "1" else count.value
    if unit == "month" and 1 < value <= 12:
        return "M", When(month=value)
    return ("L", (value, unit)) if value == 1 else None


@durations.rule("tens=tens of? century=period")
def _decade(context: Context, said: dict[str, Part]) -> Read:
    """«تسعينيات القرن الماضي»."""
    edtf = said["century"].value.edtf or ""
    return ("G", When(edtf=f"{edtf[:2]}{said['tens'].value}X")) if edtf.endswith("XX") else None


@durations.rule("the? tens=tens")
def _nineties(context: Context, said: dict[str, Part]) -> Read:
    tens = said["tens"].value
    return "G", When(edtf=f"{20 if tens < 3 else 19}{tens}X")


sums = Grammar()


@sums.rule("a=lasting comma? and? b=lasting")
def _sum(context: Context, said: dict[str, Part]) -> Read:
    """«عامين وثلاثة أشهر»: in months, or in days, or not at all."""
    (many, large), (few, small) = said["a"].value, said["b"].value
    for scale, name in ((_MONTHS, "month"), (_DAYS, "day")):
        if large in scale and small in scale:
            return "L", (many * scale[large] + few * scale[small], name)
    return "0", None


# ── how far away: «قبل ثلاثة أيام», "two years ago", «الأشهر الستة المقبلة»


@distances.rule(
    "the? past=past lasting=lasting", "the? future=future lasting=lasting", "lasting=lasting past=past", "lasting=lasting future=future"
)
@distances.rule("the? count=num/card future=future unit=units/unit", "the? count=num/card past=past unit=units/unit")
def _run(context: Context, said: dict[str, Part]) -> Read:
    count, unit = said["lasting"].value if "lasting" in said else (said["count"].value, said["unit"].value)
    led = said.get("past") or said.get("future")
    arabic = led is not None and context.low[led.start] > "\u0600"
    if unit in ("hour", "minute") or (arabic and led is not None and led.start < said.get("lasting", said.get("unit", led)).start):
        return None  # «المقبل يومي» are two phrases
    read = arithmetic.run(context.published, count, unit, step(said))
    return ("I", read) if read else None


@distances.rule(
    "before=before about? lasting=lasting (?!x)",
    "since about? lasting=lasting (?!x)",
    "lasting=lasting ago",
    "before=before unit=unit (?![xMmHN])",
    "since unit=unit (?![xMmHN])",
    "before/since lasting=lasting of now",
)
def _ago(context: Context, said: dict[str, Part]) -> Read:
    count, unit = said["lasting"].value if "lasting" in said else (1, said["unit"].value)
    coming = "before" in said and context.tense(said["before"].start, said["before"].end) > 0  # «لن تبدأ قبل أسبوعين»
    read = arithmetic.ago(context.published, count if coming else -count, unit)
    return (kind(read), read) if read else None


@distances.rule("after=after about? lasting=lasting (?!x)", "after=after unit=unit (?!x)")
@distances.rule("lasting=lasting later=later", "lasting=lasting from? hence", "lasting=lasting from relday")
def _on(context: Context, said: dict[str, Part]) -> Read:
    """«بعد أسبوعين» of what is to come is so far from today; of what has been it hangs on what was told before."""
    count, unit = said["lasting"].value if "lasting" in said else (1, said["unit"].value)
    place = said["lasting" if "lasting" in said else "unit"]
    if "later" in said or ("after" in said and context.tense(place.start, place.end) <= 0):
        way = said["later"].value if "later" in said else 1
        return "d", When(event=(way * count, unit), relative=True)
    read = arithmetic.ago(context.published, count, unit)
    return (kind(read), read) if read else None


@distances.rule("inside=in about? lasting=lasting", "inside=in unit=unit")
def _within(context: Context, said: dict[str, Part]) -> Read:
    """ "in two weeks" is then, «خلال أسبوعين» any day until then; both only of what is to come ("the lowest in two years")."""
    inside, lasting = said["inside"], said.get("lasting")
    if _EXTREME.search(context.low, max(0, inside.start - 40), inside.start):  # "to fall to the lowest in five years"
        return None
    word = context.low[inside.start : inside.end]
    if lasting is None and word not in ("خلال", "غضون"):
        return None
    count, unit = lasting.value if lasting else (1, said["unit"].value)
    if unit == "hour" and count % 24 == 0:
        count, unit = count // 24, "day"
    tense = context.tense(inside.start, inside.end) or (1 if word == "within" else 0)
    if tense <= 0 or unit in ("hour", "minute"):
        return None
    read = arithmetic.ago(context.published, count, unit)
    if read is None or word in ("in", "في"):
        return (kind(read), read) if read else None
    if word not in ("within", "خلال", "غضون", "during"):
        return None
    last = (
        arithmetic.shifted(context.published, days=count * _DAYS[unit])
        if unit in _DAYS
        else arithmetic.shifted(context.published, months=count * _MONTHS.get(unit, 0))
    )
    return ("I", When(edtf=f"{context.published.isoformat()}/{last.isoformat()}", relative=True)) if last else None


_EXTREME = regex.compile(
    r"(?:est|most|first|worst|record|time|ادني|اعلي|اكبر|اقل|اكثر|اسوا|افضل|اقوي|اول|اطول|مرة|مستوي)(?!\p{L})[^.،,؛;]{0,30}$"
)
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120}


def kind(when: When) -> str:
    """The kind of part that a date makes."""
    return "d" if when.day else "M" if when.month else "y"
