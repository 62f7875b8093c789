"""Claims come back when their day has come, exactly once, whatever broke in between, at a cost that follows what is due."""

import logging
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import flagging, ledger, rules
from claims.domain.choices import FlagStatus, Kind
from claims.domain.steps import StepNotOpen
from claims.domain.values import SpeakerAsRead
from claims.flagging import rule_runs
from claims.models import Claim, Flag, Look
from claims.rules import RULES, Rule
from claims.workflow import review
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db
DAY = date(2031, 3, 1)


def open_flags():
    return {(f.claim_id, f.rule, f.code) for f in Flag.objects.filter(state=FlagStatus.OPEN)}


def days(number):
    return DAY + timedelta(days=number)


@pytest.fixture(autouse=True)
def a_few_rules(settings):
    """What these tests are about is when claims are looked at, not what is found."""
    settings.RULES_OFF = [name for name in rules.all_rules() if name not in ("due", "no-horizon")]


def test_a_claim_is_looked_at_again_on_the_days_that_may_change_what_is_found():
    id = make.recorded(due=DAY.isoformat())
    flagging.run(today=DAY)
    assert Look.objects.get(pk=id).on == days(1)
    flagging.run(today=days(1))
    assert Look.objects.get(pk=id).on == days(8)
    flagging.run(today=days(8))
    assert Look.objects.get(pk=id).on == days(22)
    flagging.run(today=days(22))
    assert not Look.objects.filter(pk=id).exists()


def test_what_is_kept_and_not_due_costs_no_query():
    def queries(number):
        for _ in range(number):
            make.recorded(due=days(100).isoformat())
        flagging.run(today=DAY)
        with CaptureQueriesContext(connection) as asked:
            assert flagging.run(today=days(1)).raised == 0
        return len(asked)

    assert queries(2) == queries(40)


def test_spring_is_due_when_it_is_over_and_overdue_a_week_later():
    make.recorded(due="2031-21")
    for day, code in [(date(2031, 5, 31), None), (date(2031, 6, 1), "due"), (date(2031, 6, 7), "due"), (date(2031, 6, 8), "overdue")]:
        flagging.run(today=day)
        assert {code_ for *_, code_ in open_flags()} == ({code} if code else set()), day


def test_a_moved_date_moves_what_hung_on_it():
    id = make.recorded(due=DAY.isoformat())
    flagging.run(today=days(1))
    review.schedule(id, due=ImpreciseDate(edtf=days(30).isoformat()), by=make.REVIEWER)
    flagging.run(today=days(2))
    assert open_flags() == set()
    flagging.run(today=days(31))
    assert {code for *_, code in open_flags()} == {"due"}


def test_a_week_of_downtime_changes_nothing_but_the_delay():
    ids = [make.recorded(due=days(number).isoformat()) for number in range(7)]
    flagging.run(today=DAY - timedelta(days=1))
    flagging.run(today=days(20))
    assert open_flags() == {(id, "due", "overdue") for id in ids}


def test_a_clock_set_back_clears_nothing():
    with time_machine.travel("2031-03-05 12:00:00+00:00"):
        id = make.recorded(due="2031-03-01")
        flagging.run()
    with time_machine.travel("2031-02-01 12:00:00+00:00"):
        review.accept(id, by=make.REVIEWER)
        flagging.run()
    assert open_flags() == {(id, "due", "due")}


def test_a_flag_that_wakes_has_all_rules_look_and_none_tries_again_what_stands(settings, monkeypatch):
    settings.RULES_OFF = [name for name in rules.all_rules() if name not in ("due", "nobody-named")]
    id = make.recorded(due=DAY.isoformat(), speaker=SpeakerAsRead(type="unnamed"))
    flagging.run(today=days(1))
    assert open_flags() == {(id, "due", "due"), (id, "nobody-named", "nobody-named")}
    flagging.snooze(Flag.objects.get(rule="due").pk, until=days(3), by=make.REVIEWER)
    flagging.run(today=days(1))  # notes when to wake
    tried, append = [], ledger.append
    monkeypatch.setattr(ledger, "append", lambda changes, **how: tried.append(len(changes)) or append(changes, **how))
    assert flagging.run(today=days(3)).raised == 1
    assert tried == [1]
    assert set(Flag.objects.values_list("rule", "version")) == {("due", 3), ("nobody-named", 1)}


def test_a_snoozed_flag_comes_back_on_its_day_without_any_event():
    with time_machine.travel("2031-03-05 12:00:00+00:00"):
        make.recorded(due="2031-03-01")
        flagging.run()
        flagging.snooze(Flag.objects.get().pk, until=date(2031, 3, 20), by=make.REVIEWER)
    for day, state in [("2031-03-19", FlagStatus.SNOOZED), ("2031-03-20", FlagStatus.OPEN)]:
        with time_machine.travel(f"{day} 12:00:00+00:00"):
            flagging.run()
        assert Flag.objects.get().state == state


def test_other_rules_than_last_time_look_at_every_claim(settings):
    make.recorded(due=DAY.isoformat())
    flagging.run(today=days(3))
    settings.RULE_PARAMETERS = {"due": {"overdue_after": 1}}
    flagging.run(today=days(3))
    assert {code for *_, code in open_flags()} == {"overdue"}


def test_a_rule_that_fails_keeps_what_it_raised_and_is_tried_again_tomorrow(monkeypatch, caplog):
    find = RULES["due"].find
    fails = []

    def sometimes(claim, around, today, parameters):
        if fails:
            raise ZeroDivisionError
        yield from find(claim, around, today, parameters)

    monkeypatch.setitem(RULES, "due", Rule("due", sometimes, RULES["due"].sentences, RULES["due"].defaults, RULES["due"].turns))
    id = make.recorded(due=DAY.isoformat(), kind=Kind.PREDICTION)
    flagging.run(today=days(1))
    fails.append(True)
    with caplog.at_level(logging.ERROR):
        assert flagging.run(today=days(8)).failed == 1
    assert open_flags() == {(id, "due", "due")}
    fails.clear()
    flagging.run(today=days(9))
    assert open_flags() == {(id, "due", "overdue")}


def test_a_claim_whose_day_is_the_last_there_is_does_no_harm():
    id = make.recorded(due="9999-12-31")
    flagging.run(today=DAY)
    assert Look.objects.get(pk=id).on == date.max


def test_a_run_asks_an_index_for_what_is_due_and_notes_the_next_day_in_its_place():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {rule_runs._DUE}", [DAY, 500])
        assert "look_due" in str(cursor.fetchall())
        cursor.execute(f"EXPLAIN {rule_runs._LATER}", [["(0,1)"], "{2031-03-01}", None])
        assert "Tid Scan" in str(cursor.fetchall())


WISH = st.tuples(st.integers(0, 25), st.sampled_from(["due", "none", "reject", "reopen", "snooze"]), st.integers(0, 30))


@given(st.lists(WISH, max_size=8), st.sets(st.integers(0, 40), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_looking_when_a_day_has_come_finds_what_looking_at_all_every_day_finds(wishes, runs):
    Look.objects.all().delete()
    ids = [make.recorded(due=days(5 + number).isoformat(), kind=Kind.PREDICTION) for number in range(2)]
    for number in sorted(runs):
        for _, what, days_on in [wish for wish in wishes if wish[0] <= number]:
            _act(ids[days_on % 2], what, days(days_on))
        wishes = [wish for wish in wishes if wish[0] > number]
        flagging.run(today=days(number))
        found = {
            (f.claim.pk, f.rule.name, f.finding.code)
            for f in flagging.findings(Claim.objects.filter(pk__in=ids), days(number), flagging.chosen())
        }
        settled = set(Flag.objects.filter(state__in=["snoozed", "resolved", "dismissed"]).values_list("claim", "rule"))
        assert {flag for flag in open_flags() if flag[0] in ids} == {each for each in found if each[:2] not in settled}


def _act(claim, what, day):
    try:
        if what in ("due", "none"):
            review.schedule(claim, due=ImpreciseDate(edtf=day.isoformat()) if what == "due" else None, by=make.REVIEWER)
        elif what == "reject":
            review.reject(claim, reason="r", by=make.REVIEWER)
        elif what == "reopen":
            review.reopen(claim, reason="r", by=make.EDITOR)
    except StepNotOpen:
        pass


def test_a_run_that_dies_leaves_the_rest_to_the_next_one(monkeypatch):
    monkeypatch.setattr(rule_runs, "BATCH", 2)
    for number in range(5):
        make.recorded(due=DAY.isoformat(), statement=f"{number}")
    settle, calls = rule_runs.raise_and_clear.settle, []

    def dying(*args):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return settle(*args)

    monkeypatch.setattr(rule_runs.raise_and_clear, "settle", dying)
    with pytest.raises(KeyboardInterrupt):
        flagging.run(today=days(1))
    assert Flag.objects.count() == 2
    flagging.run(today=days(1))
    assert Flag.objects.count() == 5
