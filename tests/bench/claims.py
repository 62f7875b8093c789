"""The claims that measurements keep and change: such as a desk has, made from a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection
from django.utils import timezone

from claims import ledger
from claims.domain import lifecycle
from claims.domain.choices import Comparator, Kind
from claims.domain.events import ClaimRecorded
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState
from claims.domain.values import Figure, SpeakerAsRead
from claims.ledger import projections
from sources import roles
from sources.models import new_id
from sources.roles import Actor
from sources.text.edtf import Basis, ImpreciseDate

WRITER = Actor("bench", roles=frozenset({roles.Role.ADMINISTRATOR}))
_PLACES = ("Aleppo", "Oran", "Basra", "Aden", "Tripoli", "Luxor", "Tangier", "Mosul", "Sfax", "Port Said")


def sample_claim(number: int) -> ClaimRecorded:
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


def record_claims(numbers: Sequence[int]) -> list[ClaimState]:
    """Claims recorded in one batch; their states."""
    after = ledger.append({new_id(): (None, [sample_claim(number)]) for number in numbers}, by=WRITER)
    return [state for state in after.values() if isinstance(state, ClaimState)]


def peer_rows(model: Any, states: Sequence[ClaimState]) -> list[Any]:
    """The same claims as another tool's rows."""
    fields = [field.attname for field in model._meta.concrete_fields]
    return [model(**{name: getattr(row, name) for name in fields}) for row in map(projections.claim_row, states)]


def happening(number: int) -> Happening:
    """A claim's first event, not kept yet."""
    return Happening(new_id(), new_id(), 1, sample_claim(number), WRITER.name, timezone.now())


def fresh(number: int) -> ClaimState:
    """A claim as its first event makes it, not kept."""
    state = lifecycle.evolve(None, happening(number))
    assert isinstance(state, ClaimState)
    return state


def horizons() -> Iterator[ImpreciseDate]:
    """Due dates without end, each another day than the one before."""
    return (day(date(2032, 1, 1) + timedelta(days=n % 3000)) for n in count())


def move(row: Any, due: ImpreciseDate) -> None:
    """What `schedule` changes of a claim's row."""
    row.version += 1
    row.due, row.due_first, row.due_last = {"edtf": due.edtf, "basis": str(due.basis)}, due.first, due.last
    row.changed_at = timezone.now()


def bare_table() -> None:
    """An empty table like the events', without what guards it."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE IF NOT EXISTS bare (LIKE claims_event INCLUDING ALL EXCLUDING IDENTITY)")
        cursor.execute("TRUNCATE bare")  # each measurement numbers its rows anew
