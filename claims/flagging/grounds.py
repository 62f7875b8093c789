"""What claims rest on: the claims that they are derived from, and their verdicts where evidence was withdrawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from claims.domain.choices import Relation, Status
from claims.domain.state import ClaimState
from claims.flagging import claims_by_day
from claims.ledger import projections
from claims.models import Claim, Verdict

Since = Sequence[tuple[date, Any]]

# ── claims: of what was merged, the claim that goes on

MOVING = frozenset({"VerdictApproved", "ClaimRejected", "ClaimWithdrawn", "ClaimReopened", "ClaimMerged", "ClaimUnmerged"})
_GROUNDS = """
WITH RECURSIVE road(claim, ground) AS (
    SELECT claim_id, other_id FROM claims_link WHERE claim_id = ANY(%s) AND relation = 'derived_from' AND outward
    UNION SELECT r.claim, c.merged_into FROM road r JOIN claims_claim c ON c.id = r.ground WHERE c.status = 'duplicate'
)
SELECT r.claim, r.ground FROM road r JOIN claims_claim c ON c.id = r.ground WHERE c.status <> 'duplicate' ORDER BY r.claim, r.ground
"""
_LEANING = """
WITH RECURSIVE ground(id) AS (
    SELECT unnest(%s::uuid[]) UNION SELECT c.id FROM ground g JOIN claims_claim c ON c.merged_into = g.id
)
SELECT DISTINCT l.other_id FROM claims_link l JOIN ground g ON l.claim_id = g.id WHERE l.relation = 'derived_from' AND NOT l.outward
"""


def grounds(claims: Sequence[Claim]) -> Mapping[UUID, tuple[Claim, ...]]:
    """What each claim is derived from, as it is now."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUNDS, [[claim.pk for claim in claims]])
        pairs = cursor.fetchall()
    if not pairs:
        return {}
    rows = Claim.objects.only("statement", "status", "rating").in_bulk({ground for _, ground in pairs})
    found: dict[UUID, list[Claim]] = defaultdict(list)
    for claim, ground in pairs:
        found[claim].append(rows[ground])
    return {claim: tuple(its) for claim, its in found.items()}


def leaning(streams: Sequence[UUID]) -> list[UUID]:
    """The claims that are derived from these, or from duplicates of them."""
    with connection.cursor() as cursor:
        cursor.execute(_LEANING, [list(streams)])
        return [claim for (claim,) in cursor.fetchall()]


def grounds_then(ids: Sequence[UUID]) -> Mapping[UUID, Since]:
    """The same on each day on which something happened to the claim or to what it is derived from."""
    known = claims_by_day.states(ids)
    led = {id: _led_to(id, known) for id in list(known) if any(_derived_from(state) for _, state in known[id])}
    return {id: list(_on_days(id, known, {id, *about})) for id, about in led.items()}


def _led_to(id: UUID, known: dict[UUID, claims_by_day.Days]) -> set[UUID]:  # noqa: A002
    """All that its derivation ever led to, merges followed; what is not `known` of it is read."""
    seen: set[UUID] = set()
    todo = {ground for _, state in known[id] for ground in _derived_from(state)}
    while todo:
        known |= claims_by_day.states(sorted(todo - known.keys()))
        seen |= todo
        todo = {UUID(state.merged_into) for ground in todo for _, state in known[ground] if state.merged_into} - seen
    return seen


def _on_days(id: UUID, known: Mapping[UUID, claims_by_day.Days], about: set[UUID]) -> Iterator[tuple[date, tuple[Claim, ...]]]:  # noqa: A002
    for day in sorted({day for each in about for day, _ in known[each]}):
        standing = [_standing(ground, known, day) for ground in _derived_from(_on(known[id], day))]
        yield day, tuple(projections.claim_row(state) for state in standing if state)


def _standing(ground: UUID, known: Mapping[UUID, claims_by_day.Days], day: date) -> ClaimState | None:
    seen: set[UUID] = set()
    while ground not in seen:
        seen.add(ground)
        state = _on(known[ground], day)
        if state.status is not Status.DUPLICATE:
            return state
        ground = UUID(state.merged_into)
    return None


def _on(days: claims_by_day.Days, day: date) -> ClaimState:
    return next(state for since, state in reversed(days) if since <= day)


def _derived_from(state: ClaimState) -> list[UUID]:
    return [UUID(link.other) for link in state.links if link.outward and link.relation is Relation.DERIVED_FROM]


# ── verdicts: what happens to others changes nothing in them


def verdicts(claims: Sequence[Claim]) -> Mapping[UUID, tuple[Verdict, ...]]:
    """The verdicts of the claims of which evidence was withdrawn: few, so most batches ask nothing."""
    lost = [claim.pk for claim in claims if any(piece.withdrawn_at for piece in claim.evidence.all())]
    if not lost:
        return {}
    found: dict[UUID, list[Verdict]] = defaultdict(list)
    for verdict in Verdict.objects.filter(claim__in=lost).order_by("claim_id", "ordinal"):
        found[verdict.claim_id].append(verdict)
    return {id: tuple(rows) for id, rows in found.items()}


def verdicts_then(ids: Sequence[UUID]) -> Mapping[UUID, Since]:
    """The same on each day."""
    return {
        id: [(day, tuple(Verdict(**row) for row in projections.part_values(Verdict, state))) for day, state in days]
        for id, days in claims_by_day.states(ids).items()
        if any(piece.withdrawn_at for piece in days[-1][1].evidence)
    }
