"""What claims rest on: their verdicts, where evidence was withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from claims import projections
from claims.flagging import daily
from claims.models import Claim, Verdict


def verdicts(claims: Sequence[Claim]) -> Mapping[UUID, tuple[Verdict, ...]]:
    """The verdicts of the claims of which evidence was withdrawn: few, so most batches ask nothing."""
    lost = [claim.pk for claim in claims if any(piece.withdrawn_at for piece in claim.evidence.all())]
    if not lost:
        return {}
    found: dict[UUID, list[Verdict]] = defaultdict(list)
    for verdict in Verdict.objects.filter(claim__in=lost).order_by("claim_id", "ordinal"):
        found[verdict.claim_id].append(verdict)
    return {id: tuple(rows) for id, rows in found.items()}


def verdicts_then(ids: Sequence[UUID]) -> Mapping[UUID, Sequence[tuple[Any, tuple[Verdict, ...]]]]:
    """The same on each day."""
    return {
        id: [(day, tuple(Verdict(**row) for row in projections.part_values(Verdict, state))) for day, state in days]
        for id, days in daily.states(ids).items()
        if any(piece.withdrawn_at for piece in days[-1][1].evidence)
    }
