"""What a claim's state is made of: verdicts, corrections, evidence, what it was judged to be to others, what was registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from claims.domain.choices import CorrectionStatus, Relation
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


def standing(verdicts: Sequence[VerdictState]) -> VerdictState | None:
    """The approved verdict that no newer one has replaced."""
    return next((v for v in reversed(verdicts) if v.approved_at and not v.superseded_at), None)


def rests_on(verdict: VerdictState, evidence: Sequence[EvidenceState]) -> tuple[str, ...]:
    """The evidence that a verdict rests on: what it names, else all that stood when it was proposed."""
    if verdict.evidence:
        return verdict.evidence
    at = verdict.proposed_at
    return tuple(piece.id for piece in evidence if piece.at <= at and not (piece.withdrawn_at and piece.withdrawn_at <= at))
