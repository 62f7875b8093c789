"""The figures of a claim as they can be read, and the days that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.domain.choices import Polarity
from claims.figures.figure_comparison import LOOSELY, Between, Measured, Tolerance, between, of_other_measures
from claims.figures.figure_readings import readings
from claims.models import Claim
from sources.text.edtf import ImpreciseDate


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a claim's figures are about; None where it goes on, or began whenever."""

    first: date | None
    last: date | None
    stated: bool = True  # else it is only when it was said

    def meets(self, other: "Period", *, days: int = 0) -> bool:
        """Have the two a day in common? Where neither says what it is about, so many days between are none."""
        apart = 0 if self.stated or other.stated else days
        return _no_later(self.first, other.last, apart) and _no_later(other.first, self.last, apart)


def figures(claim: Claim, tolerance: Tolerance = LOOSELY) -> list[Sequence[Measured]]:
    """Every figure of a claim in each way it can be read; none of a denial, which says what is not so."""
    if claim.denial or claim.polarity == Polarity.NEGATED:
        return []
    wordings = [words for words in (claim.quote, claim.statement) if words]
    return [readings(figure, figure.role, wordings, claim.kind, tolerance) for figure in claim.quantities.all()]


def about(claim: Claim) -> tuple[ImpreciseDate, bool] | None:
    """What it is about, else when it is due, else when it was said or published (then False); None where nobody knows."""
    for field in ("scope", "due", "said_on"):
        if (when := claim.when(field)) and when.edtf:
            return when, field != "said_on"
    published = claim.document.publication if claim.document else None
    return (published, False) if published and published.edtf else None


def period(claim: Claim) -> Period | None:
    """The days of what it is `about`."""
    if found := about(claim):
        when, stated = found
        return Period(when.first, when.last, stated)
    return None


def says_as_much(claim: Claim, other: Claim) -> bool:
    """Is it no denial of the other, about no other days, of no other measure, with no figures that cannot both be true, whenever said?"""
    ours, theirs = period(claim), period(other)
    if claim.says_no != other.says_no or (ours and theirs and ours.stated and theirs.stated and not ours.meets(theirs)):
        return False
    mine, others = figures(claim), figures(other)
    return not (of_other_measures(mine, others) or [pair for pair in between(mine, others) if not pair.agrees and not pair.asks])


def disagreement(claim: Claim, other: Claim, *, days: int, tolerance: Tolerance = LOOSELY) -> Between | None:
    """Two figures of theirs that cannot both be true, else two of which that hangs on how they are read; None where all agree.

    Claims about other days agree: what was so then need not be so now. Said within so many `days`, they are about the same ones.
    """
    ours, theirs = period(claim), period(other)
    if ours and theirs and not ours.meets(theirs, days=days):
        return None
    apart = [pair for pair in between(figures(claim, tolerance), figures(other, tolerance)) if not pair.agrees]
    return min(apart, key=lambda pair: pair.asks, default=None)


def _no_later(first: date | None, last: date | None, days: int) -> bool:
    return first is None or last is None or (first - last) <= timedelta(days=days)
