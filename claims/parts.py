"""What a claim's state is made of: its verdicts, its evidence, what it was judged to be to others, what was registered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claims.choices import Relation
from claims.statements import Exhibit
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
