"""Two texts of one document side by side: what changed, and which claims' quotes still stand."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from claims.choices import CLOSED
from claims.models import Claim
from sources.models import Document, Snapshot
from sources.text.changes import Change, Place, Standing, changes, stands

MOST = 500  # claims of one document that are looked at; an article of a newspaper holds some twenty


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim's quote: where it stands in the older text (None: nowhere that can be said), and what became of it in the newer."""

    claim: Claim
    start: int | None
    place: Place

    @property
    def length(self) -> int:
        """In Unicode code points."""
        return len(self.claim.quote or "")


@dataclass(frozen=True, slots=True)
class Compared:
    """What makes one text of another, and the quotes of the document's claims in both."""

    older: Snapshot
    newer: Snapshot
    changes: tuple[Change, ...]
    quotes: tuple[Quote, ...]


def of(document: Document) -> QuerySet[Snapshot]:
    """Its texts, newest first, without the bytes they came in."""
    return document.snapshots.select_related("content").defer("raw").order_by("-captured_at", "-id")


def before(text: Snapshot) -> Snapshot | None:
    """The text that its document had before this one."""
    earlier = Q(captured_at__lt=text.captured_at) | Q(captured_at=text.captured_at, pk__lt=text.pk)
    return of(text.document).filter(earlier).first()


def compare(older: Snapshot, newer: Snapshot) -> Compared:
    """Compares two texts of a document; a text with itself has no changes. Quotes of closed claims are left out."""
    made = () if older.pk == newer.pk else changes(older.text, newer.text)
    return Compared(older, newer, made, tuple(_quotes(older, newer)))


def _quotes(older: Snapshot, newer: Snapshot) -> Iterator[Quote]:
    asked = Claim.objects.filter(document=older.document_id, snapshot__isnull=False, quote__gt="").exclude(status__in=CLOSED)
    for claim in asked.order_by("start", "id")[:MOST]:
        yield Quote(claim, _placed(claim, older).start, _placed(claim, newer))


def _placed(claim: Claim, text: Snapshot) -> Place:
    if claim.snapshot_id == text.pk:
        return Place(Standing.STANDING, claim.start)
    return stands(claim.quote or "", claim.prefix or "", claim.suffix or "", text.text, start=claim.start)
