"""The figures of a claim as they can be read, and the days that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.choices import Polarity
from claims.figures.measuring import LOOSELY, Measured, Tolerance
from claims.figures.wording import readings
from claims.models import Claim


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a claim's figures are about; None where it goes on, or began whenever."""

    first: date | None
    last: date | None

    def meets(self, other: "Period", *, days: int = 0) -> bool:
        """Have the two a day in common, or lie no more than so many days apart?"""
        return _no_later(self.first, other.last, days) and _no_later(other.first, self.last, days)


def figures(claim: Claim, tolerance: Tolerance = LOOSELY) -> list[Sequence[Measured]]:
    """Every figure of a claim in each way it can be read; none of a denial, which says what is not so."""
    if claim.polarity == Polarity.NEGATED:
        return []
    wordings = [words for words in (claim.quote, claim.statement) if words]
    return [readings(figure, figure.role, wordings, claim.kind, tolerance) for figure in claim.quantities.all()]


def period(claim: Claim) -> Period | None:
    """What it is about, else when it is due, else when it was said; None where nobody knows."""
    for field in ("scope", "due", "said_on"):
        if (when := claim.when(field)) and when.edtf:
            return Period(when.first, when.last)
    if claim.document and claim.document.published_first:
        return Period(claim.document.published_first, claim.document.published_last)
    return None


def _no_later(first: date | None, last: date | None, days: int) -> bool:
    return first is None or last is None or (first - last) <= timedelta(days=days)
