"""Quotation marks of every kind, paired into spans."""

import re

_MARK = re.compile(r'["“”„‟«»]')
_OPENS, _CLOSES = set("“„«"), set("”»")


def spans(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Where quoted words stand, marks left out; a quote that never closes runs to the end.

    Marks that do not tell their side (the straight one) open and close in turn, so «, “ and " read alike.
    """
    end = len(text) if end is None else end
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for mark in _MARK.finditer(text, start, end):
        sign = mark[0]
        if opened is None:
            if sign not in _CLOSES or sign == "”":  # some typists open with ” too
                opened = mark.end()
        elif sign not in _OPENS:
            if mark.start() > opened:
                found.append((opened, mark.start()))
            opened = None
    if opened is not None and opened < end:
        found.append((opened, end))
    return found
