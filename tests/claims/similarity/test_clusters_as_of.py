"""The clusters of a past moment are those that somebody would have seen then, exactly, from what was judged by then."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from claims import ledger
from claims.domain.steps import StepNotOpen
from claims.ledger import history
from claims.models import Position
from claims.similarity import clusters
from claims.workflow import linking
from tests import make
from tests.claims.similarity.test_clusters import follow, kept, moves, same, take

pytestmark = pytest.mark.django_db


def of(claims: list[UUID], at: int) -> dict[UUID, UUID]:
    return clusters.clusters_as_of(history.states_as_of(claims, at).values(), at)


@settings(deadline=None, max_examples=15)
@given(st.lists(moves, max_size=15))
def test_at_every_moment_they_are_what_was_kept_then(done):
    claims = [make.recorded() for _ in range(6)]
    seen: list[tuple[int, dict[UUID, UUID]]] = []
    for move, one, other in done:
        try:
            take(move, claims[one], claims[other])
        except (linking.Unlinkable, ledger.LedgerRefuses, StepNotOpen):
            continue
        follow()
        seen.append((history.newest(), {claim: cluster for claim, cluster in kept().items() if claim in claims}))
    for at, clustered in seen:
        assert of(claims, at) == clustered
        for claim in claims:  # each from its own place in the cluster, too
            assert of([claim], at) == {c: clustered[c] for c in [claim] if c in clustered}


def test_a_claim_of_then_shows_the_cluster_of_then():
    a, b, c, alone = sorted(make.recorded() for _ in range(4))
    same(b, c)
    linking.merge(c, into=alone, by=make.EDITOR)
    then = moment()
    same(a, b, "repeats")
    later = moment()
    linking.unlink(b, c, reason="سهو", by=make.REVIEWER)
    client = APIClient()
    client.force_authenticate(make.user("reporter"))

    def shown(at: str) -> tuple[dict[UUID, str | None], list[str | None]]:
        listed = client.get("/api/v1/claims/", {"as_of": at}).json()["results"]
        each = [client.get(f"/api/v1/claims/{id}/", {"as_of": at}).json()["cluster"] for id in (a, b, c, alone)]
        return {UUID(row["id"]): row["cluster"] for row in listed}, each

    assert shown(then) == ({a: None, b: str(b), c: str(b), alone: str(b)}, [None, str(b), str(b), str(b)])
    assert shown(later) == (dict.fromkeys((a, b, c, alone), str(a)), [str(a)] * 4)


def moment() -> str:
    ledger.seal()
    return Position.objects.latest("position").sealed_at.isoformat()


def test_a_moment_between_the_two_ends_of_a_judgement_knows_of_none():
    a, b = sorted(make.recorded() for _ in range(2))
    same(a, b)
    last = history.newest()
    assert of([a, b], last) == {a: a, b: a}
    assert [of([claim], last - 1) for claim in (a, b)] == [{}, {}]


def test_claims_that_nobody_joined_cost_no_query():
    claims = [make.recorded() for _ in range(5)]
    same(claims[0], claims[1], "contradicts")
    at = history.newest()
    states = history.states_as_of(claims, at).values()
    with CaptureQueriesContext(connection) as asked:
        assert clusters.clusters_as_of(states, at) == {}
    assert len(asked) == 0


def test_a_cluster_is_asked_for_once_however_many_of_it_are_shown():
    claims = sorted(make.recorded() for _ in range(8))
    for other in claims[1:]:
        same(claims[0], other)
    at = history.newest()
    states = history.states_as_of(claims, at)
    for shown, most in ((claims, 0), (claims[1:2], 2)):
        with CaptureQueriesContext(connection) as asked:
            assert clusters.clusters_as_of([states[claim] for claim in shown], at) == dict.fromkeys(shown, claims[0])
        assert len(asked) == most
