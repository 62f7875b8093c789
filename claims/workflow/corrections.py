"""What was judged is put right: one person proposes the correction, another approves it or sends it back."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import ledger, records
from claims.domain.events import (
    ClaimRevised,
    CorrectionIssued,
    CorrectionProposed,
    CorrectionReturned,
    Event,
    EvidenceWithdrawn,
    HorizonRegistered,
    VerdictReturned,
)
from claims.domain.lifecycle import revised
from claims.domain.state import ClaimState, CorrectionState
from claims.ledger import Authored, Changes, Receipt, authorship
from sources.errors import Category, Refusal
from sources.roles import PROGRAM, Actor


class Incorrigible(ledger.Unfit):
    """This correction cannot be made. `errors` says why, by field."""


class OwnCorrection(Refusal):
    """Nobody approves their own correction: ask a colleague."""

    sentence = _("Nobody approves their own correction: ask a colleague.")
    category, title = Category.FORBIDDEN, _("Not allowed")


def approve(claim: UUID, *, correction: UUID | None = None, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The correction that waits is made, and readers are shown it; a verdict that waits goes back.

    `correction` names the one that was looked at. Raises Incorrigible, OwnCorrection, or what `ledger.take_step` raises.
    """

    def decide(state: ClaimState) -> Iterable[Event | Authored]:
        waiting = _waiting(state, correction)
        if not settings.OWN_VERDICTS and any(authorship.wrote(by, claim, CorrectionProposed, correction=id) for id in _made_of(state)):
            raise OwnCorrection
        if waiting.changes:
            yield ClaimRevised(changes=waiting.changes, reason=waiting.reason)
        yield from _withdrawals(state, waiting)
        if waiting.registers:
            yield _registration(state, waiting)
        yield CorrectionIssued(correction=waiting.id)
        if state.proposal:
            reason = gettext("A correction was approved meanwhile: look at the claim again.")
            yield Authored(VerdictReturned(verdict=state.proposal.id, reason=reason), PROGRAM)

    def public(state: ClaimState) -> Changes:
        shown_now = state.standing is not None and state.standing.id == state.published_verdict
        record = records.state_of(claim) if shown_now else None
        if record is None or record.withdrawn_at:
            return {}
        waiting = _waiting(state, correction)
        corrected = records.corrected(state, waiting)
        return records.issued(corrected, "correction", reason=waiting.reason, under_review=record.under_review)

    asked = str(correction) if correction else ""
    return ledger.take_step("approve-correction", claim, decide, beside=public, by=by, key=key, after=after, asked=asked)


def send_back(
    claim: UUID, *, reason: str, correction: UUID | None = None, by: Actor, key: str | None = None, after: int | None = None
) -> Receipt:
    """The correction that waits is dropped, with the reason. Raises Incorrigible, or what `ledger.take_step` raises."""

    def decide(state: ClaimState) -> Iterable[Event]:
        if not reason.strip():
            raise Incorrigible(reason=_("Say why the correction is sent back."))
        yield CorrectionReturned(correction=_waiting(state, correction).id, reason=reason.strip())

    asked = [reason, *([str(correction)] if correction else [])]
    return ledger.take_step("return-correction", claim, decide, by=by, key=key, after=after, asked=asked)


def old_and_new(state: ClaimState, changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields that a correction changes, each with what it reads now and what it would read, as plain values."""
    return [{"field": name, "before": msgspec.to_builtins(getattr(state.said, name)), "after": after} for name, after in changes.items()]


def _waiting(state: ClaimState, correction: UUID | None) -> CorrectionState:
    assert state.correction is not None  # the step is open
    if correction and state.correction.id != str(correction):
        raise Incorrigible(correction=_("Another correction waits now: load the claim again."))
    return state.correction


def _made_of(state: ClaimState) -> list[str]:
    """The correction that waits and the offers before it that gave way to it: it shows the sources as those did, and more."""
    found: list[str] = []
    for each in reversed(state.corrections):
        if found and not (each.subject and each.decided_by == PROGRAM.name):
            break
        found.append(each.id)
    return found


def _withdrawals(state: ClaimState, waiting: CorrectionState) -> Iterable[Event]:
    for piece in state.exhibits:
        if piece.id in waiting.withdrawn:
            yield EvidenceWithdrawn(evidence=piece.id, exhibit=piece.exhibit, reason=waiting.reason)


def _registration(state: ClaimState, waiting: CorrectionState) -> Event:
    said = revised(state.said, waiting.changes)
    if said.due is None or said.due.first is None or timezone.localdate() >= said.due.first:
        raise Incorrigible(due=_("Its window has opened since: what is written down now is no registration."))
    return HorizonRegistered(due=said.due, criteria=said.criteria)
