"""What a figure leaves open, in which unit it is compared, and what two figures are to each other."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.domain.choices import Comparator
from claims.figures import LOOSELY, Tolerance, between, interval, measured
from claims.figures.counted_nouns import noun
from claims.figures.units import unit

unit("mile")  # loads what converts, which takes longer than one example may


@dataclass(frozen=True)
class Figure:
    value: Decimal
    unit: str | None = "USD"
    comparator: str = "exactly"
    value_max: Decimal | None = None
    text: str = "so many"


def figure(value, unit="USD", comparator="exactly", most=None):
    return Figure(Decimal(value), unit, comparator, None if most is None else Decimal(most), f"{comparator} {value} {unit}")


def compared(one, other, tolerance=LOOSELY, role="level"):
    found = between([[measured(one, role, tolerance)]], [[measured(other, role, tolerance)]])
    return str(found[0].relation) if found else None


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (figure(2000, "جندي", "more_than"), figure(1800, "جنديا"), "contradicts"),
        (figure(2000, "جندي", "more_than"), figure(3000, "جنود"), "widens"),
        (figure(25, "percent", "about"), figure(27, "percent"), "widens"),
        (figure(25, "percent", "about"), figure("34.3", "percent"), "contradicts"),
        (figure(200 * 10**9), figure(190_270_000_000), "widens"),
        (figure(200 * 10**9, "USD", "at_least"), figure(190_270_000_000), "contradicts"),
        (figure(5, "قتيل"), figure(6, "قتلى"), "contradicts"),
        (figure(5, "قتيل", "about"), figure(6, "قتلى"), "widens"),
        (figure(12, "soldiers"), figure(13, "soldier"), "contradicts"),
        (figure(12, "soldiers"), figure(12, "soldier"), "same"),
        (figure(40, "MW", "up_to"), figure("0.05", "GW"), "contradicts"),
        (figure(40, "MW", "up_to"), figure("0.03", "GW"), "widens"),
        (figure(150, "km"), figure(93, "mile"), "widens"),
        (figure(0, "celsius"), figure(32, "fahrenheit"), "refines"),
        (figure(12, "month"), figure(1, "year"), "refines"),
        (figure("0.25", "ratio"), figure(26, "percent"), "compatible"),
        (figure(10_000, "لاجئ", "between", 15_000), figure(15_000, "لاجئين", "more_than"), "contradicts"),
        (figure(10_000, "لاجئ", "between", 15_000), figure(15_000, "لاجئين", "at_least"), "compatible"),
        # nothing to set against each other
        (figure(100, "USD"), figure(300, "EUR"), None),
        (figure(5, "percent"), figure(5, "percentage_point"), None),
        (figure(30, "day"), figure(1, "month"), None),
        (figure(5, "جنود"), figure(5, "سفن"), None),
        (figure(100, "gallon"), figure(100, "litre"), None),
    ],
)
def test_two_figures(one, other, found):
    assert compared(one, other) == found


def test_a_figure_without_a_unit_is_compared_with_none():
    assert measured(figure(5, None), "level") is None
    assert measured(figure(5, " "), "level") is None


def test_a_change_is_not_a_level():
    one, other = measured(figure(5, "percent"), "change"), measured(figure(30, "percent"), "level")
    assert between([[one]], [[other]]) == []


def test_two_degrees_warmer_are_no_two_degrees():
    warmer, same = figure(2, "celsius"), figure("3.6", "fahrenheit")
    assert compared(warmer, same, role="change") != "contradicts"
    assert compared(warmer, same) == "contradicts"


def test_who_tells_of_a_rise_from_5_to_7_agrees_with_7():
    told = [[measured(figure(value, "percent"), "level")] for value in (5, 7)]
    seven = [[measured(figure(7, "percent"), "level")]]
    assert [str(pair.relation) for pair in between(told, seven)] == ["same"]
    assert [str(pair.relation) for pair in between(seven, told)] == ["same"]


def test_what_only_some_readings_contradict_is_asked():
    reach = figure(200)
    ways = [measured(reach, "level"), measured(reach, "level", comparator="at_least")]
    (pair,) = between([ways], [[measured(figure("190.27"), "level")]])
    assert pair.asks
    assert pair.relation != "contradicts"
    (clear,) = between([ways], [[measured(figure(400), "level")]])
    assert clear.asks
    (clear,) = between([ways], [[measured(figure(90), "level")]])
    assert (str(clear.relation), clear.asks) == ("contradicts", False)


# ── laws

UNITS = st.sampled_from(["USD", "percent", "جندي", "soldiers", "km", "mile", "celsius", "ratio", "MW"])
PARTS = st.fractions(0, Fraction(1, 2), max_denominator=100)


@st.composite
def figures(draw, units=UNITS):
    number = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)
    return Figure(draw(number), draw(units), draw(st.sampled_from(Comparator.values)), draw(st.none() | number))


@given(figures(), figures())
def test_it_does_not_matter_whom_one_begins_with(one, other):
    there, back = (between([[measured(a, "level")]], [[measured(b, "level")]]) for a, b in ((one, other), (other, one)))
    assert [pair.relation for pair in there] == [pair.relation.converse for pair in back]


@given(figures(), figures(), PARTS, PARTS, PARTS, PARTS)
def test_more_tolerance_never_makes_a_contradiction(one, other, rounded, hedged, more, still_more):
    assume(one.unit == other.unit)
    strict, loose = Tolerance(rounded, hedged), Tolerance(rounded + more, hedged + still_more)
    assert interval(one, strict).within(interval(one, loose))
    if compared(one, other, strict) != "contradicts":
        assert compared(one, other, loose) != "contradicts"


@given(figures(), PARTS)
def test_a_hedge_leaves_more_open_than_none(one, part):
    tolerance = Tolerance(part, part)
    about = interval(one, tolerance, comparator="about")
    assert interval(one, tolerance, comparator="between").within(about)
    assert interval(one, tolerance, comparator="exactly").within(about)


@given(figures(), PARTS)
def test_what_a_figure_says_is_among_what_it_may_mean(one, part):
    said = Fraction(one.value)
    open_end = one.comparator in ("more_than", "less_than")
    assert (said in interval(one, Tolerance(part, part))) is not open_end


@given(st.integers(-9, 9), PARTS)
def test_less_than_ten_things_are_counted_and_not_rounded(number, part):
    exact = interval(figure(number, "جنود"), Tolerance(part, part))
    assert exact.low == exact.high == number


PAIRS = [("km", "mile"), ("m", "km"), ("kg", "tonne"), ("celsius", "fahrenheit"), ("percent", "ratio"), ("kWh", "GWh"), ("hectare", "km2")]


@given(figures(), figures(), st.sampled_from(PAIRS))
def test_in_another_unit_two_intervals_are_to_each_other_what_they_were(one, other, units):
    here, there = (unit(name) for name in units)
    assert here.dimension == there.dimension
    factor, offset = there.factor / here.factor, (there.offset - here.offset) / here.factor
    a, b = interval(one), interval(other)
    moved = a.moved(factor, offset), b.moved(factor, offset)
    assert (a.within(b), a.meets(b)) == (moved[0].within(moved[1]), moved[0].meets(moved[1]))


@given(st.sampled_from(["km", "kg", "kWh", "fahrenheit", "mph", "acre", "quarter", "basis_point"]))
def test_there_and_back_is_where_it_was(name):
    measure = unit(name)
    moved = interval(figure(7, name)).moved(measure.factor, measure.offset)
    assert moved.moved(1 / measure.factor, -measure.offset / measure.factor) == interval(figure(7, name))


def test_units_are_exact():
    assert unit("mile").factor == Fraction("1.609344")
    assert unit("mph").factor == Fraction("1.609344")
    assert unit("tonne").factor == unit("kg").factor * 1000
    assert unit("quarter").factor == 3
    assert unit("basis_point").factor == Fraction(1, 100)
    assert unit("celsius").offset == 0
    assert unit("fahrenheit").factor == Fraction(5, 9)


@pytest.mark.parametrize(
    "forms",
    [
        "جندي جنديا جنود الجنود جنديًّا",
        "قتيل قتيلا قتلى",
        "لاجئ لاجئا لاجئين لاجئون",
        "سفينة سفن",
        "شركة شركات",
        "soldier soldiers Soldiers",
        "person people",
        "child children",
    ],
)
def test_a_noun_counts_the_same_in_every_form(forms):
    assert len({noun(form) for form in forms.split()}) == 1


def test_different_nouns_stay_different():
    words = ["جندي", "قتيل", "جريح", "سفينة", "شركة", "لاجئ", "نازح", "طفل", "رجل", "بيت", "soldier", "troop", "refugee", "ship"]
    assert len({noun(word) for word in words}) == len(words)
