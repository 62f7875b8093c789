"""Claims that say the same thing form clusters, which follow what is judged, merged and taken back."""

from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import ledger
from claims.domain.steps import StepNotOpen
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim, Cluster, Link
from claims.similarity import clusters
from claims.workflow import linking
from tests import make

pytestmark = pytest.mark.django_db


def follow() -> None:
    subscriptions.deliver(CONSUMERS["clusters"])


def kept() -> dict[UUID, UUID]:
    return dict(Cluster.objects.values_list("claim", "cluster"))


def same(one: UUID, other: UUID, relation: str = "same") -> None:
    linking.link(one, other, relation=relation, by=make.REVIEWER)


def test_what_is_the_same_or_repeats_or_was_merged_is_one_cluster():
    a, b, c, d, alone = sorted(make.recorded() for _ in range(5))
    same(c, b)
    same(d, c, "repeats")
    linking.merge(a, into=d, by=make.EDITOR)
    same(alone, a, "contradicts")
    follow()
    assert kept() == dict.fromkeys((a, b, c, d), a)
    assert clusters.around(c) == clusters.ClusterMembers(a, (a, b, c, d), ())
    assert clusters.around(alone) is None


def test_a_cluster_comes_apart_where_it_was_joined():
    a, b, c, d = sorted(make.recorded() for _ in range(4))
    same(a, b)
    same(b, c)
    linking.merge(d, into=c, by=make.EDITOR)
    follow()
    linking.unlink(c, b, reason="سهو", by=make.REVIEWER)
    follow()
    assert kept() == {a: a, b: a, c: c, d: c}
    linking.unmerge(d, reason="اثنان", by=make.EDITOR)
    same(b, a, "updates")  # another judgement of the same two takes them apart, too
    follow()
    assert kept() == {}


def test_a_pair_that_is_not_the_same_within_a_cluster_is_shown_as_a_conflict():
    a, b, c = sorted(make.recorded() for _ in range(3))
    same(a, b)
    same(b, c)
    same(c, a, "not_same")
    follow()
    assert clusters.around(b) == clusters.ClusterMembers(a, (a, b, c), ((a, c),))
    same(b, c, "not_same")
    follow()
    assert clusters.around(b) == clusters.ClusterMembers(a, (a, b), ())


def test_a_change_touches_its_own_clusters_alone():
    a, b, c, d, e, f = sorted(make.recorded() for _ in range(6))
    same(a, b)
    same(c, d)
    follow()
    same(e, f)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        clusters.renew([e])
    assert len(queries) <= 8
    assert str(a) not in "".join(query["sql"] for query in queries)
    assert kept() == {a: a, b: a, c: c, d: c, e: e, f: e}


MOVES = ["same", "repeats", "updates", "unlink", "merge", "unmerge", "follow"]
moves = st.tuples(st.sampled_from(MOVES), st.integers(0, 5), st.integers(0, 5))


@settings(deadline=None, max_examples=30)
@given(st.lists(moves, max_size=25))
def test_whatever_is_done_in_whatever_batches_the_clusters_are_what_a_rebuild_makes(done):
    claims = [make.recorded() for _ in range(6)]
    for move, one, other in done:
        try:
            take(move, claims[one], claims[other])
        except (linking.Unlinkable, ledger.LedgerRefuses, StepNotOpen):
            continue
    follow()
    followed = {claim: cluster for claim, cluster in kept().items() if claim in claims}
    made_anew()
    assert {claim: cluster for claim, cluster in kept().items() if claim in claims} == followed


def made_anew() -> None:
    Cluster.objects.all().delete()
    clusters.renew({claim for link in Link.objects.all() for claim in (link.claim_id, link.other_id)})
    clusters.renew(set(Claim.objects.exclude(merged_into=None).values_list("pk", flat=True)))


def take(move: str, one: UUID, other: UUID) -> None:
    match move:
        case "unlink":
            linking.unlink(one, other, reason="سهو", by=make.REVIEWER)
        case "merge":
            linking.merge(one, into=other, by=make.EDITOR)
        case "unmerge":
            linking.unmerge(one, reason="اثنان", by=make.EDITOR)
        case "follow":
            follow()
        case _:
            same(one, other, move)
