"""A claim is written down: from a draft that the reader proposes, or by hand."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.domain.events import ClaimRecorded, Event
from claims.domain.lifecycle import revised
from claims.domain.state import ClaimState
from claims.ledger import Authored, Receipt, erasure_guard
from claims.workflow import changes as changing
from sources.models import Document, Snapshot, new_id
from sources.roles import PROGRAM, Actor

SELECTORS = ("document", "snapshot_digest", "prefix", "suffix")  # what follows from a quote's place
LONGEST_TAG = 100  # letters, as the column has it
CONTEXT = 40  # how much text before and after a quote its selectors keep


class Unrecordable(ledger.Unfit):
    """This cannot be kept as a claim. `errors` says why, by field."""


def record(said: ClaimRecorded, *, by: Actor, key: str | None = None, id: UUID | None = None) -> Receipt:  # noqa: A002
    """Keeps a claim as proposed. Raises Unrecordable, roles.NotAllowed or ledger.KeyReused; then nothing is kept."""
    erasure = erasure_guard.last() if said.snapshot else None  # the text is read here
    said = with_selectors(said)
    if by.name != PROGRAM.name:  # what a text says is proposed as it reads
        _must_be_due_after(said)
    return ledger.begin("record", id or new_id(), said, by=by, key=key, asked=msgspec.to_builtins(said), unless_erased=erasure)


def revise(claim: UUID, changes: dict[str, Any], *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """Corrects fields of a claim (plain JSON values); what it said before stays in its history.

    Changes nothing where all reads so already. What was judged is only proposed so, as a correction that another person approves;
    while a verdict waits for approval, it is sent back.
    """
    decide = _revision(changes, reason, by)
    return ledger.take_step("revise", claim, decide, by=by, key=key, after=after, asked=[changes, reason])


def propose(claim: UUID, changes: dict[str, Any], *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """Proposes a correction of a claim that was judged; another person approves it."""
    decide = _revision(changes, reason, by)
    return ledger.take_step("corrections", claim, decide, by=by, key=key, after=after, asked=[changes, reason])


def _revision(changes: dict[str, Any], reason: str, by: Actor) -> ledger.Decide:
    def decide(state: ClaimState) -> Iterable[Event | Authored]:
        if not reason.strip():
            raise Unrecordable(reason=_("Say why the claim is changed."))
        try:
            fitted = with_selectors(revised(state.said, changes), before=state.said)
        except msgspec.ValidationError as error:
            raise Unrecordable(changes=str(error)) from error
        if fitted.due != state.said.due or fitted.said_on != state.said.said_on:
            _must_be_due_after(fitted)
        # A quote that moved takes its surroundings along.
        moved = {name: getattr(fitted, name) for name in SELECTORS if getattr(fitted, name) != getattr(state.said, name)}
        return changing.revision(state, changes | moved, reason=reason.strip(), by=by)

    return decide


def redate(claim: UUID, *, reason: str = "", by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """Takes over the dates that are offered since the document's publication date was corrected."""

    def decide(state: ClaimState) -> Iterable[Event | Authored]:
        assert state.offered is not None  # else the step is not open
        why = reason.strip() or gettext("The article's date was corrected.")
        return changing.revision(state, state.offered, reason=why, by=by)

    return ledger.take_step("redate", claim, decide, by=by, key=key, after=after, asked=reason)


def take_reading(claim: UUID, *, reason: str = "", by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """Takes over what is offered since the text was read again by a later version of the reader."""

    def decide(state: ClaimState) -> Iterable[Event | Authored]:
        assert state.offered_reading is not None  # else the step is not open
        why = reason.strip() or gettext("The text was read again.")
        return changing.revision(state, state.offered_reading.changes, reason=why, by=by)

    return ledger.take_step("reread", claim, decide, by=by, key=key, after=after, asked=reason)


def _must_be_due_after(said: ClaimRecorded) -> None:
    if why := changing.due_before_said(said.due, said.said_on):
        raise Unrecordable(due=why)


def with_selectors(said: ClaimRecorded, *, before: ClaimRecorded | None = None) -> ClaimRecorded:
    """The claim with its quote's surroundings and its snapshot's digest (W3C Web Annotation selectors).

    A claim heard without a text has no quote's place at all. The document that it had `before` need not be looked up.
    Raises Unrecordable where quote and text do not agree.
    """
    if not said.statement.strip():
        raise Unrecordable(statement=_("A claim needs a statement."))
    if any(len(tag) > LONGEST_TAG for tag in said.tags):
        raise Unrecordable(tags=ngettext("A tag has at most %d letter.", "A tag has at most %d letters.", LONGEST_TAG) % LONGEST_TAG)
    known = said.document == (before.document if before else None)
    if said.document and not known and not said.snapshot and not Document.objects.filter(pk=said.document).exists():
        raise Unrecordable(document=_("There is no such document."))
    if not said.snapshot:
        if said.start is not None or said.end is not None:
            raise Unrecordable(start=_("A place in a text needs the snapshot it is in."))
        return said
    snapshot = Snapshot.objects.select_related("content").filter(pk=said.snapshot).first()
    if snapshot is None:
        raise Unrecordable(snapshot=_("There is no such snapshot."))
    if said.start is None or said.end is None:
        raise Unrecordable(start=_("A quote in a snapshot needs its start and end."))
    text = snapshot.text
    if not 0 <= said.start < said.end <= len(text) or text[said.start : said.end] != said.quote:
        raise Unrecordable(quote=_("The quote is not what stands in the text at this place."))
    return placed(said, snapshot, text)


def placed(said: ClaimRecorded, snapshot: Snapshot, text: str) -> ClaimRecorded:
    """The claim with the surroundings of a quote that stands in `text`, the snapshot's."""
    assert said.start is not None
    assert said.end is not None
    return replace(
        said,
        document=str(snapshot.document_id),
        snapshot_digest=snapshot.digest,
        prefix=text[max(0, said.start - CONTEXT) : said.start],
        suffix=text[said.end : said.end + CONTEXT],
    )
