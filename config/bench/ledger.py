"""The ledger beside other ways to keep a history: one change, many at once, a rebuild, a verification."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count, cycle
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from claims import ledger, projections, review
from claims.choices import Comparator, Kind
from claims.events import ClaimRecorded, ClaimScheduled
from claims.lifecycle import ClaimState
from claims.statements import Figure, SpeakerAsRead
from config.bench.peers import models as peers
from config.bench.rounds import Line, Notice, Slice, medians, rates, ratio
from sources import roles
from sources.models import new_id
from sources.roles import Actor
from sources.text.edtf import Basis, ImpreciseDate

WRITER = Actor("bench", roles=frozenset({roles.Role.ADMINISTRATOR}))
_PLACES = ("Aleppo", "Oran", "Basra", "Aden", "Tripoli", "Luxor", "Tangier", "Mosul", "Sfax", "Port Said")


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """All lines of the ledger."""
    rounds, seconds = (3, 0.2) if quick else (15, 0.5)
    return _one_change(rounds, seconds, notice)


def said(number: int) -> ClaimRecorded:
    """A claim such as a desk keeps: two figures' worth of words, a speaker, dates and a due date."""
    place = _PLACES[number % len(_PLACES)]
    return ClaimRecorded(
        statement=f"The port of {place} will handle {number % 900 + 100} thousand tonnes of grain by the end of 2031.",
        kind=Kind.PREDICTION,
        speaker=SpeakerAsRead(type="person", name=f"Speaker {number % 5000}", title="port director"),
        language="en",
        source=f"Harbour News, page {number % 40}",
        said_on=day(date(2024, 1, 1) + timedelta(days=number % 700)),
        due=day(date(2031, 12, 31)),
        quantities=(
            Figure(text="thousand tonnes", value=Decimal(number % 900 + 100) * 1000, unit="tonnes", comparator=Comparator.EXACTLY),
        ),
        check_worthiness=Decimal("0.80"),
        why=("figure", "future"),
        tags=("trade",),
    )


def day(on: date) -> ImpreciseDate:
    """One exact day."""
    return ImpreciseDate(edtf=on.isoformat(), basis=Basis.TEXT)


def kept(numbers: Sequence[int]) -> list[ClaimState]:
    """Claims recorded in one batch; their states."""
    after = ledger.append({new_id(): (None, [said(number)]) for number in numbers}, by=WRITER)
    return [state for state in after.values() if isinstance(state, ClaimState)]


def rows(model: Any, states: Sequence[ClaimState]) -> list[Any]:
    """The same claims as another tool's rows."""
    fields = [field.attname for field in model._meta.concrete_fields]
    return [model(**{name: getattr(row, name) for name in fields}) for row in map(projections.claim_row, states)]


# ── one change


def _one_change(rounds: int, seconds: float, notice: Notice) -> list[Line]:
    notice("keeping claims for every tool")
    states = kept(range(1000))
    due = (day(date(2032, 1, 1) + timedelta(days=n % 3000)) for n in count())
    variants = _variants(states, due)
    measured = rates(variants, rounds=rounds, seconds=seconds, notice=notice)
    lines = []

    def line(name: str, ours: str, theirs: str, must: float | None) -> None:
        if ours in measured and theirs in measured:
            pair = {ours: measured[ours], theirs: measured[theirs]}
            lines.append(Line(name, ratio(measured, ours, theirs), must, detail=medians(pair)))

    line("a change through its room / django-simple-history", "room", "simple-history", 1.6)
    line("a change through its room / eventsourcing (no projection)", "room", "eventsourcing", 0.9)
    line("a change through its room / django-reversion", "room", "reversion", None)
    line("a change through its room / django-pghistory", "room", "pghistory", None)
    line("a change through its room / save() without history", "room", "save", None)
    line("a change with the state held / django-simple-history", "held", "simple-history", 3.5)
    line("a change with the state held / a bare INSERT", "held", "insert", 0.5)
    return lines


def _variants(states: list[ClaimState], due: Iterator[ImpreciseDate]) -> dict[str, Slice]:
    held = {state.id: state for state in states[500:]}
    ours, holding = cycle([state.id for state in states[:500]]), cycle(held)

    def room() -> int:
        review.schedule(next(ours), due=next(due), by=WRITER)
        return 1

    def held_one() -> int:
        stream = next(holding)
        held.update(ledger.append({stream: (held[stream], [ClaimScheduled(due=next(due))])}, by=WRITER))  # type: ignore[arg-type]
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
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (LIKE claims_event INCLUDING ALL EXCLUDING IDENTITY)")
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
    model.objects.bulk_create(rows(model, states[:500]))
    ids = cycle([state.id for state in states[:500]])

    def one() -> int:
        with transaction.atomic():
            _set(row := model.objects.get(pk=next(ids)), next(due))
            if reason:
                setattr(row, reason, "the minister moved it")
            row.save()
        return 1

    return one


def _set(row: Any, due: ImpreciseDate) -> None:
    """What `schedule` changes of a claim's row."""
    row.version += 1
    row.due, row.due_first, row.due_last = {"edtf": due.edtf, "basis": str(due.basis)}, due.first, due.last
    row.changed_at = timezone.now()


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
        from config.bench import sourcing
    except ImportError:
        return None
    return sourcing.changing(500, due)
