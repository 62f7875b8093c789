"""Two texts of one document side by side: what changed, and which claims' quotes still stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from claims.domain.choices import CLOSED
from claims.models import Claim
from sources.models import Document, Snapshot, Watch
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


def texts_of(document: Document) -> QuerySet[Snapshot]:
    """Its texts, newest first, without the bytes they came in."""
    return document.snapshots.select_related("content").defer("raw").order_by("-captured_at", "-id")


def before(text: Snapshot) -> Snapshot | None:
    """The text that its document had before this one."""
    earlier = Q(captured_at__lt=text.captured_at) | Q(captured_at=text.captured_at, pk__lt=text.pk)
    return texts_of(text.document).filter(earlier).first()


def compare(older: Snapshot, newer: Snapshot) -> Compared:
    """Compares two texts of a document; a text with itself has no changes. Quotes of closed claims are left out."""
    made = () if older.pk == newer.pk else changes(older.text, newer.text)
    return Compared(older, newer, made, tuple(_quotes(older, newer)))


@dataclass(frozen=True, slots=True)
class Since:
    """What has become of the page that a claim was read on: what it shows now, the claim's quote in that, and how many texts it had."""

    texts: int
    shown: Snapshot
    place: Place | None  # None where it shows the text that the claim was read in
    gone_since: datetime | None


def since(claim: Claim) -> Since | None:
    """The same for one claim; None where its document has one text, and its page is not gone."""
    if claim.document is None or claim.snapshot_id is None:
        return None
    watch = Watch.objects.filter(document=claim.document_id).first()
    newest, count = texts_of(claim.document).first(), claim.document.snapshots.count()
    gone = watch.failing_since if watch and watch.gone_since else None
    if newest is None or (count < 2 and not gone):
        return None
    shown = newest
    if watch and watch.snapshot_id and watch.seen_at and watch.seen_at >= newest.captured_at:
        shown = texts_of(claim.document).get(pk=watch.snapshot_id)
    return Since(count, shown, None if shown.pk == claim.snapshot_id else _placed(claim, shown), gone)


def _quotes(older: Snapshot, newer: Snapshot) -> Iterator[Quote]:
    asked = Claim.objects.filter(document=older.document_id, snapshot__isnull=False, quote__gt="").exclude(status__in=CLOSED)
    for claim in asked.order_by("start", "id")[:MOST]:
        yield Quote(claim, _placed(claim, older).start, _placed(claim, newer))


def _placed(claim: Claim, text: Snapshot) -> Place:
    if claim.snapshot_id == text.pk:
        return Place(Standing.STANDING, claim.start)
    return stands(claim.quote or "", claim.prefix or "", claim.suffix or "", text.text, start=claim.start)
