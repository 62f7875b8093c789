"""Units in which figures can be set against each other: pint converts those it knows; currencies are never converted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from claims.figures import counted_nouns

# What pint calls the units that the reader of figures knows, by what they measure. Left out is what two places mean
# differently (gallons, ounces, dunams), and what has no fixed length is kept apart from what has: a month is no number of days.
_KNOWN = {
    "length": {
        "km": "kilometer",
        "m": "meter",
        "cm": "centimeter",
        "mm": "millimeter",
        "mile": "mile",
        "nautical_mile": "nautical_mile",
        "foot": "foot",
        "inch": "inch",
        "yard": "yard",
    },
    "area": {
        "km2": "kilometer**2",
        "m2": "meter**2",
        "square_mile": "mile**2",
        "square_foot": "foot**2",
        "hectare": "hectare",
        "acre": "acre",
    },
    "volume": {"m3": "meter**3", "cubic_foot": "foot**3", "litre": "liter", "ml": "milliliter", "hl": "hectoliter", "barrel": "oil_barrel"},
    "mass": {"tonne": "tonne", "kg": "kilogram", "g": "gram", "mg": "milligram", "microgram": "microgram", "pound_mass": "pound"},
    "power": {"kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "W": "watt"},
    "energy": {"kWh": "kilowatt_hour", "MWh": "megawatt_hour", "GWh": "gigawatt_hour"},
    "temperature": {"celsius": "degree_Celsius", "fahrenheit": "degree_Fahrenheit"},
    "speed": {"km/h": "kilometer/hour", "mph": "mile/hour", "knot": "knot"},
    "data": {"megabyte": "megabyte", "gigabyte": "gigabyte", "terabyte": "terabyte", "bit": "bit"},
    "time": {"second": "second", "minute": "minute", "hour": "hour", "day": "day", "week": "week"},
    "calendar": {"month": "month", "quarter": "3*month", "year": "year", "decade": "10*year", "century": "century"},
    "share": {"percent": "percent", "per_mille": "permille", "ratio": "dimensionless", "ppm": "ppm"},
    "points": {"percentage_point": "percent", "basis_point": "0.01*percent"},
}
_DIMENSIONS = {name: dimension for dimension, names in _KNOWN.items() for name in names}
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as figures are compared in it: figures of one `dimension` are, once each is times `factor`, plus `offset`."""

    dimension: str
    factor: Fraction = Fraction(1)
    offset: Fraction = Fraction(0)
    counts: bool = False  # it counts things, of which there is no half


@lru_cache(maxsize=10_000)
def unit(name: str) -> Unit | None:
    """What a unit measures and how; None where a figure has none. A noun that is counted is a dimension of its own."""
    if not name.strip():
        return None
    if known := _DIMENSIONS.get(name):
        return Unit(known, *_factor(known, name))
    if _CURRENCY.fullmatch(name):
        return Unit(name)
    return Unit(counted_nouns.noun(name), counts=True)


def sort(dimension: str) -> str:
    """What sort of thing a dimension is: one of those with units of their own by its name, else `money` or a `count` of something."""
    return dimension if dimension in _KNOWN else "money" if _CURRENCY.fullmatch(dimension) else "count"


@cache
def _factor(dimension: str, name: str) -> tuple[Fraction, Fraction]:
    """To the first unit of the dimension. pint is asked once for each, in exact fractions."""
    first = next(iter(_KNOWN[dimension].values()))
    mine = _KNOWN[dimension][name]
    if mine == first:
        return Fraction(1), Fraction(0)
    (base, base_offset), (factor, offset) = _to_base(first), _to_base(mine)
    return factor / base, (offset - base_offset) / base


@cache
def _to_base(expression: str) -> tuple[Fraction, Fraction]:
    number, _, name = expression.rpartition("*") if expression[0].isdigit() else ("1", "", expression)
    nought, one = (_registry().Quantity(Fraction(n), name).to_base_units().magnitude for n in (0, 1))
    return Fraction(one - nought) * Fraction(number), Fraction(nought)


@cache
def _registry() -> Any:
    import pint  # a second and 20 MB: only where figures in two units meet

    return pint.UnitRegistry(non_int_type=Fraction, autoconvert_offset_to_baseunit=True)
