"""A thousand claims at once: kept, and changed, each with its history."""

from __future__ import annotations

import os
from collections.abc import Sequence
from itertools import count, cycle
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from claims import ledger
from claims.domain import events, lifecycle
from claims.domain.events import ClaimScheduled
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState, State
from claims.ledger import bulk, codec, projections
from claims.models import Quantity
from tests.bench import claims as made
from tests.bench.peers import models as peers
from tests.bench.rounds import Line, Notice, Slice, compared, rates

SIZE = 1000


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """Recording and changing a batch."""
    rounds, seconds = (1, 0.1) if quick else (9, 1.0)
    keeping = rates(_keeping(), rounds=rounds, seconds=seconds, notice=notice)
    changing = rates(_changing(), rounds=rounds, seconds=seconds, notice=notice)
    return [
        *compared("1,000 claims recorded / django-simple-history's bulk", keeping, "batch", "simple-history", 4),
        *compared("1,000 claims recorded / executemany of the same rows", keeping, "batch", "executemany", 0.8),
        *compared("1,000 claims recorded / executemany of their events alone", keeping, "batch", "bare events", None),
        *compared("1,000 claims changed / django-simple-history's bulk", changing, "batch", "simple-history", 8),
        *compared("1,000 claims changed / bulk_update() without history", changing, "batch", "bulk_update", None),
    ]


def _keeping() -> dict[str, Slice]:
    numbers = count()

    def batch() -> int:
        made.record_claims([next(numbers) for _ in range(SIZE)])
        return SIZE

    variants: dict[str, Slice] = {"batch": batch, "executemany": _executemany(numbers, whole=True)}
    variants["bare events"] = _executemany(numbers, whole=False)
    if apps.is_installed("simple_history"):
        from simple_history.utils import bulk_create_with_history

        def simple_history() -> int:
            said = [made.fresh(next(numbers)) for _ in range(SIZE)]
            bulk_create_with_history(made.peer_rows(peers.Historical, said), peers.Historical)
            return SIZE

        variants["simple-history"] = simple_history
    return variants


def _executemany(numbers: count[int], *, whole: bool) -> Slice:
    """The same rows by the driver's own batch, encoded and digested as ours are; without `whole` the events alone."""
    made.bare_table()
    copies: list[tuple[Any, Any]] = [(peers.Plain, lambda state: [projections.claim_values(state)])]
    copies += [(peers.PlainQuantity, lambda state: projections.part_values(Quantity, state))]

    def batch() -> int:
        happened = [made.happening(next(numbers)) for _ in range(SIZE)]
        states = [state for h in happened if isinstance(state := lifecycle.evolve(None, h), ClaimState)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"INSERT INTO bare VALUES ({', '.join(['%s'] * 12)})", [_event(next(numbers), h) for h in happened])
            for model, values in copies if whole else []:
                insert = bulk.insert(model, [next(iter(values(states[0])))])[0]
                cursor.executemany(insert, [bulk.written(model, row) for state in states for row in values(state)])
        return SIZE

    return batch


def _event(number: int, h: Happening) -> list[Any]:
    body, salt = events.body_of(h.event), os.urandom(16)
    entry = codec.entry_of(h, made.WRITER, h.id, body, salt)
    return [number, h.id, h.stream, 1, h.event.type, 1, "bench", h.id, h.at, entry, body, salt]


def _changing() -> dict[str, Slice]:
    states = made.record_claims(range(5 * SIZE))
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
    rows = made.peer_rows(model, states)
    model.objects.bulk_create(rows)
    batches = cycle([rows[start : start + SIZE] for start in range(0, len(rows), SIZE)])

    def batch() -> int:
        for row in (some := next(batches)):
            made.move(row, next(due))
        with transaction.atomic():
            update(some, ["version", "due", "due_first", "due_last", "changed_at"])
        return SIZE

    return batch
