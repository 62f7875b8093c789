"""Streams folded into rows, many at a time: a range of streams is read, folded and copied into tables in one go."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, models

from claims import ledger
from claims.domain import lifecycle
from claims.domain.state import ClaimState, State
from claims.ledger import bulk, projections
from claims.models import Claim, Flag, PublicRecord

RANGE = 20_000  # events that are folded together: some 40 MB, a second's work
COPIES: tuple[type[models.Model], ...] = (Claim, *projections.PARTS, Flag, PublicRecord)
Bounds = tuple[UUID | None, UUID | None]  # streams after the first, up to the second; None is no bound

BOUNDS = """
WITH highs AS (
    SELECT DISTINCT stream AS high FROM (SELECT stream, row_number() OVER (ORDER BY stream, version) AS n FROM claims_event) e
    WHERE n %% %(size)s = 0
), edges AS (SELECT high FROM highs UNION ALL SELECT NULL)
SELECT lag(high) OVER (ORDER BY high NULLS LAST) AS low, high FROM edges ORDER BY high NULLS LAST
"""
# The moment as text: reading it here costs a tenth of what the driver's way costs.
_EVENTS = "SELECT id, stream, version, type, schema, body, actor, recorded_at::text FROM claims_event WHERE {} ORDER BY stream, version"


def bounds(size: int) -> list[Bounds]:
    """Ranges of about `size` events each that hold all streams together."""
    with connection.cursor() as cursor:
        cursor.execute(BOUNDS, {"size": size})
        return [(low, high) for low, high in cursor.fetchall()]


def fold_range(between: Bounds, prefix: str = "") -> int:
    """Copies what a range of streams adds up to into the tables named `prefix` + the copies' own names; how many events it took."""
    low, high = between
    conditions = [text for text, bound in (("stream > %s", low), ("stream <= %s", high)) if bound] or ["true"]
    return _copied(_EVENTS.format(" AND ".join(conditions)), [bound for bound in between if bound], prefix)


def fold_streams(streams: Iterable[UUID], prefix: str = "") -> int:
    """The same for these streams."""
    return _copied(_EVENTS.format("stream = ANY(%s)"), [list(streams)], prefix)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing here points in circles, and looking for what does would take a fifth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@_no_collection()
def _copied(sql: str, words: list[Any], prefix: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, words)
        read = cursor.fetchall()
    states = list(_folded(read))
    claims = [state for state in states if isinstance(state, ClaimState)]
    for model, (kind, values_of) in projections.ROOTS.items():
        of_kind = (values_of(state) for state in states if isinstance(state, kind))
        bulk.copy(model, of_kind, prefix + model._meta.db_table)
    for part in projections.PARTS:
        bulk.copy(part, (values for state in claims for values in projections.part_values(part, state)), prefix + part._meta.db_table)
    return len(read)


def _folded(read: list[tuple[Any, ...]]) -> Iterator[State]:
    for _stream, events in groupby(read, itemgetter(1)):
        past = [
            ledger.happening(id, stream, version, type, schema, body, actor, datetime.fromisoformat(at))
            for id, stream, version, type, schema, body, actor, at in events
        ]
        if state := lifecycle.fold(past):
            yield state
