"""Two claims are compared and judged, at both ends; what was merged comes apart again as it was."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import erasure, ledger
from claims.domain import lifecycle
from claims.domain.choices import Relation, Status
from claims.domain.state import ClaimState
from claims.domain.steps import StepNotOpen
from claims.ledger import KeyReused, NoSuchClaim, StaleVersion, history, rebuild
from claims.models import Claim, EventRecord, Link
from claims.similarity import judgements
from claims.workflow import linking, publishing, review
from sources.roles import NotAllowed
from tests import make

pytestmark = pytest.mark.django_db


def state(claim: UUID) -> ClaimState:
    found = ledger.state_of(claim)
    assert isinstance(found, ClaimState)
    return found


def ends(claim: UUID) -> list[tuple[UUID, str, bool]]:
    """What the table holds of a claim's judgements."""
    return list(Link.objects.filter(claim=claim).order_by("ordinal").values_list("other_id", "relation", "outward"))


def test_a_judgement_stands_at_both_ends():
    one, other = make.recorded(), make.recorded()
    receipt = linking.link(one, other, relation="denies", reason="قال العكس", by=make.REVIEWER)
    assert (receipt.stream, receipt.version) == (one, 2)
    assert ends(one) == [(other, Relation.DENIES, True)]
    assert ends(other) == [(one, Relation.DENIES, False)]
    here, there = Link.objects.get(claim=one), Link.objects.get(claim=other)
    assert (here.key, here.reason, here.by, here.at) == (there.key, there.reason, there.by, there.at)
    events = EventRecord.objects.filter(type="ClaimLinked")
    assert {event.stream for event in events} == {one, other}
    assert len({event.context for event in events}) == 1


def test_a_second_judgement_of_the_same_two_replaces_the_first_whichever_way_round():
    one, other = make.recorded(), make.recorded()
    linking.link(one, other, relation="same", by=make.REVIEWER)
    linking.link(other, one, relation="updates", by=make.EDITOR)
    assert ends(one) == [(other, Relation.UPDATES, False)]
    assert ends(other) == [(one, Relation.UPDATES, True)]
    assert [h.event.type for h in history.timeline(one)] == ["ClaimRecorded", "ClaimLinked", "ClaimLinked"]


def test_a_judgement_is_taken_back_from_either_end():
    one, other = make.recorded(), make.recorded()
    linking.link(one, other, relation="same", by=make.REVIEWER)
    linking.unlink(other, one, reason="سهو", by=make.REVIEWER)
    assert not Link.objects.exists()
    assert (state(one).links, state(other).links) == ((), ())
    with pytest.raises(StepNotOpen):
        linking.unlink(one, other, reason="ثانية", by=make.REVIEWER)


def test_what_makes_no_sense_is_refused_and_changes_nothing():
    one, other, third = make.recorded(), make.recorded(), make.recorded()
    linking.link(one, third, relation="same", by=make.REVIEWER)
    before = EventRecord.objects.count()
    for refused in (
        lambda: linking.link(one, one, relation="same", by=make.REVIEWER),
        lambda: linking.link(one, other, relation="likes", by=make.REVIEWER),
        lambda: linking.unlink(one, other, reason="لا شيء", by=make.REVIEWER),
        lambda: linking.unlink(one, third, reason=" ", by=make.REVIEWER),
        lambda: linking.merge(one, into=one, by=make.EDITOR),
        lambda: linking.unmerge(one, reason="", by=make.EDITOR),
    ):
        with pytest.raises(linking.Unlinkable):
            refused()
    with pytest.raises(NoSuchClaim):
        linking.link(one, uuid4(), relation="same", by=make.REVIEWER)
    with pytest.raises(NoSuchClaim):
        linking.merge(one, into=uuid4(), by=make.EDITOR)
    assert EventRecord.objects.count() == before


def test_reviewers_judge_and_editors_merge():
    one, other = make.recorded(), make.recorded()
    with pytest.raises(NotAllowed):
        linking.link(one, other, relation="same", by=make.REPORTER)
    linking.link(one, other, relation="same", by=make.REVIEWER)
    with pytest.raises(NotAllowed):
        linking.merge(one, into=other, by=make.REVIEWER)
    linking.merge(one, into=other, by=make.EDITOR)
    with pytest.raises(NotAllowed):
        linking.unmerge(one, reason="سهو", by=make.REVIEWER)


def test_the_same_key_again_gives_the_first_answer():
    one, other = make.recorded(), make.recorded()
    first = linking.link(one, other, relation="same", by=make.REVIEWER, key="k")
    again = linking.link(one, other, relation="same", by=make.REVIEWER, key="k")
    assert (again.replayed, again.version) == (True, first.version)
    assert EventRecord.objects.filter(type="ClaimLinked").count() == 2
    with pytest.raises(KeyReused):
        linking.link(one, other, relation="denies", by=make.REVIEWER, key="k")


def test_the_version_that_was_seen_is_asked_of_the_claim_itself():
    one, other = make.recorded(), make.recorded()
    with pytest.raises(StaleVersion):
        linking.link(one, other, relation="same", by=make.REVIEWER, after=7)
    linking.link(one, other, relation="same", by=make.REVIEWER, after=1)


@pytest.mark.parametrize("before", [Status.PROPOSED, Status.ACCEPTED, Status.REJECTED, Status.WITHDRAWN])
def test_a_merge_taken_back_gives_both_their_place_again(before):
    one, other = make.recorded(), make.recorded()
    steps: dict[Status, Callable[[], Any]] = {
        Status.ACCEPTED: lambda: review.accept(one, by=make.REVIEWER),
        Status.REJECTED: lambda: review.reject(one, reason="لا يهم", by=make.REVIEWER),
        Status.WITHDRAWN: lambda: publishing.withdraw(one, reason="خطأ", by=make.EDITOR),
    }
    steps.get(before, lambda: None)()
    linking.merge(one, into=other, reason="واحد", by=make.EDITOR)
    assert (state(one).status, state(one).merged_into, state(other).took_in) == (Status.DUPLICATE, str(other), (str(one),))
    linking.unmerge(one, reason="اثنان", by=make.EDITOR)
    assert (state(one).status, state(one).merged_into, state(other).took_in) == (before, None, ())
    assert Claim.objects.get(pk=one).status == before
    assert [h.event.type for h in history.timeline(other)] == ["ClaimRecorded", "ClaimTookIn", "ClaimGaveBack"]


def test_who_withdrew_a_duplicate_meant_it():
    one, other = make.recorded(), make.recorded()
    linking.merge(one, into=other, by=make.EDITOR)
    publishing.withdraw(one, reason="خطأ", by=make.EDITOR)
    with pytest.raises(StepNotOpen):
        linking.merge(one, into=make.recorded(), by=make.EDITOR)
    linking.unmerge(one, reason="اثنان", by=make.EDITOR)
    assert (state(one).status, state(one).merged_into) == (Status.WITHDRAWN, None)


def test_claims_are_not_merged_in_a_circle():
    one, other, third = make.recorded(), make.recorded(), make.recorded()
    linking.merge(one, into=other, by=make.EDITOR)
    with pytest.raises(linking.Unlinkable, match=str(other)):
        linking.merge(other, into=one, by=make.EDITOR)
    linking.merge(other, into=third, by=make.EDITOR)
    linking.unmerge(one, reason="اثنان", by=make.EDITOR)
    assert (state(other).took_in, state(third).took_in) == ((), (str(other),))


def test_a_merge_of_before_both_ends_were_told_comes_apart_too():
    one, other = make.recorded(), make.recorded()
    merged = lifecycle.Happening(uuid4(), one, 2, linking.ClaimMerged(into=str(other)), "salma", state(one).recorded_at)
    ledger.append({one: (state(one), [merged.event])}, by=make.EDITOR)
    linking.unmerge(one, reason="اثنان", by=make.EDITOR)
    assert state(one).status == Status.PROPOSED


STEPS = ("link", "unlink", "merge", "unmerge")
moves = st.tuples(st.sampled_from(STEPS), st.integers(0, 3), st.integers(0, 3), st.sampled_from(sorted(Relation)), st.integers(0, 5))


@settings(deadline=None, max_examples=60)
@given(st.lists(moves, max_size=16))
def test_whatever_is_judged_in_any_order_both_ends_agree_and_replay_gives_the_tables(done):
    claims = [make.recorded() for _ in range(4)]
    prefix = uuid4()
    for step, one, other, relation, number in done:
        take(step, claims[one], claims[other], relation, f"{prefix}{step}{one}{other}{relation}{number}")
    states = {claim: state(claim) for claim in claims}
    for claim, told in states.items():
        assert len({link.other for link in told.links}) == len(told.links)
        for link in told.links:
            [back] = [each for each in states[UUID(link.other)].links if each.other == str(claim)]
            assert (back.id, back.relation, back.outward) == (link.id, link.relation, not link.outward)
        assert set(told.took_in) == {str(c) for c, s in states.items() if s.merged_into == str(claim)}
    assert not list(rebuild.differences(lambda done, total: None))


def take(step: str, one: UUID, other: UUID, relation: str, key: str) -> None:
    """One step, twice with the same key: the second time is the first one's answer."""
    ways: dict[str, Callable[[], ledger.Receipt]] = {
        "link": lambda: linking.link(one, other, relation=relation, by=make.EDITOR, key=key),
        "unlink": lambda: linking.unlink(one, other, reason="سهو", by=make.EDITOR, key=key),
        "merge": lambda: linking.merge(one, into=other, by=make.EDITOR, key=key),
        "unmerge": lambda: linking.unmerge(one, reason="اثنان", by=make.EDITOR, key=key),
    }
    try:
        first = ways[step]()
    except (StepNotOpen, linking.Unlinkable):
        return
    again = ways[step]()
    assert again.replayed
    assert again.version == first.version


def test_what_was_judged_is_asked_for_many_claims_in_one_query(django_assert_num_queries):
    one, two, three, four = (make.recorded() for _ in range(4))
    linking.link(one, two, relation="not_same", by=make.REVIEWER)
    linking.link(three, one, relation="repeats", by=make.REVIEWER)
    linking.merge(four, into=one, by=make.EDITOR)
    with django_assert_num_queries(1):
        pairs = judgements.pairs([one, two, four])
    assert {other: (j.relation, j.outward, j.joining) for other, j in pairs[one].items()} == {
        two: (Relation.NOT_SAME, True, False),
        three: (Relation.REPEATS, False, True),
        four: (None, False, True),
    }
    assert (set(pairs[two]), set(pairs[four])) == ({one}, {one})
    with django_assert_num_queries(0):
        assert judgements.pairs([]) == {}


def test_words_in_the_reason_of_a_judgement_are_struck_out_at_both_ends():
    one, other = make.recorded(), make.recorded()
    linking.link(one, other, relation="denies", reason="قالت ليلى الخطيب العكس", by=make.REVIEWER)
    linking.link(other, make.recorded(), relation="same", by=make.REVIEWER)
    erasure.erase(["ليلى الخطيب"], reason="طلبت ذلك", by=make.EDITOR)
    for claim, outward in ((one, True), (other, False)):
        link = Link.objects.get(claim=claim, relation="denies")
        assert (link.reason, link.outward) == ("قالت ████ ██████ العكس", outward)
        assert state(claim).links[0].reason == link.reason
    assert not list(rebuild.differences(lambda done, total: None))


def test_only_what_a_judgement_changes_is_written():
    hub = make.recorded()
    others = [make.recorded() for _ in range(5)]
    for other in others:
        linking.link(other, hub, relation="repeats", by=make.REVIEWER)
    before = list(Link.objects.filter(claim=hub).order_by("ordinal").values_list("pk", flat=True))
    linking.link(hub, make.recorded(), relation="updates", by=make.REVIEWER)
    linking.link(others[4], hub, relation="same", by=make.REVIEWER)
    after = list(Link.objects.filter(claim=hub).order_by("ordinal").values_list("pk", flat=True))
    assert after[:4] == before[:4]
    assert (len(after), set(after[4:]) & set(before)) == (6, set())
    assert not list(rebuild.differences(lambda done, total: None))
