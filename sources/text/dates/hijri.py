"""The Hijri calendar: «12 رمضان 1444 هـ», «غرة محرم», «رمضان المقبل», as the Umm al-Qura calendar has them."""

from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from hijridate import Gregorian, Hijri

from sources.text.dates.parts import Context, Grammar, Part, When, year_of

Read = tuple[str, Any] | None

hijri = Grammar()
hijri.macro("YEAR", "year/saidyear")
hijri.macro("DAY", "num/nth/ord")


@hijri.rule(
    "day=DAY of? unit? month=hijri comma? of? year=YEAR hera?",
    "day=DAY of=of? unit=unit? month=hijri",
    "unit? month=hijri of? year=YEAR hera?",
)
def _hijri(context: Context, said: dict[str, Part]) -> Read:
    """Hijri dates as the Umm al-Qura calendar has them, by hijridate. Without a year nothing is certain enough."""
    year, _ = year_of(said.get("year"))
    if year is None and said["month"].value == 2 and "unit" not in said and "of" not in said:
        return None  # «فاز 3 صفر»: nil
    if year is None and "day" in said:
        return _nearest_hijri(context, said["month"], said["day"].value)
    if year is None or not 1300 < year < 1500:
        return None
    if "day" in said:
        return from_hijri(year, said["month"].value, said["day"].value)
    return _hijri_span(year, said["month"].value, said["month"].value)


@hijri.rule("unit? month=hijri future=future", "unit? month=hijri past=past")
def _hijri_month(context: Context, said: dict[str, Part]) -> Read:
    """«رمضان المقبل»."""
    return _month_near(context, said["month"], future="future" in said)


_LIMITS = frozenset(("قبل", "بحلول", "حلول", "حتي"))


@hijri.rule("lead=before/to/in unit? month=hijri (?![NnYyfpx3])")
def _hijri_limit(context: Context, said: dict[str, Part]) -> Read:
    """«قبل شهر رمضان»: the coming one, unless the clause tells what has been."""
    lead, month = said["lead"], said["month"]
    if context.low[lead.start : lead.end] not in _LIMITS or context.tense(lead.start, month.end, limit=True) < 0:
        return None
    return _month_near(context, month, future=True)


def _month_near(context: Context, month: Part, *, future: bool) -> Read:
    """The next Hijri month of that name, or the last one."""
    opening = _nearest_hijri(context, month, 1, future=future)
    if opening is None:
        return None
    first = opening[1]
    there = Gregorian(first.year, first.month, first.day).to_hijri()
    read = _hijri_span(there.year, there.month, there.month)
    return (read[0], replace(read[1], relative=True)) if read else None


@hijri.rule("(?<![-/]) year=saidyear/year hera")
def _hijri_year(context: Context, said: dict[str, Part]) -> Read:
    year, _ = year_of(said["year"])
    return _hijri_span(year, 1, 12) if year and 1300 < year < 1500 else None


def _nearest_hijri(context: Context, month: Part, day: int, *, future: bool | None = None) -> Read:
    """«غرة محرم»: the last such day, or the next one in a clause about what is to come."""
    today = context.published
    year = _hijri_year_of(today)
    if year is None:
        return None
    future = context.tense(month.start, month.end) > 0 if future is None else future
    for each in (year, year + 1) if future else (year, year - 1):
        if (read := from_hijri(each, month.value, day)) is None:
            continue
        there = read[1]
        if future == (date(there.year, there.month, there.day) >= today):
            return "d", replace(there, relative=True)
    return None


@lru_cache(maxsize=256)
def _hijri_year_of(today: date) -> int | None:
    try:
        return int(Gregorian(today.year, today.month, today.day).to_hijri().year)
    except (ValueError, OverflowError):
        return None


@lru_cache(maxsize=4096)  # few dates make up a text
def from_hijri(year: int, month: int, day: int) -> Read:
    """A Hijri day as a Gregorian one; None where there is no such day or the tables do not reach."""
    try:
        there = Hijri(year, month, day).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return "d", When(year=there.year, month=there.month, day=there.day, hijri=True)


def _hijri_span(year: int, first: int, last: int) -> Read:
    try:
        opens, closes = Hijri(year, first, 1), Hijri(year, last, 1)
        end = Hijri(year, last, closes.month_length()).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return "I", When(edtf=f"{opens.to_gregorian().isoformat()}/{end.isoformat()}")
