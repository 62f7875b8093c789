"""An event of the feed in the envelope of CloudEvents 1.0: the same whether it is asked for or sent."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.urls import reverse

from claims import ledger
from claims.domain import events, field_changes
from claims.domain.field_changes import Change
from claims.ledger.history import Sealed

PREFIX = "isnad."
TYPES = tuple(f"{PREFIX}{name}" for name in sorted(events.TYPES))


def type_of(sealed: Sealed) -> str:
    """The type as others know it."""
    return f"{PREFIX}{sealed.type}"


def cloud_events(batch: Sequence[Sealed]) -> list[dict[str, Any]]:
    """Each event in its envelope. The data of one that can change what a claim says has `changed`: field, before, after.

    What stood there before is read from the histories of such events' claims, in one query for all of them.
    """
    streams = {sealed.happening.stream for sealed in batch if field_changes.may_change(sealed.happening.event)}
    past = ledger.happenings(list(streams)) if streams else {}
    changes = field_changes.by_event(happened for stream in past.values() for happened in stream)
    return [_cloud_event(sealed, changes) for sealed in batch]


def _cloud_event(sealed: Sealed, changes: Mapping[UUID, tuple[Change, ...]]) -> dict[str, Any]:
    """The envelope of CloudEvents 1.0 with extensions of its own.

    `position`, `actor`, `context` (one for all that one action did), `version`, and `knownat`: when the event got its place, from which
    moment on it is known. Names of extensions hold small letters and digits only.
    """
    h = sealed.happening
    data = msgspec.to_builtins(h.event)
    if field_changes.may_change(h.event):  # inside the data: an extension of the envelope may hold no lists
        data["changed"] = [change.plain() for change in changes[h.id]]
    return {
        "specversion": "1.0",
        "id": h.id,
        "source": reverse("events"),
        "type": type_of(sealed),
        "subject": str(h.stream),
        "time": h.at,
        "datacontenttype": "application/json",
        "position": sealed.position,
        "knownat": sealed.sealed_at,
        "actor": h.actor,
        "context": str(h.context),
        "version": h.version,
        "data": data,
    }
