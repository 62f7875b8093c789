"""A day by its weekday and its date, by two calendars, or by a larger span's edge: «الأربعاء (28 ديسمبر)», «نهاية عام 2025»."""

from dataclasses import replace
from datetime import date
from typing import Any

from sources.text.dates import arithmetic
from sources.text.dates.parts import Context, Grammar, Part, When

Read = tuple[str, Any] | None

weekdays = Grammar()
anchored = Grammar()
edges = Grammar()
anchored.macro("JOINT", "comma/open/same/slash/of")


@weekdays.rule(
    "tod? unit? weekday=weekday/bareday tod? comma? the? open? day=day close?",
    "tod weekday=weekday dash? next=weekday", "(?<!.) weekday=bareday (?!.)", "in weekday=bareday",
    "unit? weekday=weekday the? dom=nth", "unit? weekday=weekday the? dom=ord", "tod? unit? weekday=weekday tod?",
)  # fmt: skip
def _weekday(context: Context, said: dict[str, Part]) -> Read:
    """«مساء الأربعاء», «ليل الجمعة السبت», «الاثنين 12 يناير 2016», "Tuesday the 19th"."""
    weekday = said["weekday"].value.weekday
    if "next" in said:
        other = said["next"].value
        return ("V", (said["weekday"].value, other)) if (weekday + 1) % 7 == other.weekday else None
    if "dom" in said:
        return _weekday_and_number(context, weekday, said["dom"].value)
    if "day" not in said:
        return "d", When(weekday=weekday)
    day = said["day"].value
    if day.day is None or (day.relative and day.year is not None and date(day.year, day.month, day.day).weekday() != weekday):
        return None
    return "d", replace(day, weekday=weekday)


def _weekday_and_number(context: Context, weekday: int, number: int) -> Read:
    """The nearest day of that number that is such a weekday: the two tell the month."""
    if not 0 < number < 32:
        return None
    today = context.published
    near = [there for days in range(-200, 201) if (there := arithmetic.shifted(today, days=days)) and there.day == number]
    fits = sorted((there for there in near if there.weekday() == weekday), key=lambda there: abs((there - today).days))
    return ("d", arithmetic.day(fits[0])) if fits else None


@weekdays.rule("on=in the dom=nth (?![xMmWUo])")
def _number_alone(context: Context, said: dict[str, Part]) -> Read:
    """ "on the 15th": of this month or the last one, of the next in a future clause."""
    on, number, today = said["on"], said["dom"].value, context.published
    if context.low[on.start : on.end] != "on" or not 0 < number < 32:
        return None
    future = context.tense(on.start, said["dom"].end) > 0
    for months in range(3):
        there = arithmetic.shifted(today.replace(day=1), months=months if future else -months)
        moved = arithmetic.shifted(there, days=number - 1) if there else None
        if there and moved and moved.month == there.month and (moved >= today if future else moved <= today):
            return "d", arithmetic.day(moved)
    return None


@anchored.rule("a=day comma? open? b=day close?", "a=day ( JOINT | dash )? JOINT? JOINT? b=day close?")
def _same_day(context: Context, said: dict[str, Part]) -> Read:
    """Two anchors that must agree: «أمس الجمعة», «5 جمادى الآخرة 1444 الموافق 29 ديسمبر 2022»."""
    a, b = said["a"].value, said["b"].value
    between = context.low[said["a"].end : said["b"].start]
    if len(between) > 24 or "\n" in between:
        return None
    if b.weekday is not None and b.day is None:
        return _and_weekday(context, a, b, between)
    if a.hijri == b.hijri and not a.relative and a.weekday is None:
        return None  # a list: "May 5, June 6"
    first, second = _exact(context, a), _exact(context, b)
    if first is None or second is None:
        return None
    if a.hijri != b.hijri:
        return ("d", replace(b if a.hijri else a, weekday=None)) if abs((first - second).days) <= 3 else None
    loose = between.strip() in ("", ",", "،", "(", ",(")
    if loose and a.relative and not b.relative and first.weekday() == second.weekday():
        return "d", replace(b, year=second.year, relative=b.year is None)  # "next Monday, 9 January": the one that is spelled out
    same = loose and first == second and (a.relative or a.weekday is not None)
    return ("d", replace(b, year=second.year, relative=b.relative or b.year is None)) if same else None


def _and_weekday(context: Context, a: When, b: When, between: str) -> Read:
    assert b.weekday is not None
    first = _exact(context, a)
    if first is None or between.strip() not in ("", ",", "،", "("):
        return None
    if first.weekday() == b.weekday:
        return "d", replace(a, weekday=b.weekday)
    if a.relative and abs((first - context.published).days) <= 2:  # the weekday is said on purpose: it is believed
        there = arithmetic.weekday_near(context.published, b.weekday, future=first > context.published)
        return "d", arithmetic.day(there)
    return None


def _exact(context: Context, when: When) -> date | None:
    if when.day is None or when.month is None:
        return None
    year = when.year or arithmetic.year_of(when, context.published, 0)
    try:
        return date(year, when.month, when.day)
    except ValueError:
        return None


@anchored.rule("number=num/nth/ord of? unit? month=hijri JOINT JOINT? JOINT? day=day close?")
def _with_hijri(context: Context, said: dict[str, Part]) -> Read:
    """«5 رمضان (27 مارس 2023)»: the Hijri date without its year is only the other's name."""
    return "d", said["day"].value


@anchored.rule("the? unit=unit of day=day")
def _week_of(context: Context, said: dict[str, Part]) -> Read:
    """ "the week of October 7"."""
    there = _exact(context, said["day"].value)
    if said["unit"].value != "week" or there is None:
        return None
    week = arithmetic.week_from(arithmetic.shifted(there, days=-there.weekday()))
    return ("K", When(edtf=week)) if week else None


@anchored.rule("lasting=lasting way=after/before of? day=day", "way=after/before lasting=lasting of day=day")
def _from_day(context: Context, said: dict[str, Part]) -> Read:
    """«بعد ثلاثة أيام من 5 مارس», "two weeks before 3 May 2021"."""
    count, unit = said["lasting"].value
    day = said["day"]
    year = day.value.year
    if day.value.day is None:
        return None
    if year is None:
        year = arithmetic.year_of(day.value, context.published, context.tense(day.start, day.end))
    try:
        base = date(year, day.value.month, day.value.day)
    except ValueError:
        return None
    read = arithmetic.ago(base, count if said["way"].code == "z" else -count, unit)
    if read is None:
        return None
    return "d" if read.day else "M" if read.month else "y", replace(read, relative=day.value.year is None or day.value.relative)


# ── edges: only the span is certain, so only the span is kept


@edges.rule("the? unit=unit (?=_)")
def _is_out(context: Context, said: dict[str, Part]) -> Read:
    """ "before the decade is out"."""
    ends = context.low[said["unit"].end : said["unit"].end + 8].startswith((" is out", " ends", " is over"))
    read = arithmetic.unit_at(context.published, said["unit"].value, 0) if ends and said["unit"].value != "day" else None
    return ("y" if read[0] == "Y" else read[0], read[1]) if read else None


@edges.rule(
    "the? edge=edge dash? of? the? unit? span=month/doubtful/year/saidyear/part/period/decade/day",
    "the? edge=edge dash? of? the? unit=unit/theunit", "unit=unit dash? edge=edge", "the? edge=edge of now span=decade",
    "span=saidyear dash edge=edge", "edge=edge in span=day",
)  # fmt: skip
def _edge(context: Context, said: dict[str, Part]) -> Read:
    """«مطلع 2025» is 2025, "by the end of the decade" the decade: the words before it stay in the text."""
    if "unit" not in said:
        span = said["span"]
        if span.code == "q" and span.value.year is None and span.value.month > 36:
            year = arithmetic.year_of(span.value, context.published, context.tense(span.start, span.end))
            return "q", replace(span.value, year=year, relative=True)
        return {"m": "M", "Y": "y"}.get(span.code, span.code), span.value
    edge, unit = said["edge"], said["unit"]
    if unit.value not in ("week", "month", "year", "decade", "century", "quarter"):
        return None
    if unit.code == "U" and context.low[unit.start] > "\u0600":  # «نهاية عام» of whatever it was
        return None
    between = context.low[min(edge.end, unit.end) : max(edge.start, unit.start)]
    if unit.code == "U" and "of" not in between and "-" not in between:  # "the year ends", "early years"
        return None
    read = arithmetic.unit_at(context.published, said["unit"].value, 0)
    return ("y" if read[0] == "Y" else read[0], read[1]) if read else None
