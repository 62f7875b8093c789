"""Dates that are said twice or hang on one another: «أمس الجمعة (30 ديسمبر)», "the second Wednesday of October", «أحد الأسبوع الماضي»."""

import calendar
from datetime import date
from typing import Any

from sources.text.dates import arithmetic
from sources.text.dates.parts import Context, Grammar, Part, When
from sources.text.dates.periods import weekday_of

Read = tuple[str, Any] | None

joined = Grammar()
doubled = Grammar()
joined.macro("NTH", "ord/nth/past")


@joined.rule("the? nth=NTH unit? weekday=weekday/bareday ( of | in ) ( the | unit )? month=month/doubtful/verb/unit/theunit")
@joined.rule("weekday=weekday/bareday nth=ord ( of | in ) ( the | unit )? month=month/doubtful")
def _nth_weekday(context: Context, said: dict[str, Part]) -> Read:
    """«ثالث ثلاثاء في أيلول», "last Sunday of March"."""
    if said["month"].code in "UD" and said["month"].value != "month":
        return None
    first = _first_day(context, said["month"])
    nth = -1 if said["nth"].code == "p" else said["nth"].value
    if first is None or not isinstance(nth, int) or nth > 5:
        return None
    wanted, length = weekday_of(said["weekday"]), calendar.monthrange(first.year, first.month)[1]
    days = [d for d in range(1, length + 1) if date(first.year, first.month, d).weekday() == wanted]
    index = nth if nth < 0 else nth - 1
    return ("d", _in(said["month"], first, days[index])) if -1 <= index < len(days) else None


@joined.rule(
    "the? nth=NTH unit=unit ( of | in ) ( the | unit )? month=month/doubtful/verb",
    "unit=theunit nth=ord ( of | in ) unit? month=month/doubtful",
)
@joined.rule("day=relday nth=ord ( of | in ) unit? month=month/doubtful")
def _nth_unit(context: Context, said: dict[str, Part]) -> Read:
    """«أول أسبوع من أكتوبر 2014» is its first seven days; "the last day of May"."""
    first = _first_day(context, said["month"])
    nth = -1 if said["nth"].code == "p" else said["nth"].value
    unit = said["unit"].value if "unit" in said else "day"
    if first is None or not isinstance(nth, int):
        return None
    length = calendar.monthrange(first.year, first.month)[1]
    if unit == "day":
        day = length + 1 + nth if nth < 0 else nth
        return ("d", _in(said["month"], first, day)) if 1 <= day <= length else None
    if unit != "week":
        return None
    first_day = 7 * nth - 6 if nth > 0 else length - 6
    if not 1 <= first_day <= 22 + 7 or abs(nth) > 4:
        return None
    opens, closes = first.replace(day=first_day), first.replace(day=first_day + 6)
    when = When(edtf=f"{opens.isoformat()}/{closes.isoformat()}", relative=said["month"].value.year is None)
    return "K", when


def _first_day(context: Context, part: Part) -> date | None:
    if part.code in "UD":
        return context.published.replace(day=1)
    month = part.value
    year = month.year or arithmetic.year_of(month, context.published, context.tense(part.start, part.end))
    return date(year, month.month, 1) if 1 <= year <= 9998 and month.month <= 12 else None


def _in(part: Part, first: date, day: int) -> When:
    return When(year=first.year, month=first.month, day=day, relative=part.code in "UD" or part.value.year is None or part.value.relative)


@joined.rule("weekday=weekday/bareday/both ( of | in )? ( the )? week=period", "week=period comma? ( of | in )? weekday=weekday")
def _weekday_of_week(context: Context, said: dict[str, Part]) -> Read:
    """«أحد الأسبوع الماضي», "Wednesday of next week"."""
    opens = (said["week"].value.edtf or "").partition("/")[0]
    if len(opens) != 10 or not said["week"].value.relative:
        return None
    there = arithmetic.shifted(date.fromisoformat(opens), days=weekday_of(said["weekday"]))
    return ("d", arithmetic.day(there)) if there else None


# ── the same day twice

doubled.macro("TOD", "tod")


@doubled.rule("a=ord of? b=relday", "a=relday b=ord", "a=before b=relday", "a=after b=relday", "the? unit a=before/after b=relday")
def _two_days(context: Context, said: dict[str, Part]) -> Read:
    """«أول من أمس», «أمس الأول», «بعد غد», "the day before yesterday"."""
    a, b = said["a"], said["b"]
    far, which = (a, b) if b.code == "R" else (b, a)
    if far.code == "o" and (far.value != 1 or which.value != -1):
        return None
    if far.code in "Az" and which.value != (-1 if far.code == "A" else 1):
        return None
    there = arithmetic.shifted(context.published, days=2 * which.value)
    return ("d", arithmetic.day(there)) if there else None


@doubled.rule("tod past=past", "the? past=past tod", "now tod", "tod? day=relday tod? (?![Zopf])", "unit day=relday tod?", "now day=relday")
def _relative_day(context: Context, said: dict[str, Part]) -> Read:
    """«مساء أمس», "this morning", "last night"."""
    if "day" not in said:
        word = context.low[said["past"].start : said["past"].end] if "past" in said else ""
        there = arithmetic.shifted(context.published, days=-1 if word else 0)
    else:
        there = arithmetic.shifted(context.published, days=said["day"].value)
    return ("d", arithmetic.day(there)) if there else None
