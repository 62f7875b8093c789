"""A quote in its article: the text around it, with the quote and the claim's figures marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.models import Claim, Quantity

AROUND = 700  # code points before and after: some two paragraphs, which is what a reader needs to judge a quote


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that is, or is not, one of the claim's figures."""

    text: str
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The text before the quote, the quote, the text after; `opens` and `ends` say whether the article goes on there."""

    before: list[Piece]
    quote: list[Piece]
    after: list[Piece]
    opens: bool = True
    ends: bool = True


def excerpt_of(claim: Claim, figures: Iterable[Quantity]) -> Excerpt | None:
    """The claim's quote in its article; the quote alone where the claim was heard without a text."""
    if claim.snapshot is None or claim.start is None or claim.end is None:
        return Excerpt([], [Piece(claim.quote)], []) if claim.quote else None
    text = claim.snapshot.text
    first, last = _from(text, claim.start), _until(text, claim.end)
    spans = sorted(_spans(claim, text, figures))
    return Excerpt(
        _pieces(text, first, claim.start, spans),
        _pieces(text, claim.start, claim.end, spans),
        _pieces(text, claim.end, last, spans),
        opens=first == 0,
        ends=last == len(text),
    )


def _from(text: str, start: int) -> int:
    """Where the excerpt begins: at a paragraph, else at a word."""
    if start <= AROUND:
        return 0
    floor = start - AROUND
    for border in ("\n", " "):
        if (found := text.find(border, floor, start)) >= 0:
            return found + 1
    return floor


def _until(text: str, end: int) -> int:
    if len(text) - end <= AROUND:
        return len(text)
    ceiling = end + AROUND
    for border in ("\n", " "):
        if (found := text.rfind(border, end, ceiling)) >= 0:
            return found
    return ceiling


def _spans(claim: Claim, text: str, figures: Iterable[Quantity]) -> Iterable[tuple[int, int]]:
    for figure in figures:
        if figure.start is not None and figure.end is not None and text[figure.start : figure.end] == figure.text:
            yield figure.start, figure.end
        elif figure.text and (at := text.find(figure.text, claim.start or 0, claim.end)) >= 0:
            yield at, at + len(figure.text)


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], start
    for first, last in spans:
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        pieces += [Piece(text[at:first]), Piece(text[first:last], figure=True)]
        at = last
    pieces.append(Piece(text[at:end]))
    return [piece for piece in pieces if piece.text]
