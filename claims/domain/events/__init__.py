"""Everything that can happen to a claim, a flag or a source: past tense, frozen, and for ever.

Add a field with a default; never rename one. A new meaning is a new event. Where a payload must change its shape, its
type's `schema` goes up by one and upcasting.py says how the old one is read. A sample of every payload ever stored is
kept in tests/data/events/.
"""

from functools import lru_cache

import msgspec

from claims.domain import upcasting
from claims.domain.events.base import TYPES, Event, event
from claims.domain.events.claims import (
    ClaimAccepted,
    ClaimAssigned,
    ClaimGaveBack,
    ClaimLinked,
    ClaimMerged,
    ClaimPublished,
    ClaimRecorded,
    ClaimRedated,
    ClaimRedatingOffered,
    ClaimRejected,
    ClaimReopened,
    ClaimReread,
    ClaimRereadingOffered,
    ClaimRevised,
    ClaimScheduled,
    ClaimTookIn,
    ClaimUnlinked,
    ClaimUnmerged,
    ClaimWithdrawn,
    EvidenceAdded,
    EvidenceWithdrawn,
    HorizonRegistered,
    VerdictApproved,
    VerdictProposed,
    VerdictReturned,
)
from claims.domain.events.flags import (
    FlagAssigned,
    FlagCleared,
    FlagDismissed,
    FlagRaised,
    FlagResolved,
    FlagSnoozed,
)
from claims.domain.events.public_records import (
    CorrectionIssued,
    CorrectionProposed,
    CorrectionReturned,
    PublicRecordErased,
    PublicRecordIssued,
    PublicRecordMarked,
    PublicRecordWithdrawn,
)
from claims.domain.events.sources import (
    Erased,
    SourceRevised,
)

__all__ = [
    "TYPES",
    "ClaimAccepted",
    "ClaimAssigned",
    "ClaimGaveBack",
    "ClaimLinked",
    "ClaimMerged",
    "ClaimPublished",
    "ClaimRecorded",
    "ClaimRedated",
    "ClaimRedatingOffered",
    "ClaimRejected",
    "ClaimReopened",
    "ClaimReread",
    "ClaimRereadingOffered",
    "ClaimRevised",
    "ClaimScheduled",
    "ClaimTookIn",
    "ClaimUnlinked",
    "ClaimUnmerged",
    "ClaimWithdrawn",
    "CorrectionIssued",
    "CorrectionProposed",
    "CorrectionReturned",
    "Erased",
    "Event",
    "EvidenceAdded",
    "EvidenceWithdrawn",
    "FlagAssigned",
    "FlagCleared",
    "FlagDismissed",
    "FlagRaised",
    "FlagResolved",
    "FlagSnoozed",
    "HorizonRegistered",
    "PublicRecordErased",
    "PublicRecordIssued",
    "PublicRecordMarked",
    "PublicRecordWithdrawn",
    "SourceRevised",
    "VerdictApproved",
    "VerdictProposed",
    "VerdictReturned",
    "body_of",
    "event",
    "read",
]


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
