"""Readers are told, on the stream of a claim's public record, that words were struck out of what they were shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from claims import ledger
from claims.domain.events import Event, PublicRecordErased
from claims.domain.state import RecordState, State
from claims.ledger import Authored
from claims.models import EventRecord
from sources.roles import PROGRAM, Actor


def tell(before: Mapping[UUID, State], after: Mapping[UUID, State], bodies: Mapping[str, str], *, by: Actor) -> None:
    """Appends to each struck record how its bodies read since, and the record as it is shown now; call it in the erasure's transaction.

    `bodies` gives the digests by event id, as in `Erased`. Whoever holds an older proof of such a record can still check it with these.
    """
    records = {stream: state for stream, state in after.items() if isinstance(state, RecordState)}
    if not records:
        return
    of_stream: dict[UUID, dict[str, str]] = {}
    for id, stream in EventRecord.objects.filter(id__in=bodies, stream__in=records).values_list("id", "stream"):
        of_stream.setdefault(stream, {})[str(id)] = bodies[str(id)]
    changes = {stream: (state, list(_told(before[stream], state, of_stream[stream]))) for stream, state in records.items()}
    ledger.append(changes, by=by)


def _told(before: State, after: RecordState, bodies: dict[str, str]) -> Iterator[Event | Authored]:
    yield Authored(PublicRecordErased(bodies=bodies), PROGRAM)
    assert isinstance(before, RecordState)
    if before.record != after.record and after.withdrawn_at is None:
        record = replace(after.record, number=after.record.number + 1, cause="erasure", reason="", under_review=after.under_review)
        yield Authored(record, PROGRAM)
