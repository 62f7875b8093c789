"""What changed between two texts, word by word, and whether a quote still stands in the newer one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

import regex
from rapidfuzz.distance import Indel

# A word with its marks, a run of blanks, or one character as a reader sees it (an emoji of several code points is one).
_WORDS = regex.compile(r"[\w\p{M}\u200c\u200d]++|\s++|\X")
# How many pairs of words are compared at most: some 50 MB of bits, and a tenth of a second. Two newspaper articles make 4 million;
# what is beyond is told apart by whole paragraphs only.
MOST_PAIRS = 400_000_000


BESIDE = 8  # code points next to a quote by which it is known to stand where it stood: a word and more, on either side


@dataclass(frozen=True, slots=True)
class Change:
    """old[start_old:end_old] became new[start_new:end_new], in Unicode code points; one of the two may be empty."""

    start_old: int
    end_old: int
    start_new: int
    end_new: int


class Standing(StrEnum):
    """What became of a quote in another text of its document."""

    STANDING = "standing"
    MOVED = "moved"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Place:
    """Whether a quote stands, and from which code point; no `start` where that cannot be said."""

    standing: Standing
    start: int | None = None


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The changes that make `new` of `old`, in order and apart from one another; words are taken whole.

    Takes time by a bound that only the lengths decide, never by how the texts differ.
    """
    old_words, new_words = _WORDS.findall(old), _WORDS.findall(new)
    old_starts, new_starts = _starts(old_words), _starts(new_words)
    runs = _together(_differing(old_words, new_words), old_starts, new_starts)
    return tuple(Change(old_starts[a], old_starts[b], new_starts[c], new_starts[d]) for a, b, c, d in runs)


def stands(quote: str, prefix: str, suffix: str, text: str, *, start: int | None = None) -> Place:
    """Does the quote stand in this text: verbatim, at the same `start` as before or beside the same word?

    Where both neighbours are others it has moved, if it is verbatim and once in the text; which of several it would be is not
    guessed, and it is gone from where it stood. The selectors are those of the W3C Web Annotation model. Raises ValueError for
    an empty quote.
    """
    if not quote:
        raise ValueError("an empty quote stands nowhere")
    if start is not None and text.startswith(quote, start):
        return Place(Standing.STANDING, start)
    if found := _places(prefix + quote + suffix, text):
        return Place(Standing.STANDING, found[0] + len(prefix) if len(found) == 1 else None)
    found = _places(quote, text)
    if len(found) != 1:
        return Place(Standing.GONE)
    before, after = prefix[-BESIDE:], suffix[:BESIDE]  # the sentences around it may have been edited
    beside = (before and before + quote in text) or (after and quote + after in text)
    return Place(Standing.STANDING if beside else Standing.MOVED, found[0])


def _places(words: str, text: str) -> list[int]:
    """Where they begin in the text: the first two places are enough to know that there are several."""
    first = text.find(words)
    if first < 0:
        return []
    second = text.find(words, first + 1)
    return [first] if second < 0 else [first, second]


Run = tuple[int, int, int, int]  # [a, b) of the old words became [c, d) of the new


def _starts(words: Sequence[str]) -> list[int]:
    return [0, *accumulate(map(len, words))]


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """The runs of words that differ. Paragraphs found once in both hold the rest apart where the whole would be too much."""
    left = MOST_PAIRS
    numbers: dict[str, int] = {}
    for a, b, c, d in _gaps(old, new):
        a, b, c, d = _trimmed(old, new, a, b, c, d)
        pairs = (b - a) * (d - c)
        if not pairs or pairs > left:
            if a < b or c < d:
                yield a, b, c, d
            continue
        left -= pairs
        # Words as numbers, for hashes of strings might be equal by chance.
        first, second = ([numbers.setdefault(word, len(numbers)) for word in words] for words in (old[a:b], new[c:d]))
        for step in Indel.opcodes(first, second):
            if step.tag != "equal":
                yield a + step.src_start, a + step.src_end, c + step.dest_start, c + step.dest_end


def _gaps(old: Sequence[str], new: Sequence[str]) -> Iterator[Run]:
    """What lies between the paragraphs that are in both texts once and in one order; everything, where that is little enough."""
    a, b, c, d = _trimmed(old, new, 0, len(old), 0, len(new))
    if (b - a) * (d - c) <= MOST_PAIRS // 16:
        yield a, b, c, d
        return
    before, after = _paragraphs(old, a, b), _paragraphs(new, c, d)
    for (start, end), (begin, finish) in _anchors(before, after):
        yield a, start, c, begin
        a, c = end, finish
    yield a, b, c, d


def _trimmed(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> Run:
    """Without the words that both begin with, and those that both end with."""
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    return a, b, c, d


Span = tuple[int, int]


def _paragraphs(words: Sequence[str], start: int, end: int) -> dict[str, Span]:
    """The paragraphs that are there once, and where."""
    found: dict[str, Span] = {}
    doubles: set[str] = set()
    begin = start
    for at in range(start, end + 1):
        if at == end or "\n" in words[at]:
            text = "".join(words[begin:at])
            if text in found:
                doubles.add(text)
            elif text:
                found[text] = (begin, at)
            begin = at + 1
    return {text: span for text, span in found.items() if text not in doubles}


def _anchors(before: dict[str, Span], after: dict[str, Span]) -> list[tuple[Span, Span]]:
    """The longest series of paragraphs that stands in one order in both (patience sorting)."""
    both = [(span, after[text]) for text, span in before.items() if text in after]
    tops: list[int] = []  # of each pile, the index in `both` of its top
    under: list[int | None] = []
    for n, (_, place) in enumerate(both):
        pile = _pile(both, tops, place)
        under.append(tops[pile - 1] if pile else None)
        tops[pile : pile + 1] = [n]
    series: list[tuple[Span, Span]] = []
    at = tops[-1] if tops else None
    while at is not None:
        series.append(both[at])
        at = under[at]
    return series[::-1]


def _pile(both: Sequence[tuple[Span, Span]], tops: Sequence[int], place: Span) -> int:
    low, high = 0, len(tops)
    while low < high:
        middle = (low + high) // 2
        if both[tops[middle]][1] < place:
            low = middle + 1
        else:
            high = middle
    return low


def _together(runs: Iterator[Run], old_starts: Sequence[int], new_starts: Sequence[int]) -> list[Run]:
    """Neighbours become one where what stands between them is shorter than both: words shared by chance say nothing."""
    joined: list[Run] = []
    for run in runs:
        while joined and _by_chance(joined[-1], run, old_starts, new_starts):
            last = joined.pop()
            run = (last[0], run[1], last[2], run[3])
        joined.append(run)
    return joined


def _by_chance(last: Run, run: Run, old_starts: Sequence[int], new_starts: Sequence[int]) -> bool:
    between = old_starts[run[0]] - old_starts[last[1]]
    sizes = [max(old_starts[b] - old_starts[a], new_starts[d] - new_starts[c]) for a, b, c, d in (last, run)]
    return between <= min(sizes)
