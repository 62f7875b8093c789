"""A reader of the feed misses nothing, sees nothing twice and nothing late, whatever the writers suffer.

The same writers and the same reader are shown to fail where the order is that of an identity column, as one would first build it.
"""

import random
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import InterfaceError, OperationalError

from claims.ledger import history
from claims.ledger.writer import _SEAL
from claims.models import EventRecord, Position
from claims.workflow import recording, review
from sources.models import new_id
from tests import make

WRITERS, ACTIONS = 6, 25
CUTS = 40  # connections; on a slow machine, where transactions last long, as many as on a fast one
Read = Callable[[int], list[tuple[int, UUID]]]  # places after one, each with its event


class ChangedHerMind(Exception):
    """A writer rolls back."""


class Storm:
    """Writers that dawdle, roll back and lose their connections, and somebody who cuts those."""

    def __init__(self, seed: int) -> None:
        self.kept: list[UUID] = []  # the claims whose recording was acknowledged
        self.cut = 0
        self.over = threading.Event()
        self._seed = seed
        self._threads = [threading.Thread(target=self._write, args=(n,)) for n in range(WRITERS)]
        self._killer = threading.Thread(target=self._kill)

    def __enter__(self) -> "Storm":
        for thread in (*self._threads, self._killer):
            thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        for thread in self._threads:
            thread.join()
        self.over.set()
        self._killer.join()

    @property
    def raging(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def _write(self, number: int) -> None:
        chance = random.Random(self._seed + number)
        try:
            for _ in range(ACTIONS):
                with suppress(ChangedHerMind, OperationalError, InterfaceError):
                    self._act(chance)
                if connection.connection is not None and connection.connection.closed:
                    connection.close()
        finally:
            connection.close()

    def _act(self, chance: random.Random) -> None:
        claim = new_id()
        with transaction.atomic():
            recording.record(make.said(), by=make.REPORTER, id=claim)
            time.sleep(chance.choice([0, 0, 0.002, 0.02]))  # others commit meanwhile
            if chance.random() < 0.15:
                raise ChangedHerMind
        self.kept.append(claim)
        if chance.random() < 0.5:
            review.accept(claim, by=make.REVIEWER)

    def _kill(self) -> None:
        chance = random.Random(self._seed)
        try:
            while not self.over.wait(0.01):
                with connection.cursor() as cursor:
                    cursor.execute(
                        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                        " AND state = 'idle in transaction'"
                    )
                    if (pids := cursor.fetchall()) and self.cut < CUTS and (chance.random() < 0.3 or not self.cut):
                        cursor.execute("SELECT pg_terminate_backend(%s)", chance.choice(pids))
                        self.cut += 1
        finally:
            connection.close()


def tailed(storm: Storm, read: Read) -> list[tuple[int, UUID]]:
    """What somebody has read who always asks for what comes after the last place seen."""
    seen: list[tuple[int, UUID]] = []
    while True:
        last_round = not storm.raging
        try:
            while found := read(seen[-1][0] if seen else -1):
                seen += found
        except (OperationalError, InterfaceError):  # the reader's connection was cut like any other's
            connection.close()
            continue
        if last_round:
            return seen


def sealed(after: int) -> list[tuple[int, UUID]]:
    return [(s.position, s.happening.id) for s in history.feed(after, 50)]


def by_identity(after: int) -> list[tuple[int, UUID]]:
    return list(EventRecord.objects.filter(number__gt=after).order_by("number").values_list("number", "id")[:50])


@pytest.mark.parametrize("seed", [1, 2])
def test_a_reader_of_the_feed_misses_nothing(committed_db: str, seed: int):
    with Storm(seed) as storm:
        seen = tailed(storm, sealed)
    ids = [id for _place, id in seen]
    assert [place for place, _id in seen] == list(range(len(seen)))  # no gap, no double, no step back
    assert sorted(ids) == sorted(EventRecord.objects.values_list("id", flat=True))
    assert ids == list(Position.objects.order_by("position").values_list("event__id", flat=True))
    versions = dict(EventRecord.objects.values_list("id", "version"))
    streams = dict(EventRecord.objects.values_list("id", "stream"))
    reached: dict[UUID, int] = {}
    for id in ids:  # what builds on something comes after it
        assert versions[id] == reached.get(streams[id], 0) + 1
        reached[streams[id]] = versions[id]
    assert set(storm.kept) <= set(reached)
    assert len(storm.kept) > WRITERS * ACTIONS / 3
    assert storm.cut > 0


def test_the_same_reader_of_an_identity_column_misses_events(committed_db: str):
    with Storm(3) as storm:
        seen = tailed(storm, by_identity)
    missed = EventRecord.objects.exclude(id__in=[id for _place, id in seen]).count()
    assert missed > 0


@pytest.mark.django_db
def test_giving_places_costs_by_the_events_that_have_none_and_not_by_those_kept():
    make.recorded()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_nestloop = off")  # as PostgreSQL decides where some thousand are pending
        cursor.execute(f"EXPLAIN {_SEAL}")
        plan = "\n".join(line for (line,) in cursor)
    assert "Index Scan using claims_event_pkey" in plan
    assert "Index Cond: (number = t.number)" in plan
