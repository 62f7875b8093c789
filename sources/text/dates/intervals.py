"""From one date to another: «من 3 إلى 7 مارس», "between 2020 and 2025", "March-May 2024"."""

from dataclasses import replace
from datetime import date
from typing import Any

from sources.text.dates import arithmetic
from sources.text.dates.parts import Context, Grammar, Part, When

Read = tuple[str, Any] | None

intervals = Grammar()
intervals.macro("POINT", "day/month/doubtful/year/saidyear/part")


@intervals.rule(
    "( from | of )? in? the? first=num/nth/ord ( dash | to ) the? last=day", "between the? first=num/nth/ord and the? last=day",
    "first=num and last=day",
)  # fmt: skip
def _days_of_month(context: Context, said: dict[str, Part]) -> Read:
    """«من 3 إلى 7 مارس»: the first day has the month and the year of the last."""
    first, last = said["first"].value, said["last"].value
    if last.day is None or last.weekday is not None or not 0 < first < last.day:
        return None
    if last.relative and context.low[said["last"].start : said["last"].start + 1] not in "0123456789":  # "3 to tomorrow"
        return None
    return "V", (replace(last, day=first), last)


@intervals.rule("first=month/doubtful and last=month")
def _two_months(context: Context, said: dict[str, Part]) -> Read:
    """«مارس وأبريل 2022»: two months that follow each other are one stretch."""
    a, b = said["first"].value, said["last"].value
    if a.year is not None or b.year is None or a.month + 1 != b.month:
        return None
    return "V", (replace(a, year=b.year), b)


@intervals.rule(
    "( from | of )? first=POINT ( dash | to ) the? last=POINT", "between first=POINT comma? and last=POINT",
)  # fmt: skip
def _two_points(context: Context, said: dict[str, Part]) -> Read:
    """Two dates of one precision; a year said once is the year of both."""
    first, last = said["first"], said["last"]
    mixed = _precision(first) != _precision(last)
    if (mixed and (first.value.year is None or last.value.year is None)) or "\n" in context.low[first.end : last.start]:
        return None
    a, b = first.value, last.value
    if a == b:
        return None
    if a.year is None and b.year is not None and a.weekday is None:
        a = replace(a, year=b.year - ((a.month, a.day or 0) > (b.month, b.day or 0)))
    elif b.year is None and a.year is not None and b.weekday is None:
        b = replace(b, year=a.year + ((a.month, a.day or 0) > (b.month, b.day or 0)))
    if "Y" in first.code + last.code and not 1500 < (a.year or 0) <= (b.year or 0) <= 2199:
        return None
    return "V", (a, b)


def _precision(part: Part) -> str:
    return {"m": "M", "y": "Y"}.get(part.code, part.code) + ("w" if part.code == "d" and part.value.day is None else "")


def written(ends: tuple[When, When], context: Context, tense: int) -> str | None:
    """EDTF of an interval, its ends reckoned as one."""
    a, b = ends
    last = resolved(b, context, tense)
    if last is None:
        return None
    if a.year is None and a.month is not None:
        year = int(last[:4])
        a = replace(a, year=year - (written_year(a, year) > last))
    first = resolved(a, context, tense)
    if first is not None and first > last and a.weekday is not None and a.day is None:  # the night from one day to the next
        earlier = arithmetic.shifted(date.fromisoformat(first), days=-7)
        first = earlier.isoformat() if earlier else None
    if first is None or first > last:
        return None
    return f"{first}/{last}"


def written_year(when: When, year: int) -> str:
    """EDTF of a month or a day in that year."""
    return f"{year:04d}-{when.month:02d}" + (f"-{when.day:02d}" if when.day else "")


def resolved(when: When, context: Context, tense: int) -> str | None:
    """EDTF of one date, its year or its day reckoned from the day of publication where it has none."""
    if when.year is None and when.edtf is None:
        if when.month is not None:
            year = arithmetic.year_of(when, context.published, tense)
            if when.day is not None and when.weekday is not None:
                year = _year_by_weekday(when, year)
            return written_year(when, year)
        if when.weekday is not None:
            there = arithmetic.weekday_near(context.published, when.weekday, future=tense > 0)
            after = arithmetic.shifted(there, days=7) if tense > 1 and there == context.published else None
            return (after or there).isoformat()
    return arithmetic.written(when)


def _year_by_weekday(when: When, year: int) -> int:
    """«الأربعاء 22 يناير»: of the years at hand the one in which that day is a Wednesday."""
    assert when.month
    assert when.day
    for each in (year, year - 1, year + 1):
        try:
            if date(each, when.month, when.day).weekday() == when.weekday:
                return each
        except ValueError:
            continue
    return year
