"""What the events of a stream add up to: a claim with its parts, a flag, a source, an erasure, a public record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from claims.domain import events
from claims.domain.choices import CorrectionStatus, FlagStatus, Relation, Status
from claims.domain.events import ClaimRecorded
from claims.domain.values import Exhibit, ShownSources
from sources.text.edtf import ImpreciseDate


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictState:
    """A verdict and how far it got."""

    id: str
    scheme: str
    rating: str
    rationale: str
    evidence: tuple[str, ...]
    proposer: str
    proposed_at: datetime
    approver: str = ""
    approved_at: datetime | None = None
    superseded_at: datetime | None = None
    returned_at: datetime | None = None
    returned_because: str = ""
    known_since: date | None = None
    shown: ShownSources | None = None  # how the sources are shown with it; None for verdicts of before that was kept


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionState:
    """A correction of what was judged, and how far it got."""

    id: str
    changes: dict[str, Any]
    reason: str
    proposer: str
    proposed_at: datetime
    withdrawn: tuple[str, ...] = ()
    registers: bool = False
    shown: ShownSources | None = None
    subject: str = ""
    status: CorrectionStatus = CorrectionStatus.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    returned_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """By when and by what a claim will be settled, as written down before its window opened."""

    due: ImpreciseDate
    criteria: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedReading:
    """What a later version of the reader reads otherwise and a person may take over: field → plain value."""

    reader: str
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceState:
    """A piece of evidence, who brought it and when, and who took it back, where somebody did."""

    id: str
    exhibit: Exhibit
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """What somebody judged this claim and another to be to each other; `outward` reads from this one to that."""

    id: str
    other: str
    relation: Relation
    outward: bool
    reason: str
    by: str
    at: datetime


def standing_verdict(verdicts: Sequence[VerdictState]) -> VerdictState | None:
    """The approved verdict that no newer one has replaced."""
    return next((v for v in reversed(verdicts) if v.approved_at and not v.superseded_at), None)


def rests_on(verdict: VerdictState, evidence: Sequence[EvidenceState]) -> tuple[str, ...]:
    """The evidence that a verdict rests on: what it names, else all that stood when it was proposed."""
    if verdict.evidence:
        return verdict.evidence
    at = verdict.proposed_at
    return tuple(piece.id for piece in evidence if piece.at <= at and not (piece.withdrawn_at and piece.withdrawn_at <= at))


# States are structs: a replay makes a new one for every event, and a struct's copy costs a fifth of a dataclass's.
class ClaimState(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as its events add up."""

    id: UUID
    version: int
    said: ClaimRecorded
    status: Status
    recorded_at: datetime
    changed_at: datetime
    assignee: str = ""
    verdicts: tuple[VerdictState, ...] = ()
    evidence: tuple[EvidenceState, ...] = ()
    published_at: datetime | None = None
    corrected_at: datetime | None = None
    merged_into: str | None = None
    merged_when: Status | None = None  # the status to go back to
    took_in: tuple[str, ...] = ()  # its duplicates
    links: tuple[LinkState, ...] = ()  # one for each other claim that it was compared with
    registered: Registered | None = None
    offered: dict[str, Any] | None = None  # dates that the program would change, and a person may: field → plain value
    offered_reading: OfferedReading | None = None  # the same of a text that was read again
    corrections: tuple[CorrectionState, ...] = ()
    shown: ShownSources | None = None  # how readers are shown the sources, as it was last agreed
    published_verdict: str = ""  # the one that readers were shown last

    @property
    def exhibits(self) -> tuple[EvidenceState, ...]:
        """The evidence that nobody has taken back."""
        return tuple(piece for piece in self.evidence if not piece.withdrawn_at)

    @property
    def proposal(self) -> VerdictState | None:
        """The verdict that waits for approval."""
        return next((v for v in reversed(self.verdicts) if not v.approved_at and not v.returned_at), None)

    @property
    def standing(self) -> VerdictState | None:
        """The approved verdict that no newer one has replaced."""
        return standing_verdict(self.verdicts)

    @property
    def correction(self) -> CorrectionState | None:
        """The correction that waits for approval: one at a time."""
        return next((c for c in reversed(self.corrections) if c.status is CorrectionStatus.OPEN), None)


class FlagState(msgspec.Struct, frozen=True, kw_only=True):
    """A flag as its events add up."""

    id: UUID
    version: int
    raised: events.FlagRaised
    raised_at: datetime
    state: FlagStatus = FlagStatus.OPEN
    until: date | None = None
    assignee: str = ""
    reason: str = ""
    by: str = ""
    closed_at: datetime | None = None


class SourceState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a source's revisions are vouched for."""

    id: UUID
    version: int
    digest: str


class ErasureState(msgspec.Struct, frozen=True, kw_only=True):
    """An erasure, which happens once."""

    id: UUID
    version: int
    erased: events.Erased


class RecordState(msgspec.Struct, frozen=True, kw_only=True):
    """What readers are shown of a claim: the last record, and whether it still stands."""

    id: UUID
    version: int
    record: events.PublicRecordIssued
    first_issued_at: datetime
    issued_at: datetime
    corrected_at: datetime | None = None  # when the last record but the first was issued
    under_review: bool = False
    withdrawn_at: datetime | None = None
    withdrawn_cause: str = ""
    into: str = ""


State = ClaimState | FlagState | SourceState | ErasureState | RecordState
