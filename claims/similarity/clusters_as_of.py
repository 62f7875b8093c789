"""Which claims were known to say the same thing at a past moment: the clusters of then, from the judgements of then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from uuid import UUID

from claims.domain.choices import JOINING
from claims.domain.state import ClaimState
from claims.ledger import history
from claims.similarity import clusters


def clusters_of(states: Iterable[ClaimState], at: int) -> dict[UUID, UUID]:
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
    told = clusters.joined(_both_ways(reached))
    return {id: told[id] for id in asked if id in told}


def _joined(state: ClaimState) -> set[UUID]:
    """Whom a claim says it is joined with: by a judgement, as a duplicate, or by a duplicate."""
    judged = {link.other for link in state.links if link.relation in JOINING}
    return {UUID(other) for other in (*judged, *state.took_in, state.merged_into) if other}


def _both_ways(states: dict[UUID, ClaimState]) -> Iterator[tuple[UUID, UUID]]:
    """A judgement stands in two streams, and a moment may fall between the two: it counts once both ends know of it."""
    joined = {id: _joined(state) for id, state in states.items()}
    return ((id, other) for id, others in joined.items() for other in others if id in joined.get(other, ()))
