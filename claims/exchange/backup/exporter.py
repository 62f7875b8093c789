"""An install as rows, read in one moment: all of it, or what was known by a moment that has passed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from claims.erasure import redaction
from claims.exchange.backup.row_types import (
    FORMAT,
    ActionRow,
    AnyRow,
    ErasureRow,
    EventRow,
    FeedRow,
    Head,
    OutletWatchRow,
    ReadingRow,
    RevisionRow,
    Root,
    SnapshotRow,
    TextRow,
    WatchRow,
)
from claims.ledger import history
from claims.tree import Frontier

Progress = Callable[[int, int], None]

# What was known at position %(last)s: a revision once an event has vouched for it, a text once such a revision names it.
# Texts that no revision names were captured before revisions did so; they are known from their own moment.
_KNOWN = """
WITH vouched AS (
    SELECT e.stream, max((e.body::json->>'number')::int) AS number
    FROM claims_event e JOIN claims_position p USING (number)
    WHERE e.type = 'SourceRevised' AND p.position <= %(last)s GROUP BY e.stream
), named AS (
    SELECT r.subject_id AS document, decode(r.data::json->>'text', 'hex') AS text, r.number
    FROM sources_revision r WHERE r.subject_type = 'document' AND coalesce(r.data::json->>'text', '') <> ''
), known AS (
    SELECT s.* FROM sources_snapshot s JOIN vouched v ON v.stream = s.document_id
    WHERE EXISTS (SELECT FROM named n WHERE n.document = s.document_id AND n.text = s.content_id AND n.number <= v.number)
       OR s.captured_at <= coalesce(%(at)s, 'infinity'::timestamptz)
          AND NOT EXISTS (SELECT FROM named n WHERE n.document = s.document_id AND n.text = s.content_id)
)
"""
_REVISIONS = """
SELECT r.subject_type, r.subject_id, r.number, r.data, r.digest, r.by, r.reason, r.at
FROM sources_revision r JOIN vouched v ON v.stream = r.subject_id WHERE r.number <= v.number ORDER BY r.id
"""
_TEXTS = "SELECT digest, text FROM sources_content WHERE digest IN (SELECT content_id FROM known) ORDER BY digest"
_SNAPSHOTS = """
SELECT id, document_id, content_id, captured_at, captured_by, media_type, raw, raw_digest, extractor, fetched::text
FROM known ORDER BY id
"""
_READINGS = """
SELECT w.key, w.due_at, w.attempts, w.error, w.done_at, w.gave_up_at, w.created_at
FROM sources_work w JOIN known ON w.key = 'read:' || known.id ORDER BY known.id
"""
_WATCHES = """
SELECT w.document_id, w.attention, w.off_until, w.set_by, w.set_at
FROM sources_watch w JOIN vouched v ON v.stream = w.document_id ORDER BY w.document_id
"""
_OUTLETS = """
SELECT w.outlet_id, w.attention, w.off_until, w.set_by, w.set_at
FROM sources_outletwatch w JOIN vouched v ON v.stream = w.outlet_id ORDER BY w.outlet_id
"""
_FEEDS = """
SELECT f.outlet_id, f.url, f.every, f.pages, f.created_at, f.attention, f.off_until, f.set_by, f.set_at
FROM sources_feed f JOIN vouched v ON v.stream = f.outlet_id ORDER BY f.url COLLATE "C"
"""
_EVENTS = """
SELECT p.position, p.sealed_at, p.leaf, e.entry, e.body, e.salt
FROM claims_position p JOIN claims_event e USING (number) WHERE p.position <= %(last)s ORDER BY p.position
"""
_ACTIONS = """
SELECT a.key, a.fingerprint, a.stream, a.version
FROM claims_action a JOIN claims_event e USING (stream, version) JOIN claims_position p USING (number)
WHERE p.position <= %(last)s ORDER BY a.key COLLATE "C"
"""

_HELD_BODIES = """
SELECT e.id::text FROM claims_event e JOIN claims_position p USING (number)
WHERE p.position <= %(last)s AND e.id::text = ANY(%(named)s) ORDER BY 1
"""
_HELD_TEXTS = _KNOWN + "SELECT DISTINCT encode(content_id, 'hex') FROM known WHERE encode(content_id, 'hex') = ANY(%(named)s) ORDER BY 1"  # noqa: S608
_HELD_REVISIONS = (
    _KNOWN
    + """
SELECT r.subject_id || '/' || r.number FROM sources_revision r JOIN vouched v ON v.stream = r.subject_id
WHERE r.number <= v.number AND r.subject_id || '/' || r.number = ANY(%(named)s) ORDER BY 1
"""
)

# Which statement gives which rows, and how many are fetched at once: texts are large.
_PARTS: tuple[tuple[type[Any], str, int], ...] = (
    (RevisionRow, _KNOWN + _REVISIONS, 1000),
    (TextRow, _KNOWN + _TEXTS, 10),
    (SnapshotRow, _KNOWN + _SNAPSHOTS, 10),
    (ReadingRow, _KNOWN + _READINGS, 1000),
    (WatchRow, _KNOWN + _WATCHES, 1000),
    (OutletWatchRow, _KNOWN + _OUTLETS, 1000),
    (FeedRow, _KNOWN + _FEEDS, 1000),
    (EventRow, _EVENTS, 2000),
    (ActionRow, _ACTIONS, 2000),
)
_OF_NOW = (ReadingRow, WatchRow, OutletWatchRow, FeedRow)


def export_rows(at: datetime | None = None, progress: Progress = lambda done, total: None) -> Iterator[AnyRow]:
    """Every row, in the order of row_types.ORDER; nothing that became known after `at`. Raises history.NotYet.

    All is read in one snapshot of the database and little is held in memory. Which readings are owed and what is watched is
    no knowledge, so it is left out as of a moment.
    """
    last = history.through(at) if at else history.newest()
    with _one_moment():
        yield Head(format=FORMAT, events=last + 1, as_of=at.astimezone(UTC) if at else None)
        edge = Frontier()
        for kind, sql, batch in _PARTS:
            if kind in _OF_NOW and at:
                continue
            for values in _fetched(sql, {"last": last, "at": at}, batch):
                row = kind(*values)
                if isinstance(row, EventRow):
                    edge.add(row.leaf)
                    progress(edge.size, last + 1)
                yield row
            if kind is EventRow:
                yield Root(size=edge.size, root=edge.root())
                if erased := _erased_since(last, at):
                    yield erased


def _erased_since(last: int, at: datetime | None) -> ErasureRow | None:
    """What later erasures changed of what was known at position `last`: it reads as they left it, now and for ever."""
    later = [erased for position, erased in redaction.placed() if position > last]
    allowed = redaction.Allowed(later)
    with connection.cursor() as cursor:
        known: list[dict[str, str]] = []
        for sql, named in ((_HELD_BODIES, allowed.bodies), (_HELD_TEXTS, allowed.texts), (_HELD_REVISIONS, allowed.revisions)):
            cursor.execute(sql, {"last": last, "at": at, "named": list(named)})
            known.append({key: named[key] for (key,) in cursor.fetchall()})
    return ErasureRow(*known) if any(known) else None


@contextmanager
def _one_moment() -> Iterator[None]:
    own = not connection.in_atomic_block
    with transaction.atomic():
        if own:  # inside somebody's transaction it is theirs to say
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _fetched(sql: str, words: dict[str, Any], batch: int) -> Iterator[Sequence[Any]]:
    """Rows through a cursor of the server's, whatever proxy is between: the transaction stays on one connection."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, words)
        while found := cursor.fetchmany(batch):
            for row in found:
                yield [bytes(value) if isinstance(value, memoryview) else value for value in row]
