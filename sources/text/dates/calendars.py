"""Days, months and years in every order, of both calendars: «5 ديسمبر 2021», "March 3, 2015", «12 رمضان 1444 هـ», 31/12/2022."""

from datetime import date
from typing import Any

from sources.text.dates.hijri import from_hijri
from sources.text.dates.parts import Context, Grammar, Part, When, year_of

Read = tuple[str, Any] | None

calendars = Grammar()
calendars.macro("YEAR", "year/saidyear")
calendars.macro("DAY", "num/nth/ord")
calendars.macro("MON", "month/doubtful")


# ── figures only: 31/12/2022, 2022-12-31, 2022/12/31


@calendars.rule(
    "year=year dash month=num dash day=num", "year=year slash month=num slash day=num",
    "a=num slash b=num ( slash | comma ) year=year", "a=num dash b=num dash year=year",
    "a=num slash b=num slash short=num", "a=num dash b=num dash short=num",
)  # fmt: skip
def _figures(context: Context, said: dict[str, Part]) -> Read:
    """Day first in Arabic; in English whichever is a date, and of two the one nearer before publication."""
    if "day" in said:
        return _day(said["year"].value.year, said["month"].value, said["day"].value, hijri=context.low[said["day"].end :][:3])
    year, _ = year_of(said.get("year") or said["short"])
    if "short" in said and said["short"].end - said["short"].start != 2:
        return None
    assert year is not None
    a, b = said["a"].value, said["b"].value
    last = said.get("year") or said["short"]
    if year < 1500:
        return _day(year, b, a, hijri=context.low[last.end :][:3])
    read = [each for each in (_day(year, b, a), _day(year, a, b)) if each]
    if len(read) == 2 and a != b and not context.arabic:
        read.sort(key=lambda each: _plausible(each[1], context.published))
    return read[0] if read else None


def _plausible(when: When, published: date) -> tuple[bool, int]:
    there = date(when.year or 1, when.month or 1, when.day or 1)
    return there > published, abs((there - published).days)


def _day(year: int, month: int, day: int, hijri: str = "") -> Read:
    if year < 1500:
        return from_hijri(year, month, day) if year > 1300 and (year < 1480 or "ه" in hijri) else None
    try:
        date(year, month, day)
    except ValueError:
        return None
    return "d", When(year=year, month=month, day=day)


@calendars.rule("a=num slash b=num (?![/N%])", "a=num dash b=num (?=_?$)")
def _short(context: Context, said: dict[str, Part]) -> Read:
    """22/04 without a year: only where one of the two cannot be a month, or a preposition says that it is a date."""
    a, b = said["a"], said["b"]
    if (a.value, b.value) in _NOT_DATES:
        return None
    before = context.low[max(0, a.start - 12) : a.start].rstrip().rpartition(" ")[2]
    led = before in ("on", "يوم", "بتاريخ", "تاريخ") or not (context.low[: a.start][:4].strip() or context.low[b.end :][:4].strip())
    digits = a.end - a.start, b.end - b.start
    if not led and ("/" not in context.low[a.end : b.start] or digits != (2, 2) or max(a.value, b.value) <= 12):
        return None
    day, month = (a.value, b.value) if a.value > 12 or (b.value <= 12 and context.arabic) else (b.value, a.value)
    return ("d", When(month=month, day=day)) if 1 <= month <= 12 and _real(2024, month, day) else None


_NOT_DATES = {(24, 7), (9, 11)}  # all week long, and the attacks of 2001: neither is of this year


def _real(year: int, month: int, day: int) -> bool:
    return _day(year, month, day) is not None


@calendars.rule("month=num ( slash | dash ) year=year (?![-/N])", "year=year slash month=num (?![-/N%])")
def _month_of_year(context: Context, said: dict[str, Part]) -> Read:
    """3/2015."""
    return ("M", When(year=said["year"].value.year, month=said["month"].value)) if 1 <= said["month"].value <= 12 else None


@calendars.rule("(?<!.) a=num b=num year=year (?!.)")
def _spaced(context: Context, said: dict[str, Part]) -> Read:
    """«31 10 1974»: only as a text of its own, as in a form."""
    return _figures(context, said)


@calendars.rule("year=year dash month=num (?![-N])")
def _iso_month(context: Context, said: dict[str, Part]) -> Read:
    """2022-12 is a month, "2023-24" a season of sport or a fiscal year."""
    month, year = said["month"], said["year"].value.year
    if month.end - month.start != 2 or said["year"].end + 1 != month.start:
        return None
    if month.value <= 12:
        return "M", When(year=year, month=month.value)
    return ("I", When(edtf=f"{year}/{year // 100 * 100 + month.value}")) if month.value == (year + 1) % 100 else None


@calendars.rule("year=YEAR slash next=year", "year=YEAR slash next=num", "year=saidyear dash next=year/num")
def _two_years(context: Context, said: dict[str, Part]) -> Read:
    """«السنة المالية 2023/2024», "2023/24"."""
    year, _ = year_of(said["year"])
    following = said["next"].value if isinstance(said["next"].value, int) else said["next"].value.year % 100
    return ("I", When(edtf=f"{year}/{year + 1}")) if year and following == (year + 1) % 100 else None


# ── day, month and year in words


@calendars.rule(
    "the? day=DAY dash? dot? of? unit? month=MON dash year=num/year",
    "the? day=DAY dot of? month=MON dot year=year", "day=num dash month=MON dash year=num",
    "the? day=DAY dash? dot? of? unit? month=MON",
    "the? day=nth/ord of month=verb", "the? day=nth month=verb",
)  # fmt: skip
def _day_month(context: Context, said: dict[str, Part]) -> Read:
    """«الخامس من مارس 2023», "31-Oct-74", «2 أكتوبر»."""
    if context.low[said["day"].end : said["month"].start].count("\n"):
        return None
    return _dated(said)


@calendars.rule(
    "month=MON the? day=DAY comma? of? year=YEAR era?", "month=verb the? day=DAY comma? year=YEAR",
    "between month=MON first=num and last=num",
    "month=MON first=num ( dash | to ) last=num comma? year=YEAR", "month=MON first=num ( dash | to ) last=num",
    "month=MON dash day=num (?![-/N])", "month=MON the? day=nth", "month=MON the? day=ord", "month=verb the? day=DAY (?![%C])",
)  # fmt: skip
def _month_day(context: Context, said: dict[str, Part]) -> Read:
    """ "March 3, 2015", «الاثنين، يناير الثاني والعشرين، 2018»."""
    if "first" not in said:
        return _dated(said)
    ends = [_dated({**said, "day": said[end]}) for end in ("first", "last")]
    if None in ends or said["first"].value >= said["last"].value:
        return None
    return "V", (ends[0][1], ends[1][1])  # type: ignore[index]


@calendars.rule("month=MON day=num (?![N%/])")
def _american(context: Context, said: dict[str, Part]) -> Read:
    """ "March 3": not where the figure counts something, "in March 20 percent"."""
    after = context.low[said["day"].end : said["day"].end + 14].lstrip()
    word = after.split(" ")[0] if after else ""
    if "\u0600" <= context.low[said["month"].start] <= "\u06ff" and word[:1].isalpha():
        return None
    return None if word.startswith(_SCALES) else _dated(said)


_SCALES = (
    "percent",
    "per",
    "million",
    "billion",
    "thousand",
    "hundred",
    "people",
    "years",
    "km",
    "$",
    "في",
    "مليون",
    "مليار",
    "الف",
    "بالمئة",
)


def _dated(said: dict[str, Part]) -> Read:
    year, relative = year_of(said.get("year"))
    month, day = said["month"].value, said["day"].value
    if month.year is not None:
        if year is not None:
            return None
        year, relative = month.year, month.relative
    if not _real(year or 2024, month.month, day):
        return None
    return "d", When(year=year, month=month.month, day=day, relative=relative or month.relative)
