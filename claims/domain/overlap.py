"""When two runs of one text are the same claim, read with other borders: half of what they cover together is in both."""

from collections.abc import Iterable

Span = tuple[int, int]  # start and end, in Unicode code points
HALF = 0.5


def shared(one: Span, other: Span) -> float:
    """Intersection over union, 0 to 1."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0


def taken(span: Span, others: Iterable[Span]) -> bool:
    """Is one of the others the same claim?"""
    return any(shared(span, other) >= HALF for other in others)


def word_spans(words: str, text: str) -> Iterable[Span]:
    """Where these words stand in a text, each place after the one before."""
    start = text.find(words) if words else -1
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + len(words))
