"""Wake-up calls: one for many changes, by whichever process, and never one too few."""

import subprocess
import sys
import time

import pytest
import redis
from django.conf import settings

from sources.jobs import notify


@pytest.fixture
def calls(servers, monkeypatch):
    """A Redis without calls, and a kind of work that no worker here takes."""
    monkeypatch.setitem(notify.WAKERS, "nothing", "claims.tasks.read_snapshots")
    monkeypatch.setattr(notify, "_silent_until", 0.0)
    monkeypatch.setattr(notify, "UNHEARD", 600.0)  # on a busy machine the usual seconds may pass in the middle of a test
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.flushdb()
        yield lambda: client.llen("isnad:reading")
        client.flushdb()


def settled(calls, number=1):
    """How many calls there are once so many have come, or would have."""
    until = time.monotonic() + 10
    while calls() < number and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(notify.SOON * 2.5)
    return calls()


def test_many_changes_in_a_moment_are_one_call(calls):
    for _ in range(100):
        notify.soon("nothing")
    assert settled(calls) == 1


def test_a_call_that_nobody_has_heard_is_not_sent_again(calls):
    notify.soon("nothing")
    assert settled(calls) == 1
    notify.soon("nothing")
    assert settled(calls) == 1


def test_what_changes_after_a_worker_is_up_is_another_call(calls):
    notify.soon("nothing")
    assert settled(calls) == 1
    notify.acknowledge("nothing")
    notify.soon("nothing")
    assert settled(calls, 2) == 2


def test_another_process_knows_that_the_call_is_on_its_way(calls):
    notify.soon("nothing")
    assert settled(calls) == 1
    other = "import django; django.setup(); from sources.jobs import notify; notify.WAKERS['nothing'] = 'claims.tasks.read_snapshots'"
    subprocess.run([sys.executable, "-c", f"{other}; notify.soon('nothing')"], check=True, timeout=60)
    assert calls() == 1


def test_a_call_that_is_lost_is_sent_again_after_a_while(calls, monkeypatch):
    monkeypatch.setattr(notify, "UNHEARD", 0.01)
    notify.soon("nothing")
    assert settled(calls) == 1
    notify.soon("nothing")
    assert settled(calls, 2) == 2


def test_nobody_who_hears_waits_for_a_redis_that_is_away(monkeypatch):
    away = redis.Redis.from_url("unix:///nowhere/redis.sock", socket_connect_timeout=0.5)
    monkeypatch.setattr(notify, "_redis", lambda: away)
    began = time.monotonic()
    notify.acknowledge("nothing")
    assert time.monotonic() - began < 2
