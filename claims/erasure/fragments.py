"""What is left of words at the ends of a text that was cut in the midst of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

import regex

from sources.text.folding import fold

SHORTEST = 2  # letters: a part of a word as short as this, at a cut, still tells what the word was
BETWEEN = r"(?:\s+|[-_+]+|%20)"  # the words of a name, also in an address: `leila-khatib`, `Leila_Khatib`

_GAP = regex.compile(BETWEEN)
_MARKS = regex.compile(r"\p{M}+")
_LETTER = regex.compile(r"[\p{L}\p{N}]")
_STARTS = regex.compile(r"(?<![\p{L}\p{N}])[\p{L}\p{N}]|%")
_ENDS = regex.compile(r"[\p{L}\p{N}](?![\p{L}\p{N}])")
_JOINED = regex.compile(r"[وفبلك]{0,2}(?:ال)?")  # conjunction, preposition, article
_ENCODED = regex.compile(r"%[C-F][0-9A-F]%[89AB][0-9A-F]", regex.IGNORECASE)


class Fragments:
    """What a cut leaves of phrases: a head of them at the end of a text, a tail at its beginning, of two letters or more."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole = [_bare(fold(phrase).text) for phrase in phrases]
        self._heads = {head for phrase in self._whole for n in range(len(phrase)) if _told(head := phrase[: n + 1].rstrip())}
        self._tails = {tail for phrase in self._whole for n in range(len(phrase)) if _told(tail := phrase[n:].lstrip())}
        self._as_heads, self._as_tails = tuple(self._heads), tuple(self._tails)
        self._reach = 2 * max(map(len, self._whole), default=0) + 20  # gaps may be wider than one space

    def spans(self, text: str, *, left: bool, right: bool) -> list[tuple[int, int]]:
        """Where they are in a text (folded) that was cut at its left or right end, or at both."""
        first = _bare(text[: self._reach])
        last = first if len(text) <= self._reach else _bare(text[-self._reach :])
        if left and right and first is last and _told(first) and any(first in phrase for phrase in self._whole):
            return [(0, len(text))]
        found = []
        # Nearly every text is passed over by a look at how it begins and ends.
        if left and first.startswith(self._as_tails) and (end := self._tail(text)):
            found.append((0, end))
        if right and last.endswith(self._as_heads) and (start := self._head(text)) is not None:
            found.append((start, len(text)))
        return found

    def _tail(self, text: str) -> int:
        ends = [match.end() for match in _ENDS.finditer(text, 0, self._reach)]
        return next((end for end in reversed(ends) if _bare(text[:end]) in self._tails and not _ENCODED.match(text, end)), 0)

    def _head(self, text: str) -> int | None:
        for match in _STARTS.finditer(text, max(0, len(text) - self._reach)):
            start = match.start()
            if _ENCODED.match(text, max(0, start - 6), start):
                continue
            joined = _JOINED.match(text, start)
            for at in range(start, joined.end() + 1 if joined else start + 1):
                if _JOINED.fullmatch(text, start, at) and _bare(text[at:]) in self._heads:
                    return at
        return None


def _bare(text: str) -> str:
    """A folded text as fragments are compared: marks gone that a cut may have parted from their letter, one space for each gap."""
    return _GAP.sub(" ", _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()))).strip()


def _told(fragment: str) -> bool:
    """Is it of two letters or more, percent-encoded ones taken as one each?"""
    return len(_ENCODED.findall(fragment)) + len(_LETTER.findall(regex.sub("%[0-9a-f]{0,2}", "", fragment))) >= SHORTEST
