"""The claims beside a text, and the text in runs that bear their marks."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.admin import formatting, highlighting, reading_reasons
from claims.admin.annotation_forms import MARKS, PlaceForm
from claims.admin.forms import StepForm
from claims.admin.highlighting import Mark, Role
from claims.domain import lifecycle
from claims.domain.choices import CLOSED, Status
from claims.domain.state import ClaimState
from claims.domain.steps import is_open
from claims.ledger import projections
from claims.models import Claim, Quantity
from sources import roles


@dataclass(slots=True)
class Entry:
    """A claim in the list beside the text."""

    number: int
    claim: Claim
    state: ClaimState
    closed: bool
    forms: dict[str, StepForm] = field(default_factory=dict)
    tried: str = ""

    @property
    def figures(self) -> list[str]:
        """Its figures as they are read."""
        return [formatting.figure(Quantity(**row)) for row in projections.part_values(Quantity, self.state)]

    @property
    def whys(self) -> list[str]:
        """Why the reader thinks so."""
        return reading_reasons.describe_reasons(self.state.said.why)

    @property
    def due(self) -> str:
        """When it falls due."""
        return formatting.when_html(self.state.said.due)

    @property
    def said_on(self) -> str:
        """When it was said."""
        return formatting.when_html(self.state.said.said_on)

    @property
    def label(self) -> str:
        """What the mark in the text is called to those who hear it."""
        who = self.claim.speaker_name or self.claim.get_speaker_type_display()
        said = {"number": self.number, "kind": self.claim.get_kind_display(), "who": formatting.isolated(who)}
        return str(_("Claim %(number)s: %(kind)s, %(who)s")) % said


class Run(NamedTuple):
    """A piece of the text as the template writes it."""

    piece: highlighting.Piece
    css: str
    opens: list[Entry]
    title: str


def entries_of(ids: list[UUID], first: int, actor: roles.Actor, tried: Any) -> list[Entry]:
    """The claims of one page, numbered from `first`, with the forms that are open to this person; `tried` is one that was refused."""
    past = ledger.happenings(ids)
    states = [state for pk in ids if isinstance(state := lifecycle.fold(past[pk]), ClaimState)]
    entries = [Entry(n, projections.claim_row(s), s, s.status in CLOSED) for n, s in enumerate(states, first)]
    names = _names(entries)
    for entry in entries:
        if is_open(entry.state, "revise") and roles.may(actor, "revise"):
            entry.forms = {name: _form(name, entry, tried, names) for name in MARKS}
            entry.tried = next((name for name, form in entry.forms.items() if form is tried), "")
    return entries


def _form(name: str, entry: Entry, tried: Any, names: list[tuple[str, str]]) -> StepForm:
    others = [(pk, label) for pk, label in names if pk != str(entry.claim.pk)]
    if isinstance(tried, PlaceForm) and tried.prefix == name and tried.state.id == entry.state.id:
        if name == "speaker":
            tried.fields["like"].widget.choices += others
        return tried
    more = {"names": others} if name == "speaker" else {}
    return MARKS[name].form(state=entry.state, step=name, **more)


def _names(entries: list[Entry]) -> list[tuple[str, str]]:
    """Whom the article names as speakers, each once, and a claim of theirs."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in entries:
        if name := entry.claim.speaker_name:
            title = f" – {entry.claim.speaker_title}" if entry.claim.speaker_title else ""
            found.setdefault((entry.claim.speaker_type, name), (str(entry.claim.pk), f"{name}{title}"))
    return sorted(found.values(), key=lambda row: row[1])


def _marks(entry: Entry) -> list[Mark]:
    said = entry.state.said
    places = [(said.start, said.end, Role.QUOTE), (said.speaker.mention_start, said.speaker.mention_end, Role.SPEAKER)]
    places += [(figure.start, figure.end, Role.FIGURE) for figure in said.quantities]
    places += [(when.start, when.end, Role.DATE) for when in (said.said_on, said.scope, said.due) if when]
    return [Mark(start, end, role, entry.number) for start, end, role in places if start is not None and end is not None]


def marked_runs(text: str, entries: list[Entry]) -> list[Run]:
    """The whole text in pieces, each with how it is marked."""
    by_number = {entry.number: entry for entry in entries}
    found = []
    for piece in highlighting.pieces(text, [mark for entry in entries for mark in _marks(entry)]):
        waiting = any(by_number[n].state.status is Status.PROPOSED for n in piece.quotes)
        css = [*piece.roles, "deep" if len(piece.quotes) > 1 else "", "" if waiting or not piece.quotes else "taken"]
        title = "; ".join(_title(by_number[n]) for n in piece.claims)
        found.append(Run(piece, " ".join(filter(None, css)), [by_number[n] for n in piece.opens], title))
    return found


def _title(entry: Entry) -> str:
    because = f" ({', '.join(entry.whys)})" if entry.whys else ""
    return f"{entry.label}{because}"
