"""An event as its row: the entry that is hashed and proved, the body whose digest the entry holds, and copies for querying."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

import orjson

from claims import events
from claims.lifecycle import Happening
from sources.roles import Actor

Record = list[Any]  # an event's row: text and whole numbers, in the order of COLUMNS
COLUMNS = "id, stream, version, type, schema, actor, context, recorded_at, entry, body, salt"
_SALT = 16  # bytes
NAMESPACE = UUID("6f1c9c3e-6c1f-5f0a-9d2b-8f1f5e0c7a11")  # of every id that derives from a key


def record_stream(claim: UUID) -> UUID:
    """The stream of a claim's public record: made of the claim's id alone, so that anybody can."""
    return uuid5(NAMESPACE, f"public-record:{claim}")


def records(written: Sequence[Happening], authors: Sequence[Actor], context: UUID) -> Iterator[Record]:
    """The rows of what happened, one after the other: who sends them on has PostgreSQL at work while the next ones are made."""
    group = str(context)
    salts = os.urandom(_SALT * len(written))  # drawn together: each draw is a call of the system
    for n, (h, by) in enumerate(zip(written, authors, strict=True)):
        body, salt = events.body_of(h.event), salts[_SALT * n : _SALT * (n + 1)]
        id, stream, type = str(h.id), str(h.stream), h.event.type
        at = stamp(h.at)
        entry = _entry(_actor(by), body_digest(salt, body), group, id, at, h.event.schema, stream, type, h.version)
        yield [id, stream, h.version, type, h.event.schema, by.name, group, at, entry, body, "\\x" + salt.hex()]


def entry_of(h: Happening, by: Actor, context: UUID, body: str, salt: bytes) -> str:
    """What is hashed and proved of an event: canonical JSON (RFC 8785: ASCII keys in order, small integers, no floats)."""
    digest = body_digest(salt, body)
    return _entry(_actor(by), digest, str(context), str(h.id), stamp(h.at), h.event.schema, str(h.stream), h.event.type, h.version)


@lru_cache(maxsize=64)  # one writes many events
def _actor(by: Actor) -> str:
    return orjson.dumps({"id": by.id, "text": by.name}).decode()


def _entry(actor: str, body: str, context: str, id: str, at: str, schema: int, stream: str, type: str, version: int) -> str:  # noqa: A002
    # Written out, since of all these only the actor can hold anything to escape: a JSON writer takes three times as long.
    return (
        f'{{"actor":{actor},"body":"{body}","context":"{context}","id":"{id}","recorded_at":"{at}",'
        f'"schema":{schema},"stream":"{stream}","type":"{type}","version":{version}}}'
    )


def body_digest(salt: bytes, body: str) -> str:
    """SHA-256 of salt and body, in hex."""
    return hashlib.sha256(salt + body.encode()).hexdigest()


@lru_cache(maxsize=16)  # what one action did has one moment
def stamp(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
