"""Where only a day has come, only what a day may change is asked, with no more than that takes; everything else waits for an event."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import flagging, rules
from claims.domain.choices import FlagStatus, Kind, Rating
from claims.flagging import batch_loading, raise_and_clear
from claims.models import Claim, Flag, Look
from claims.rules import RULES, Rule
from claims.rules.context import ALONE
from claims.workflow import review, verdicts
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.registry import outlets
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2031, 3, 1)
TURNING = [rule for rule in rules.all_rules().values() if rule.turning]


def days(number):
    return DAY + timedelta(days=number)


def many_kinds():
    """Claims of all sorts, for rules to look at."""
    with time_machine.travel("2031-02-01 12:00:00+00:00"):
        kinds = (Kind.PREDICTION, Kind.EVENT)
        ids = [make.recorded(due=due, kind=kind) for due in (None, "2031-03-01", "2031-21", "2031") for kind in kinds]
        review.accept(ids[1], by=make.REVIEWER)
        review.reject(ids[2], reason="r", by=make.REVIEWER)
        judged = make.recorded(kind=Kind.EVENT)
        review.accept(judged, by=make.REVIEWER)
        verdicts.reach(judged, rating=Rating.UNPROVEN, rationale="nobody can say", by=make.REVIEWER)
        verdicts.approve(judged, by=make.EDITOR)
    return [*ids, judged]


@pytest.mark.parametrize("rule", TURNING, ids=lambda rule: rule.name)
def test_a_rule_that_a_day_may_change_reads_only_what_it_says(rule, django_assert_num_queries):
    ids = many_kinds()
    whole = Claim.objects.for_rules().order_by("id")
    told = raise_and_clear.parameters_of(rule)
    with django_assert_num_queries(1):
        partly = batch_loading.glanced(ids, rule.reads)
        seen = [(list(rule.turns(c, told)), [list(rule.find(c, ALONE, days(n), told)) for n in range(-30, 200)]) for c in partly]
    assert seen == [(list(rule.turns(c, told)), [list(rule.find(c, ALONE, days(n), told)) for n in range(-30, 200)]) for c in whole]
    assert any(found for _, each in seen for found in each)


def test_what_was_not_read_is_fetched_where_somebody_asks_for_it():
    id = make.recorded(due="2031")
    [claim] = batch_loading.glanced([id], ("status", "due"))
    whole = Claim.objects.get(pk=id)
    assert (claim.pk, claim.status, claim.due) == (id, whole.status, whole.due)
    assert claim.statement == whole.statement
    assert claim.document == whole.document
    assert claim == whole


@given(st.lists(st.dates(date(2030, 1, 1), date(2033, 1, 1)), min_size=1, max_size=6))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_day_changes_what_the_other_rules_find(tried):
    if not Claim.objects.exists():
        many_kinds()
    lasting = [rule for rule in rules.all_rules().values() if not rule.turning and not rule.needs]
    claims = list(Claim.objects.for_rules())
    found = [[(f.claim.pk, f.rule.name, f.finding) for f in flagging.findings(claims, day, lasting)] for day in (DAY, *tried)]
    assert found[0]
    assert all(each == found[0] for each in found)


@pytest.fixture
def asked(monkeypatch):
    """How often a rule was asked that no day changes."""
    calls = []

    def counting(claim, around, today, parameters):
        calls.append(claim.pk)
        return ()

    rules.all_rules()
    monkeypatch.setitem(RULES, "counting", Rule("counting", counting, {}, {}))
    return calls


def test_only_what_a_day_may_change_is_asked_when_only_a_day_has_come(asked):
    id = make.recorded(due=DAY.isoformat(), kind=Kind.PREDICTION)
    flagging.run(today=DAY)
    assert asked == [id]
    assert flagging.run(today=days(1)).raised
    assert asked == [id]
    review.accept(id, by=make.REVIEWER)
    flagging.run(today=days(2))
    assert asked == [id, id]


def test_what_only_a_day_has_come_for_costs_the_same_queries_however_many(asked):
    def queries(number):
        for _ in range(number):
            make.recorded(due=DAY.isoformat())
        flagging.run(today=DAY)
        with CaptureQueriesContext(connection) as context:
            flagging.run(today=days(1))
        tables = {
            table for query in context for table in ("claims_quantity", "claims_evidence", "sources_document") if table in query["sql"]
        }
        return len(context), tables

    few, tables = queries(30)
    assert not tables
    Look.objects.all().delete()
    assert queries(60)[0] <= few


@pytest.mark.parametrize("waking", ["no-horizon", "due"])
def test_a_snoozed_flag_of_any_rule_wakes_on_its_day(waking, settings):
    settings.RULES_OFF = [name for name in rules.all_rules() if name not in ("due", "no-horizon", "due-soon")]
    with time_machine.travel("2031-03-05 12:00:00+00:00"):
        make.recorded(due="2031-03-01" if waking == "due" else None, kind=Kind.PREDICTION)
        flagging.run()
        flagging.snooze(Flag.objects.get(rule=waking).pk, until=timezone.localdate() + timedelta(days=3), by=make.REVIEWER)
        flagging.run()
    for day, state in [(7, FlagStatus.SNOOZED), (8, FlagStatus.OPEN)]:
        with time_machine.travel(f"2031-03-{day:02} 12:00:00+00:00"):
            flagging.run()
        assert Flag.objects.get(rule=waking).state == state


def test_a_snoozed_flag_whose_cause_has_ended_is_no_reason_to_look_again(settings):
    settings.RULES_OFF = [name for name in rules.all_rules() if name != "no-horizon"]
    with time_machine.travel("2031-03-05 12:00:00+00:00"):
        id = make.recorded(kind=Kind.PREDICTION)
        flagging.run()
        flagging.snooze(Flag.objects.get().pk, until=date(2031, 3, 20), by=make.REVIEWER)
        review.reject(id, reason="r", by=make.REVIEWER)
        flagging.run()
    assert Flag.objects.get().state == FlagStatus.CLEARED
    assert not Look.objects.exists()


def test_a_rule_that_no_day_changes_is_tried_again_the_day_after_it_failed(monkeypatch, caplog):
    fails = [True]

    def sometimes(claim, around, today, parameters):
        if fails:
            raise ZeroDivisionError
        yield flagging.rules.Finding(code="found")

    rules.all_rules()
    monkeypatch.setitem(RULES, "sometimes", Rule("sometimes", sometimes, {}, {}))
    make.recorded()
    assert flagging.run(today=DAY).failed == 1
    fails.clear()
    assert flagging.run(today=DAY).raised == 0
    flagging.run(today=days(1))
    assert Flag.objects.get(rule="sometimes").state == FlagStatus.OPEN
    assert flagging.failing() == {}


def test_a_corrected_document_and_a_renamed_outlet_make_the_rules_look_again_without_any_day():
    taken = capture("نص", by=make.REPORTER, outlet="جريدة الميناء")
    id = make.recorded(document=str(taken.document.pk))
    flagging.run()
    assert Flag.objects.filter(claim=id, rule="undated", state=FlagStatus.OPEN).exists()
    documents.correct(taken.document, published="2022-12-31", reason="the page says so", by=make.EDITOR)
    flagging.run()
    assert Flag.objects.get(claim=id, rule="undated").state == FlagStatus.CLEARED
    review.accept(id, by=make.REVIEWER)
    flagging.run()
    outlets.revise(taken.document.outlet, name="جريدة المرفأ", by=make.EDITOR)
    flagging.run()
    assert "جريدة المرفأ" in Flag.objects.get(claim=id, rule="single-source", state=FlagStatus.OPEN).parameters["source"]
