"""The tables made again from the ledger, beside the ORM's way row by row and beside PostgreSQL's own limit, COPY."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from claims import ledger
from claims.domain import lifecycle
from claims.domain.events import ClaimAccepted, ClaimScheduled
from claims.domain.state import ClaimState, State
from claims.ledger import projections, rebuild
from claims.models import EventRecord
from tests.bench import claims as made
from tests.bench.rounds import Line, Notice

SAMPLE = 100  # claims that are enough to know how slow the ORM is


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """Rebuild to COPY of the same events into the indexed table, and to the ORM; each round measures all of them in turn."""
    notice("keeping claims with a history")
    streams = _histories(2_000 if quick else 30_000)
    events, written = EventRecord.objects.count(), _read()
    ways: dict[str, Callable[[], int]] = {
        "rebuild": lambda: rebuild.rebuild(lambda done, total: None).events,
        "emptied": lambda: rebuild.rebuild(lambda done, total: None).events,
        "copy": lambda: _copied(written, events),
        "orm": lambda: _row_by_row(streams[:SAMPLE]),
    }
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(1 if quick else 5):
        for name, way in ways.items():
            notice(f"round {number + 1}: {name}")
            if name == "emptied":
                _empty()
            start = time.perf_counter()
            rates[name].append(way() / (time.perf_counter() - start))

    def line(name: str, ours: str, theirs: str, must: float | None) -> Line:
        detail = ", ".join(f"{each} {median(rates[each]):,.0f} events/s" for each in (ours, theirs))
        return Line(name, median(a / b for a, b in zip(rates[ours], rates[theirs], strict=True)), must, detail=detail)

    return [
        line("rebuild / COPY of the same events into the indexed table", "rebuild", "copy", 0.25),
        line("rebuild of emptied tables / the same COPY", "emptied", "copy", None),
        line("rebuild / row by row through the ORM", "rebuild", "orm", 40),
    ]


def _histories(claims: int) -> list[UUID]:
    """Claims of three events each; their streams."""
    streams, due = [], made.horizons()
    for start in range(0, claims, 2000):
        states = made.record_claims(range(start, start + 2000))
        ledger.append({state.id: (state, [ClaimAccepted(), ClaimScheduled(due=next(due))]) for state in states}, by=made.WRITER)
        streams += [state.id for state in states]
    ledger.seal()
    return streams


def _empty() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        parts = ", ".join(part._meta.db_table for part in projections.PARTS)
        cursor.execute(f"TRUNCATE claims_claim, claims_flag, {parts}")


def _read() -> list[bytes]:
    """All events as COPY writes them."""
    made.bare_table()
    with connection.cursor() as cursor, cursor.copy("COPY claims_event TO STDOUT") as source:
        return [bytes(part) for part in source]


def _copied(written: list[bytes], events: int) -> int:
    """The same bytes into a table of the same columns and indexes."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE bare")
        with cursor.copy("COPY bare FROM STDIN") as target:
            for part in written:
                target.write(part)
    return events


def _row_by_row(streams: list[UUID]) -> int:
    done = 0
    for stream in streams:
        state: State | None = None
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
            for happened in ledger.happenings([stream])[stream]:
                state = lifecycle.evolve(state, happened)
                assert isinstance(state, ClaimState)
                _saved(state)
                done += 1
    return done


def _saved(state: ClaimState) -> None:
    """As Django saves any row: our own models refuse to be saved."""
    Model.save(projections.claim_row(state))
    for part in projections.PARTS:
        QuerySet(part).filter(claim=state.id).delete()
        for values in projections.part_values(part, state):
            Model.save(part(**values))
