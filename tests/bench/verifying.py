"""Verifying the log beside what hashing its bytes alone takes, and proofs by the second."""

from __future__ import annotations

import hashlib
from itertools import cycle

from django.db import connection

from claims import ledger, tree
from claims.ledger import codec
from claims.models import EventRecord
from claims.transparency import checkpoints, faults, log
from claims.tree import tiles
from tests.bench import claims as made
from tests.bench.rounds import Line, Notice, Slice, compared, rates

SAMPLE = 20_000  # events whose bytes are hashed again and again
BATCH = 1000


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """The log's part of `verify`, in two processes as the command does it, over all that was kept so far and more."""
    rounds, size = (1, 500) if quick else (7, 100_000)
    while (there := EventRecord.objects.count()) < size:
        notice(f"keeping claims to verify: {there:,} of {size:,}")
        made.record_claims(range(there, there + BATCH))
    ledger.seal()
    length = checkpoints.length()
    tiles.grow(length)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_event, claims_position")  # as autovacuum has done wherever a log is this long
    variants = {"verify": _verifying(length), "hashlib": _hashing(), "prove": _proving(length)}
    measured = rates(variants, rounds=rounds, seconds=0.1, notice=notice)
    return [
        *compared("verify, the log part / hashlib over the same bytes", measured, "verify", "hashlib", 0.10),
        *compared("proofs that an event is in the log / events verified", measured, "prove", "verify", None),
    ]


def _verifying(length: int) -> Slice:
    def all_of_it() -> int:
        found = next(log.wrong(0, length, faults.silent, processes=2), None)
        assert found is None, found
        return length

    return all_of_it


def _hashing() -> Slice:
    """Each event's leaf and body, already in memory: the floor under whatever verifies them."""
    events = "SELECT p.sealed_at, e.entry, e.salt, e.body FROM claims_position p JOIN claims_event e USING (number) LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(events, [SAMPLE])
        found = cursor.fetchall()
    rows = [(f"\x00{codec.stamp(at)}\n{entry}".encode(), bytes(salt) + body.encode()) for at, entry, salt, body in found]

    def once() -> int:
        for leaf, body in rows:
            hashlib.sha256(leaf).digest()
            hashlib.sha256(body).digest()
        return len(rows)

    return once


def _proving(length: int) -> Slice:
    places = cycle(range(0, length, max(1, length // 97)))

    def one() -> int:
        tree.inclusion(next(places), length, tiles.Tiles(length))
        return 1

    return one
