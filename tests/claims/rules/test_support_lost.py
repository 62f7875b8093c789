"""The rule `support-lost`: what a verdict or a claim rested on has gone."""

from datetime import date

import pytest
import time_machine
from django.utils import translation

from claims import flagging, rules
from claims.domain.choices import FlagStatus, Kind, Severity, Stance
from claims.domain.events import EvidenceWithdrawn
from claims.domain.values import Exhibit
from claims.flagging import context_providers
from claims.models import Claim, Flag
from claims.rules.context import ALONE
from claims.rules.support_lost import support_lost
from claims.workflow import corrections, linking, publishing, review, verdicts
from tests import make

pytestmark = pytest.mark.django_db

DAY = date(2031, 3, 5)


@pytest.fixture
def claim():
    return make.accepted(kind=Kind.PREDICTION)


def shown(claim, name="a"):
    """The id of a piece of evidence that was just put beside the claim."""
    exhibit = Exhibit(stance=Stance.SUPPORTS, url=f"https://example.org/{name}")
    return make.state(review.add_evidence(claim, exhibit, by=make.REPORTER)).evidence[-1].id


def judged(claim, *evidence, rating="came_true"):
    make.judge(claim, rating, evidence=evidence)


def withdrawn(claim, piece):
    """Takes it back; what a standing verdict rests on goes by a correction."""
    waits = make.state(review.withdraw_evidence(claim, evidence=piece, reason="نقلت عن غيرها", by=make.REVIEWER)).correction
    if waits:
        corrections.approve(claim, by=make.EDITOR)


def findings(claim):
    row = Claim.objects.for_rules().get(pk=claim)
    around = context_providers.around([row], flagging.chosen("support-lost")).get(claim, ALONE)
    return list(support_lost(row, around, DAY, {}))


def found(claim):
    return [(finding.code, *finding.parameters.values()) for finding in findings(claim)]


def test_a_verdict_whose_evidence_was_withdrawn_lost_its_support(claim):
    one, other = shown(claim, "a"), shown(claim, "b")
    judged(claim, one, other)
    assert found(claim) == []
    withdrawn(claim, one)
    assert found(claim) == [("evidence", "https://example.org/a")]
    withdrawn(claim, other)
    assert len({finding.key for finding in findings(claim)}) == 2


def test_what_a_verdict_does_not_name_it_does_not_rest_on(claim):
    one, other = shown(claim, "a"), shown(claim, "b")
    judged(claim, one)
    withdrawn(claim, other)
    assert found(claim) == []


def test_a_verdict_that_names_none_rests_on_what_stood_there(claim):
    with time_machine.travel("2031-01-01 12:00:00+00:00", tick=False) as clock:
        before, gone = shown(claim, "a"), shown(claim, "gone")
        withdrawn(claim, gone)
        clock.shift(60)
        judged(claim)
        clock.shift(60)
        after = shown(claim, "b")
        clock.shift(60)
        withdrawn(claim, after)
        assert found(claim) == []
        withdrawn(claim, before)
    assert found(claim) == [("evidence", "https://example.org/a")]


def test_a_claim_without_a_verdict_loses_nothing(claim):
    withdrawn(claim, shown(claim))
    assert found(claim) == []


def test_a_proposal_that_loses_its_evidence_goes_back_by_itself(claim):
    piece = shown(claim)
    verdicts.reach(claim, rating="partly", rationale="بعضه", evidence=(piece,), by=make.REVIEWER)
    withdrawn(claim, piece)
    assert found(claim) == []


def test_an_older_proposal_is_asked_about_until_it_is_sent_back(claim):
    piece = shown(claim)
    state = make.state(verdicts.reach(claim, rating="partly", rationale="بعضه", evidence=(piece,), by=make.REVIEWER))
    make.as_before(claim, EvidenceWithdrawn(evidence=piece, exhibit=state.evidence[0].exhibit, reason="نقلت عن غيرها"))
    assert found(claim) == [("evidence", "https://example.org/a")]
    verdicts.send_back(claim, reason="سُحب دليله", by=make.EDITOR)
    assert found(claim) == []


def test_it_is_loud_where_the_claim_is_published_and_ends_with_a_new_verdict(claim):
    piece = shown(claim)
    judged(claim, piece)
    withdrawn(claim, piece)
    flagging.run(today=DAY)
    flag = Flag.objects.get(rule="support-lost")
    assert flag.severity == Severity.WARNING
    publishing.publish(claim, by=make.EDITOR)
    flagging.run(today=DAY)
    flag.refresh_from_db()
    assert (flag.severity, flag.state) == (Severity.HIGH, FlagStatus.OPEN)
    judged(claim, shown(claim, "b"))
    flagging.run(today=DAY)
    flag.refresh_from_db()
    assert flag.state == FlagStatus.CLEARED


def test_a_closed_claim_is_not_asked(claim):
    piece = shown(claim)
    judged(claim, piece)
    withdrawn(claim, piece)
    publishing.withdraw(claim, reason="خطأ", by=make.EDITOR)
    assert found(claim) == []


def test_the_past_is_tried_with_the_verdicts_of_each_day(claim):
    with time_machine.travel("2031-01-01 12:00:00+00:00"):
        made = make.recorded()
        review.accept(made, by=make.REVIEWER)
        piece = shown(made)
        judged(made, piece)
    with time_machine.travel("2031-02-10 12:00:00+00:00"):
        withdrawn(made, piece)
    with time_machine.travel("2031-02-20 12:00:00+00:00"):
        review.reopen(made, reason="سُحب دليله", by=make.EDITOR)
        judged(made, shown(made, "b"))
    tried = flagging.tried(flagging.chosen("support-lost"), date(2031, 1, 1), date(2031, 12, 31))
    assert [(day, each.claim.pk) for day, each in tried] == [(date(2031, 2, 10), made)]
    assert flagging.tried(flagging.chosen("support-lost"), date(2031, 2, 20), date(2031, 12, 31)) == []


def test_batches_of_whose_claims_none_lost_evidence_ask_nothing(claim, django_assert_num_queries):
    shown(claim)
    rows = list(Claim.objects.for_rules())
    with django_assert_num_queries(0):
        context_providers.PROVIDERS["verdicts"].now(rows)


# ── claims that it is derived from


@pytest.fixture
def ground(claim):
    """What the claim is derived from."""
    made = make.recorded(statement="ستبلغ التجارة 200 مليار دولار")
    linking.link(claim, made, relation="derived_from", by=make.EDITOR)
    review.accept(made, by=make.REVIEWER)
    return made


def taken_back(claim):
    publishing.withdraw(claim, reason="خطأ", by=make.EDITOR)


def rejected(claim):
    review.reject(claim, reason="لا يهم", by=make.REVIEWER)


NAMED = "ستبلغ التجارة 200 مليار دولار"


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (lambda ground: None, []),
        (taken_back, [("withdrawn", NAMED)]),
        (rejected, [("rejected", NAMED)]),
        (lambda ground: judged(ground, rating="did_not"), [("refuted", NAMED)]),
        (lambda ground: judged(ground, rating="partly"), []),
        (judged, []),
    ],
)
def test_a_claim_leans_on_what_it_is_derived_from(claim, ground, happens, says):
    happens(ground)
    assert found(claim) == says
    assert found(ground) == []


def test_a_verdict_that_only_waits_refutes_nothing(claim, ground):
    verdicts.reach(ground, rating="did_not", rationale="لم يحدث", by=make.REVIEWER)
    assert found(claim) == []


@pytest.mark.parametrize("relation", ["same", "repeats", "refines", "updates", "contradicts", "denies", "not_same"])
def test_other_relations_carry_nothing(claim, relation):
    other = make.recorded()
    linking.link(claim, other, relation=relation, by=make.EDITOR)
    rejected(other)
    assert found(claim) == []


def test_who_was_derived_from_it_loses_and_not_the_other_way_round(claim, ground):
    rejected(claim)
    assert found(ground) == []


def test_a_merged_one_is_judged_by_the_claim_that_goes_on(claim, ground):
    kept, last = make.recorded(), make.recorded(statement="بلغت")
    linking.merge(ground, into=kept, by=make.EDITOR)
    assert found(claim) == []
    linking.merge(kept, into=last, by=make.EDITOR)
    rejected(last)
    assert found(claim) == [("rejected", "بلغت")]
    linking.unmerge(ground, reason="غيره", by=make.EDITOR)
    assert found(claim) == []


def test_a_run_looks_again_at_whoever_is_derived_from_what_was_refuted(claim, ground):
    kept = make.recorded()
    flagging.run(today=DAY)
    linking.merge(ground, into=kept, by=make.EDITOR)
    flagging.run(today=DAY)
    assert not Flag.objects.filter(rule="support-lost").exists()
    review.accept(kept, by=make.REVIEWER)
    judged(kept, rating="did_not")
    flagging.run(today=DAY)
    flag = Flag.objects.get(rule="support-lost")
    assert (flag.claim_id, flag.code, flag.state) == (claim, "refuted", FlagStatus.OPEN)
    linking.unlink(claim, ground, reason="ليس منه", by=make.EDITOR)
    flagging.run(today=DAY)
    flag.refresh_from_db()
    assert flag.state == FlagStatus.CLEARED


def test_a_batch_asks_for_its_grounds_at_once(claim, ground, django_assert_num_queries):
    others = [make.recorded() for _ in range(5)]
    for other in others:
        linking.link(other, ground, relation="derived_from", by=make.EDITOR)
    rows = list(Claim.objects.for_rules())
    with django_assert_num_queries(2):
        assert set(context_providers.PROVIDERS["grounds"].now(rows)) == {claim, *others}


def test_the_past_is_tried_with_what_the_grounds_were_on_each_day():
    with time_machine.travel("2031-01-01 12:00:00+00:00"):
        made, ground, kept = make.recorded(), make.recorded(), make.recorded()
    with time_machine.travel("2031-02-01 12:00:00+00:00"):
        rejected(kept)
    with time_machine.travel("2031-02-10 12:00:00+00:00"):
        linking.link(made, ground, relation="derived_from", by=make.EDITOR)
    with time_machine.travel("2031-02-20 12:00:00+00:00"):
        linking.merge(ground, into=kept, by=make.EDITOR)
    with time_machine.travel("2031-03-01 12:00:00+00:00"):
        linking.unmerge(ground, reason="غيره", by=make.EDITOR)
        rejected(ground)
    tried = flagging.tried(flagging.chosen("support-lost"), date(2031, 1, 1), date(2031, 12, 31))
    told = [(day.isoformat(), each.claim.pk, each.finding.key) for day, each in tried]
    assert told == [("2031-02-20", made, f"rejected:{kept}"), ("2031-03-01", made, f"rejected:{ground}")]


def test_the_past_is_tried_where_the_grounds_are_in_other_batches(monkeypatch):
    monkeypatch.setattr("claims.flagging.dry_run.BATCH", 1)
    with time_machine.travel("2031-01-01 12:00:00+00:00"):
        one, ground, other = make.recorded(), make.recorded(), make.recorded()
        for leaning in (one, other):
            linking.link(leaning, ground, relation="derived_from", by=make.EDITOR)
    with time_machine.travel("2031-02-01 12:00:00+00:00"):
        rejected(ground)
    tried = flagging.tried(flagging.chosen("support-lost"), date(2031, 1, 1), date(2031, 12, 31))
    assert [(day.isoformat(), each.claim.pk) for day, each in tried] == [("2031-02-01", one), ("2031-02-01", other)]


@pytest.mark.parametrize("code", ["evidence", "refuted", "withdrawn", "rejected"])
def test_it_reads_in_both_languages(code):
    told = {"exhibit": "الصفحة", "statement": "الصفحة"}
    english = rules.sentence("support-lost", code, told)
    with translation.override("ar"):
        arabic = rules.sentence("support-lost", code, told)
    assert all("الصفحة" in sentence[0] for sentence in (english, arabic))
    assert not set(english) & set(arabic)
