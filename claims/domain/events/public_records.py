"""What happens once something was judged: corrections, and what readers are shown."""

from datetime import date
from typing import Any

from claims.domain.choices import Kind, Rating, Scheme
from claims.domain.events.base import Event, event
from claims.domain.values import Figure, ShownExhibit, ShownSources, SpeakerAsRead
from sources.text.edtf import ImpreciseDate


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
