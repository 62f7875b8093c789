"""What is owed is done once, or tried again, or given up; never lost."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sources import jobs, tasks
from sources.jobs import notify
from sources.models import Work


def taken(kind="read", limit=10, seconds=60):
    return jobs.lease(kind, limit, seconds)


@pytest.mark.django_db
def test_what_is_owed_twice_is_owed_once():
    assert jobs.owe("read", "read:1")
    assert not jobs.owe("read", "read:1")


@pytest.mark.django_db
def test_what_is_leased_is_not_leased_again_until_the_lease_ends(time_machine):
    time_machine.move_to("2026-01-01T00:00:00Z", tick=False)
    jobs.owe("read", "read:1")
    assert [w.key for w in taken()] == ["read:1"]
    assert taken() == []
    time_machine.shift(61)
    assert taken()[0].attempts == 2


@pytest.mark.django_db
def test_a_late_worker_cannot_complete_what_another_has_taken(time_machine):
    time_machine.move_to("2026-01-01T00:00:00Z", tick=False)
    jobs.owe("read", "read:1")
    (late,) = taken()
    time_machine.shift(61)
    (ours,) = taken()
    for step in (lambda: jobs.complete(late), lambda: jobs.retry(late, "x"), lambda: jobs.give_up(late, "x")):
        with pytest.raises(jobs.LeaseLost):
            step()
    jobs.complete(ours)
    assert taken() == []


@pytest.mark.django_db
def test_what_fails_comes_back_later_and_is_given_up_at_last(time_machine):
    time_machine.move_to("2026-01-01T00:00:00Z", tick=False)
    jobs.owe("read", "read:1")
    waits = []
    for _ in range(jobs.MAX_ATTEMPTS):
        (row,) = taken()
        jobs.retry(row, "no")
        assert taken() == []
        row.refresh_from_db()
        waits.append(row.due_at - timezone.now())
        time_machine.shift(3600)
    assert waits[0] < waits[1] < waits[2] < waits[3]
    assert taken() == []
    assert jobs.owed()["read"] == jobs.Owed(waiting=0, given_up=1, oldest=None)
    assert jobs.reopen("read:1") == 1
    assert taken()[0].attempts == 1


@pytest.mark.django_db
def test_work_that_kills_its_worker_is_given_up(time_machine):
    time_machine.move_to("2026-01-01T00:00:00Z", tick=False)
    jobs.owe("read", "read:1")
    for _ in range(jobs.MAX_ATTEMPTS):
        assert len(taken()) == 1
        time_machine.shift(61)
    assert taken() == []
    row = Work.objects.get()
    assert row.gave_up_at
    assert row.error == jobs.DIED


@pytest.mark.django_db
def test_work_is_leased_when_due_and_no_more_than_asked_for():
    jobs.owe("read", "later", timezone.now() + timedelta(hours=1))
    for number in range(5):
        jobs.owe("read", f"read:{number}")
    jobs.owe("flag", "flag:1")
    assert len(taken(limit=3)) == 3
    assert len(taken()) == 2
    assert jobs.due_kinds() == ["flag"]


@pytest.mark.django_db
def test_an_effect_that_fails_is_undone_and_tried_again():
    jobs.owe("read", "read:1")

    def fail(row):
        jobs.owe("flag", "effect")
        raise ValueError("broken")

    assert jobs.carry_out("read", fail, limit=1, seconds=60) == 1
    row = Work.objects.get()
    assert (row.error, row.lease, row.attempts) == ("ValueError: broken", None, 1)


def test_many_workers_lease_each_piece_once(committed_db):
    for number in range(60):
        jobs.owe("read", f"read:{number}")
    got, lock = [], threading.Lock()

    def work_on():
        try:
            while rows := taken(limit=7):
                with lock:
                    got.extend(row.key for row in rows)
        finally:
            connection.close()

    threads = [threading.Thread(target=work_on) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == sorted(f"read:{n}" for n in range(60))


@pytest.mark.django_db
def test_a_missing_redis_delays_nobody(settings, monkeypatch, django_capture_on_commit_callbacks):
    from config.celery import app

    monkeypatch.setattr(app.conf, "broker_write_url", "redis+socket:///nowhere/redis.sock")
    monkeypatch.setitem(tasks.WAKERS, "read", "claims.tasks.read_snapshots")
    monkeypatch.setattr(notify, "_silent_until", 0.0)
    began = time.monotonic()
    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake("read")
    assert not notify.send("read")
    assert time.monotonic() - began < 2


@pytest.mark.django_db
def test_the_sweep_wakes_what_is_due(monkeypatch):
    import redis
    from django.conf import settings

    monkeypatch.setitem(tasks.WAKERS, "read", "claims.tasks.read_snapshots")
    monkeypatch.setattr(notify, "_silent_until", 0.0)
    jobs.owe("read", "read:1")
    jobs.owe("unheard of", "x:1")
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        assert tasks.sweep() == ["read"]
        assert any(b"reading" in key for key in client.scan_iter())
        client.flushdb()
