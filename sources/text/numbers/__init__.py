"""Figures in Arabic and English news: value, unit and comparator, with the words that say so.

The road: tokens → numerals (digits, words, scales, sums) → ranges → comparators and units → what is no figure is left out.
"""

from sources.text.numbers.figures import Quantity
from sources.text.numbers.reading import Reader

__all__ = ["Quantity", "find_quantities"]


def find_quantities(text: str) -> list[Quantity]:
    """Every figure of the text, in order and not overlapping. Dates, years, ordinals and designators are none.

    A text that is nothing but a number is a figure without a unit. Offsets are Unicode code points of `text`.
    """
    return Reader(text).read()
