"""The desk takes claims in, turns them down, gives them to somebody and says when they are due."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import ledger, records
from claims.domain import dates_in_words
from claims.domain.choices import Kind
from claims.domain.events import (
    ClaimAccepted,
    ClaimAssigned,
    ClaimRecorded,
    ClaimRejected,
    ClaimReopened,
    ClaimScheduled,
    ClaimUnassigned,
    Event,
    EvidenceAdded,
    EvidenceWithdrawn,
    HorizonRegistered,
)
from claims.domain.state import ClaimState
from claims.domain.values import Exhibit
from claims.ledger import Authored, Changes, Receipt
from claims.workflow import changes
from sources import roles
from sources.models import new_id
from sources.roles import Actor
from sources.text.edtf import ImpreciseDate


class Unreviewable(ledger.Unfit):
    """What was given does not fit the step. `errors` says why, by field."""


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise Unreviewable(reason=_("Say why."))
    return reason.strip()


def accept(claim: UUID, *, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A proposed claim is worth the desk's time."""
    return ledger.take_step("accept", claim, lambda state: [ClaimAccepted()], by=by, key=key, after=after)


def reject(claim: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A claim is turned down, with the reason."""
    event = ClaimRejected(reason=_reasoned(reason))
    return ledger.take_step("reject", claim, lambda state: [event], by=by, key=key, after=after, asked=reason)


def assign(claim: UUID, *, to: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A claim is given to somebody, by user name, and goes into review."""
    if why := roles.why_no_colleague(to):
        raise Unreviewable(to=why)
    return ledger.take_step("assign", claim, lambda state: [ClaimAssigned(assignee=to)], by=by, key=key, after=after, asked=to)


def unassign(claim: UUID, *, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A claim is taken from whoever has it, and waits for somebody where it stands."""

    def decide(state: ClaimState) -> Iterable[Event]:
        return [ClaimUnassigned(assignee=state.assignee)]

    return ledger.take_step("unassign", claim, decide, by=by, key=key, after=after)


def schedule(
    claim: UUID, *, due: ImpreciseDate | None, reason: str = "", by: Actor, key: str | None = None, after: int | None = None
) -> Receipt:
    """An editor sets when a claim is due; None where it is not. Of a claim that was judged it is proposed as a correction."""

    def decide(state: ClaimState) -> Iterable[Event | Authored]:
        if why := changes.due_before_said(due, state.said.said_on):
            raise Unreviewable(due=why)
        why = reason.strip() or (gettext("The due date was set.") if state.standing else "")
        at_once = ClaimScheduled(due=due, reason=reason)
        return changes.revision(state, {"due": msgspec.to_builtins(due)}, reason=why, by=by, instead=at_once)

    asked = [due.edtf if due else None, reason]
    return ledger.take_step("schedule", claim, decide, by=by, key=key, after=after, asked=asked)


def register(claim: UUID, *, criteria: str = "", by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """By when and by what a prediction will be settled is written down, once, before its window opens.

    `criteria` is what the claim says unless given. What is changed later stays beside what was registered. A claim that was
    judged, and reopened, is registered by a correction.
    """

    def decide(state: ClaimState) -> Iterable[Event | Authored]:
        words = criteria.strip() or state.said.criteria.strip()
        registration = _registration(state.said, words)
        wanted = {"criteria": words} if words != state.said.criteria.strip() else {}
        if state.standing:
            yield from changes.proposal(state, wanted, reason=gettext("Registered."), registers=True)
        else:
            yield from changes.revision(state, wanted, reason=gettext("Registered."), by=by)
            yield registration

    return ledger.take_step("register", claim, decide, by=by, key=key, after=after, asked=criteria)


def _registration(said: ClaimRecorded, words: str) -> HorizonRegistered:
    if said.kind not in (Kind.PREDICTION, Kind.COMMITMENT):
        raise Unreviewable(kind=_("Only predictions and commitments are registered."))
    if said.due is None or said.due.first is None or said.due.last is None:
        raise Unreviewable(due=_("Set by when it can be judged first."))
    if timezone.localdate() >= said.due.first:
        opened = dates_in_words.day(said.due.first)
        raise Unreviewable(due=_("Its window has opened on %s: what is written down now is no registration.") % opened)
    if not words:
        raise Unreviewable(criteria=_("Say how it will be settled."))
    return HorizonRegistered(due=said.due, criteria=words)


def add_evidence(claim: UUID, exhibit: Exhibit, *, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A piece of evidence is put beside a claim: a snapshot or an address."""
    if not (exhibit.snapshot or exhibit.url):
        raise Unreviewable(url=_("Evidence needs a snapshot or an address."))
    event = EvidenceAdded(evidence=str(new_id()), exhibit=exhibit)
    asked = [exhibit.stance, exhibit.url, exhibit.snapshot, exhibit.note]
    return ledger.take_step("evidence", claim, lambda state: [event], by=by, key=key, after=after, asked=asked)


def withdraw_evidence(claim: UUID, *, evidence: str, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A piece of evidence is taken back, with the reason; it stays in sight.

    One that the standing verdict rests on goes by a correction; one that a pending verdict rests on sends that back.
    """
    why = _reasoned(reason)

    def decide(state: ClaimState) -> Iterable[Event | Authored]:
        piece = next((piece for piece in state.evidence if piece.id == evidence), None)
        if piece is None:
            raise Unreviewable(evidence=_("This claim has no such evidence: %s.") % evidence)
        if piece.withdrawn_at:
            raise Unreviewable(evidence=_("It was withdrawn before."))
        standing, pending = changes.rested_on(state, evidence)
        if standing:
            yield from changes.proposal(state, {}, reason=why, withdrawn=(evidence,))
            return
        yield EvidenceWithdrawn(evidence=evidence, exhibit=piece.exhibit, reason=why)
        if pending:
            yield from changes.sent_back(state, ["evidence"])

    return ledger.take_step("withdraw-evidence", claim, decide, by=by, key=key, after=after, asked=[evidence, reason])


def reopen(claim: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A finished claim goes back to review. One that is published stays public, marked as under review."""
    event = ClaimReopened(reason=_reasoned(reason))

    def public(state: ClaimState) -> Changes:
        return records.marked(claim)

    return ledger.take_step("reopen", claim, lambda state: [event], beside=public, by=by, key=key, after=after, asked=reason)
