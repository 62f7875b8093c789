"""Which of a text's dates belongs to what: when it was said, what time it speaks of, when it falls due."""

from dataclasses import replace
from datetime import date

import regex

from claims.extraction import bounds
from claims.extraction.bounds import LED
from sources.text.edtf import Basis, ImpreciseDate

# What leads to a date that another is compared with.
_COMPARED = regex.compile(
    r"(?:since|than|compared (?:with|to)|versus|against|from(?: [\p{L}\d%$.,]+){0,4}(?: in)?"
    r"|منذ|مقارنة (?:ب|مع)\p{L}*(?: \p{L}+)?|مقابل(?: [\p{L}\d%.,]+){0,5} في)\s+$",
    regex.IGNORECASE,
)
# What says that a date is a limit, before it or in it.
_LIMIT = regex.compile(
    r"(?:^|[^\p{L}])(?:by|until|till|before|within|no later than|prior to|ahead of"
    r"|[وفب]?(?:بحلول|قبل|قبيل|حتى|لغاية|بنهاية|نهاية|غضون|أقصاه|لا يتجاوز)|end of)[^.،,؛;]{0,24}$",
    regex.IGNORECASE,
)
_WITHIN = regex.compile(r"within|خلال|غضون", regex.IGNORECASE)
UNSTATED = ImpreciseDate(edtf=None, basis=Basis.UNSTATED)


def day_of(published: date | ImpreciseDate | None) -> date | None:
    """The anchor of relative dates: the day of publication where it is one exact day."""
    if isinstance(published, ImpreciseDate):
        return published.first if published.first == published.last else None
    return published


def stated(published: date | ImpreciseDate | None) -> str | None:
    """The publication date as given."""
    if isinstance(published, ImpreciseDate):
        return published.edtf
    return published.isoformat() if published else None


def inside(dates: list[ImpreciseDate], start: int, end: int) -> list[ImpreciseDate]:
    """The dates that stand within a span and say when."""
    return [d for d in dates if d.edtf and d.start is not None and d.end is not None and start <= d.start and d.end <= end]


def in_context(when: ImpreciseDate) -> ImpreciseDate:
    """The same date, taken over from another sentence."""
    return ImpreciseDate(edtf=when.edtf, text=when.text, start=when.start, end=when.end, basis=Basis.CONTEXT)


def due(kind: str, dates: list[ImpreciseDate], published: date | None = None, text: str = "") -> ImpreciseDate | None:
    """When a prediction or a commitment can be judged. A horizon the text does not give is never invented.

    Of the dates in its words only those not yet over can be one; of several one that is said to be a limit ("by"), or else the
    first, or the last of the same precision ("5 million in 2025, 6 million in 2026"), so that neither "up from 2020" nor "a bond
    due 2040" is a horizon. What is said to happen before a date falls due on the last day before it.
    """
    if kind not in {"prediction", "commitment"}:
        return None
    both = [(each, bounds.before(each, text) or each) for each in dates]
    ahead = [(each, bounded) for each, bounded in both if coming([bounded], published)]
    if not ahead:
        return UNSTATED
    limits = [pair for pair in ahead if _LIMIT.search(text[max(0, (pair[0].start or 0) - LED) : pair[0].end])]
    ahead = limits or ahead
    same = [bounded for each, bounded in ahead if each.granularity == ahead[0][0].granularity]
    horizon = max(same, key=lambda each: (each.last is None, each.last))
    if published and _WITHIN.search(horizon.text or "") and (horizon.edtf or "").startswith(f"{published}/"):
        return replace(horizon, edtf=f"{horizon.last}")  # "within five years" falls due when they are over
    return horizon


def coming(dates: list[ImpreciseDate], published: date | None) -> list[ImpreciseDate]:
    """The dates that are not over on the day of publication; all of them where that day is not known."""
    return [each for each in dates if published is None or each.last is None or each.last >= published]


def scope(text: str, dates: list[ImpreciseDate]) -> ImpreciseDate | None:
    """The time a claim speaks of: the first date of its words that is no mere measure of comparison ("up from May")."""
    for each in dates:
        if each.start is not None and not _COMPARED.search(text[max(0, each.start - LED) : each.start]):
            return each
    return dates[0] if dates else None


def lies_ahead(text: str, dates: list[ImpreciseDate], published: date | None) -> bool:
    """Does a claim speak of a time that had not begun on the day of publication? Then it foretells, whatever its verb."""
    when = scope(text, dates)
    if published is None or when is None or when.first is None or when.last is None:
        return False
    return when.first >= published and when.last > published
