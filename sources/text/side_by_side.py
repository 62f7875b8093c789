"""Two wordings of one thing, each in pieces: which words differ, and what of the rest can be left out."""

from collections.abc import Iterator
from dataclasses import dataclass

from sources.text.changes import Change, changes

LONG = 240  # code points up to which a wording is shown whole
AROUND = 40  # code points of what stayed that are kept beside what did not
MOST = 1200  # code points of one difference that are shown


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a wording: does it differ from the other one? `left_out` code points stood here and are not shown."""

    text: str
    differs: bool = False
    left_out: int = 0


def side_by_side(old: str, new: str) -> tuple[list[Run], list[Run]]:
    """Both in pieces. Words are taken whole; of a long wording the parts that stayed the same are cut down to what stands beside."""
    found = changes(old, new)
    shorten = max(len(old), len(new)) > LONG
    return _runs(old, _spans(old, found, "old"), shorten=shorten), _runs(new, _spans(new, found, "new"), shorten=shorten)


def whole(text: str) -> list[Run]:
    """A text that has no other to be compared with, cut where it is long."""
    return list(_cut(text, differs=False, most=LONG))


def _spans(text: str, found: tuple[Change, ...], side: str) -> Iterator[tuple[int, int]]:
    """Where the text differs, without the blanks at the ends; what is nothing but blanks is shown where there is nothing else."""
    for change in found:
        start, end = getattr(change, f"start_{side}"), getattr(change, f"end_{side}")
        words = text[start:end]
        if stripped := words.strip():
            first = start + words.index(stripped)
            yield first, first + len(stripped)
        elif words and len(found) == 1:
            yield start, end


def _runs(text: str, spans: Iterator[tuple[int, int]], *, shorten: bool) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for start, end in spans:
        runs += _same(text, at, start, shorten=shorten)
        runs += _cut(text[start:end], differs=True, most=MOST)
        at = end
    return [*runs, *_same(text, at, len(text), shorten=shorten)]


def _same(text: str, start: int, end: int, *, shorten: bool) -> Iterator[Run]:
    """A stretch that stayed: its end before the next difference and its beginning after the last one."""
    if not shorten or end - start <= 3 * AROUND:
        if start < end:
            yield Run(text[start:end])
        return
    head = start if start == 0 else _border(text, start + AROUND)
    tail = end if end == len(text) else _border(text, end - AROUND)
    if head > start:
        yield Run(text[start:head])
    yield Run("", left_out=tail - head)
    if tail < end:
        yield Run(text[tail:end])


def _cut(text: str, *, differs: bool, most: int) -> Iterator[Run]:
    if len(text) <= most + AROUND:
        if text:
            yield Run(text, differs)
        return
    end = _border(text, most)
    yield Run(text[:end], differs)
    yield Run("", left_out=len(text) - end)


def _border(text: str, near: int) -> int:
    """A place between two words at or after `near`, where there is one close by."""
    found = text.find(" ", near, near + AROUND // 2)
    return found if found >= 0 else near
