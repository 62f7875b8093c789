"""Dates in Arabic and English news, to EDTF: words become tokens, tokens parts, parts dates; each pass is a small grammar.

The passes stand in `_CASCADE`; each has a module of its own. What a date lacks (a year, a day) is reckoned from the day of
publication and the tense of its clause; without that day it is unstated, never invented.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from sources.text.dates import arithmetic, evidence, tokens
from sources.text.dates.anchored import anchored, edges, weekdays
from sources.text.dates.calendars import calendars
from sources.text.dates.hijri import hijri
from sources.text.dates.intervals import intervals, resolved, written
from sources.text.dates.joined import doubled, joined
from sources.text.dates.months import months
from sources.text.dates.numerals import numerals
from sources.text.dates.parts import Context, Part, When
from sources.text.dates.periods import distances, durations, sums, units
from sources.text.edtf import Basis, ImpreciseDate, NotEDTF, span
from sources.text.folding import fold

__all__ = ["find_dates"]

_CASCADE = (numerals, doubled, units, durations, sums, distances, months, joined, hijri, calendars, weekdays, anchored, edges, intervals)
_NEAR = 300  # letters within which "a week later" follows what it follows
_SOME_DAY = date(2001, 1, 1)  # reckons what is then left unstated


def find_dates(text: str, published: date | None = None, *, future: bool = False) -> list[ImpreciseDate]:
    """Every date of the text that says when precisely enough, in order and not overlapping.

    Relative ones hang on `published`; without it they are unstated. `future` reads a bare weekday or month as the coming one.
    A time of day is left out: a date has the precision of a day at most.
    """
    folded = fold(text)
    low = folded.text.lower()
    if len(low) != len(folded.text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in folded.text)
    read = tokens.read(low, folded.text, lambda start, end: text[slice(*folded.origin(start, end))])
    context = Context(
        published or _SOME_DAY, low, folded.text, read.arabic, (lambda _start, _end, limit=False: 1) if future else read.tenses.at
    )
    parts = read.parts
    for grammar in _CASCADE:
        parts = grammar.reduce(parts, context)
    found = []
    for part, edtf, basis in _dated(parts, context, known=published is not None):
        if edtf is None or _sound(edtf):
            # «من» opens a range, "of" only leads to one
            start, end = folded.origin(part.start + 3 * low.startswith("of ", part.start), part.end)
            found.append(ImpreciseDate(edtf=edtf, text=text[start:end], start=start, end=end, basis=basis))
    return found


def _dated(parts: list[Part], context: Context, *, known: bool) -> Iterator[tuple[Part, str | None, Basis]]:
    """Each part that is a date, its EDTF, and how it is known: on what day it hangs, if `known`, the day of publication."""
    told: tuple[Part, str] | None = None
    for i, part in enumerate(parts):
        if part.code not in evidence.DATES or not evidence.holds(parts, i, context):
            continue
        if part.code != "V" and part.value.event is not None:
            edtf = _after(told, part, context.low) if told else None
            if edtf is not None:
                yield part, edtf, Basis.CONTEXT
            if edtf is not None or (part.value.year is None and part.value.edtf is None):
                continue
        ends: tuple[When, ...] = part.value if part.code == "V" else (part.value,)
        hangs = any(end.relative or (end.year is None and end.edtf is None) for end in ends)
        if hangs and not known:
            yield part, None, Basis.UNSTATED
            continue
        edtf = _reckoned(ends, context, parts, i)
        if edtf is not None:
            told = part, edtf
            yield part, edtf, Basis.RELATIVE if hangs else Basis.TEXT


def _reckoned(ends: tuple[When, ...], context: Context, parts: list[Part], i: int) -> str | None:
    if len(ends) == 2:
        return written((ends[0], ends[1]), context, evidence.tense(parts, i, context))
    if ends[0].year is None and ends[0].edtf is None:
        return resolved(ends[0], context, evidence.tense(parts, i, context))
    return arithmetic.written(ends[0])


def _after(told: tuple[Part, str], part: Part, low: str) -> str | None:
    """So many units after what the text told last, near enough and precisely enough; else None."""
    (before, edtf), (count, unit) = told, part.value.event
    if part.start - before.end > _NEAR or "\n" in low[before.end : part.start]:
        return None
    needed = {"year": 4, "month": 7, "quarter": 7}.get(unit, 10)
    try:
        there = date.fromisoformat((edtf + "-01-01")[:10] if needed == 4 and len(edtf) == 4 else (edtf + "-01")[:10])
    except ValueError:
        return None
    read = arithmetic.ago(there, count, unit) if len(edtf) >= needed and "/" not in edtf else None
    return arithmetic.written(read) if read else None


@lru_cache(maxsize=4096)  # few dates make up a text
def _sound(edtf: str) -> bool:
    try:
        span(edtf)
    except NotEDTF:
        return False
    return True
