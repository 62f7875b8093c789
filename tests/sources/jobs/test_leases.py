"""A lease that really runs out, by the real clock and between real processes: another worker takes over, and the late one is told."""

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from sources import jobs
from sources.models import Work

SECONDS = 4  # a busy machine needs them: what is asked for below must happen before they are over
HOLDER = f"""
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
import django
django.setup()
from sources import jobs
(taken,) = jobs.lease("slow", 1, {SECONDS})
print("taken", flush=True)
input()
try:
    jobs.complete(taken)
    print("completed", flush=True)
except jobs.LeaseLost:
    print("lost", flush=True)
"""


@pytest.fixture
def holder(committed_env):
    """Another process that takes a piece of work for a short while, and does not get on with it until it is told to."""
    jobs.owe("slow", "slow:1")
    argv = [sys.executable, "-c", HOLDER]
    process = subprocess.Popen(argv, env=committed_env, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout.readline() == "taken\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def taken_over():
    """The piece of work, as soon as it can be had."""
    until = time.monotonic() + SECONDS + 10
    while not (taken := jobs.lease("slow", 1, 60)):
        assert time.monotonic() < until, "the lease never ran out"
        time.sleep(0.05)
    return taken[0]


@pytest.mark.parametrize("dead", [True, False])
def test_a_lease_runs_out_and_another_worker_takes_over(holder, dead):
    leased_until = Work.objects.get(key="slow:1").leased_until
    if dead:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    ours = taken_over()
    assert timedelta() <= timezone.now() - leased_until < timedelta(seconds=5)
    assert ours.attempts == 2
    jobs.complete(ours)
    if not dead:
        assert holder.communicate("go on\n", timeout=20)[0] == "lost\n"
    row = Work.objects.get(key="slow:1")
    assert (row.done_at is not None, row.attempts, row.error) == (True, 2, "")
    assert jobs.lease("slow", 1, 60) == []


def test_a_worker_that_is_in_time_keeps_its_work(holder):
    assert holder.communicate("go on\n", timeout=20)[0] == "completed\n"
    time.sleep(SECONDS)
    assert jobs.lease("slow", 1, 60) == []
