"""The claims near those of a batch, as they are now and as they were on each day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils import timezone

from claims.domain.choices import Relation
from claims.domain.state import ClaimState
from claims.flagging import batch_loading, claims_by_day
from claims.models import Claim, Verdict
from claims.rules.context import Neighbour
from claims.similarity import clusters, judgements, nearest
from claims.similarity.judgements import Judgement
from sources.registry import speakers

# What of a neighbour the rules look at. Judgements stand at both ends, so they touch both by themselves.
EVENTS = frozenset({
    "ClaimRevised", "ClaimRedated", "ClaimReread", "ClaimScheduled", "VerdictApproved", "ClaimRejected", "ClaimWithdrawn", "ClaimReopened",
    "ClaimMerged", "ClaimUnmerged",
})  # fmt: skip
_SEEN_BY = """
SELECT claim FROM claims_near WHERE other = ANY(%(ids)s)
UNION SELECT other_id FROM claims_link WHERE claim_id = ANY(%(ids)s)
UNION SELECT o.claim FROM claims_cluster m JOIN claims_cluster o USING (cluster) WHERE m.claim = ANY(%(ids)s)
"""


def now(claims: Sequence[Claim]) -> dict[UUID, tuple[Neighbour, ...]]:
    """What is near each of the claims, nearest first: in seven queries at most, however many they are.

    Of what a claim is joined with only over others, those that were judged to be false.
    """
    pairs = _pairs([claim.pk for claim in claims])
    for id, joined in clusters.refuted([claim.pk for claim in claims]).items():
        for other in joined:
            shared, direct = pairs.setdefault(id, {}).get(other, (0.0, None))
            pairs[id][other] = shared, direct or Judgement(Relation.SAME, True)
    ids = {other for near in pairs.values() for other in near}
    if not ids:
        return {}
    others = {other.pk: other for other in batch_loading.measured(list(ids))}
    approved = dict(
        Verdict.objects.filter(claim__in=ids, approved_at__isnull=False, superseded_at=None).values_list("claim", "approved_at")
    )
    same = speakers.canonical_ids({each.speaker_id for each in (*claims, *others.values()) if each.speaker_id})
    return {
        claim.pk: tuple(
            Neighbour(
                claim=others[id],
                shared=shared,
                judged=found,
                same_speaker=_same(claim, others[id], same),
                judged_on=timezone.localdate(approved[id]) if id in approved else None,
            )
            for id, (shared, found) in pairs[claim.pk].items()
            if id in others
        )
        for claim in claims
        if claim.pk in pairs
    }


def seen_by(streams: Sequence[UUID]) -> Iterable[UUID]:
    """The claims near which these are."""
    with connection.cursor() as cursor:
        cursor.execute(_SEEN_BY, {"ids": list(streams)})
        return [id for (id,) in cursor.fetchall()]


def then(ids: Sequence[UUID]) -> dict[UUID, list[tuple[date, tuple[Neighbour, ...]]]]:
    """What was near each claim, and from which day on.

    Judgements, wording and verdicts are those of each day. How near two claims are is not kept: that is of today, and so is
    who is one speaker with whom; what is joined only over others, what is no more near, or was forgotten since, is not among them.
    """
    pairs, own = _pairs(ids), claims_by_day.states(ids)
    ever = {id: {*pairs.get(id, {}), *_ever_judged(own.get(id, []))} for id in ids}
    states = claims_by_day.states(sorted({other for near in ever.values() for other in near}))
    rows = claims_by_day.SourceRows([state for days in (*own.values(), *states.values()) for _, state in days])
    spoke = {each.said.speaker.id for days in (*own.values(), *states.values()) for _, each in days}
    same = speakers.canonical_ids({UUID(speaker) for speaker in spoke if speaker})
    found = {}
    for id in ids:
        shares = {other: near[0] for other, near in pairs.get(id, {}).items()}
        near = {other: (states[other], shares.get(other, 0.0)) for other in ever[id] if other in states}
        changed = {date.min, *(day for day, _ in own[id]), *(day for each, _ in near.values() for day, _ in each)}
        changed |= {timezone.localdate(each[0][1].recorded_at) for each, _ in near.values()}
        if near:
            found[id] = [(day, _on(day, own[id], near, rows, same)) for day in sorted(changed)]
    return found


def _pairs(ids: Sequence[UUID]) -> dict[UUID, dict[UUID, tuple[float, Judgement | None]]]:
    known = judgements.pairs(ids)
    found: dict[UUID, dict[UUID, tuple[float, Judgement | None]]] = defaultdict(dict)
    for id, near in nearest.nearest_of(ids).items():
        found[id] = {row.other: (row.shared, known[id].get(row.other)) for row in near}
    for id, others in known.items():
        for other, judgement in others.items():
            found[id].setdefault(other, (0.0, judgement))
    return {id: near for id, near in found.items() if near}


def _same(claim: Claim, other: Claim, standing: Mapping[UUID, UUID]) -> bool:
    if claim.speaker_id is None or other.speaker_id is None:
        return False
    return standing.get(claim.speaker_id, claim.speaker_id) == standing.get(other.speaker_id, other.speaker_id)


def _ever_judged(days: claims_by_day.Days) -> set[UUID]:
    return {UUID(link.other) for _, state in days for link in state.links} | {
        UUID(other) for _, state in days for other in (*state.took_in, state.merged_into) if other
    }


def _on(
    day: date,
    own: claims_by_day.Days,
    near: Mapping[UUID, tuple[claims_by_day.Days, float]],
    rows: claims_by_day.SourceRows,
    standing: Mapping[UUID, UUID],
) -> tuple[Neighbour, ...]:
    mine = _state(own, day)
    claim = rows.row(mine)
    there = []
    for id, (days, shared) in near.items():
        state = _state(days, day)
        judgement = _judgement(mine, id)
        if timezone.localdate(state.recorded_at) > day or not (shared or judgement):
            continue
        other, verdict = rows.row(state), state.standing
        approved = timezone.localdate(verdict.approved_at) if verdict and verdict.approved_at else None
        same = _same(claim, other, standing)
        there.append(Neighbour(claim=other, shared=shared, judged=judgement, same_speaker=same, judged_on=approved))
    return tuple(sorted(there, key=lambda one: (-one.shared, one.claim.pk)))


def _state(days: claims_by_day.Days, day: date) -> ClaimState:
    return next((state for since, state in reversed(days) if since <= day), days[0][1])


def _judgement(state: ClaimState, other: UUID) -> Judgement | None:
    for link in state.links:
        if link.other == str(other):
            return Judgement(Relation(link.relation), link.outward)
    if state.merged_into == str(other):
        return Judgement(None, True)
    return Judgement(None, False) if str(other) in state.took_in else None
