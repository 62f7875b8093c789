"""A text's figures as the tests' tables write them."""

from decimal import Decimal

from sources.text.numbers import find_quantities


def said(text):
    """The figures of a text, as the tables write them."""
    return "; ".join(
        f"{q.comparator} {number(q.value)}{'' if q.value_max is None else '..' + number(q.value_max)} {q.unit or '-'}"
        for q in find_quantities(text)
    )


def number(value: Decimal) -> str:
    return format(value, "f")
