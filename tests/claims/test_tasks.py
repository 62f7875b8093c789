"""What is owed gets done by real workers: once, whatever is said twice, and whatever fails."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.db.models import Count
from django.utils import timezone

from claims import tasks, transparency
from claims.domain.choices import Kind
from claims.handlers import FLAG, READ, VERIFY, VERIFY_WHOLE, WOKEN
from claims.intake import reading
from claims.models import Claim, EventRecord, Flag, Verification
from config.celery import app
from sources import jobs
from sources.capturing.capture import capture
from sources.models import Speaker, Work
from sources.registry import speakers
from sources.roles import PROGRAM
from tests import make

TEXT = (
    "قال وزير التجارة سالم الحربي إن حجم التبادل التجاري سيبلغ 200 مليار دولار في ربيع 2023.\n\n"
    "وأضاف الحربي أن الصادرات ارتفعت بنسبة 25 في المئة.\n"
)


def captured():
    return capture(TEXT, by=make.REPORTER, outlet="جريدة الميناء", published="2022-12-31").snapshot


def until(true, *, seconds=120):
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.1)
    return true()


def test_a_captured_text_is_read_by_a_worker(worker):
    snapshot = captured()
    assert until(lambda: Work.objects.get(key=f"{READ}:{snapshot.pk}").done_at)
    claims = Claim.objects.order_by("start")
    assert claims
    for claim in claims:
        assert snapshot.text[claim.start : claim.end] == claim.quote
        assert claim.source == "جريدة الميناء"


def test_reading_twice_is_reading_once(committed_db):
    snapshot = captured()
    first = reading.read_snapshot(snapshot)
    again = reading.read_snapshot(snapshot)
    assert first
    assert [r.stream for r in first] == [r.stream for r in again]
    assert all(r.replayed for r in again)
    assert Claim.objects.count() == len(first)


def test_a_reading_after_a_speaker_was_merged_proposes_nothing_new(committed_db):
    snapshot = captured()
    first = reading.read_snapshot(snapshot)
    named = Speaker.objects.first()
    other = speakers.find_or_make("سالم الحربي الوزير", named.type, by=PROGRAM)
    speakers.merge(named, other, by=make.EDITOR)
    reading.read_snapshot(snapshot)
    assert Claim.objects.count() == len(first)


def test_the_speaker_the_source_and_the_date_are_kept(committed_db):
    reading.read_snapshot(captured())
    claim = Claim.objects.filter(speaker__isnull=False).order_by("start").first()
    assert "الحربي" in claim.speaker_name
    assert claim.source == "جريدة الميناء"
    assert claim.said_on["edtf"] == "2022-12-31"
    assert [hop.role for hop in claim.attributions.all()] == ["publisher", "speaker"]


def test_the_task_reads_what_is_owed_and_then_nothing(committed_db):
    captured()
    assert tasks.read_snapshots() == 1
    events = EventRecord.objects.count()
    assert tasks.read_snapshots() == 0
    assert EventRecord.objects.count() == events


def test_a_reading_that_fails_says_why_and_is_tried_again(committed_db, monkeypatch):
    snapshot = captured()

    def broken(*args, **options):
        raise ZeroDivisionError("by zero")

    with monkeypatch.context() as patch:
        patch.setattr(reading, "read_snapshot", broken)
        tasks.read_snapshots()
    owed = Work.objects.get(key=f"{READ}:{snapshot.pk}")
    assert "by zero" in owed.error
    assert owed.done_at is None
    assert not Claim.objects.exists()
    Work.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    tasks.read_snapshots()
    assert Claim.objects.exists()


def test_the_rules_run_once_for_each_quarter_of_an_hour(committed_db):
    make.recorded(kind=Kind.PREDICTION)
    assert tasks.flag_claims() == 1
    assert tasks.flag_claims() == 0
    assert Flag.objects.filter(rule="no-horizon").count() == 1
    assert Work.objects.filter(kind=FLAG, done_at__isnull=False).count() == 1


def test_quarters_that_were_missed_are_made_good_by_one_run(committed_db):
    Work.objects.bulk_create(Work(kind=FLAG, key=f"{FLAG}:{n}") for n in range(5))
    assert tasks.flag_claims() == 6


def test_rules_that_fail_are_tried_again(committed_db, monkeypatch):
    def broken():
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr(tasks.flagging, "run", broken)
    assert tasks.flag_claims() == 0
    assert "by zero" in Work.objects.get(kind=FLAG).error


def test_the_ledger_is_verified_by_the_hour_and_by_the_night(committed_db):
    make.recorded()
    assert tasks.verify_ledger_whole() == 1
    assert tasks.verify_ledger() == 1
    assert tasks.verify_ledger() == 0
    assert list(Verification.objects.order_by("pk").values_list("ok", "whole")) == [(True, True), (True, False)]
    assert Work.objects.filter(kind__in=[VERIFY, VERIFY_WHOLE], done_at=None).count() == 0


@pytest.mark.django_db
def test_the_ledger_is_sealed():
    make.recorded()
    assert tasks.seal_ledger() == 1
    assert tasks.seal_ledger() == 0


def test_every_task_that_is_woken_or_scheduled_is_there():
    app.loader.import_default_modules()
    wanted = {*WOKEN.values(), *(entry["task"] for entry in app.conf.beat_schedule.values())}
    assert wanted <= set(app.tasks)


def test_every_task_lists_its_steps():
    for name in WOKEN.values():
        assert "1." in getattr(tasks, name.rpartition(".")[2]).__doc__


def test_workers_side_by_side_read_each_text_once(committed_db):
    for number in range(8):
        capture(f"{TEXT}\n\nالعدد {number}.", by=make.REPORTER, outlet=f"جريدة {number}", published="2022-12-31")

    def work_on(_number):
        try:
            return tasks.read_snapshots()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as workers:
        assert sum(workers.map(work_on, range(3))) == 8
    assert not Work.objects.filter(kind=READ, done_at=None).exists()
    by_snapshot = Claim.objects.values_list("snapshot").annotate(n=Count("pk"))
    assert len({n for _snapshot, n in by_snapshot}) == 1
    assert Speaker.objects.filter(name__contains="الحربي").count() == 1
    assert transparency.verify() is None


def test_a_worker_that_died_leaves_its_text_to_the_next(committed_db):
    captured()
    jobs.lease(READ, 5, 300)
    assert tasks.read_snapshots() == 0
    Work.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    assert tasks.read_snapshots() == 1
    assert Claim.objects.exists()


def test_a_text_that_no_longer_waits_is_not_read_after_another_took_it(committed_db):
    snapshot = captured()
    late = jobs.lease(READ, 5, 300)[0]
    Work.objects.update(leased_until=timezone.now() - timedelta(seconds=1))
    tasks.read_snapshots()
    with pytest.raises(jobs.LeaseLost):
        jobs.complete(late)
    assert Claim.objects.filter(snapshot=snapshot).count() == len(reading.read_snapshot(snapshot))
