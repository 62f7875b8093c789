"""Everything that can happen to a claim, a flag or a source: past tense, frozen, and for ever.

Add a field with a default; never rename one. A new meaning is a new event. Where a payload must change its shape, its
type's `schema` goes up by one and upcasting.py says how the old one is read. A sample of every payload ever stored is
kept in tests/data/events/.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, ClassVar, TypeVar, dataclass_transform

import msgspec

from claims.domain import upcasting
from claims.domain.choices import Kind, Polarity, Rating, Relation, Scheme, Severity
from claims.domain.values import Exhibit, Figure, Hop, ShownExhibit, ShownSources, SpeakerAsRead
from sources.text.edtf import ImpreciseDate

TYPES: dict[str, type["Event"]] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happened. `schema` is the version of the payload's shape."""

    schema: ClassVar[int] = 1

    @property
    def type(self) -> str:
        """The name it is stored under."""
        return type(self).__name__


E = TypeVar("E", bound=Event)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
def event(made: type[E]) -> type[E]:
    """A frozen dataclass of plain values that the ledger can hold."""
    frozen = dataclass(frozen=True, slots=True, kw_only=True)(made)
    TYPES[frozen.__name__] = frozen
    return frozen


@event
class ClaimRecorded(Event):
    """A claim was written down: one speaker, one proposition, one occasion."""

    statement: str
    kind: Kind
    speaker: SpeakerAsRead
    quote: str | None = None
    start: int | None = None
    end: int | None = None
    prefix: str | None = None
    suffix: str | None = None
    language: str = ""
    attributions: tuple[Hop, ...] = ()
    document: str | None = None
    snapshot: str | None = None
    snapshot_digest: str | None = None
    source: str = ""
    said_on: ImpreciseDate | None = None
    scope: ImpreciseDate | None = None
    due: ImpreciseDate | None = None
    quantities: tuple[Figure, ...] = ()
    polarity: Polarity = Polarity.AFFIRMED  # of the proposition: do its own words negate?
    denial: bool = False  # the speaker denies the proposition; the statement says so
    superlative: bool = False
    check_worthiness: Decimal | None = None
    why: tuple[str, ...] = ()
    criteria: str = ""
    tags: tuple[str, ...] = ()
    notes: str = ""
    reader: str = ""


@event
class ClaimRevised(Event):
    """Somebody corrected a claim: `changes` names the fields of ClaimRecorded that changed and what they are now."""

    changes: dict[str, Any]
    reason: str


@event
class ClaimRedated(Event):
    """The program counted a claim's dates anew, since its document's publication date was corrected.

    `changes` as in ClaimRevised; `before` and `published` are the publication dates (EDTF) then and now, `reason` the correction's.
    """

    changes: dict[str, Any]
    before: str | None = None
    published: str | None = None
    reason: str = ""


@event
class ClaimRedatingOffered(Event):
    """The same for a claim that people had worked on: `changes` is offered to them and not applied; empty, an offer is taken back."""

    changes: dict[str, Any]
    before: str | None = None
    published: str | None = None
    reason: str = ""


@event
class ClaimReread(Event):
    """The program read a claim's text again with another version of the reader, and took over what nobody had set.

    `changes` as in ClaimRevised; empty where the new version reads the same. `reader` read it now, `before_reader` before.
    """

    changes: dict[str, Any]
    reader: str
    before_reader: str = ""


@event
class ClaimRereadingOffered(Event):
    """The same for what people had worked on: `changes` is all that is offered to them now, and not applied.

    It replaces what was offered by an earlier rereading; empty, that offer is taken back.
    """

    changes: dict[str, Any]
    reader: str


@event
class ClaimAccepted(Event):
    """A proposed claim was found worth the desk's time."""


@event
class ClaimRejected(Event):
    """A claim was turned down."""

    reason: str


@event
class ClaimAssigned(Event):
    """A claim was given to somebody (a user name)."""

    assignee: str


@event
class ClaimScheduled(Event):
    """An editor set when a claim is due, or that it is not."""

    due: ImpreciseDate | None
    reason: str = ""


@event
class HorizonRegistered(Event):
    """Before its window opened, the desk wrote down by when and by what a prediction will be settled."""

    due: ImpreciseDate
    criteria: str


@event
class EvidenceAdded(Event):
    """A piece of evidence was put beside a claim."""

    evidence: str
    exhibit: Exhibit


@event
class EvidenceWithdrawn(Event):
    """A piece of evidence was taken back: it stays in sight, and counts for nothing any more. `exhibit` is what it was."""

    evidence: str
    exhibit: Exhibit
    reason: str


@event
class VerdictProposed(Event):
    """Somebody judged a claim; it stands once another has approved it.

    `known_since` is the day since when the outcome was known, where somebody said so; `shown` freezes how the sources will be shown.
    """

    verdict: str
    scheme: Scheme
    rating: Rating
    rationale: str
    evidence: tuple[str, ...] = ()
    known_since: date | None = None
    shown: ShownSources | None = None


@event
class VerdictApproved(Event):
    """A second person approved the proposed verdict: it stands from now on."""

    verdict: str


@event
class VerdictReturned(Event):
    """A proposed verdict was sent back and dropped."""

    verdict: str
    reason: str


@event
class ClaimPublished(Event):
    """A judged claim went out of the house."""


@event
class CorrectionProposed(Event):
    """A change of what was judged, which stands once another person has approved it.

    `changes` as in ClaimRevised. `withdrawn` names pieces of evidence that are to be taken back; `registers`: the due date and the
    criteria are to be registered. `shown` is how readers will be shown the sources. `subject` is the outlet, speaker or document
    whose own change asks for it, or the claim itself where the program reads it otherwise now; empty where a person asks.
    """

    correction: str
    changes: dict[str, Any]
    reason: str
    withdrawn: tuple[str, ...] = ()
    registers: bool = False
    shown: ShownSources | None = None
    subject: str = ""


@event
class CorrectionReturned(Event):
    """A proposed correction was sent back and dropped."""

    correction: str
    reason: str


@event
class CorrectionIssued(Event):
    """What was judged was put right: a published claim's verdict replaced by a newer one, or a correction approved."""

    verdict: str = ""
    superseded: str = ""
    correction: str = ""


@event
class ClaimWithdrawn(Event):
    """A claim was taken back."""

    reason: str


@event
class ClaimReopened(Event):
    """A finished claim went back to review."""

    reason: str


@event
class ClaimMerged(Event):
    """A claim was found to be the same as another, which goes on for both."""

    into: str
    reason: str = ""


@event
class ClaimTookIn(Event):
    """The other end of a merge: this claim goes on for a duplicate of it."""

    duplicate: str
    reason: str = ""


@event
class ClaimUnmerged(Event):
    """A merge was taken back: the claim stands for itself again, where it stood before."""

    into: str
    reason: str


@event
class ClaimGaveBack(Event):
    """The other end of a merge that was taken back."""

    duplicate: str
    reason: str


@event
class ClaimLinked(Event):
    """Somebody judged what this claim and another are to each other; a later judgement of the two replaces it.

    The same event stands at both ends: `outward` where the relation is read from this claim to the other.
    """

    link: str
    other: str
    relation: Relation
    outward: bool
    reason: str = ""


@event
class ClaimUnlinked(Event):
    """The judgement of two claims was taken back, at both ends."""

    link: str
    other: str
    reason: str


@event
class FlagRaised(Event):
    """A rule found something about a claim that needs a person."""

    claim: str
    rule: str
    key: str
    code: str
    parameters: dict[str, str] = field(default_factory=dict)
    severity: Severity = Severity.WARNING
    due_on: date | None = None


@event
class FlagResolved(Event):
    """Somebody did what the flag asked."""

    reason: str = ""


@event
class FlagDismissed(Event):
    """Somebody found the flag beside the point."""

    reason: str


@event
class FlagSnoozed(Event):
    """A flag sleeps until a day."""

    until: date


@event
class FlagAssigned(Event):
    """A flag was given to somebody (a user name)."""

    assignee: str


@event
class FlagCleared(Event):
    """What the flag was about has ended."""


@event
class PublicRecordIssued(Event):
    """Exactly what readers are shown of a claim from now on; on a stream of its own, written by the program.

    `number` counts a claim's records from 1; `cause` is `published`, `correction`, `verdict` (a superseding one), `erasure`,
    `restored` (a merge was taken back) or `upgrade`; `reason` is that of a correction. A record made at an upgrade says when
    the claim had been published and corrected (RFC 3339, UTC).
    """

    claim: str
    number: int
    statement: str
    kind: Kind | None
    language: str = ""
    quote: str | None = None
    prefix: str | None = None
    suffix: str | None = None
    speaker: SpeakerAsRead | None = None
    source: str = ""
    title: str = ""
    address: str = ""
    said_on: ImpreciseDate | None = None
    publication: ImpreciseDate | None = None
    due: ImpreciseDate | None = None
    figures: tuple[Figure, ...] = ()
    criteria: str = ""
    scheme: Scheme | None = None
    rating: Rating | None = None
    rationale: str = ""
    known_since: date | None = None
    exhibits: tuple[ShownExhibit, ...] = ()
    cause: str = "published"
    reason: str = ""
    under_review: bool = False
    first_published_at: str = ""
    last_corrected_at: str = ""


@event
class PublicRecordMarked(Event):
    """A published claim went back to review, and stays public: readers are told so."""

    under_review: bool = True


@event
class PublicRecordWithdrawn(Event):
    """A claim is no longer public: `cause` is `withdrawn` or `merged`; `into` is the claim that goes on for it."""

    cause: str
    into: str = ""


@event
class PublicRecordErased(Event):
    """Words were made unreadable in records of this claim: `bodies` gives the digests, by event id, of how they read since."""

    bodies: dict[str, str]


@event
class SourceRevised(Event):
    """An outlet, a speaker or a document changed; the digest vouches for its revision, as do why and when (RFC 3339, UTC)."""

    subject_type: str
    number: int
    digest: str
    reason: str = ""
    at: str = ""


@event
class Erased(Event):
    """Words were made unreadable wherever they stood. Only what is named here may differ from what was written.

    Each map gives SHA-256 (hex) of what stands there now: `bodies` by event id (of salt and body), `texts` by the digest
    of the text as it was captured, `revisions` by `SUBJECT/NUMBER`.
    """

    reason: str
    bodies: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    revisions: dict[str, str] = field(default_factory=dict)


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
