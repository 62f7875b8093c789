"""Intervals: the laws that hold of any two, and of any three."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.figures import Interval, Relation
from claims.figures.intervals import relation

ENDS = st.none() | st.integers(-4, 4).map(Fraction)  # few, so that they often meet


@st.composite
def intervals(draw):
    low, high = draw(ENDS), draw(ENDS)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    wide = low is None or high is None or low < high
    return Interval(low, high, wide and draw(st.booleans()), wide and draw(st.booleans()))


@st.composite
def parts_of(draw, outer):
    """An interval within another: what it has in common with a third."""
    other = draw(intervals())
    if not other.meets(outer):
        return outer
    lows = [(each.low, each.low_open) for each in (outer, other) if each.low is not None]
    highs = [(each.high, not each.high_open) for each in (outer, other) if each.high is not None]
    low, low_open = max(lows, default=(None, False))
    high, high_closed = min(highs, default=(None, True))
    return Interval(low, high, low_open, not high_closed)


@given(intervals(), intervals())
def test_what_one_is_to_the_other_the_other_is_to_it(one, other):
    assert relation(one, other) == relation(other, one).converse


@given(intervals())
def test_each_is_the_same_as_itself(one):
    assert relation(one, one) is Relation.SAME


@given(st.data())
def test_what_lies_within_the_inner_lies_within_the_outer(data):
    three = data.draw(intervals())
    two = data.draw(parts_of(three))
    one = data.draw(parts_of(two))
    assert one.within(three)
    assert relation(one, three) in (Relation.SAME, Relation.REFINES)


@given(st.data())
def test_what_contradicts_the_outer_contradicts_the_inner(data):
    outer, other = data.draw(intervals()), data.draw(intervals())
    inner = data.draw(parts_of(outer))
    if relation(outer, other) is Relation.CONTRADICTS:
        assert relation(inner, other) is Relation.CONTRADICTS


@given(intervals(), intervals(), st.fractions(-5, 5, max_denominator=2))
def test_a_number_in_both_is_no_contradiction(one, other, number):
    assume(number in one and number in other)
    assert relation(one, other) is not Relation.CONTRADICTS


@given(intervals(), intervals(), st.fractions(-5, 5, max_denominator=2))
def test_a_number_within_the_inner_is_in_the_outer(one, other, number):
    assume(one.within(other) and number in one)
    assert number in other


@given(intervals(), intervals(), st.fractions(Fraction(1, 50), 50), st.fractions(-50, 50))
def test_another_unit_changes_nothing(one, other, factor, offset):
    assert relation(one.moved(factor, offset), other.moved(factor, offset)) == relation(one, other)


F = Fraction


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (Interval(F(2000), None, low_open=True), Interval(None, F(2000)), "contradicts"),
        (Interval(F(2000), None), Interval(None, F(2000)), "compatible"),
        (Interval(F(2000), None), Interval(None, F(2000), high_open=True), "contradicts"),
        (Interval(F(2), F(3)), Interval(F(2), F(3), low_open=True), "widens"),
        (Interval(None, None), Interval(F(2), F(3)), "widens"),
        (Interval(F(5), F(5)), Interval(F(5), F(7)), "refines"),
        (Interval(None, F(3)), Interval(None, F(4)), "refines"),
    ],
)
def test_an_end_that_is_open_is_not_among_the_numbers(one, other, found):
    assert relation(one, other) == found


def test_nothing_between_two_numbers_is_no_interval():
    for ends in [(F(3), F(2), False, False), (F(2), F(2), True, False)]:
        with pytest.raises(ValueError, match="Nothing lies"):
            Interval(*ends)
