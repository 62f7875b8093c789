"""Claims as they were on each day, from their events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from claims import ledger, models
from claims.domain import lifecycle
from claims.domain.state import ClaimState, State
from claims.ledger import projections
from claims.models import Claim
from sources.models import Document, Snapshot

Days = list[tuple[date, ClaimState]]  # from which day on a claim was so


def states(ids: Sequence[UUID]) -> dict[UUID, Days]:
    """The last state of each day on which something happened to these claims; the first one counts since ever."""
    return {id: list(_last_of_days(each)) for id, each in _every(ids).items()}


def _every(ids: Sequence[UUID]) -> dict[UUID, Days]:
    found: dict[UUID, Days] = {}
    for id, past in ledger.happenings(ids).items():
        state: State | None = None
        for happened in past:
            state = lifecycle.evolve(state, happened)
            assert isinstance(state, ClaimState)
            found.setdefault(id, []).append((timezone.localdate(happened.at), state))
    return found


def _last_of_days(each: Days) -> Iterator[tuple[date, ClaimState]]:
    for n, (day, state) in enumerate(each):
        if n + 1 == len(each) or each[n + 1][0] != day:
            yield (date.min if day == each[0][0] else day), state


class SourceRows:
    """The documents and snapshots that some states speak of, asked for together: rules ask nothing."""

    def __init__(self, states: Sequence[ClaimState]) -> None:
        snapshots = {piece.exhibit.snapshot for state in states for piece in state.evidence if piece.exhibit.snapshot}
        self.snapshots = {str(s.pk): s for s in Snapshot.objects.select_related("document__outlet").filter(pk__in=snapshots)}
        documents = {state.said.document for state in states if state.said.document}
        self.documents = {str(d.pk): d for d in Document.objects.select_related("outlet").filter(pk__in=documents)}

    def row(self, state: ClaimState) -> Claim:
        """The claim as its row was then, with its parts."""
        claim = projections.claim_row(state)
        parts = {
            name: [part(**values) for values in projections.part_values(part, state)]
            for name, part in (("quantities", models.Quantity), ("attributions", models.Attribution), ("evidence", models.Evidence))
        }
        for piece in parts["evidence"]:
            assert isinstance(piece, models.Evidence)
            piece.snapshot = self.snapshots.get(str(piece.snapshot_id))
        claim._prefetched_objects_cache = parts  # type: ignore[attr-defined]
        if state.said.document:
            claim.document = self.documents.get(state.said.document)
        return claim
