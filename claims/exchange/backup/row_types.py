"""What a copy of an install is made of, a row each, in the order in which they come."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

import msgspec

FORMAT = 1
Attention = Literal["on", "paused", "stopped"]


class Row(msgspec.Struct, frozen=True, tag_field="row", forbid_unknown_fields=True):
    """One row. Bytes are base64 where it is written down, times RFC 3339 in UTC."""


class Head(Row, frozen=True, tag="isnad"):
    """What follows: how many events, and as of when where it is not all of them."""

    format: int
    events: int
    as_of: datetime | None = None


class RevisionRow(Row, frozen=True, tag="revision"):
    """A state of an outlet, a speaker or a document. Their tables are made from the last ones."""

    subject_type: str
    subject_id: UUID
    number: int
    data: str
    digest: bytes
    by: str
    reason: str
    at: datetime


class TextRow(Row, frozen=True, tag="text"):
    """A text; `digest` is SHA-256 of it in UTF-8."""

    digest: bytes
    text: str


class SnapshotRow(Row, frozen=True, tag="snapshot"):
    """Which document carried which text, and the bytes it came in."""

    id: UUID
    document: UUID
    text: bytes
    captured_at: datetime
    captured_by: str
    media_type: str
    raw: bytes | None
    raw_digest: bytes | None
    extractor: str
    fetched: str | None = None  # JSON


class ReadingRow(Row, frozen=True, tag="reading"):
    """A reading of a snapshot that is owed, done or given up."""

    key: str
    due_at: datetime
    attempts: int
    error: str
    done_at: datetime | None
    gave_up_at: datetime | None
    created_at: datetime


class WatchRow(Row, frozen=True, tag="watch"):
    """What people decided about looking at a document's page again. What came of the looks stays where they were taken."""

    document: UUID
    attention: Attention
    off_until: date | None
    set_by: str
    set_at: datetime | None


class OutletWatchRow(Row, frozen=True, tag="outlet-watch"):
    """The same for all of an outlet."""

    outlet: UUID
    attention: Attention
    off_until: date | None
    set_by: str
    set_at: datetime | None


class FeedRow(Row, frozen=True, tag="feed"):
    """A feed that brings documents, and how it was asked for."""

    outlet: UUID
    url: str
    every: int
    pages: bool
    created_at: datetime
    attention: Attention
    off_until: date | None
    set_by: str
    set_at: datetime | None


class EventRow(Row, frozen=True, tag="event"):
    """An event in its place. What the entry says is said here only once."""

    position: int
    sealed_at: datetime
    leaf: bytes
    entry: str
    body: str
    salt: bytes


class Root(Row, frozen=True, tag="root"):
    """The root of the hash tree over the events before: what a signed head of this size must say."""

    size: int
    root: bytes


class ErasureRow(Row, frozen=True, tag="erasure"):
    """What was erased after the moment that this copy is as of: it reads otherwise than it was written, as said here."""

    bodies: dict[str, str]
    texts: dict[str, str]
    revisions: dict[str, str]


class ActionRow(Row, frozen=True, tag="action"):
    """An action's key, and what it came to."""

    key: str
    fingerprint: bytes
    stream: UUID
    version: int


class End(Row, frozen=True, tag="end"):
    """Nothing is missing: how many lines came before, and SHA-256 of them."""

    lines: int
    sha256: str


ORDER: tuple[type[Row], ...] = (
    Head, RevisionRow, TextRow, SnapshotRow, ReadingRow, WatchRow, OutletWatchRow, FeedRow, EventRow, Root, ErasureRow, ActionRow, End,
)  # fmt: skip
AnyRow = (
    Head | RevisionRow | TextRow | SnapshotRow | ReadingRow | WatchRow | OutletWatchRow | FeedRow
    | EventRow | Root | ErasureRow | ActionRow | End
)  # fmt: skip
