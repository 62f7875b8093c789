"""What two texts say is compared apart: wording, figures, polarity, time and names. Wording alone cannot tell agreement from denial."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from claims.domain import stems as words
from claims.domain.choices import Polarity
from claims.similarity import quoted_posts
from sources.text.dates import find_dates
from sources.text.edtf import span
from sources.text.folding import fold
from sources.text.language import language_of
from sources.text.numbers import Quantity, find_quantities
from sources.text.sentences import paragraphs
from sources.text.speech import people_of


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it is compared."""

    text: str
    value: Decimal
    value_max: Decimal | None
    unit: str
    comparator: str


@dataclass(frozen=True, slots=True)
class TextFacts:
    """What a text tells, read once for all that it is compared with."""

    plain: str
    figures: tuple[Value, ...]
    polarity: str
    times: tuple[str, ...]  # EDTF
    names: frozenset[str]  # in one spelling


@dataclass(frozen=True, slots=True)
class Difference:
    """Two figures of one unit: by how much the claim's exceeds the text's (negative where it is less), and by what part of it."""

    text: str
    claim: str
    unit: str
    by: Decimal
    part: float | None


@dataclass(frozen=True, slots=True)
class Why:
    """How a claim is like a text and how it is not. `None`: one of them says nothing of it."""

    wording: float  # 0 to 1: the letters, in whatever order the words come
    figures: str | None  # same, differ
    differences: tuple[Difference, ...]
    polarity: str  # same, opposite
    time: str | None  # same, overlap, differ
    names: str | None  # same, overlap, differ
    names_shared: tuple[str, ...]


_NOT = re.compile(
    r"\b(?:not|no|never|none|neither|nor|cannot|\w+n't|den(?:y|ies|ied)|refut(?:e|es|ed)|false(?:ly)?)\b"
    r"|(?<!\w)[وف]?(?:لا|لم|لن|ليس|ليست|ليسوا|نفي|نفت|نفوا|ينفي|تنفي|ينفون|نافيا|نافيه|نافية|كذب|يكذب|تكذب)(?!\w)",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?]\s)(?<!^)(?<!\w)[A-Z][\w'-]*(?:\s+(?:of\s+|al-)?[A-Z][\w'-]*)*")


def facts_of(text: str, *, beside: TextFacts | None = None) -> TextFacts:
    """Reads a text; `beside` another, only what that one has too: figures, times and names are compared where both have some.

    The signature of a post tells who posted it and when, not what it says, and is left out.
    """
    post = quoted_posts.unsigned(text)
    said = post.text
    figures = tuple(_value(each) for each in find_quantities(said)) if beside is None or beside.figures else ()
    times = tuple(date.edtf for date in find_dates(said) if date.edtf) if beside is None or beside.times else ()
    names = _names(said) if beside is None or beside.names else frozenset[str]()
    return TextFacts(post.words, figures, polarity_of(said), times, names)


def _value(read: Quantity) -> Value:
    return Value(read.text, read.value, read.value_max, read.unit or "", read.comparator)


def polarity_of(text: str) -> str:
    """Does it deny something? Two denials make an affirmation: "denied that it will not"."""
    return Polarity.NEGATED if len(_NOT.findall(fold(text).text)) % 2 else Polarity.AFFIRMED


def _names(text: str) -> frozenset[str]:
    """Persons and bodies: as the reader of articles knows them, and what English writes with capitals."""
    language = language_of(text)
    if language == "und":
        language = "en"
    folded = fold(text)
    told_words = [word for line in paragraphs(folded.text) for sentence in line.sentences for word in sentence.words]
    named = {" ".join(words.terms(words.plain(name))) for name in people_of(text, folded, told_words, language).names.values()}
    capitals = {" ".join(words.terms(words.plain(name))) for name in _NAME.findall(folded.text)} if language == "en" else set()
    return frozenset(name for name in named | capitals if name)


def compared(text: TextFacts, claim: TextFacts) -> Why:
    """How the claim is like the text."""
    figures, differences = _figures(text.figures, claim.figures)
    shared = text.names & claim.names
    return Why(
        wording=round(fuzz.token_sort_ratio(text.plain, claim.plain) / 100, 3),
        figures=figures,
        differences=differences,
        polarity="same" if text.polarity == claim.polarity else "opposite",
        time=_time(text.times, claim.times),
        names=_alike(text.names, claim.names),
        names_shared=tuple(sorted(shared)),
    )


def _alike(one: frozenset[str], other: frozenset[str]) -> str | None:
    if not one or not other:
        return None
    return "same" if one == other else "overlap" if one & other else "differ"


def _figures(text: Sequence[Value], claim: Sequence[Value]) -> tuple[str | None, tuple[Difference, ...]]:
    """Equal ones are set against each other first, then those of one unit in their order; a unit that only one names tells nothing."""
    left, rest = list(claim), []
    for one in text:
        if same := next((each for each in left if _amount(each) == _amount(one)), None):
            left.remove(same)
        else:
            rest.append(one)
    differences = []
    for one in rest:
        if other := next((each for each in left if each.unit == one.unit), None):
            left.remove(other)
            by = other.value - one.value
            part = round(float(by / abs(one.value)), 4) if one.value else None
            differences.append(Difference(one.text, other.text, one.unit, by.normalize(), part))
    compared = len(text) - len(rest) + len(differences)
    return (None if not compared else "differ" if differences else "same"), tuple(differences)


def _amount(figure: Value) -> tuple[Decimal, Decimal | None, str, str]:
    return figure.value, figure.value_max, figure.unit, figure.comparator


def _time(text: Sequence[str], claim: Sequence[str]) -> str | None:
    if not text or not claim:
        return None
    if set(text) == set(claim):
        return "same"
    return "overlap" if any(_meet(a, b) for a in text for b in claim) else "differ"


def _meet(one: str, other: str) -> bool:
    """Have they a day in common? A span without an end goes on."""
    (a, b), (c, d) = span(one), span(other)
    return (a is None or d is None or a <= d) and (c is None or b is None or c <= b)
