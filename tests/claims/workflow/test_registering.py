"""By when and by what a prediction will be settled is written down before its window, and stays beside what comes later."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from claims import flagging
from claims.domain.choices import Kind
from claims.domain.steps import StepNotOpen
from claims.models import Claim, Flag
from claims.workflow import recording, review, verdicts
from sources import roles
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db
CRITERIA = "ما ينشره جهاز الإحصاء في مارس 2032"


def prediction(due="2031-21", **fields):
    return make.recorded(kind=Kind.PREDICTION, due=due, **fields)


def registered(**fields):
    id = prediction(**fields)
    review.register(id, criteria=CRITERIA, by=make.REVIEWER)
    return id


def test_what_was_registered_stays_whatever_is_changed_later():
    id = registered()
    review.schedule(id, due=ImpreciseDate(edtf="2035"), by=make.REVIEWER)
    recording.revise(id, {"criteria": "شيء آخر"}, reason="r", by=make.REPORTER)
    first = Claim.objects.get(pk=id).registered
    assert (first["due"]["edtf"], first["criteria"], first["by"]) == ("2031-21", CRITERIA, make.REVIEWER.name)


def test_registering_sets_the_claims_own_criteria():
    assert Claim.objects.get(pk=registered()).criteria == CRITERIA


def test_the_claims_own_criteria_will_do():
    id = prediction(criteria=CRITERIA)
    review.register(id, by=make.REVIEWER)
    assert Claim.objects.get(pk=id).registered["criteria"] == CRITERIA


@pytest.mark.parametrize(
    ("make_claim", "field"),
    [
        (lambda: make.recorded(kind=Kind.EVENT, due="2031"), "kind"),
        (lambda: make.recorded(kind=Kind.PREDICTION, criteria="c"), "due"),
        (lambda: prediction(due="2022", criteria="c"), "due"),
        (lambda: prediction(due="../2031", criteria="c"), "due"),
        (lambda: prediction(), "criteria"),
    ],
)
def test_what_cannot_be_registered_is_refused_with_the_field(make_claim, field):
    with pytest.raises(review.Unreviewable) as refused:
        review.register(make_claim(), by=make.REVIEWER)
    assert field in refused.value.errors


def test_a_window_that_opened_today_is_too_late():
    with time_machine.travel("2031-03-01 00:30:00+00:00"), pytest.raises(review.Unreviewable, match="1 March 2031"):
        review.register(prediction(), criteria=CRITERIA, by=make.REVIEWER)


def test_it_is_registered_once():
    id = registered()
    with pytest.raises(StepNotOpen):
        review.register(id, criteria="c", by=make.REVIEWER)


def test_only_a_reviewer_registers():
    with pytest.raises(roles.NotAllowed):
        review.register(prediction(), criteria="c", by=make.REPORTER)


def test_a_moved_horizon_is_flagged_with_what_was_said_first_and_clears_when_set_back():
    id = registered()
    review.schedule(id, due=ImpreciseDate(edtf="2035"), by=make.REVIEWER)
    flagging.run("horizon-moved")
    flag = Flag.objects.get()
    assert (flag.code, flag.parameters["first"], flag.parameters["now"]) == ("due", "2031-21", "2035")
    review.schedule(id, due=ImpreciseDate(edtf="2031-21"), by=make.REVIEWER)
    flagging.run("horizon-moved")
    assert Flag.objects.get().state == "cleared"


def test_a_date_moved_nearer_does_not_let_it_fail_before_the_registered_window_is_over():
    id = registered()
    review.accept(id, by=make.REVIEWER)
    with time_machine.travel("2031-04-01 12:00:00+00:00"):
        review.schedule(id, due=ImpreciseDate(edtf="2031-03-02"), by=make.REVIEWER)
        with pytest.raises(verdicts.Unjudgeable, match="31 May 2031"):
            verdicts.reach(id, rating="did_not", rationale="r", by=make.REVIEWER)


def test_it_is_registered_over_http(client):
    client.force_login(make.user("reviewer"))
    id = prediction()
    answer = client.post(f"/api/v1/claims/{id}/register/", {"criteria": CRITERIA}, content_type="application/json")
    assert answer.status_code == 200
    assert answer.json()["registered"]["due"]["edtf"] == "2031-21"
    assert "register" not in answer.json()["steps"]


# ── the rules tried on the past


def tried(name, first, last):
    return [(day, found.finding.code) for day, found in flagging.tried(flagging.chosen(name), first, last)]


def test_a_rule_is_tried_day_by_day_and_each_finding_is_named_on_its_first_day():
    make.recorded(due="2023-21")
    days = tried("due", date(2023, 1, 1), date(2023, 12, 31))
    assert days == [(date(2023, 6, 1), "due"), (date(2023, 6, 8), "overdue"), (date(2023, 6, 22), "long-overdue")]


def test_a_rule_is_tried_on_what_was_known_that_day():
    with time_machine.travel("2023-02-01 12:00:00+00:00"):
        id = make.recorded(due="2023-02")
    with time_machine.travel("2023-02-20 12:00:00+00:00"):
        review.schedule(id, due=ImpreciseDate(edtf="2023-05"), by=make.REVIEWER)
    with time_machine.travel("2023-06-03 12:00:00+00:00"):
        review.reject(id, reason="r", by=make.REVIEWER)
    assert tried("due", date(2023, 1, 1), date(2024, 1, 1)) == [(date(2023, 6, 1), "due")]


def test_a_rule_that_looks_at_figures_and_evidence_is_tried_without_asking(django_assert_max_num_queries):
    for _ in range(20):
        make.recorded(kind=Kind.PREDICTION)
    with django_assert_max_num_queries(12):
        found = tried("not-settleable", date(2023, 1, 1), date(2023, 1, 1))
    assert len(found) == 20


def test_trying_equals_running_day_by_day():
    ids = [make.recorded(due=f"2031-03-{day:02}") for day in (1, 4, 9)]
    first = date(2031, 2, 25)
    said = {
        (found.claim.pk, found.finding.code): day
        for day, found in flagging.tried(flagging.chosen("due"), first, first + timedelta(days=30))
    }
    ran = {}
    for number in range(31):
        flagging.run("due", today=first + timedelta(days=number))
        for flag in Flag.objects.all():
            ran.setdefault((flag.claim_id, flag.code), first + timedelta(days=number))
    assert said == ran
    assert {claim for claim, _ in said} == set(ids)
    assert timezone.localdate() < first
