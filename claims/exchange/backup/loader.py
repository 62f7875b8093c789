"""Rows become an install: all of them or none, only where there is nothing yet, and only as they were written."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import orjson
from django.db import Error, connection, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims import ledger, tree
from claims.domain import events
from claims.erasure import redaction
from claims.exchange.backup import row_types, watch_rows
from claims.exchange.backup.row_types import (
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
from claims.ledger import codec, rebuild, usernames
from claims.models import EventRecord, Loaded
from claims.transparency import source_checks
from sources.capturing import restore
from sources.errors import Category, Refusal
from sources.models import Content, Revision, new_id
from sources.roles import PROGRAM

Lines = Iterable[tuple[int, AnyRow]]
FULL, HEAVY = 5000, 16 * 1024 * 1024  # a batch is written after so many rows or bytes


class NotEmpty(Refusal):
    """Only an empty install takes a copy of another in: this one holds events, sources or texts of its own."""

    sentence = _("Only an empty install takes a copy of another in: this one holds events, sources or texts of its own.")


class Unfit(Refusal, ValueError):
    """What a row says does not fit what came before it, or is not what its digest is of."""

    sentence = _("Line %(line)d: %(why)s")
    category = Category.INVALID

    def __init__(self, line: int, why: object) -> None:
        super().__init__(line=line, why=why)


def take_in(lines: Lines, progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Loads every row and makes the tables, in one transaction; how many events there were.

    `lines` may raise what it likes: then nothing is loaded. Raises NotEmpty, Unfit.
    """
    with transaction.atomic():
        _must_be_empty()
        loading = _Loading()
        for line, row in lines:
            loading.take(line, row)
            if loading.events:
                progress(loading.events, loading.expected)
        loading.finish()
        if loading.events:
            Loaded.objects.create(through=loading.events - 1)
        usernames.gather()
        rebuild.fill(lambda done, total: None)
        if loading.later:
            _erased_elsewhere(loading.later)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # or the first questions are planned for empty tables
    return loading.events


def _erased_elsewhere(row: ErasureRow) -> None:
    """What was erased after the copy's moment reads so here, too: an erasure of this install's own says it."""
    reason = str(_("Erased where this copy was made."))
    erased = events.Erased(reason=reason, bodies=row.bodies, texts=row.texts, revisions=row.revisions)
    ledger.append({new_id(): (None, [erased])}, by=PROGRAM)


def _must_be_empty() -> None:
    with connection.cursor() as cursor:
        # Nobody writes meanwhile; who reads sees nothing until all is there.
        cursor.execute("LOCK TABLE claims_event, sources_revision, sources_content IN SHARE ROW EXCLUSIVE MODE")
    if any(model._default_manager.exists() for model in (EventRecord, Revision, Content)):
        raise NotEmpty


class _Loading:
    """Checks each row and writes it with its like."""

    def __init__(self) -> None:
        self.events = self.expected = self.line = self.rank = 0
        self.sealed_at: datetime | None = None
        self.edge = tree.Frontier()
        self.table, self.columns = "", ""
        self.batch: list[tuple[Any, ...]] = []
        self.places: list[tuple[Any, ...]] = []
        self.weight = 0
        # What is not as it was written: at which line, and how it reads. Only an erasure that is in the file may say so.
        self.differing: list[tuple[int, str, str, str]] = []
        self.allowed = redaction.Allowed(())
        self.later: ErasureRow | None = None

    def take(self, line: int, row: AnyRow) -> None:
        """One row more."""
        rank = row_types.ORDER.index(type(row))
        if rank < self.rank:
            raise Unfit(line, _("rows of this kind came before."))
        if rank > self.rank:
            self._write()
        self.rank, self.line = rank, line
        if isinstance(row, Head):
            self.expected = row.events
        elif isinstance(row, EventRow):
            self._event(line, row)
        elif isinstance(row, Root):
            if (row.size, row.root) != (self.events, self.edge.root()):
                raise Unfit(line, _("the root is not that of the events before it."))
        elif isinstance(row, ErasureRow):
            self.later = row
            self.allowed.add(events.Erased(reason="", bodies=row.bodies, texts=row.texts, revisions=row.revisions))
        elif not isinstance(row, row_types.End):
            self._other(line, row)
        if len(self.batch) >= FULL or self.weight >= HEAVY:
            self._write()

    def finish(self) -> None:
        """Writes the rest, makes what follows from it, and checks what only the whole can show."""
        self._write()
        if self.events != self.expected:
            words = {"expected": self.expected, "found": self.events}
            told = ngettext(
                "the head promised %(expected)d event, here are %(found)d.",
                "the head promised %(expected)d events, here are %(found)d.",
                self.expected,
            )
            raise Unfit(self.line, told % words)
        for line, kind, key, reads in self.differing:
            if getattr(self.allowed, kind).get(key) != reads:
                raise Unfit(line, _("it is not what was written, and no erasure in this file says that it may be."))
        restore.restore(_last_revisions())
        with connection.cursor() as cursor:
            cursor.execute(watch_rows.AS_CAPTURED)
            self._in_words(lambda: cursor.execute("SET CONSTRAINTS ALL IMMEDIATE"))
            for table, column in (("claims_event", "number"), ("sources_revision", "id"), ("sources_work", "id")):
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), greatest(max({column}), 1)) FROM {table}"  # noqa: S608
                )
            cursor.execute(_UNVOUCHED)
            if found := cursor.fetchone():
                raise Unfit(self.line, _("the revision that event %s vouches for is missing or another.") % found[0])
            for fault in source_checks.beside():
                raise Unfit(self.line, fault)
            cursor.execute(_GAPS)
            if found := cursor.fetchone():
                raise Unfit(self.line, _("an event of %s is missing.") % found[0])

    def _event(self, line: int, row: EventRow) -> None:
        if row.position != self.events:
            raise Unfit(
                line, _("position %(expected)d was to come, and here is %(found)d.") % {"expected": self.events, "found": row.position}
            )
        if self.sealed_at is not None and row.sealed_at <= self.sealed_at:
            raise Unfit(line, _("its moment is not after the one before."))
        if tree.leaf_hash(f"{codec.stamp(row.sealed_at)}\n{row.entry}".encode()) != row.leaf:
            raise Unfit(line, _("its leaf is not that of its entry."))
        try:
            said = orjson.loads(row.entry)
            at = datetime.fromisoformat(said["recorded_at"])
            actor, told = said["actor"]["text"], [said[name] for name in ("id", "stream", "version", "type", "schema")]
            context, digest = said["context"], said["body"]
        except (ValueError, KeyError, TypeError) as error:
            raise Unfit(line, _("its entry cannot be read.")) from error
        if (reads := codec.body_digest(row.salt, row.body)) != digest:
            self.differing.append((line, "bodies", told[0], reads))
        if told[3] not in events.TYPES:
            raise Unfit(line, _("this program knows no event %s: upgrade it first.") % told[3])
        if told[3] == "Erased":
            erased = events.read(told[3], told[4], row.body)
            assert isinstance(erased, events.Erased)
            self.allowed.add(erased)
        number = self.events = row.position + 1
        self.sealed_at = row.sealed_at
        self.edge.add(row.leaf)
        self._to("claims_event", "number, id, stream, version, type, schema, actor, context, recorded_at, entry, body, salt")
        self.batch.append((number, *told, actor, context, at, row.entry, row.body, row.salt))
        self.places.append((row.position, number, row.sealed_at, row.leaf))
        self.weight += len(row.entry) + len(row.body)

    def _other(self, line: int, row: AnyRow) -> None:
        if isinstance(row, RevisionRow):
            if (reads := hashlib.sha256(row.data.encode())).digest() != row.digest:
                self.differing.append((line, "revisions", f"{row.subject_id}/{row.number}", reads.hexdigest()))
            self._to("sources_revision", "subject_type, subject_id, number, data, digest, by, reason, at")
            self._add((row.subject_type, row.subject_id, row.number, row.data, row.digest, row.by, row.reason, row.at), len(row.data))
        elif isinstance(row, TextRow):
            if (reads := hashlib.sha256(row.text.encode())).digest() != row.digest:
                self.differing.append((line, "texts", row.digest.hex(), reads.hexdigest()))
            self._to("sources_content", "digest, text")
            self._add((row.digest, row.text), len(row.text))
        elif isinstance(row, SnapshotRow):
            if row.raw is not None and hashlib.sha256(row.raw).digest() != row.raw_digest:
                raise Unfit(line, _("its digest is not that of its bytes."))
            columns = "id, document_id, content_id, captured_at, captured_by, media_type, raw, raw_digest, extractor, fetched"
            self._to("sources_snapshot", columns)
            about = (row.captured_at, row.captured_by, row.media_type, row.raw, row.raw_digest, row.extractor, row.fetched)
            self._add((row.id, row.document, row.text, *about), len(row.raw or b""))
        elif isinstance(row, ReadingRow):
            self._to("sources_work", "kind, key, due_at, attempts, error, done_at, gave_up_at, created_at")
            self._add(("read", row.key, row.due_at, row.attempts, row.error, row.done_at, row.gave_up_at, row.created_at), 0)
        elif isinstance(row, (WatchRow, OutletWatchRow, FeedRow)):
            table, columns, values = watch_rows.values(row)
            self._to(table, columns)
            self._add(values, 0)
        elif isinstance(row, ActionRow):
            self._to("claims_action", "key, fingerprint, stream, version")
            self._add((row.key, row.fingerprint, row.stream, row.version), 0)

    def _to(self, table: str, columns: str) -> None:
        self.table, self.columns = table, columns

    def _add(self, values: tuple[Any, ...], weight: int) -> None:
        self.batch.append(values)
        self.weight += weight

    def _write(self) -> None:
        """The batch goes into its table; events with their positions."""
        if self.batch:
            self._in_words(lambda: _copy(self.table, self.columns, self.batch))
        if self.places:
            self._in_words(lambda: _copy("claims_position", "position, number, sealed_at, leaf", self.places))
        self.batch, self.places, self.weight = [], [], 0

    def _in_words(self, do: Callable[[], object]) -> None:
        try:
            do()
        except Error as error:  # what only PostgreSQL sees: a double, a document that is missing, a value too long
            raise Unfit(self.line, _("PostgreSQL refuses it or a row before it: %s") % str(error).splitlines()[0]) from error


def _copy(table: str, columns: str, batch: Iterable[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for values in batch:
            copy.write_row(values)


def _last_revisions() -> Iterator[tuple[str, dict[str, Any]]]:
    last = Revision.objects.order_by("subject_id", "-number").distinct("subject_id").values_list("subject_type", "data")
    for kind, data in last.iterator(chunk_size=1000):
        yield kind, orjson.loads(data)


_UNVOUCHED = """
SELECT e.id FROM claims_event e
LEFT JOIN sources_revision r ON r.subject_id = e.stream AND r.number = (e.body::json->>'number')::int
WHERE e.type = 'SourceRevised' AND (encode(r.digest, 'hex') IS DISTINCT FROM e.body::json->>'digest'
   OR r.subject_type <> e.body::json->>'subject_type' OR r.by <> left(e.actor, 150)
   OR coalesce(e.body::json->>'at', '') <> '' AND (r.at <> (e.body::json->>'at')::timestamptz OR r.reason <> e.body::json->>'reason'))
ORDER BY e.number LIMIT 1
"""
_GAPS = "SELECT stream FROM claims_event GROUP BY stream HAVING max(version) <> count(*) LIMIT 1"
