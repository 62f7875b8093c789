"""Every change to a claim goes through here: events appended, their copies written, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid5

import orjson
from django.db import IntegrityError, connection, transaction
from django.dispatch import Signal
from django.utils import timezone
from psycopg.errors import UniqueViolation

from claims.domain import events, lifecycle
from claims.domain.events import Event
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState, FlagState, State
from claims.domain.steps import must_be_open, right_of, steps_of
from claims.ledger import bulk, codec, erasure_guard, pipeline, projections, text_format
from claims.ledger.codec import Record
from claims.ledger.errors import Conflict, KeyReused, NoSuchClaim, StaleVersion
from claims.models import Action
from sources import roles
from sources.models import new_id
from sources.roles import Actor

NAMESPACE = codec.NAMESPACE

# Sent after commit, and losing it costs only delay. Arguments: happenings.
appended = Signal()


class _KeyRaced(Exception):
    """Two actions with one key at once: this one came second, and the first one's answer is there now."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an action did: the stream it was about, and that stream's state after it."""

    stream: UUID
    version: int
    state: State
    replayed: bool = False  # the same key had been used: nothing was written
    unchanged: bool = False  # all read so already: nothing was written


# ── reading


_READ = """
SELECT id, stream, version, type, schema, body, actor, recorded_at, context
FROM claims_event WHERE stream = ANY(%s) ORDER BY stream, version
"""


def happenings(streams: Sequence[UUID]) -> dict[UUID, list[Happening]]:
    """The events of each stream, in order of version."""
    found: dict[UUID, list[Happening]] = {stream: [] for stream in streams}
    with connection.cursor() as cursor:  # every step begins here: the ORM would take as long as PostgreSQL
        cursor.execute(_READ, [list(streams)])
        for row in cursor:
            found[row[1]].append(happening(*row))
    return found


def happening(
    id: UUID,  # noqa: A002
    stream: UUID,
    version: int,
    type: str,  # noqa: A002
    schema: int,
    body: str,
    actor: str,
    at: datetime,
    context: UUID | None = None,
) -> Happening:
    """A stored row, read."""
    return Happening(id, stream, version, events.read(type, schema, body), actor, at, context)


_READ_TO_CHANGE = f"""
SELECT id, stream, version, type, schema, body, actor, recorded_at, context, {erasure_guard.LAST}
FROM claims_event WHERE stream = %s ORDER BY version
"""  # noqa: S608 - nothing but our own names


def _to_change(stream: UUID) -> tuple[State, int]:
    """A stream's state now, and the last erasure there was: none may come before what is made of it is written."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_TO_CHANGE, [stream])
        read = cursor.fetchall()
    state = lifecycle.fold([happening(*row[:-1]) for row in read])
    if state is None:
        raise NoSuchClaim
    return state, read[0][-1]


def state_of(stream: UUID) -> State:
    """A stream's state now, from its events. Raises NoSuchClaim where there are none."""
    state = lifecycle.fold(happenings([stream])[stream])
    if state is None:
        raise NoSuchClaim
    return state


# ── steps


@dataclass(frozen=True, slots=True)
class Authored:
    """An event that somebody else does than whoever takes the step: the program, mostly."""

    event: Event
    by: Actor


Decide = Callable[[Any], Iterable[Event | Authored]]
# By stream: the state as it was read, and what is appended.
Changes = Mapping[UUID, tuple[State | None, Sequence[Event | Authored]]]


def take_step(
    step: str,
    stream: UUID,
    decide: Decide,
    *,
    beside: Callable[[Any], Changes] | None = None,
    by: Actor,
    key: str | None = None,
    after: int | None = None,
    asked: object = None,
) -> Receipt:
    """Takes one step on a claim or a flag: looks the key up, then asks role, version and whether the step is open.

    `decide` gets the state and gives the events, `beside` those of other streams that belong to the same action; `asked` is
    what the caller asked for, compared when a key comes again.
    Raises NoSuchClaim, KeyReused, roles.NotAllowed, StaleVersion, StepNotOpen or Conflict; then nothing is changed.
    """

    def once() -> Receipt:
        if answer := _answered(key, asked_for):
            return answer
        state, erasure = _to_change(stream)
        roles.must(by, right_of(state, step))
        if after is not None and after != state.version:
            raise StaleVersion
        # A claim's step on a flag's stream, or the other way round: this claim does not exist.
        if not isinstance(state, ClaimState | FlagState) or step not in steps_of(state):
            raise NoSuchClaim
        must_be_open(state, step)
        changes: Changes = {stream: (state, list(decide(state))), **(beside(state) if beside else {})}
        after_it = append(changes, by=by, key=key, answer=(asked_for, stream), unless_erased=erasure)[stream]
        return Receipt(stream, after_it.version, after_it, unchanged=after_it.version == state.version)

    asked_for = _fingerprint(step, stream, asked)
    return _first_or_again(once)


def begin(
    step: str, stream: UUID, event: Event, *, by: Actor, key: str | None = None, asked: object = None, unless_erased: int | None = None
) -> Receipt:
    """Begins a stream with its first event. The same key again gives the first answer."""

    def once() -> Receipt:
        if answer := _answered(key, asked_for):
            return answer
        roles.must(by, step)
        state = append({stream: (None, [event])}, by=by, key=key, answer=(asked_for, stream), unless_erased=unless_erased)[stream]
        return Receipt(stream, state.version, state)

    asked_for = _fingerprint(step, None, asked)
    return _first_or_again(once)


def _first_or_again(once: Callable[[], Receipt]) -> Receipt:
    try:
        return once()
    except _KeyRaced:
        return once()


def _fingerprint(step: str, stream: UUID | None, asked: object) -> bytes:
    said = orjson.dumps([step, stream, asked], default=str, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(said).digest()


def _answered(key: str | None, fingerprint: bytes) -> Receipt | None:
    if not key or not (kept := Action.objects.filter(key=key).first()):
        return None
    if bytes(kept.fingerprint) != fingerprint:
        raise KeyReused
    first = lifecycle.fold(happenings([kept.stream])[kept.stream][: kept.version])
    assert first is not None
    return Receipt(kept.stream, kept.version, first, replayed=True)


# ── writing

_ON, _OFF = (f"SET LOCAL isnad.writing = '{way}'" for way in ("on", "off"))
_IN_ORDER = attrgetter("int")  # of a UUID; comparing UUIDs themselves takes ten times as long
_ROW = "(" + ", ".join(["%s"] * 11) + ")"


def append(
    changes: Changes,
    *,
    by: Actor,
    key: str | None = None,
    answer: tuple[bytes, UUID] | None = None,
    unless_erased: int | None = None,
) -> dict[UUID, State]:
    """Appends events to streams whose states the caller read, and writes the copies; returns the states after.

    All of it or nothing, in the caller's transaction or one of its own. Streams are written in the order of
    their ids, so that two actions over the same ones wait for each other and never lock up. `answer`, the
    fingerprint of what was asked and the stream it was about, is kept under the key. All events get one context:
    the actor's own, else a new one.
    Raises Conflict when another append came first, or an erasure later than the one numbered `unless_erased`.
    """
    now, context = timezone.now(), by.context or new_id()
    written: list[Happening] = []
    authors: list[Actor] = []
    after: dict[UUID, State] = {}
    for stream in sorted(changes, key=_IN_ORDER):
        state, new = changes[stream]
        for place, one in enumerate(new):
            event, author = (one.event, one.by) if isinstance(one, Authored) else (one, by)
            version = (state.version if state else 0) + 1
            id = uuid5(NAMESPACE, f"{key}:{stream}:{place}") if key else new_id()
            happened = Happening(id, stream, version, event, author.name, now, context)
            state = lifecycle.evolve(state, happened)
            written.append(happened)
            authors.append(author)
        if state is not None:
            after[stream] = state
    if not written:
        return after
    pairs = [(changes[stream][0], state) for stream, state in after.items()]
    actions = [[key, "\\x" + answer[0].hex(), str(answer[1]), after[answer[1]].version]] if key and answer else []
    try:
        write = _write_few if len(written) < bulk.MANY else _write_many
        write(codec.records(written, authors, context), len(written), pairs, actions, unless_erased)
    except IntegrityError as error:
        raise _meant(error) from error
    transaction.on_commit(lambda: appended.send(None, happenings=written), robust=True)
    return after


def _meant(error: IntegrityError) -> Exception:
    """What it means that a row is there already; any other breach of a constraint is the impossible."""
    cause = error.__cause__
    if not isinstance(cause, UniqueViolation):
        return error
    return _KeyRaced() if cause.diag.table_name == "claims_action" else Conflict()


def copy_again(changes: Sequence[projections.Change]) -> None:
    """Writes the copies of streams whose bodies an erasure has changed; call it in that transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_ON)
        projections.write_many(changes)
        cursor.execute(_OFF)


_Action = list[Any]  # a row of claims_action
_KEEP = "INSERT INTO claims_action (key, fingerprint, stream, version) VALUES (%s, %s, %s, %s)"


def _write_few(
    records: Iterable[Record], number: int, pairs: Sequence[projections.Change], actions: list[_Action], unless_erased: int | None
) -> None:
    """Events, what seals them and the copies, all in one trip to PostgreSQL.

    Two at once with one key: the second waits at the action's row until the first is committed.
    """
    said = [(_KEEP, action) for action in actions]
    said += [(_events(number), [*chain.from_iterable(records)])]
    said += [] if unless_erased is None else [(erasure_guard.SINCE, [unless_erased])]
    said += [(_ON, []), *projections.sql_statements(pairs), (_OFF, [])]
    # In somebody's transaction a failure must leave it whole.
    with transaction.atomic() if connection.in_atomic_block else nullcontext():
        pipeline.send(said)


@cache
def _events(number: int) -> str:
    return f"""
        WITH written AS (INSERT INTO claims_event ({codec.COLUMNS}) VALUES {", ".join([_ROW] * number)} RETURNING number)
        INSERT INTO claims_pending (number) SELECT number FROM written"""  # noqa: S608 - nothing but our own names


# The numbers are drawn after the states that the events follow were read.
_DRAW = """
WITH drawn AS (
    INSERT INTO claims_pending (number)
    SELECT nextval((SELECT pg_get_serial_sequence('claims_event', 'number')::regclass)) FROM generate_series(1, %s) RETURNING number
) SELECT number FROM drawn ORDER BY number
"""


def _write_many(
    records: Iterable[Record], number: int, pairs: Sequence[projections.Change], actions: list[_Action], unless_erased: int | None
) -> None:
    """The same for a batch, by COPY: while PostgreSQL takes some rows in, the next ones are made here."""
    with transaction.atomic(), connection.cursor() as cursor:
        for action in actions:
            cursor.execute(_KEEP, action)
        cursor.execute(_DRAW, [number])
        numbers = cursor.fetchall()
        text_format.copy_lines(
            "claims_event", f"number, {codec.COLUMNS}", ([n, *record] for (n,), record in zip(numbers, records, strict=True))
        )
        if unless_erased is not None:
            cursor.execute(erasure_guard.SINCE, [unless_erased])
        cursor.execute(_ON)
        projections.write_many(pairs)
        cursor.execute(_OFF)


# ── order

_SEAL_LOCK = 4_775_617_001

# OFFSET 0 has each event looked up by its number: else PostgreSQL may read the whole log beside some thousand that are pending.
_SEAL = """
WITH taken AS (DELETE FROM claims_pending RETURNING number),
last AS (SELECT coalesce(max(position), -1) AS position, max(sealed_at) AS sealed_at FROM claims_position),
numbered AS (
    SELECT t.number, e.entry, row_number() OVER (ORDER BY t.number) AS place
    FROM taken t CROSS JOIN LATERAL (SELECT entry FROM claims_event WHERE number = t.number OFFSET 0) e
), placed AS (
    SELECT l.position + n.place AS position, n.number, n.entry,
           greatest(clock_timestamp(), l.sealed_at) + n.place * interval '1 microsecond' AS sealed_at
    FROM numbered n, last l
)
INSERT INTO claims_position (position, number, sealed_at, leaf)
SELECT position, number, sealed_at,
       sha256('\\x00'::bytea || convert_to(
           to_char(sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || entry, 'UTF8'))
FROM placed
"""


def seal(*, wait: bool = True) -> int:
    """Gives every committed event that has none its place in the global order; returns how many.

    A reader waits for another sealer; the periodic task (`wait=False`) leaves the work to it. The statement starts
    after the lock is had, so that it sees what the other has done (READ COMMITTED).
    """
    with transaction.atomic(), connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEAL_LOCK])
        else:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_SEAL_LOCK])
            if not cursor.fetchone()[0]:
                return 0
        cursor.execute(_SEAL)
        return int(cursor.rowcount)
