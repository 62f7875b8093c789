"""How a change of a claim is made: at once, at once with the pending verdict sent back, or as a correction that waits for approval."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import records
from claims.domain import dates_in_words, fields
from claims.domain.choices import Status
from claims.domain.events import ClaimRecorded, ClaimRevised, CorrectionProposed, CorrectionReturned, Event, VerdictReturned
from claims.domain.lifecycle import revised
from claims.domain.state import ClaimState, VerdictState, rests_on
from claims.domain.steps import CORRECTION_WAITS, StepNotOpen
from claims.domain.values import SpeakerAsRead
from claims.ledger import Authored
from sources import roles
from sources.models import new_id
from sources.roles import PROGRAM, Actor
from sources.text.edtf import ImpreciseDate

Told = Event | Authored


def differing(said: ClaimRecorded, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the changes (plain values) that make a difference. Raises msgspec.ValidationError for nonsense."""
    after = revised(said, dict(changes))
    values = {name: (getattr(said, name), getattr(after, name)) for name in changes}
    return {name: msgspec.to_builtins(new) for name, (old, new) in values.items() if old != new and not _repeats(old, new)}


def _repeats(old: Any, new: Any) -> bool:
    """Is it the same date or the same speaker, given without its place in the text? Whoever repeats one takes no place away."""
    if isinstance(old, ImpreciseDate) and isinstance(new, ImpreciseDate):
        return old.edtf is not None and old.edtf == new.edtf and new.text is None and new.start is None
    if isinstance(old, SpeakerAsRead) and isinstance(new, SpeakerAsRead):
        return new.mention_start is None and replace(old, mention_start=None, mention_end=None) == replace(new, mention_end=None)
    return False


def revision(state: ClaimState, changes: Mapping[str, Any], *, reason: str, by: Actor, instead: Event | None = None) -> Iterator[Told]:
    """The events that change fields of a claim; none where nothing would differ.

    `instead` says the same change in an event of its own, where it is made at once. Raises roles.NotAllowed: a proposed claim is
    put right by reporters, any other by reviewers; notes and tags by everybody who may write.
    """
    wanted = differing(state.said, changes)
    judged = {name: value for name, value in wanted.items() if fields.is_judged(name)}
    free = {name: value for name, value in wanted.items() if name not in judged}
    if judged and state.status is not Status.PROPOSED:
        roles.must(by, "corrections")
    if judged and state.standing:
        if free:
            yield ClaimRevised(changes=free, reason=reason)
        yield from proposal(state, judged, reason=reason)
    elif wanted:
        yield instead or ClaimRevised(changes=wanted, reason=reason)
        if judged:
            yield from sent_back(state, judged)


def proposal(
    state: ClaimState,
    changes: Mapping[str, Any],
    *,
    reason: str,
    withdrawn: tuple[str, ...] = (),
    registers: bool = False,
    subject: str = "",
) -> Iterator[Told]:
    """A correction is proposed. One that the program offered, since a source was changed, gives way to a person's.

    Raises StepNotOpen where another person's waits.
    """
    assert state.standing is not None  # else it is no correction
    if waiting := state.correction:
        if not waiting.subject:
            raise StepNotOpen("corrections", state.status, CORRECTION_WAITS)
        because = gettext("Another correction was proposed.")
        yield Authored(CorrectionReturned(correction=waiting.id, reason=because), PROGRAM)
    pieces = records.pieces_of(state.standing, state.evidence, without=withdrawn)
    yield CorrectionProposed(
        correction=str(new_id()),
        changes=dict(changes),
        reason=reason,
        withdrawn=withdrawn,
        registers=registers,
        shown=records.sources_shown(revised(state.said, dict(changes)), pieces),
        subject=subject,
    )


def sent_back(state: ClaimState, changed: Iterable[str]) -> Iterator[Told]:
    """The pending verdict goes back, since what it judges was changed: by the program, naming the fields."""
    if state.proposal:
        reason = gettext("What it judges was changed since it was proposed: %s.") % fields.named(set(changed))
        yield Authored(VerdictReturned(verdict=state.proposal.id, reason=reason), PROGRAM)


def rested_on(state: ClaimState, evidence: str) -> tuple[bool, bool]:
    """Does the standing verdict rest on this piece of evidence; does the pending one?"""

    def rests(verdict: VerdictState | None) -> bool:
        return verdict is not None and evidence in rests_on(verdict, state.evidence)

    return rests(state.standing), rests(state.proposal)


def due_before_said(due: ImpreciseDate | None, said_on: ImpreciseDate | None) -> Any:
    """Why a due date cannot be: it has passed before the claim was made. None where it can."""
    if due and due.last and said_on and said_on.first and due.last < said_on.first:
        words = {"due": dates_in_words.day(due.last), "said": dates_in_words.day(said_on.first)}
        return _("It would be due on %(due)s, before it was said on %(said)s.") % words
    return None
