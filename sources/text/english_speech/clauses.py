"""The propositions of a stretch of words: cut at the ends of sentences, at "and that", and where a new clause joins on."""

from collections.abc import Iterator

from sources.text.english_speech import grammar
from sources.text.english_speech.line import ENDS, Line
from sources.text.sentences import abbreviated

_JOINERS = frozenset(["and", "but", "while", "whereas", "although", "though", "yet"])
_BLOCKERS = grammar.RELATIVES - {"what", "when", "where", "how", "why"}


def split(line: Line, begin: int, end: int, *, whole: bool = False) -> Iterator[tuple[int, int]]:
    """Word spans of the propositions of words[begin:end]; `whole` keeps each sentence in one piece. Questions are left out."""
    for first, last, question in _sentences(line, begin, end):
        if question:
            continue
        if whole:
            yield first, last
        else:
            yield from _clauses(line, first, last)


def _sentences(line: Line, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
    start = begin
    for i in range(begin, end):
        text = line.words[i].text
        if text in ENDS and i > start:
            follows = i + 1
            while follows < end and line.words[follows].text in {'"', *ENDS}:
                follows += 1
            apart = follows >= end or line.words[follows].start > line.words[follows - 1].end
            if follows < end and (not apart or line.words[follows].text[:1].islower()):
                continue
            if (
                text == "."
                and follows < end
                and line.words[i].start == line.words[i - 1].end
                and abbreviated(line.words[i - 1].text, line.lower[follows])
            ):
                continue
            yield start, i, text == "?"
            start = follows
    if start < end:
        after = line.words[end].text if end < len(line.words) else ""
        yield start, end, after == "?"


def _clauses(line: Line, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = i = begin
    while i < end:
        skip = 0
        if i > start + 1 and end - i > 3:
            word = line.lower[i]
            if word in {"and", "but"} and line.word(i + 1) == "that" and not line.quoted[i]:
                skip = 2
            elif word == ";":
                skip = 1 + (line.word(i + 1) in grammar.DISCOURSE)
            elif (
                word in _JOINERS
                and not line.quoted[i]
                and line.finite_in(start, i)
                and independent(line, i + 1, end, near=not line.comma(i - 1))
            ):
                skip = 1
            elif line.words[i].text in ",–—" and line.word(i + 1) in _JOINERS:
                i += 1
                continue
        if skip:
            yield start, i
            start = i = i + skip
            continue
        i += 1
    if start < end:
        yield start, end


def independent(line: Line, i: int, end: int, *, near: bool = False) -> bool:
    """Does a clause with a subject of its own begin at word `i`? `near`: nothing but "and" tells, so its verb must be close."""
    if i >= end or line.finite[i] or line.lower[i] in grammar.PREPOSITIONS - {"in", "on", "at", "about", "around", "as", "over", "up"}:
        return False
    commas = 0
    for k in range(i, min(end, i + (9 if near else 16))):
        if line.finite[k]:
            return k > i
        if line.lower[k] in _BLOCKERS and k > i:
            return False
        if line.words[k].text == ",":
            commas += 1
            if near or commas > 2:
                return False
        elif line.words[k].text in {";", ":"}:
            return False
    return False
