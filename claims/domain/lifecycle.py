"""What every event means: how it makes of one state the next.

`evolve` is the only place that says what an event does, so "now", "as of" and "rebuild" cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace as revise
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from claims.domain import events
from claims.domain.choices import CLOSED, Clock, CorrectionStatus, FlagStatus, Severity, Status
from claims.domain.events import ClaimRecorded, Event
from claims.domain.state import (
    ClaimState,
    CorrectionState,
    ErasureState,
    EvidenceState,
    FlagState,
    LinkState,
    OfferedReading,
    RecordState,
    Registered,
    SourceState,
    State,
    VerdictState,
)
from sources.text.edtf import ImpreciseDate


class Happening(msgspec.Struct, frozen=True):
    """An event as the ledger keeps it: what happened, to which stream, who did it, when, and together with what else (`context`)."""

    id: UUID
    stream: UUID
    version: int
    event: Event
    actor: str
    at: datetime
    context: UUID | None = None  # one for all that one action did; not read where only states are wanted


def clock(due: ImpreciseDate | None, status: str, today: date, *, overdue_after: int = 7) -> Clock:
    """What the due date says today; a whole span must have elapsed before it is due."""
    if status in CLOSED or status in (Status.JUDGED, Status.PUBLISHED):
        return Clock.CLOSED
    if due is None or due.last is None:
        return Clock.UNSCHEDULED
    if today > due.last + timedelta(days=overdue_after):
        return Clock.OVERDUE
    if today > due.last:
        return Clock.DUE
    return Clock.WATCH if due.first and today >= due.first else Clock.UPCOMING


# ── what each event means
def evolve(state: State | None, happened: Happening) -> State:
    """The state after `happened`. The impossible raises."""
    if state is None:
        return _BEGINNINGS[type(happened.event)](happened)
    after = _MEANINGS[type(happened.event)](state, happened.event, happened)
    if isinstance(after, ClaimState):
        changed_at = after.changed_at if _changes_nothing(happened.event) else happened.at
        return replace(after, version=happened.version, changed_at=changed_at)
    return replace(after, version=happened.version)


def fold(happenings: list[Happening]) -> State | None:
    """What a stream's events add up to."""
    state: State | None = None
    for happened in happenings:
        state = evolve(state, happened)
    return state


def revised(said: ClaimRecorded, changes: dict[str, Any]) -> ClaimRecorded:
    """What is said after a revision; `changes` holds plain JSON values. Raises msgspec.ValidationError for nonsense."""
    plain = msgspec.to_builtins(said, builtin_types=(date, datetime))
    return msgspec.convert(plain | changes, ClaimRecorded)


def _recorded(h: Happening) -> ClaimState:
    assert isinstance(h.event, ClaimRecorded)
    return ClaimState(id=h.stream, version=h.version, said=h.event, status=Status.PROPOSED, recorded_at=h.at, changed_at=h.at)


def _raised(h: Happening) -> FlagState:
    assert isinstance(h.event, events.FlagRaised)
    return FlagState(id=h.stream, version=h.version, raised=h.event, raised_at=h.at)


def _vouched(h: Happening) -> SourceState:
    assert isinstance(h.event, events.SourceRevised)
    return SourceState(id=h.stream, version=h.version, digest=h.event.digest)


def _erased(h: Happening) -> ErasureState:
    assert isinstance(h.event, events.Erased)
    return ErasureState(id=h.stream, version=h.version, erased=h.event)


def _on_record(h: Happening) -> RecordState:
    assert isinstance(h.event, events.PublicRecordIssued)
    first, corrected = _moment(h.event.first_published_at), _moment(h.event.last_corrected_at)
    return RecordState(
        id=h.stream,
        version=h.version,
        record=h.event,
        first_issued_at=first or h.at,
        issued_at=corrected or first or h.at,
        corrected_at=corrected,
        under_review=h.event.under_review,
    )


def _moment(stamp: str) -> datetime | None:
    return datetime.fromisoformat(stamp) if stamp else None


_BEGINNINGS: dict[type[Event], Callable[[Happening], State]] = {
    ClaimRecorded: _recorded,
    events.PublicRecordIssued: _on_record,
    events.FlagRaised: _raised,
    events.SourceRevised: _vouched,
    events.Erased: _erased,
}


def _proposed(s: ClaimState, e: events.VerdictProposed, h: Happening) -> ClaimState:
    verdict = VerdictState(
        id=e.verdict,
        scheme=e.scheme,
        rating=e.rating,
        rationale=e.rationale,
        evidence=e.evidence,
        proposer=h.actor,
        proposed_at=h.at,
        known_since=e.known_since,
        shown=e.shown,
    )
    # A new verdict on a published claim leaves the old one public until the new one is approved.
    status = s.status if s.status is Status.PUBLISHED else Status.IN_REVIEW
    return replace(s, status=status, verdicts=(*s.verdicts, verdict))


def _approved(s: ClaimState, e: events.VerdictApproved, h: Happening) -> ClaimState:
    def after(v: VerdictState) -> VerdictState:
        if v.id == e.verdict:
            return revise(v, approver=h.actor, approved_at=h.at)
        return revise(v, superseded_at=h.at) if v.approved_at and not v.superseded_at else v

    status = s.status if s.status is Status.PUBLISHED else Status.JUDGED
    shown = next((v.shown for v in s.verdicts if v.id == e.verdict), None)
    return replace(s, status=status, verdicts=tuple(map(after, s.verdicts)), shown=shown)


def _returned(s: ClaimState, e: events.VerdictReturned, h: Happening) -> ClaimState:
    dropped = tuple(revise(v, returned_at=h.at, returned_because=e.reason) if v.id == e.verdict else v for v in s.verdicts)
    return replace(s, verdicts=dropped)


def _correction_proposed(s: ClaimState, e: events.CorrectionProposed, h: Happening) -> ClaimState:
    correction = CorrectionState(
        id=e.correction,
        changes=e.changes,
        reason=e.reason,
        proposer=h.actor,
        proposed_at=h.at,
        withdrawn=e.withdrawn,
        registers=e.registers,
        shown=e.shown,
        subject=e.subject,
    )
    return replace(s, corrections=(*s.corrections, correction))


def _correction_returned(s: ClaimState, e: events.CorrectionReturned, h: Happening) -> ClaimState:
    return replace(s, corrections=_decided(s, e.correction, CorrectionStatus.RETURNED, h, because=e.reason))


def _corrected(s: ClaimState, e: events.CorrectionIssued, h: Happening) -> ClaimState:
    if not e.correction:  # a newer verdict on a published claim
        return replace(s, corrected_at=h.at, published_verdict=e.verdict)
    shown = next((c.shown for c in s.corrections if c.id == e.correction), None)
    corrections = _decided(s, e.correction, CorrectionStatus.ISSUED, h)
    at = h.at if s.published_at else None  # what was only judged is first published as corrected
    return replace(s, corrected_at=at, corrections=corrections, shown=shown or s.shown)


def _decided(s: ClaimState, correction: str, status: CorrectionStatus, h: Happening, *, because: str = "") -> tuple[CorrectionState, ...]:
    about: dict[str, Any] = {"status": status, "decided_by": h.actor, "decided_at": h.at, "returned_because": because}
    return tuple(revise(c, **about) if c.id == correction else c for c in s.corrections)


def _published(s: ClaimState, e: events.ClaimPublished, h: Happening) -> ClaimState:
    return replace(s, status=Status.PUBLISHED, published_at=h.at, published_verdict=s.standing.id if s.standing else "")


def _record_issued(s: RecordState, e: events.PublicRecordIssued, h: Happening) -> RecordState:
    return replace(
        s, record=e, issued_at=h.at, corrected_at=h.at, under_review=e.under_review, withdrawn_at=None, withdrawn_cause="", into=""
    )


def _taken_back(s: ClaimState, e: events.EvidenceWithdrawn, h: Happening) -> ClaimState:
    def after(piece: EvidenceState) -> EvidenceState:
        if piece.id != e.evidence:
            return piece
        return revise(piece, withdrawn_at=h.at, withdrawn_by=h.actor, withdrawn_because=e.reason)

    return replace(s, evidence=tuple(map(after, s.evidence)))


def _unoffered(s: ClaimState, answered: Iterable[str]) -> dict[str, Any] | None:
    """What is still offered once these fields have been decided."""
    return {name: value for name, value in (s.offered or {}).items() if name not in answered} or None


def _unread(s: ClaimState, answered: Iterable[str], said: ClaimRecorded | None = None) -> OfferedReading | None:
    """The same of what a rereading offered; what `said` reads so already is offered no more."""
    if s.offered_reading is None:
        return None
    left = {name: value for name, value in s.offered_reading.changes.items() if name not in answered}
    if said is not None and left:
        left = {name: value for name, value in left.items() if msgspec.to_builtins(getattr(said, name)) != value}
    return revise(s.offered_reading, changes=left) if left else None


def _changed(s: ClaimState, e: events.ClaimRevised | events.ClaimRedated, h: Happening) -> ClaimState:
    said = revised(s.said, e.changes)
    return replace(s, said=said, offered=_unoffered(s, e.changes), offered_reading=_unread(s, e.changes, said))


def _reread(s: ClaimState, e: events.ClaimReread, h: Happening) -> ClaimState:
    said = revised(s.said, e.changes | {"reader": e.reader})
    return replace(s, said=said, offered=_unoffered(s, e.changes), offered_reading=_unread(s, e.changes))


def _redating_offered(s: ClaimState, e: events.ClaimRedatingOffered, h: Happening) -> ClaimState:
    # Of two offers of one field the later one stands.
    return replace(s, offered=e.changes or None, offered_reading=_unread(s, e.changes))


def _reading_offered(s: ClaimState, e: events.ClaimRereadingOffered, h: Happening) -> ClaimState:
    offered = OfferedReading(reader=e.reader, changes=e.changes) if e.changes else None
    return replace(s, offered=_unoffered(s, e.changes), offered_reading=offered)


def _changes_nothing(event: Event) -> bool:
    """Did the program only look? A claim that waits for people has then waited on."""
    return isinstance(event, events.ClaimRereadingOffered) or (isinstance(event, events.ClaimReread) and not event.changes)


def _linked(s: ClaimState, e: events.ClaimLinked, h: Happening) -> ClaimState:
    link = LinkState(id=e.link, other=e.other, relation=e.relation, outward=e.outward, reason=e.reason, by=h.actor, at=h.at)
    return replace(s, links=(*(old for old in s.links if old.other != e.other), link))


def _unmerged(s: ClaimState, e: events.ClaimUnmerged, h: Happening) -> ClaimState:
    # Who withdrew or reopened a duplicate meanwhile meant that.
    status = s.merged_when if s.status is Status.DUPLICATE and s.merged_when else s.status
    return replace(s, status=status, merged_into=None, merged_when=None)


_MEANINGS: dict[type[Event], Callable[[Any, Any, Happening], State]] = {
    events.ClaimRevised: _changed,
    events.ClaimRedated: _changed,
    events.ClaimRedatingOffered: _redating_offered,
    events.ClaimReread: _reread,
    events.ClaimRereadingOffered: _reading_offered,
    events.ClaimAccepted: lambda s, e, h: replace(s, status=Status.ACCEPTED),
    events.ClaimRejected: lambda s, e, h: replace(s, status=Status.REJECTED),
    events.ClaimAssigned: lambda s, e, h: replace(s, status=Status.IN_REVIEW, assignee=e.assignee),
    events.ClaimUnassigned: lambda s, e, h: replace(s, assignee=""),
    events.ClaimScheduled: lambda s, e, h: replace(s, said=revise(s.said, due=e.due), offered_reading=_unread(s, ["due"])),
    events.HorizonRegistered: lambda s, e, h: replace(s, registered=Registered(due=e.due, criteria=e.criteria, by=h.actor, at=h.at)),
    events.EvidenceAdded: lambda s, e, h: replace(
        s, evidence=(*s.evidence, EvidenceState(id=e.evidence, exhibit=e.exhibit, by=h.actor, at=h.at))
    ),
    events.EvidenceWithdrawn: _taken_back,
    events.VerdictProposed: _proposed,
    events.VerdictApproved: _approved,
    events.VerdictReturned: _returned,
    events.ClaimPublished: _published,
    events.CorrectionProposed: _correction_proposed,
    events.CorrectionReturned: _correction_returned,
    events.CorrectionIssued: _corrected,
    events.PublicRecordIssued: _record_issued,
    events.PublicRecordMarked: lambda s, e, h: replace(s, under_review=e.under_review),
    events.PublicRecordWithdrawn: lambda s, e, h: replace(s, withdrawn_at=h.at, withdrawn_cause=e.cause, into=e.into),
    events.PublicRecordErased: lambda s, e, h: s,  # the bodies themselves read otherwise since
    events.ClaimWithdrawn: lambda s, e, h: replace(s, status=Status.WITHDRAWN),
    events.ClaimReopened: lambda s, e, h: replace(s, status=Status.IN_REVIEW),
    events.ClaimMerged: lambda s, e, h: replace(s, status=Status.DUPLICATE, merged_into=e.into, merged_when=s.status),
    events.ClaimUnmerged: _unmerged,
    events.ClaimTookIn: lambda s, e, h: replace(s, took_in=(*s.took_in, e.duplicate)),
    events.ClaimGaveBack: lambda s, e, h: replace(s, took_in=tuple(d for d in s.took_in if d != e.duplicate)),
    events.ClaimLinked: _linked,
    events.ClaimUnlinked: lambda s, e, h: replace(s, links=tuple(link for link in s.links if link.id != e.link)),
    events.FlagResolved: lambda s, e, h: replace(s, state=FlagStatus.RESOLVED, reason=e.reason, by=h.actor, closed_at=h.at),
    events.FlagDismissed: lambda s, e, h: replace(s, state=FlagStatus.DISMISSED, reason=e.reason, by=h.actor, closed_at=h.at),
    events.FlagSnoozed: lambda s, e, h: replace(s, state=FlagStatus.SNOOZED, until=e.until, by=h.actor),
    events.FlagAssigned: lambda s, e, h: replace(s, assignee=e.assignee),
    events.FlagUnassigned: lambda s, e, h: replace(s, assignee=""),
    events.FlagCleared: lambda s, e, h: replace(s, state=FlagStatus.CLEARED, by=h.actor, closed_at=h.at),
    # A finding that comes back after it was cleared opens the same flag again.
    events.FlagRaised: lambda s, e, h: replace(
        s, raised=e, raised_at=h.at, state=FlagStatus.OPEN, until=None, reason="", by="", closed_at=None
    ),
    events.SourceRevised: lambda s, e, h: replace(s, digest=e.digest),
}


_RANKS = {str(severity): rank for rank, severity in enumerate((Severity.HIGH, Severity.WARNING, Severity.INFO))}


def severity_rank(severity: str) -> int:
    """0 for the loudest: what the work list sorts by."""
    return _RANKS[severity]
