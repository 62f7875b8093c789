"""Everything that can happen to a claim, a flag or a source: past tense, frozen, and for ever.

Add a field with a default; never rename one. A new meaning is a new event. Where a payload must change its shape, its
type's `schema` goes up by one and upcasting.py says how the old one is read. A sample of every payload ever stored is
kept in tests/data/events/.
"""

from functools import lru_cache

import msgspec

from claims.domain import upcasting
from claims.domain.events.base import TYPES as TYPES
from claims.domain.events.base import Event as Event
from claims.domain.events.base import event as event

# Every class of these modules is an event: whoever adds one writes it there and nowhere else.
from claims.domain.events.claims import *  # noqa: F403
from claims.domain.events.flags import *  # noqa: F403
from claims.domain.events.public_records import *  # noqa: F403
from claims.domain.events.sources import *  # noqa: F403


@lru_cache(maxsize=64)
def _decoder(name: str) -> msgspec.json.Decoder[Event]:
    return msgspec.json.Decoder(TYPES[name])


_encoder = msgspec.json.Encoder(order="sorted", decimal_format="string")


def body_of(happened: Event) -> str:
    """The event's data as canonical JSON text (RFC 8785; decimals and times are strings)."""
    return _encoder.encode(happened).decode()


def read(name: str, schema: int, body: str) -> Event:
    """The event that was stored as `body`, whatever schema it was written with.

    Raises KeyError for a type this program does not know, upcasting.TooNew for a schema it does not know yet.
    """
    known = TYPES[name].schema
    if schema == known:
        return _decoder(name).decode(body)
    return msgspec.convert(upcasting.raised(name, msgspec.json.decode(body), schema=schema, to=known), TYPES[name])
