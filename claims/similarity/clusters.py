"""Claims that say the same thing form a cluster, kept as the feed goes: a change touches the clusters it is about, and no other.

The table is a function of the judgements and merges as they stand: whatever the order of changes, it is what all of them at once make.
The clusters of a past moment are in no table: they are made of the judgements of then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from claims.domain.choices import JOINING, REFUTED
from claims.domain.state import ClaimState
from claims.ledger import history
from claims.models import Cluster

_LOCK = 4_775_617_007
# Whom a claim is joined with, from either end; a merge counts as a judgement that they are the same.
_JOINED = """
LATERAL (
    SELECT l.other_id AS other FROM claims_link l WHERE l.claim_id = r.claim AND l.relation = ANY(%(joining)s)
    UNION ALL SELECT c.merged_into FROM claims_claim c WHERE c.id = r.claim AND c.merged_into IS NOT NULL
    UNION ALL SELECT c.id FROM claims_claim c WHERE c.merged_into = r.claim
) joined
"""
# Those who are or were with these claims, and everybody who can be reached from them, each with its neighbours.
_REACHED = f"""
WITH RECURSIVE begun AS (
    SELECT unnest(%(claims)s::uuid[]) AS claim
    UNION SELECT w.claim FROM claims_cluster c JOIN claims_cluster w USING (cluster) WHERE c.claim = ANY(%(claims)s)
), reached AS (
    SELECT claim FROM begun
    UNION SELECT joined.other FROM reached r CROSS JOIN {_JOINED}
)
SELECT r.claim, joined.other FROM reached r LEFT JOIN {_JOINED} ON true
"""  # noqa: S608 - nothing but our own words


@dataclass(frozen=True, slots=True)
class ClusterMembers:
    """A cluster: its claims in order, and the pairs of them that somebody found not to be the same."""

    id: UUID
    claims: tuple[UUID, ...]
    conflicts: tuple[tuple[UUID, UUID], ...]


def renew(claims: Iterable[UUID]) -> set[UUID]:
    """Makes the clusters that these claims are in, or were, what the judgements say now; all claims of those that changed."""
    wanted = sorted(set(claims))
    if not wanted:
        return set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])  # before reading: whoever waits sees what the other has left
        cursor.execute(_REACHED, {"claims": wanted, "joining": [str(relation) for relation in JOINING]})
        edges = cursor.fetchall()
        reached = {claim for claim, _ in edges}
        told = joined([(claim, other) for claim, other in edges if other is not None])
        before = dict(Cluster.objects.filter(claim__in=reached).values_list("claim", "cluster"))
        left = before.keys() - told.keys()
        Cluster.objects.filter(claim__in=left).delete()
        changed = [Cluster(claim=claim, cluster=cluster) for claim, cluster in told.items() if before.get(claim) != cluster]
        Cluster.objects.bulk_create(changed, update_conflicts=True, unique_fields=["claim"], update_fields=["cluster"])
    return reached if changed or left else set()


def joined(edges: Iterable[tuple[UUID, UUID]]) -> dict[UUID, UUID]:
    """Each claim with the smallest id of those it is joined with, however far (union-find; the smaller id is the root)."""
    root: dict[UUID, UUID] = {}

    def find(claim: UUID) -> UUID:
        while (up := root.setdefault(claim, claim)) != claim:
            root[claim] = root[up]
            claim = root[claim]
        return claim

    for one, other in edges:
        small, large = sorted((find(one), find(other)))
        root[large] = small
    return {claim: find(claim) for claim in sorted(root)}


def clusters_of(claims: Collection[UUID]) -> dict[UUID, UUID]:
    """The cluster of each of these claims; a claim that is joined with none has none."""
    return dict(Cluster.objects.filter(claim__in=claims).values_list("claim", "cluster"))


# Of each cluster once, however many of its claims are asked about.
_REFUTED = """
WITH mine AS (SELECT claim, cluster FROM claims_cluster WHERE claim = ANY(%(claims)s))
SELECT mine.claim, refuted.claim FROM mine JOIN (
    SELECT o.cluster, o.claim FROM (SELECT DISTINCT cluster FROM mine) c JOIN claims_cluster o USING (cluster)
    JOIN claims_claim k ON k.id = o.claim WHERE k.rating = ANY(%(refuted)s)
) refuted USING (cluster) WHERE refuted.claim <> mine.claim
"""


def refuted(claims: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """The claims that each of these is joined with, over however many others, and that were judged to be false; in one query."""
    found: dict[UUID, list[UUID]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_REFUTED, {"claims": list(claims), "refuted": [str(rating) for rating in REFUTED]})
        for claim, other in cursor.fetchall():
            found.setdefault(claim, []).append(other)
    return found


_CONFLICTS = """
SELECT l.claim_id, l.other_id FROM claims_cluster c
JOIN claims_link l ON l.claim_id = c.claim AND l.relation = 'not_same' AND l.claim_id < l.other_id
JOIN claims_cluster o ON o.claim = l.other_id AND o.cluster = c.cluster
WHERE c.cluster = %s ORDER BY 1, 2
"""


def around(claim: UUID) -> ClusterMembers | None:
    """The cluster that a claim is in, with what speaks against it; None where it is joined with no other."""
    own = clusters_of([claim]).get(claim)
    if own is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_CONFLICTS, [own])
        conflicts = tuple((one, other) for one, other in cursor.fetchall())
    members = tuple(Cluster.objects.filter(cluster=own).order_by("claim").values_list("claim", flat=True))
    return ClusterMembers(own, members, conflicts)


def clusters_as_of(states: Iterable[ClaimState], at: int) -> dict[UUID, UUID]:
    """The cluster of each of these claims as they were known at position `at`; a claim that was joined with none has none.

    Follows the judgements from claim to claim, as many steps as the widest cluster is wide: it costs a query for each step and
    the events of the clusters' claims, and nothing where no claim was joined with another. Raises history.NotYet.
    """
    asked = {state.id: state for state in states}
    reached = dict(asked)
    ahead = set[UUID]().union(*map(_joined, asked.values())) - reached.keys()
    while ahead:
        found = {id: state for id, state in history.states_as_of(ahead, at).items() if isinstance(state, ClaimState)}
        reached |= found
        ahead = set[UUID]().union(*map(_joined, found.values())) - reached.keys() - ahead
    told = joined(_both_ways(reached))
    return {id: told[id] for id in asked if id in told}


def _joined(state: ClaimState) -> set[UUID]:
    """Whom a claim says it is joined with: by a judgement, as a duplicate, or by a duplicate."""
    judged = {link.other for link in state.links if link.relation in JOINING}
    return {UUID(other) for other in (*judged, *state.took_in, state.merged_into) if other}


def _both_ways(states: dict[UUID, ClaimState]) -> Iterator[tuple[UUID, UUID]]:
    """A judgement stands in two streams, and a moment may fall between the two: it counts once both ends know of it."""
    said = {id: _joined(state) for id, state in states.items()}
    return ((id, other) for id, others in said.items() for other in others if id in said.get(other, ()))
