"""What was known at any moment: the ledger read back in time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims import events, ledger, lifecycle
from claims.lifecycle import Happening, State
from claims.models import EventRecord, Position
from sources.models import Revision

COLUMNS = ("id", "stream", "version", "type", "schema", "body", "actor", "recorded_at")


class NotYet(ValueError):
    """What will be known then, nobody can say: ask for a moment that has passed."""

    def __init__(self) -> None:
        super().__init__(_("What will be known then, nobody can say: ask for a moment that has passed."))


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event with its place in the global order."""

    position: int
    sealed_at: datetime
    type: str
    happening: Happening


def through(at: datetime) -> int:
    """The last position that was known at `at`; -1 where there was none yet. The same for ever. Raises NotYet.

    The database's own clock says what is to come, since it also gives the positions their moments.
    """
    ledger.seal()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp() < %s, (SELECT max(position) FROM claims_position WHERE sealed_at <= %s)", [at, at])
        to_come, last = cursor.fetchone()
    if to_come:
        raise NotYet
    return -1 if last is None else int(last)


def newest() -> int:
    """The last position there is now; -1 where there is none."""
    ledger.seal()
    last = Position.objects.order_by("-position").values_list("position", flat=True).first()
    return -1 if last is None else last


def as_of(stream: UUID, at: datetime) -> State:
    """A stream exactly as it was known at `at`, the same for ever. Raises NotYet, or ledger.NoSuchClaim where it was not there."""
    through(at)
    rows = EventRecord.objects.filter(stream=stream, sealed__sealed_at__lte=at).order_by("version")
    state = lifecycle.fold([ledger.happening(*row) for row in rows.values_list(*COLUMNS)])
    if state is None:
        raise ledger.NoSuchClaim
    return state


def sources_as_of(ids: Iterable[UUID], at: datetime) -> dict[UUID, dict[str, Any]]:
    """Outlets, speakers and documents as they were known at `at`: what their last revision vouched for by then says.

    Those that were not there yet are left out. Raises NotYet.
    """
    vouched = EventRecord.objects.filter(stream__in=list(ids), type="SourceRevised", sealed__position__lte=through(at))
    numbers: dict[UUID, int] = {}
    for stream, *stored in vouched.order_by("stream", "-version").distinct("stream").values_list("stream", *COLUMNS[3:6]):
        event = events.read(*stored)
        assert isinstance(event, events.SourceRevised)
        numbers[stream] = event.number
    wanted = reduce(or_, (Q(subject_id=id, number=number) for id, number in numbers.items()), Q(pk__in=[]))
    return {id: orjson.loads(data) for id, data in Revision.objects.filter(wanted).values_list("subject_id", "data")}


def speaker_as_of(id: UUID, at: datetime) -> dict[str, Any] | None:  # noqa: A002
    """Whom a speaker stood for at `at`, after the merges of that time; None where it was not there yet."""
    speaker, seen = sources_as_of([id], at).get(id), {id}
    while speaker and speaker["merged_into"] and (onward := UUID(speaker["merged_into"])) not in seen:
        speaker = sources_as_of([onward], at).get(onward)
        seen.add(onward)
    return speaker


def timeline(stream: UUID) -> list[Happening]:
    """Everything that happened to one claim or flag, first to last."""
    return ledger.happenings([stream])[stream]


def feed(after: int = -1, limit: int = 100) -> Iterator[Sealed]:
    """The global order from the position after `after`: contiguous, and nothing at or before it ever appears later."""
    ledger.seal()
    return sealed(after, limit)


def sealed(after: int, limit: int) -> Iterator[Sealed]:
    """The same of what is sealed already, for whoever is in a transaction of some length: sealing keeps others waiting until it ends."""
    rows = Position.objects.filter(position__gt=after).order_by("position")[:limit]
    for position, sealed_at, *row in rows.values_list("position", "sealed_at", *(f"event__{name}" for name in COLUMNS)):
        yield Sealed(position, sealed_at, row[3], ledger.happening(*row))
