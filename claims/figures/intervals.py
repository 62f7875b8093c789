"""Intervals of numbers with open, closed or no ends, and what two of them are to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Relation(StrEnum):
    """What the first of two intervals is to the second."""

    SAME = "same"
    REFINES = "refines"  # it lies within the second
    WIDENS = "widens"  # the second lies within it
    COMPATIBLE = "compatible"  # they overlap
    CONTRADICTS = "contradicts"  # they have nothing in common

    @property
    def converse(self) -> Relation:
        """What the second is to the first."""
        return {Relation.REFINES: Relation.WIDENS, Relation.WIDENS: Relation.REFINES}.get(self, self)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`, None where there is no end; an end that is open is not itself among them.

    Raises ValueError where nothing would be left.
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def __post_init__(self) -> None:
        if self.low is None or self.high is None:
            return
        if self.low > self.high or (self.low == self.high and (self.low_open or self.high_open)):
            raise ValueError(f"Nothing lies between {self.low} and {self.high}.")

    def __contains__(self, number: Fraction) -> bool:
        above = self.low is None or number > self.low or (number == self.low and not self.low_open)
        below = self.high is None or number < self.high or (number == self.high and not self.high_open)
        return above and below

    def within(self, other: Interval) -> bool:
        """Is every number of this one in the other, too?"""
        return _starts_later(self, other) and _ends_sooner(self, other)

    def meets(self, other: Interval) -> bool:
        """Have the two a number in common?"""
        return not (_all_below(self, other) or _all_below(other, self))

    def moved(self, factor: Fraction, offset: Fraction) -> Interval:
        """The same in another unit: every number times `factor`, which is above nought, plus `offset`."""
        low, high = (None if end is None else end * factor + offset for end in (self.low, self.high))
        return Interval(low, high, self.low_open, self.high_open)


def relation(one: Interval, other: Interval) -> Relation:
    """Disjoint contradicts, nested refines, an overlap is compatible."""
    if not one.meets(other):
        return Relation.CONTRADICTS
    inside, outside = one.within(other), other.within(one)
    if inside and outside:
        return Relation.SAME
    return Relation.REFINES if inside else Relation.WIDENS if outside else Relation.COMPATIBLE


def _all_below(one: Interval, other: Interval) -> bool:
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))


def _starts_later(one: Interval, other: Interval) -> bool:
    if other.low is None or one.low is None:
        return other.low is None
    return one.low > other.low or (one.low == other.low and (one.low_open or not other.low_open))


def _ends_sooner(one: Interval, other: Interval) -> bool:
    if other.high is None or one.high is None:
        return other.high is None
    return one.high < other.high or (one.high == other.high and (one.high_open or not other.high_open))
