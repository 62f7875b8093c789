"""What the front page and /metrics tell about the machinery."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from claims import flagging, rules
from claims.domain.choices import Kind
from config import machinery_status
from config.celery import app
from sources import jobs
from sources.jobs import heartbeats
from sources.models import LastRun, Work
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
FLAGS = "claims.tasks.flag_claims"
WHOLE = "claims.tasks.verify_ledger_whole"


def ran(task=FLAGS, *, ago, error=""):
    then = timezone.now() - ago
    heartbeats.ended(task, started_at=then, ended_at=then, error=error)


def judged(task=FLAGS):
    return next(one for one in machinery_status.periodic() if one.task == task)


def page(language="en"):
    own = Client(headers={"accept-language": language})
    own.force_login(make.user(Role.REVIEWER))
    return own.get("/admin/").content.decode()


def metrics():
    return Client().get("/metrics").content.decode()


def test_every_task_of_the_schedule_has_a_name_of_its_own():
    assert all(one.name != one.task for one in machinery_status.periodic())


@pytest.mark.parametrize(("minutes", "late"), [(1, False), (16, False), (29, False), (31, True), (600, True)])
def test_a_task_is_late_when_it_has_missed_two_turns(minutes, late):
    ran(ago=timedelta(minutes=minutes))
    assert judged().late is late
    assert f'isnad_task_late{{task="{FLAGS}"}} {float(late)}' in metrics()


@pytest.mark.parametrize(("now", "late"), [("09T23:00", False), ("10T02:00", False), ("10T07:00", False), ("10T08:00", True)])
def test_the_nightly_task_is_late_hours_after_its_night(now, late):
    then = datetime(2026, 5, 9, 2, 31, tzinfo=UTC)
    heartbeats.ended(WHOLE, started_at=then, ended_at=then)
    with time_machine.travel(f"2026-05-{now}:00Z", tick=False):
        assert judged(WHOLE).late is late


def test_the_next_run_is_one_turn_after_the_last():
    ran(ago=timedelta(minutes=5))
    assert timedelta(minutes=9) < judged().next_at - timezone.now() < timedelta(minutes=11)


def test_a_task_that_never_ran_is_late_only_some_time_after_the_install():
    assert judged().last is None
    assert not judged(WHOLE).late


def test_an_older_run_does_not_hide_a_newer_one():
    ran(ago=timedelta(minutes=1), error="broken")
    ran(ago=timedelta(minutes=5))
    assert judged().failed


def test_what_a_task_does_is_noted_with_its_end():
    app.loader.import_default_modules()
    app.tasks["claims.tasks.seal_ledger"].apply()
    run = LastRun.objects.get(task="claims.tasks.seal_ledger")
    assert run.started_at <= run.ended_at
    assert not run.error


def test_a_task_that_fails_is_noted_with_its_error(monkeypatch):
    from claims import tasks

    def broken(**_):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(tasks.ledger, "seal", broken)
    app.tasks["claims.tasks.seal_ledger"].apply()
    assert LastRun.objects.get(task="claims.tasks.seal_ledger").error == "ZeroDivisionError: by zero"


def test_a_late_task_is_told_by_more_than_a_colour():
    for entry in app.conf.beat_schedule.values():
        ran(entry["task"], ago=timedelta(seconds=1))
    assert "Everything ran on time." in page()
    assert '<details class="machinery card">' in page()
    LastRun.objects.filter(task=FLAGS).update(started_at=timezone.now() - timedelta(hours=2))
    assert "⚠ 1 periodic task is late" in page()
    assert "⚠ late" in page()
    assert '<details class="machinery card" open>' in page()


def test_the_page_speaks_arabic():
    ran(ago=timedelta(hours=2))
    told = page("ar")
    assert 'dir="rtl"' in told
    assert "متأخر" in told
    assert "task" not in told.split("<body")[1].split("machinery")[1].split("</details>")[0].replace("_task", "")


def test_queues_tell_how_long_work_has_waited():
    jobs.owe("read", "read:1", timezone.now() - timedelta(minutes=90))
    jobs.owe("flag", "flag:1", timezone.now() + timedelta(minutes=5))
    reading, scanning = (next(q for q in machinery_status.queues() if q.name == name) for name in ("reading", "scanning"))
    assert (reading.waiting, round(reading.age.total_seconds() / 60)) == (1, 90)
    assert (scanning.waiting, scanning.age) == (1, timedelta())
    assert "90 min" in page()
    assert 'isnad_queue_age_seconds{queue="reading"} 54' in metrics()


def test_work_that_fails_and_work_given_up_is_told_with_the_way_there():
    jobs.owe("read", "read:1")
    jobs.owe("read", "read:2")
    first, second = jobs.lease("read", 2, 60)
    jobs.retry(first, "broken")
    jobs.give_up(second, "broken")
    told = page()
    assert "1 piece of work failed and is tried again" in told
    assert "/admin/sources/work/?standing=given_up" in told
    assert 'isnad_work_failing{queue="reading"} 1.0' in metrics()
    own = Client()
    own.force_login(make.user(Role.ADMINISTRATOR, "root"))
    assert "read:1" in own.get("/admin/sources/work/?standing=failing").content.decode()
    listed = own.get("/admin/sources/work/?standing=given_up").content.decode()
    assert "read:2" in listed
    assert "read:1" not in listed


def test_many_given_up_pieces_are_run_again_at_once():
    for number in range(3):
        jobs.owe("read", f"read:{number}")
    for row in jobs.lease("read", 3, 60):
        jobs.give_up(row, "broken")
    own = Client()
    own.force_login(make.user(Role.ADMINISTRATOR, "root"))
    chosen = list(Work.objects.values_list("pk", flat=True))
    own.post("/admin/sources/work/", {"action": "again", "_selected_action": chosen})
    assert not Work.objects.exclude(gave_up_at=None).exists()
    assert len(jobs.lease("read", 9, 60)) == 3


def test_a_rule_that_fails_is_named_until_it_no_longer_does(monkeypatch, caplog):
    make.recorded(kind=Kind.PREDICTION)
    rule = rules.all_rules()["due"]

    def broken(*_):
        raise ZeroDivisionError("by zero")

    with monkeypatch.context() as patch:
        patch.setitem(rules.RULES, "due", rules.Rule("due", broken, rule.sentences, rule.defaults, rule.turns, rule.edition))
        with caplog.at_level(logging.CRITICAL):
            flagging.run()
    assert flagging.failing() == {"due": 1}
    assert "the rule <bdi>due</bdi> fails on 1 claim" in page()
    assert 'isnad_rule_failing{rule="due"} 1.0' in metrics()
    flagging.run(today=timezone.localdate() + timedelta(days=1))
    assert flagging.failing() == {}


@time_machine.travel("2026-05-13T12:00:00Z", tick=False)
def test_what_is_due_this_week_is_counted_and_can_be_seen():
    today = timezone.localdate()
    for days in (-1, 0, 6, 7):
        make.recorded(kind=Kind.PREDICTION, due=(today + timedelta(days=days)).isoformat())
    told = page()
    assert "<b>2</b> <span>due this week</span>" in told
    assert "isnad_claims_due_this_week 2.0" in metrics()
    address = told.split("count-week")[1].split('href="')[1].split('"')[0].replace("&amp;", "&")
    own = Client()
    own.force_login(make.user(Role.REVIEWER, "another"))
    assert own.get(address).content.decode().count("field-what") == 2
