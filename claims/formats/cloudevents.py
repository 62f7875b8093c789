"""An event of the feed in the envelope of CloudEvents 1.0: the same whether it is asked for or sent."""

from typing import Any

import msgspec
from django.urls import reverse

from claims import events
from claims.history import Sealed

PREFIX = "isnad."
TYPES = tuple(f"{PREFIX}{name}" for name in sorted(events.TYPES))


def type_of(sealed: Sealed) -> str:
    """The type as others know it."""
    return f"{PREFIX}{sealed.type}"


def cloud_event(sealed: Sealed) -> dict[str, Any]:
    """The envelope of CloudEvents 1.0; `position`, `actor`, `context` (one for all that one action did) and `version` are extensions."""
    h = sealed.happening
    return {
        "specversion": "1.0",
        "id": h.id,
        "source": reverse("events"),
        "type": type_of(sealed),
        "subject": str(h.stream),
        "time": h.at,
        "datacontenttype": "application/json",
        "position": sealed.position,
        "actor": h.actor,
        "context": str(h.context),
        "version": h.version,
        "data": msgspec.to_builtins(h.event),
    }
