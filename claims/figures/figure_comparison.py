"""What a figure's wording leaves open, as an interval, and what the figures of two claims are to each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from claims.domain.choices import Comparator
from claims.figures.intervals import Interval, Relation, relation
from claims.figures.units import sort, unit


class Quantity(Protocol):
    """A figure as read, whether from a table, an event or a text."""

    @property
    def text(self) -> str: ...
    @property
    def value(self) -> Decimal: ...
    @property
    def value_max(self) -> Decimal | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def comparator(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a figure may be meant from what it says, as parts of it.

    `rounded`: without any hedge half of its last digit is open, and never more than this part: 2,000 may be 1,950.
    `hedged`: "about" and "nearly" leave so much open.
    """

    rounded: Fraction = Fraction(5, 100)
    hedged: Fraction = Fraction(10, 100)


LOOSELY = Tolerance()
EXACT_BELOW = 10  # things counted are counted, not rounded, while they are fewer


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to read a figure: the numbers it may mean in its dimension's first unit, and whether it tells a level or a change."""

    interval: Interval
    dimension: str
    role: str
    words: str


@dataclass(frozen=True, slots=True)
class Between:
    """What a figure of one claim is to one of another; `asks` where that depends on how the wording is read."""

    one: str
    other: str
    relation: Relation
    asks: bool = False

    @property
    def agrees(self) -> bool:
        """Can both be true, however they are read?"""
        return self.relation is not Relation.CONTRADICTS and not self.asks

    @property
    def distance(self) -> tuple[bool, int]:
        """What orders the pairs that a figure is in: the nearest first."""
        return self.asks, _NEAREST.index(self.relation)


def interval(figure: Quantity, tolerance: Tolerance = LOOSELY, *, comparator: str = "") -> Interval:
    """The numbers that a figure may mean, in its own unit; read with another `comparator` where one is given."""
    value, compared = Fraction(figure.value), comparator or figure.comparator
    counts = (measure := unit(figure.unit or "")) is not None and measure.counts
    match compared:
        case Comparator.MORE_THAN:
            return Interval(value, None, low_open=True)
        case Comparator.AT_LEAST:
            return Interval(value, None)
        case Comparator.LESS_THAN:
            return Interval(None, value, high_open=True)
        case Comparator.AT_MOST | Comparator.UP_TO:
            return Interval(None, value)
    low, high = sorted((value, Fraction(figure.value_max) if figure.value_max is not None else value))
    if compared in (Comparator.ABOUT, Comparator.NEARLY):
        least = Fraction(1) if counts else Fraction(0)  # "about seven soldiers" may be six
        return Interval(low - max(abs(low) * tolerance.hedged, least), high + max(abs(high) * tolerance.hedged, least))
    if low != high or compared == Comparator.BETWEEN or (counts and abs(low) < EXACT_BELOW and low.denominator == 1):
        return Interval(low, high)
    return _rounded(figure, low, tolerance)


def _rounded(figure: Quantity, value: Fraction, tolerance: Tolerance) -> Interval:
    """A number without a hedge was rounded to its last digit; a share in words ("a third") as far as may be."""
    most = abs(value) * tolerance.rounded
    exponent = figure.value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    half = most if figure.unit == "ratio" else min(most, Fraction(10) ** exponent / 2)
    return Interval(value - half, value + half, low_open=half > 0, high_open=half > 0)


def measured(figure: Quantity, role: str, tolerance: Tolerance = LOOSELY, *, comparator: str = "") -> Measured | None:
    """A figure in its dimension's first unit; None where it has no unit and so nothing can be set against it."""
    measure = unit(figure.unit or "")
    if measure is None:
        return None
    offset = Fraction(0) if role == "change" else measure.offset  # two degrees warmer, and no two degrees
    meant = interval(figure, tolerance, comparator=comparator).moved(measure.factor, offset)
    return Measured(meant, measure.dimension, _LEVELS.get(role, role), figure.text)


_LEVELS = {"share": "level", "duration": "level"}  # their units say so already


def between(ones: Iterable[Sequence[Measured]], others: Iterable[Sequence[Measured]]) -> list[Between]:
    """What the figures of one claim are to those of another, each given in all the ways it can be read.

    Figures are set against each other where they are of one measure (role and dimension), each against the nearest. Two
    contradict each other only where neither agrees with anything on the other side: who tells of a rise from 5 to 7 says both.
    """
    ours, theirs = [readings for readings in ones if readings], [readings for readings in others if readings]
    pairs = {(i, j): each for i, one in enumerate(ours) for j, other in enumerate(theirs) if (each := pair(one, other))}
    agreed_here = {i for (i, _), each in pairs.items() if each.agrees}
    agreed_there = {j for (_, j), each in pairs.items() if each.agrees}
    found: dict[int, Between] = {}
    for (i, j), each in pairs.items():
        alone = i not in agreed_here and j not in agreed_there
        if (each.agrees or alone) and (i not in found or each.distance < found[i].distance):
            found[i] = each
    return list(found.values())


_NEAREST = [Relation.SAME, Relation.REFINES, Relation.WIDENS, Relation.COMPATIBLE, Relation.CONTRADICTS]


def pair(one: Sequence[Measured], other: Sequence[Measured]) -> Between | None:
    """Contradicts where every reading does, asks where only some do; otherwise the nearest that they can be."""
    relations = [_relation(a, b) for a in one for b in other]
    known = [found for found in relations if found is not None]
    if not known:
        return None
    nearest = min(known, key=_NEAREST.index)
    some = Relation.CONTRADICTS in known
    return Between(one[0].words, other[0].words, nearest, asks=some and (nearest is not Relation.CONTRADICTS or None in relations))


def _relation(one: Measured, other: Measured) -> Relation | None:
    same = (one.dimension, one.role) == (other.dimension, other.role)
    return relation(one.interval, other.interval) if same else None


def of_other_measures(ones: Sequence[Sequence[Measured]], others: Sequence[Sequence[Measured]]) -> bool:
    """Do both tell figures, and is none of the one of what any of the other is of? Not where a figure has no unit: who knows.

    What can be told in two ways is no other measure: an amount in two currencies, a time in days or months, and so many of
    something under two names ("troops", "soldiers") as long as the numbers agree.
    """
    if not (ones and others and all(ones) and all(others)):
        return False
    return not any(_may_be_one(a, b) for mine in ones for a in mine for theirs in others for b in theirs)


def _may_be_one(one: Measured, other: Measured) -> bool:
    if one.role != other.role:
        return False
    if one.dimension == other.dimension:
        return True
    sorts = {sort(one.dimension), sort(other.dimension)}
    if sorts == {"count"} or sorts == {"share", "points"}:
        return one.interval.meets(other.interval)
    return sorts == {"money"} or sorts == {"time", "calendar"}
