"""What was known at any moment: the ledger read back in time."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.domain import lifecycle
from claims.domain.field_changes import Change, plain_fields
from claims.domain.lifecycle import Happening
from claims.domain.state import State
from claims.models import Action, EventRecord, Position
from sources.errors import Category, Refusal

_LAST_VERSION = 2**31 - 1  # what the column holds
COLUMNS = ("id", "stream", "version", "type", "schema", "body", "actor", "recorded_at", "context")


class NotYet(Refusal, ValueError):
    """What will be known then, nobody can say: ask for a moment that has passed."""

    sentence = _("What will be known then, nobody can say: ask for a moment that has passed.")
    category, title = Category.INVALID, _("A moment to come")


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
    last, settled, _passed = _place(at)
    if not settled:  # something without a place yet may be of before `at`
        ledger.seal()
        last, settled, passed = _place(at)
        if not (settled or passed):
            raise NotYet
    return last


def _last(at: datetime | int) -> int:
    return at if isinstance(at, int) else through(at)


def _place(at: datetime) -> tuple[int, bool, bool]:
    """The last position at or before `at`; is there a later one, which nothing new can come before; is `at` over?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT position FROM claims_position WHERE sealed_at <= %(at)s ORDER BY sealed_at DESC LIMIT 1),"
            " coalesce((SELECT max(sealed_at) FROM claims_position) > %(at)s, false), clock_timestamp() >= %(at)s",
            {"at": at},
        )
        last, settled, passed = cursor.fetchone()
    return -1 if last is None else last, settled, passed


# One event is looked up for each version, and its place for each event: never all places beside all events.
_KNOWN_AT_EACH = """
SELECT g.stream, (
    SELECT sealed_at FROM claims_position p
    WHERE p.number = (SELECT number FROM claims_event e WHERE e.stream = g.stream AND e.version = g.version)
) FROM unnest(%s::uuid[], %s::int[]) AS g(stream, version)
"""
_KNOWN_AT_ALL = "SELECT version, (SELECT sealed_at FROM claims_position p WHERE p.number = e.number) FROM claims_event e WHERE stream = %s"


def known_at(versions: Mapping[UUID, int]) -> dict[UUID, datetime | None]:
    """Since when each stream is known as of this version of it: when the event was sealed, None as long as it is not. One query."""
    if not versions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_AT_EACH, [list(versions), list(versions.values())])
        return dict(cursor.fetchall())


def known_at_by_version(stream: UUID) -> dict[int, datetime | None]:
    """The same of every version of one stream."""
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN_AT_ALL, [stream])
        return dict(cursor.fetchall())


def position_of_action(key: str) -> int | None:
    """The place of what was done under a key, by the last event of the stream that it was about; None where nothing was."""
    done = Action.objects.filter(key=key).first()
    if done is None:
        return None
    ledger.seal()
    return Position.objects.values_list("position", flat=True).get(event__stream=done.stream, event__version=done.version)


def moment_of_position(position: int) -> datetime:
    """When this place in the global order was given: what was known then is all up to it and nothing after it. Raises NotYet."""
    places = Position.objects.filter(position=position).values_list("sealed_at", flat=True)
    at = places.first()
    if at is None:
        ledger.seal()
        at = places.first()
    if at is None:
        raise NotYet
    return at


def moment_of_version(stream: UUID, version: int) -> datetime:
    """When this version of a stream became known. Raises NoSuchVersion, or ledger.NoSuchClaim where there is no stream."""
    if version > _LAST_VERSION:
        raise NoSuchVersion
    at = known_at({stream: version})[stream]
    if at is None:
        ledger.seal()
        at = known_at({stream: version})[stream]
    if at is None:
        raise NoSuchVersion if ledger.happenings([stream])[stream] else ledger.NoSuchClaim
    return at


def newest() -> int:
    """The last position there is now; -1 where there is none."""
    ledger.seal()
    last = Position.objects.order_by("-position").values_list("position", flat=True).first()
    return -1 if last is None else last


def as_of(stream: UUID, at: datetime | int) -> State:
    """A stream exactly as it was known at `at`, the same for ever. Raises NotYet, or ledger.NoSuchClaim where it was not there."""
    state = states_as_of([stream], at).get(stream)
    if state is None:
        raise ledger.NoSuchClaim
    return state


# The place is looked up for each event of these streams: a join would now and then be planned from the side of all places.
_OF_EACH = "(SELECT position FROM claims_position p WHERE p.number = e.number)"
_KNOWN = f"""
SELECT {", ".join(COLUMNS)} FROM claims_event e
WHERE stream = ANY(%(streams)s) AND {_OF_EACH} <= %(last)s ORDER BY stream, version
"""  # noqa: S608 - our own columns
# The same with the last place looked up on the way, which holds where a later one is there already.
_KNOWN_AT = f"""
WITH place AS MATERIALIZED (
    SELECT (SELECT position FROM claims_position WHERE sealed_at <= %(at)s ORDER BY sealed_at DESC LIMIT 1) AS last
    WHERE (SELECT max(sealed_at) FROM claims_position) > %(at)s
)
SELECT {", ".join(f"e.{name}" for name in COLUMNS)} FROM place LEFT JOIN claims_event e
ON stream = ANY(%(streams)s) AND {_OF_EACH} <= last ORDER BY stream, version
"""  # noqa: S608 - our own columns


def states_as_of(streams: Iterable[UUID], at: datetime | int) -> dict[UUID, State]:
    """Each stream as it was known at `at`, a moment or what `through()` said of it; those that were not there yet are left out.

    Raises NotYet.
    """
    past: dict[UUID, list[Happening]] = {}
    for row in _known(list(streams), at):
        past.setdefault(row[1], []).append(ledger.happening(*row))
    return {stream: state for stream, happenings in past.items() if (state := lifecycle.fold(happenings))}


def _known(streams: list[UUID], at: datetime | int) -> list[Any]:
    with connection.cursor() as cursor:
        if isinstance(at, datetime):
            cursor.execute(_KNOWN_AT, {"streams": streams, "at": at})
            if found := cursor.fetchall():  # a row of nothing where there are no events, none where the place is not settled
                return [row for row in found if row[0] is not None]
        cursor.execute(_KNOWN, {"streams": streams, "last": _last(at)})
        return list(cursor.fetchall())


def recorded(at: datetime | int, *, before: int | None = None, limit: int = 100) -> list[tuple[int, UUID]]:
    """The claims that were known at `at`, newest first, with the position of their first event, from the one before `before` on.

    Reads the order backwards from there: its cost is that of the claims found and of what happened between their recordings.
    """
    last = _last(at)
    places = Position.objects.filter(position__lte=last if before is None else min(last, before - 1), event__type="ClaimRecorded")
    return list(places.order_by("-position").values_list("position", "event__stream")[:limit])


# Which revision an event vouches for stands in its body, under a name that all its schemas have.
_VOUCHED = f"""
SELECT r.subject_id, r.data FROM (
    SELECT DISTINCT ON (stream) stream, (body::jsonb ->> 'number')::int AS number FROM claims_event e
    WHERE stream = ANY(%(streams)s) AND type = 'SourceRevised' AND {_OF_EACH} <= %(last)s ORDER BY stream, version DESC
) v JOIN sources_revision r ON r.subject_id = v.stream AND r.number = v.number
"""  # noqa: S608 - our own names


def sources_as_of(ids: Iterable[UUID], at: datetime | int) -> dict[UUID, dict[str, Any]]:
    """Outlets, speakers and documents as they were known at `at`: what their last revision vouched for by then says.

    Those that were not there yet are left out. Raises NotYet.
    """
    if not (wanted := list(ids)):
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_VOUCHED, {"streams": wanted, "last": _last(at)})
        return {id: orjson.loads(data) for id, data in cursor.fetchall()}


def speaker_as_of(id: UUID, at: datetime | int) -> dict[str, Any] | None:  # noqa: A002
    """Whom a speaker stood for at `at`, after the merges of that time; None where it was not there yet."""
    speaker, seen = sources_as_of([id], at).get(id), {id}
    while speaker and speaker["merged_into"] and (onward := UUID(speaker["merged_into"])) not in seen:
        speaker = sources_as_of([onward], at).get(onward)
        seen.add(onward)
    return speaker


def timeline(stream: UUID, *, until: int | None = None) -> list[Happening]:
    """Everything that happened to one claim or flag, first to last; up to a version where one is given."""
    if until is None:
        return ledger.happenings([stream])[stream]
    rows = EventRecord.objects.filter(stream=stream, version__lte=until).order_by("version")
    return [ledger.happening(*row) for row in rows.values_list(*COLUMNS)]


def feed(after: int = -1, limit: int = 100) -> Iterator[Sealed]:
    """The global order from the position after `after`: contiguous, and nothing at or before it ever appears later."""
    ledger.seal()
    return sealed(after, limit)


def sealed(after: int, limit: int) -> Iterator[Sealed]:
    """The same of what is sealed already, for whoever is in a transaction of some length: sealing keeps others waiting until it ends."""
    rows = Position.objects.filter(position__gt=after).order_by("position")[:limit]
    for position, sealed_at, *row in rows.values_list("position", "sealed_at", *(f"event__{name}" for name in COLUMNS)):
        yield Sealed(position, sealed_at, row[3], ledger.happening(*row))


# ── what changed


def diff(stream: UUID, a: int | datetime, b: int | datetime) -> list[Change]:
    """What changed of a claim or a flag from `a` to `b`, each a version (0: before it began) or a moment; fields in their order.

    A verdict, a piece of evidence and a judgement are a field each: `verdicts.ID`, `evidence.ID`, `links.ID`. What was changed
    and changed back is no change. Raises NotYet, NoSuchClaim, or NoSuchVersion.
    """
    past = timeline(stream)
    if not past:
        raise ledger.NoSuchClaim
    first, last = _version(past, a), _version(past, b)
    if first > last:
        raise NoSuchVersion
    state: State | None = lifecycle.fold(past[:first])
    before = now = plain_fields(state)
    changed: dict[str, Happening] = {}
    for happened in past[first:last]:
        state = lifecycle.evolve(state, happened)
        was, now = now, plain_fields(state)
        changed |= {name: happened for name in was.keys() | now.keys() if was.get(name) != now.get(name)}
    names = [name for name in [*now, *(before.keys() - now.keys())] if name in changed and before.get(name) != now.get(name)]
    return [
        Change(name, before.get(name), now.get(name), h.actor, h.at, h.version, h.event.type) for name in names for h in [changed[name]]
    ]


class NoSuchVersion(Refusal, ValueError):
    """There is no such version, or the second one is before the first."""

    sentence = _("There is no such version, or the second one is before the first.")
    category, title = Category.INVALID, _("No such version")


def _version(past: list[Happening], place: int | datetime) -> int:
    if isinstance(place, datetime):
        known = Position.objects.filter(event__stream=past[0].stream, position__lte=through(place))
        return known.count()
    if not 0 <= place <= len(past):
        raise NoSuchVersion
    return place
