"""The tables compared with what the events add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _

from claims import ledger
from claims.domain import lifecycle
from claims.domain.state import ClaimState, State
from claims.ledger import projections
from claims.ledger.rebuild.folding import COPIES
from claims.models import EventRecord

BATCH = 500
Progress = Callable[[int, int], None]


def batches(start: UUID | None = None) -> Iterator[tuple[list[State], int]]:
    """Every stream's state, some streams at a time in order of id, and how many events were read for them."""
    last = start
    while True:
        rows = EventRecord.objects.order_by("stream").values_list("stream", flat=True).distinct()
        streams = list((rows.filter(stream__gt=last) if last else rows)[:BATCH])
        if not streams:
            return
        yield fold(streams)
        last = streams[-1]


def fold(streams: Sequence[UUID]) -> tuple[list[State], int]:
    """The states of these streams, and how many events they took."""
    past = ledger.happenings(streams)
    states = [state for happenings in past.values() if (state := lifecycle.fold(happenings))]
    return states, sum(map(len, past.values()))


def differences(progress: Progress) -> Iterator[str]:
    """Where the tables are not what the events add up to, a sentence each."""
    total, done = EventRecord.objects.count(), 0
    for states, read in batches():
        for stream in _unequal(states):
            # Somebody may have written between the two readings: what is really wrong stays wrong.
            yield from _unequal(fold([stream])[0]).values()
        done += read
        progress(done, total)
    for model in projections.ROOTS:
        yield from _strangers(model)


def _unequal(states: Sequence[State]) -> dict[UUID, str]:
    there = _rows([s.id for s in states])
    return {state.id: wrong for state in states if (wrong := _difference(state, there))}


def _rows(ids: Sequence[UUID]) -> dict[type[models.Model], dict[UUID, list[dict[str, Any]]]]:
    """The rows of each table, by the stream they belong to."""
    found: dict[type[models.Model], dict[UUID, list[dict[str, Any]]]] = {model: {} for model in COPIES}
    for model in COPIES:
        by = "pk" if model in projections.ROOTS else "claim_id"
        rows = model._default_manager.filter(**{f"{by}__in": ids})
        for row in rows if by == "pk" else rows.order_by("ordinal"):
            found[model].setdefault(getattr(row, by), []).append(_values(row))
    return found


def _difference(state: State, there: dict[type[models.Model], dict[UUID, list[dict[str, Any]]]]) -> str | None:
    for model, expected in _expected(state):
        rows = there[model].get(state.id, [])
        words = {"table": model._meta.verbose_name, "id": state.id}
        if len(rows) != len(expected):
            return _("The table of %(table)s is not what the events say of %(id)s: a row is missing or too many.") % words
        for row, should in zip(rows, expected, strict=True):
            if fields := [name for name, value in should.items() if row[name] != value]:
                words["fields"] = ", ".join(fields)
                return _("The table of %(table)s is not what the events say of %(id)s: %(fields)s.") % words
    return None


def _expected(state: State) -> Iterator[tuple[type[models.Model], list[dict[str, Any]]]]:
    for model, (kind, values_of) in projections.ROOTS.items():
        if isinstance(state, kind):
            yield model, [_values(model(**values_of(state)))]
    if isinstance(state, ClaimState):
        for part in projections.PARTS:
            yield part, [_values(part(**row)) for row in projections.part_values(part, state)]


def _values(row: models.Model) -> dict[str, Any]:
    """A row's columns as PostgreSQL gives them back; a part's own number says nothing."""
    return {f.attname: _value(f, getattr(row, f.attname)) for f in row._meta.concrete_fields if not isinstance(f, models.BigAutoField)}


def _value(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(field, models.DecimalField) and value is not None:
        return round(Decimal(value), field.decimal_places)
    return value


def _strangers(model: type[models.Model]) -> Iterator[str]:
    known = EventRecord.objects.filter(stream=models.OuterRef("pk"), version=1)
    for row in model._default_manager.filter(~models.Exists(known)).values_list("pk", flat=True)[:1]:
        yield _("The table of %(table)s holds %(id)s, of which no event tells.") % {"table": model._meta.verbose_name, "id": row}
