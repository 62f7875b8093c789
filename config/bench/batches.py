"""A thousand claims at once: kept, and changed, each with its history."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count, cycle
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from claims import events, ledger
from claims.events import ClaimScheduled
from claims.lifecycle import ClaimState, State
from config.bench import claims as made
from config.bench.peers import models as peers
from config.bench.rounds import Line, Notice, Slice, compared, rates

SIZE = 1000


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """Recording and changing a batch."""
    rounds, seconds = (2, 0.1) if quick else (9, 1.0)
    keeping = rates(_keeping(), rounds=rounds, seconds=seconds, notice=notice)
    changing = rates(_changing(), rounds=rounds, seconds=seconds, notice=notice)
    return [
        *compared("1,000 claims recorded / django-simple-history's bulk", keeping, "batch", "simple-history", 4),
        *compared("1,000 claims recorded / executemany of the bare events", keeping, "batch", "executemany", 0.8),
        *compared("1,000 claims changed / django-simple-history's bulk", changing, "batch", "simple-history", 8),
        *compared("1,000 claims changed / bulk_update() without history", changing, "batch", "bulk_update", None),
    ]


def _keeping() -> dict[str, Slice]:
    numbers = count()

    def batch() -> int:
        made.kept([next(numbers) for _ in range(SIZE)])
        return SIZE

    variants: dict[str, Slice] = {"batch": batch, "executemany": _executemany(numbers)}
    if apps.is_installed("simple_history"):
        from simple_history.utils import bulk_create_with_history

        def simple_history() -> int:
            said = [made.fresh(next(numbers)) for _ in range(SIZE)]
            bulk_create_with_history(made.rows(peers.Historical, said), peers.Historical)
            return SIZE

        variants["simple-history"] = simple_history
    return variants


def _executemany(numbers: count[int]) -> Slice:
    """The events' rows alone, encoded and digested as ours are, by the driver's own batch."""
    made.bare_table()
    insert = f"INSERT INTO bare VALUES ({', '.join(['%s'] * 12)})"  # noqa: S608 - a constant

    def batch() -> int:
        happened = [made.happening(next(numbers)) for _ in range(SIZE)]
        rows: list[list[Any]] = []
        for h in happened:
            body, salt = events.body_of(h.event), os.urandom(16)
            entry = ledger.entry_of(h, made.WRITER, h.id, body, salt)
            rows.append([next(numbers), h.id, h.stream, 1, h.event.type, 1, "bench", h.id, h.at, entry, body, salt])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(insert, rows)
        return SIZE

    return batch


def _changing() -> dict[str, Slice]:
    states = made.kept(range(5 * SIZE))
    batches = [states[start : start + SIZE] for start in range(0, len(states), SIZE)]
    due = made.horizons()
    ours = cycle(range(5))

    def batch() -> int:
        n = next(ours)
        changes: dict[Any, tuple[State | None, list[Any]]] = {s.id: (s, [ClaimScheduled(due=next(due))]) for s in batches[n]}
        after = ledger.append(changes, by=made.WRITER)
        batches[n] = [state for state in after.values() if isinstance(state, ClaimState)]
        return SIZE

    variants: dict[str, Slice] = {"batch": batch, "bulk_update": _updating(peers.Plain, states, due, peers.Plain.objects.bulk_update)}
    if apps.is_installed("simple_history"):
        from simple_history.utils import bulk_update_with_history

        def update(rows: Sequence[Any], fields: Sequence[str]) -> None:
            bulk_update_with_history(rows, peers.Historical, fields, default_change_reason="the minister moved it")

        variants["simple-history"] = _updating(peers.Historical, states, due, update)
    return variants


def _updating(model: Any, states: Sequence[ClaimState], due: Any, update: Any) -> Slice:
    rows = made.rows(model, states)
    model.objects.bulk_create(rows)
    batches = cycle([rows[start : start + SIZE] for start in range(0, len(rows), SIZE)])

    def batch() -> int:
        for row in (some := next(batches)):
            made.move(row, next(due))
        with transaction.atomic():
            update(some, ["version", "due", "due_first", "due_last", "changed_at"])
        return SIZE

    return batch
