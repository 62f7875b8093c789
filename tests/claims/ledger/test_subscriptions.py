"""A consumer gets every event once and in order, whatever dies when; and again from anywhere, if it is asked to."""

import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from claims.handlers import CONSUMERS
from claims.ledger import history, subscriptions
from claims.ledger.subscriptions import Consumer
from claims.models import Position, Subscription
from claims.workflow import review
from sources.models import Work
from tests import make


class Reader(Consumer):
    """Takes what comes and remembers it."""

    def __init__(self, batch: int = 200) -> None:
        self.had: list[int] = []
        super().__init__("reader", lambda batch: self.had.extend(sealed.position for sealed in batch), batch)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)


def test_a_consumer_gets_each_event_once_and_in_order(committed_db):
    reader = Reader(batch=3)
    for _ in range(10):
        make.recorded()
    assert subscriptions.deliver(reader) == 10
    assert subscriptions.deliver(reader) == 0
    make.recorded()
    assert subscriptions.deliver(reader) == 1
    assert reader.had == list(range(11))
    assert Subscription.objects.get(name="reader").position == history.newest()


def test_what_fails_is_undone_told_and_tried_again_while_others_go_on(committed_db):
    for _ in range(4):
        make.recorded()
    broken = [True]

    def take(batch):
        Work.objects.create(kind="x", key=f"x:{batch[0].position}")
        if broken and batch[0].position == 2:
            raise ZeroDivisionError("by zero")

    shaky, reader = Consumer("shaky", take, batch=2), Reader()
    assert [subscriptions.deliver(shaky), subscriptions.deliver(shaky), subscriptions.deliver(reader)] == [2, 0, 4]
    held = Subscription.objects.get(name="shaky")
    assert (held.position, held.failures, held.error) == (1, 2, "ZeroDivisionError: by zero")
    assert list(Work.objects.filter(kind="x").values_list("key", flat=True)) == ["x:0"]
    broken.clear()
    assert subscriptions.deliver(shaky) == 2
    assert Subscription.objects.get(name="shaky").error == ""


def test_a_consumer_can_be_replayed_from_any_position(committed_db):
    reader = Reader()
    for _ in range(6):
        make.recorded()
    subscriptions.deliver(reader)
    subscriptions.replay_from("reader", 4)
    assert subscriptions.deliver(reader) == 2
    assert reader.had == [0, 1, 2, 3, 4, 5, 4, 5]
    for nowhere in (-1, 8):
        with pytest.raises(subscriptions.NoSuchPosition):
            subscriptions.replay_from("reader", nowhere)


def test_several_at_once_take_turns_and_take_nothing_twice(committed_db):
    reader = Reader(batch=2)
    for _ in range(40):
        make.recorded()

    def one(_: int) -> int:
        try:
            return subscriptions.deliver(reader)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(one, range(4))) == 40
    assert reader.had == list(range(40))


def test_a_consumer_does_not_keep_sealers_waiting(committed_db):
    make.recorded()

    def slow(batch):
        with ThreadPoolExecutor(1) as other:
            other.submit(lambda: (make.recorded(), history.newest(), connection.close())).result(10)

    assert subscriptions.deliver(Consumer("slow", slow, batch=1), until=time.monotonic()) == 1


EATER = """
import random, sys, time, django
django.setup()
from django.db import connection
from claims.ledger import subscriptions
from claims.ledger.subscriptions import Consumer
chance = random.Random(int(sys.argv[1]))
def take(batch):
    time.sleep(chance.random() * 0.02)
    with connection.cursor() as cursor:
        for sealed in batch:
            cursor.execute("INSERT INTO eaten (position) VALUES (%s)", [sealed.position])
            time.sleep(chance.random() * 0.004)
print("ready", flush=True)
while True:
    subscriptions.deliver(Consumer("eater", take, batch=chance.randint(1, 7)))
    time.sleep(0.005)
"""


def test_a_consumer_that_is_killed_at_any_moment_leaves_nothing_out_and_does_nothing_twice(committed_db, committed_env):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE eaten (place bigserial, position bigint)")
    chance, kills = random.Random(5), 0
    argv = [sys.executable, "-c", EATER]
    env = committed_env | {"DJANGO_SETTINGS_MODULE": "config.settings"}

    def eaten() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT position FROM eaten ORDER BY place")
            return [position for (position,) in cursor.fetchall()]

    def sitting(seed: int) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([*argv, str(seed)], env=env, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        return process

    for seed in range(8):
        for _ in range(12):
            make.recorded()
        process = sitting(seed)
        try:
            time.sleep(0.03 + chance.random() * 0.25)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
            kills += 1
    last = history.newest()
    process = sitting(99)
    try:
        until = time.monotonic() + 90
        while len(eaten()) <= last and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert kills == 8
    assert eaten() == list(range(last + 1)) == list(range(Position.objects.count()))


def test_a_commit_calls_the_consumers_at_once(committed_db, worker):
    began = time.monotonic()
    claim = make.recorded()
    review.accept(claim, by=make.REVIEWER)
    while not Work.objects.filter(kind="flag").exists():
        assert time.monotonic() - began < 60, "nobody called"
        time.sleep(0.02)
    assert Subscription.objects.filter(name="follow-up").exists()


def test_the_command_shows_and_takes_on(committed_db, capsys):
    for _ in range(3):
        make.recorded()
    call_command("consume")
    assert "follow-up" in capsys.readouterr().out
    call_command("consume", "follow-up")
    assert "follow-up took 3 events, and has come to position 2." in capsys.readouterr().out
    call_command("consume", "follow-up", "--replay-from", "1")
    assert "took 2 events" in capsys.readouterr().out
    for words, why in (
        (["follow-up", "--replay-from", "9"], "does not reach"),
        (["--replay-from", "1"], "Name the consumer: clusters, follow-up"),
    ):
        with pytest.raises(CommandError, match=why):
            call_command("consume", *words)


def test_names_of_consumers_are_their_own():
    assert all(name == consumer.name for name, consumer in CONSUMERS.items())
