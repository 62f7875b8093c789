"""Imprecise dates: EDTF (ISO 8601-2) with the words they were read from and the days they cover."""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum
from functools import lru_cache


class Basis(StrEnum):
    """How a date came to be known."""

    TEXT = "text"  # stated in these words
    CONTEXT = "context"  # derived from another sentence
    UNSTATED = "unstated"  # the text gives none; nothing was invented
    RELATIVE = "relative"  # words that hang on an anchor ("yesterday")


class NotEDTF(ValueError):
    """Not a date in EDTF: write 2023, 2023-05, 2023-05-31, 2023-21 (spring), 2023-33 (first quarter) or 2022/2023."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpreciseDate:
    """A date as precisely as it is known, and no more.

    `start` and `end` are the offsets of `text` in the text it was read in (Unicode code points), or null.
    """

    edtf: str | None
    text: str | None = None
    start: int | None = None
    end: int | None = None
    basis: Basis = Basis.TEXT

    @property
    def granularity(self) -> str | None:
        """How precise it is: day, month, season, quarter, half, year, decade, century, week or interval."""
        return granularity(self.edtf) if self.edtf else None

    @property
    def first(self) -> date | None:
        """The first day it may mean."""
        return span(self.edtf)[0] if self.edtf else None

    @property
    def last(self) -> date | None:
        """The last day it may mean: only after it has the whole span elapsed."""
        return span(self.edtf)[1] if self.edtf else None


def granularity(edtf: str) -> str:
    """How precise an EDTF date is: day, month, season, quarter, half, year, decade, century, week or interval."""
    if "/" in edtf:
        return "interval"
    plain = edtf.rstrip("?~%")
    if "W" in plain:
        return "week"
    year, _, rest = plain.partition("-")
    if not rest or rest.startswith("XX"):
        return {0: "year", 1: "decade", 2: "century"}.get(year.count("X"), "year")
    month, _, day = rest.partition("-")
    if int(month) > 12:
        return "season" if int(month) < 33 else "quarter" if int(month) < 37 else "part" if int(month) < 40 else "half"
    return "day" if day and day != "XX" else "month"


# ISO 8601-2, level 2: seasons 21-24 (either hemisphere, read as northern) and 25-28 (northern), quarters 33-36,
# quadrimesters 37-39, halves 40-41. Each is (first month, number of months).
_PARTS = {
    **{21 + i: (3 + 3 * i, 3) for i in range(4)},
    **{25 + i: (3 + 3 * i, 3) for i in range(4)},
    **{29 + i: (9 + 3 * i if i < 2 else 3 * i - 3, 3) for i in range(4)},  # southern: spring begins in September
    **{33 + i: (1 + 3 * i, 3) for i in range(4)},
    **{37 + i: (1 + 4 * i, 4) for i in range(3)},
    **{40 + i: (1 + 6 * i, 6) for i in range(2)},
}
_ONE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?[?~%]?")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
# RFC 3339, and EDTF's own moment without an offset.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII | re.IGNORECASE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def canonical(written: str, zone: tzinfo) -> str:
    """An EDTF date as the standard writes it: the digits 0 to 9 for those of other scripts, and for a moment its day in `zone`.

    A moment without an offset is on the day that it names. Whoever takes a date from outside asks here; what was stored before is
    read as it stands. Raises NotEDTF.
    """
    plain = "".join(str(unicodedata.decimal(letter)) if letter.isdecimal() else letter for letter in written.strip())
    plain = "/".join(_day_of(end, zone) if _MOMENT.fullmatch(end) else end for end in plain.split("/"))
    span(plain)
    return plain


def day(written: str, zone: tzinfo) -> date:
    """A single day, written in any way that `canonical` takes. Raises NotEDTF for whatever is more or less exact."""
    plain = canonical(written, zone)
    if not _DAY.fullmatch(plain):
        raise NotEDTF(written)
    return date.fromisoformat(plain)


def _day_of(moment: str, zone: tzinfo) -> str:
    try:
        at = datetime.fromisoformat(moment.upper())
        return (at.astimezone(zone) if at.tzinfo else at).date().isoformat()
    except (ValueError, OverflowError) as error:
        raise NotEDTF(moment) from error


@lru_cache(maxsize=4096)  # asked of the same dates again and again, and the answer never changes
def span(edtf: str) -> tuple[date | None, date | None]:
    """First and last day of an EDTF date or interval; None for an open end.

    Raises NotEDTF for anything else. Level 1 whole, level 2 seasons to halves, decades (202X) and ISO weeks.
    """
    if "/" not in edtf:
        return _one(edtf)
    start, _, end = edtf.partition("/")
    first = None if start in {"", ".."} else _one(start)[0]
    last = None if end in {"", ".."} else _one(end)[1]
    if first is None and last is None:
        raise NotEDTF(edtf)
    if first and last and first > last:
        raise NotEDTF(edtf)
    return first, last


def _one(edtf: str) -> tuple[date, date]:
    try:
        if week := _WEEK.fullmatch(edtf):
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return monday, monday + timedelta(days=6)
        if not (found := _ONE.fullmatch(edtf)):
            raise NotEDTF(edtf)
        year, month, day = found.groups()
        low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
        if month in (None, "XX"):
            return date(low, 1, 1), date(high, 12, 31)
        if low != high:
            raise NotEDTF(edtf)
        if int(month) > 12:
            if day:
                raise NotEDTF(edtf)
            opens, length = _PARTS[int(month)]
            return date(low, opens, 1), _month_end(low, opens + length - 1)
        if day in (None, "XX"):
            return date(low, int(month), 1), _month_end(low, int(month))
        exact = date(low, int(month), int(day))
        return exact, exact
    except (ValueError, KeyError) as error:
        raise NotEDTF(edtf) from error


def _month_end(year: int, month: int) -> date:
    year, month = (year + 1, month - 12) if month > 12 else (year, month)
    return date(year, month, calendar.monthrange(year, month)[1])
