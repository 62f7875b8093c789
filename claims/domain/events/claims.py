"""What happens to a claim: recorded, changed, decided, judged, published, compared."""

from datetime import date
from decimal import Decimal
from typing import Any

from claims.domain.choices import Kind, Polarity, Rating, Relation, Scheme
from claims.domain.events.base import Event, event
from claims.domain.values import Exhibit, Figure, Hop, ShownSources, SpeakerAsRead
from sources.text.edtf import ImpreciseDate


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
class ClaimUnassigned(Event):
    """A claim was taken from whoever had it (a user name), and is nobody's now."""

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
