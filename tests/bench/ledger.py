"""The ledger beside other ways to keep a history: one change, many writers, many at once."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import count, cycle
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from claims import ledger
from claims.domain.events import ClaimScheduled
from claims.domain.state import ClaimState
from claims.workflow import review
from sources.models import new_id
from sources.text.edtf import ImpreciseDate
from tests.bench import batches, replaying, verifying, writers
from tests.bench import claims as made
from tests.bench.peers import models as peers
from tests.bench.rounds import Line, Notice, Slice, compared, rates


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """All lines of the ledger."""
    rounds, seconds = (2, 0.1) if quick else (15, 0.5)
    lines = _one_change(rounds, seconds, notice)
    lines += writers.measure(quick=quick, notice=notice) + batches.measure(quick=quick, notice=notice)
    return lines + replaying.measure(quick=quick, notice=notice) + verifying.measure(quick=quick, notice=notice)


# ── one change


def _one_change(rounds: int, seconds: float, notice: Notice) -> list[Line]:
    notice("keeping claims for every tool")
    states = made.record_claims(range(1000))
    due = made.horizons()
    variants = _variants(states, due)
    measured = rates(variants, rounds=rounds, seconds=seconds, notice=notice)
    return [
        *compared("a change through its room / django-simple-history", measured, "room", "simple-history", 1.6),
        *compared("a change through its room / eventsourcing (no projection)", measured, "room", "eventsourcing", 0.9),
        *compared("a change through its room / django-reversion", measured, "room", "reversion", None),
        *compared("a change through its room / django-pghistory", measured, "room", "pghistory", None),
        *compared("a change through its room / save() without history", measured, "room", "save", None),
        *compared("a change with the state held / django-simple-history", measured, "held", "simple-history", 3.5),
        *compared("a change with the state held / a bare INSERT", measured, "held", "insert", 0.5),
    ]


def _variants(states: list[ClaimState], due: Iterator[ImpreciseDate]) -> dict[str, Slice]:
    held = {state.id: state for state in states[500:]}
    ours, holding = cycle([state.id for state in states[:500]]), cycle(held)

    def room() -> int:
        review.schedule(next(ours), due=next(due), by=made.WRITER)
        return 1

    def held_one() -> int:
        stream = next(holding)
        held.update(ledger.append({stream: (held[stream], [ClaimScheduled(due=next(due))])}, by=made.WRITER))  # type: ignore[arg-type]
        return 1

    variants: dict[str, Slice] = {"room": room, "held": held_one, "insert": _bare_insert()}
    variants["save"] = _saving(peers.Plain, states, due)
    if apps.is_installed("simple_history"):
        variants["simple-history"] = _saving(peers.Historical, states, due, reason="_change_reason")
    if apps.is_installed("pghistory"):
        variants["pghistory"] = _saving(peers.Triggered, states, due)
    if apps.is_installed("reversion"):
        variants["reversion"] = _reverting(states, due)
    if sourcing := _sourcing(due):
        variants["eventsourcing"] = sourcing
    return variants


def _bare_insert() -> Slice:
    """The floor: an event's row of the usual size, and nothing else."""
    made.bare_table()
    insert = "INSERT INTO bare VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
    numbers, entry, body = count(1), "e" * 420, "b" * 120

    def one() -> int:
        with connection.cursor() as cursor:
            values: list[Any] = [
                next(numbers),
                new_id(),
                new_id(),
                1,
                "ClaimScheduled",
                1,
                "bench",
                new_id(),
                timezone.now(),
                entry,
                body,
                os.urandom(16),
            ]
            cursor.execute(insert, values)
        return 1

    return one


def _saving(model: Any, states: Sequence[ClaimState], due: Iterator[ImpreciseDate], reason: str = "") -> Slice:
    model.objects.bulk_create(made.peer_rows(model, states[:500]))
    ids = cycle([state.id for state in states[:500]])

    def one() -> int:
        with transaction.atomic():
            made.move(row := model.objects.get(pk=next(ids)), next(due))
            if reason:
                setattr(row, reason, "the minister moved it")
            row.save()
        return 1

    return one


def _reverting(states: Sequence[ClaimState], due: Iterator[ImpreciseDate]) -> Slice:
    import reversion

    save = _saving(peers.Reversed, states, due)

    def one() -> int:
        with reversion.create_revision():
            reversion.set_comment("the minister moved it")
            return save()

    return one


def _sourcing(due: Iterator[ImpreciseDate]) -> Slice | None:
    """The eventsourcing library's own PostgreSQL recorder; it writes no table that could be queried."""
    try:
        from tests.bench import sourcing
    except ImportError:
        return None
    return sourcing.changing(500, due)
