"""A text with what was read in it marked: cut at every border, so that marks may nest and overlap."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise


class Role(StrEnum):
    """What a run of text is to a claim."""

    QUOTE = "quote"
    SPEAKER = "speaker"
    FIGURE = "figure"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of the text and what it is to the claim of this number; offsets in Unicode code points."""

    start: int
    end: int
    role: Role
    claim: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text over which the same marks lie."""

    text: str
    quotes: tuple[int, ...] = ()  # claims whose quote this is part of
    claims: tuple[int, ...] = ()  # claims of which anything stands here
    roles: tuple[Role, ...] = ()
    opens: tuple[int, ...] = ()  # claims whose quote begins here

    @property
    def is_return(self) -> bool:
        """A carriage return, which HTML keeps only where it is written as a reference."""
        return self.text == "\r"


def pieces(text: str, marks: Iterable[Mark]) -> list[Piece]:
    """The whole text in pieces, in order: joined they are the text. Marks that do not stand in it are left out."""
    begins: dict[int, list[Mark]] = {}
    ends: dict[int, list[Mark]] = {}
    for mark in marks:
        if 0 <= mark.start < mark.end <= len(text):
            begins.setdefault(mark.start, []).append(mark)
            ends.setdefault(mark.end, []).append(mark)
    borders = sorted({0, len(text), *begins, *ends, *_returns(text)})
    found: list[Piece] = []
    over: Counter[tuple[Role, int]] = Counter()
    for first, last in pairwise(borders):
        for mark in ends.get(first, ()):
            over[mark.role, mark.claim] -= 1
        for mark in begins.get(first, ()):
            over[mark.role, mark.claim] += 1
        over = +over  # what has ended is dropped
        opens = sorted(mark.claim for mark in begins.get(first, ()) if mark.role is Role.QUOTE)
        found.append(_piece(text[first:last], list(over), tuple(opens)))
    return found


def _piece(text: str, over: list[tuple[Role, int]], opens: tuple[int, ...]) -> Piece:
    quotes = tuple(sorted(claim for role, claim in over if role is Role.QUOTE))
    claims = tuple(sorted({claim for _role, claim in over}))
    roles = tuple(role for role in Role if any(role is there for there, _claim in over))
    return Piece(text, quotes, claims, roles, opens)


def _returns(text: str) -> set[int]:
    """Borders before and after every carriage return."""
    found, at = set(), text.find("\r")
    while at >= 0:
        found |= {at, at + 1}
        at = text.find("\r", at + 1)
    return found
