"""Two claims side by side: which words and figures differ, and what else does, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from django.utils.translation import gettext as _

from claims.admin import claim_page, formatting
from claims.domain.choices import Relation
from claims.models import Claim
from claims.similarity import Match
from claims.similarity.comparing import Difference
from sources.text.changes import changes

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a statement; does it differ from the other's, and is it a figure that does?"""

    text: str
    differs: bool = False
    figure: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A claim like the one of the page, as it is shown."""

    match: Match
    here: list[Run]
    there: list[Run]
    notes: list[str]
    alike: list[str]

    @property
    def claim(self) -> Claim:
        """The other claim."""
        return self.match.claim

    @property
    def source(self) -> str:
        """Where it was read."""
        return claim_page.source_of(self.claim)

    @property
    def date(self) -> str:
        """When it was said."""
        return claim_page.date_html(self.claim)


def comparison_rows(claim: Claim, found: Iterable[Match]) -> list[Row]:
    """The claims like this one, each with what differs."""
    return [_row(claim, match) for match in found]


def _row(claim: Claim, match: Match) -> Row:
    here, there, apart = claim.statement, match.claim.statement, match.why.differences
    changed = changes(here, there)
    old = list(_worded(here, ((c.start_old, c.end_old) for c in changed)))
    new = list(_worded(there, ((c.start_new, c.end_new) for c in changed)))
    return Row(
        match,
        text_runs(here, old, list(_standing(here, (d.text for d in apart)))),
        text_runs(there, new, list(_standing(there, (d.claim for d in apart)))),
        list(_notes(match)),
        [_("The same figures.")] if match.why.figures == "same" else [],
    )


def text_runs(text: str, differing: list[Span], figures: list[Span]) -> list[Run]:
    """The text in pieces, cut where a difference or a figure begins or ends; neighbours of one kind are one piece."""

    def kind(piece: Span) -> tuple[bool, bool]:
        figure = _within(*piece, figures)
        return figure or _within(*piece, differing), figure

    borders = sorted({0, len(text), *(at for span in (*differing, *figures) for at in span)})
    pieces = ((differs, figure, list(spans)) for (differs, figure), spans in groupby(pairwise(borders), kind))
    return [Run(text[spans[0][0] : spans[-1][1]], differs, figure) for differs, figure, spans in pieces]


def _within(start: int, end: int, spans: list[Span]) -> bool:
    return any(first <= start and end <= last for first, last in spans)


def _worded(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Without the blanks at their ends; what is nothing but blanks is no difference."""
    for start, end in spans:
        words = text[start:end]
        if stripped := words.strip():
            first = start + words.index(stripped)
            yield first, first + len(stripped)


def _standing(text: str, figures: Iterable[str]) -> Iterator[Span]:
    """Where these figures stand in the text, if they stand there as they were read."""
    for figure in figures:
        if figure and (start := text.find(figure)) >= 0:
            yield start, start + len(figure)


def _notes(match: Match) -> Iterator[str]:
    """What is not alike, apart from the wording."""
    why = match.why
    for difference in why.differences:
        yield _figure(difference)
    if why.polarity == "opposite":
        yield _("One of the two denies something that the other affirms.")
    if why.time == "differ":
        yield _("They speak of different times.")
    elif why.time == "overlap":
        yield _("The times they speak of overlap.")
    if why.names == "differ":
        yield _("They name different people or bodies.")


def _figure(d: Difference) -> str:
    said: dict[str, Any] = {"there": formatting.isolated(d.claim), "here": formatting.isolated(d.text)}
    if not d.part:
        return _("Another figure: %(there)s there, %(here)s here.") % said
    said["part"] = formatting.isolated(f"{abs(d.part):.1%}".replace(".0%", "%"))
    if d.part > 0:
        return _("Another figure: %(there)s there, %(here)s here: %(part)s more.") % said
    return _("Another figure: %(there)s there, %(here)s here: %(part)s less.") % said


# The keys that judge, in the order of the buttons: 1 to 8.
KEYS = tuple(enumerate(Relation, 1))
