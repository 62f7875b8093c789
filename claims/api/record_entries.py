"""What feeds and calendars tell of public records: their entries, made of the records alone, in the language that is active."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.domain import dates_in_words, events
from claims.domain.choices import UNSETTLED, Kind, Rating, Stance
from claims.domain.events import PublicRecordIssued
from claims.domain.fields import LABELS
from claims.domain.values import ShownExhibit, SpeakerAsRead
from claims.exchange.formats import atom, calendar
from claims.models import EventRecord, PublicRecord

ENTRIES = 50  # of a feed
COMING, PASSED = 1000, 500  # of the calendar: the next to be due, and the last that were
AWAITED = (Kind.PREDICTION, Kind.COMMITMENT)
ISSUED = PublicRecordIssued.__name__


# ── what was published


def published() -> list[atom.Entry]:
    """The newest public claims: an entry each, which is updated by every record but the first. One query."""
    return [_published(row, _read(row.record)) for row in PublicRecord.objects.standing().order_by("-first_issued_at", "-id")[:ENTRIES]]


def _published(row: PublicRecord, record: PublicRecordIssued) -> atom.Entry:
    return atom.Entry(
        id=f"urn:uuid:{row.claim_id}",
        title=record.statement,
        link=link(row.claim_id),
        published_at=row.first_issued_at,
        updated_at=max(row.first_issued_at, row.issued_at),
        paragraphs=(
            _said(record),
            f"“{record.quote}”" if record.quote else "",
            _("Verdict: %s") % record.rating.label if record.rating else "",
            record.rationale,
            _("This claim is under review again.") if row.under_review else "",
        ),
        categories=(record.kind or "", record.rating or ""),
    )


# ── what was put right


def corrections() -> list[atom.Entry]:
    """The newest records of public claims but the first of each, with what read otherwise before. Two queries."""
    standing = PublicRecord.objects.standing().values("pk")
    found = list(EventRecord.objects.filter(type=ISSUED, version__gt=1, stream__in=standing).order_by("-number")[:ENTRIES])
    every = {
        (row.stream, row.version): _issued(row) for row in EventRecord.objects.filter(type=ISSUED, stream__in={e.stream for e in found})
    }
    numbered = {(stream, record.number): record for (stream, _version), record in every.items()}
    later = [(event, every[event.stream, event.version]) for event in found]
    # What an upgrade issued was public before: nobody is told of it as of something new.
    return [_correction(event, numbered[event.stream, after.number - 1], after) for event, after in later if after.cause != "upgrade"]


def _issued(row: EventRecord) -> PublicRecordIssued:
    record = events.read(row.type, row.schema, row.body)
    assert isinstance(record, PublicRecordIssued)
    return record


def _correction(event: EventRecord, before: PublicRecordIssued, after: PublicRecordIssued) -> atom.Entry:
    return atom.Entry(
        id=f"urn:uuid:{event.id}",
        title=_("Correction: %s") % after.statement,
        link=link(UUID(after.claim)),
        published_at=event.recorded_at,
        updated_at=event.recorded_at,
        paragraphs=(
            _said(after),
            str(_CAUSES.get(after.cause, "")),
            *differences(before, after),
            _("Reason: %s") % after.reason if after.reason else "",
            after.rationale,
        ),
        categories=(after.kind or "", after.rating or ""),
    )


_CAUSES = {
    "erasure": gettext_lazy("Words were made unreadable."),
    "restored": gettext_lazy("The claim is public again, as it was."),
}


def differences(before: PublicRecordIssued, after: PublicRecordIssued) -> Iterator[str]:
    """What reads otherwise in a later record: a sentence for each field."""
    if before.rating != after.rating:
        words = {"before": _label(before.rating), "after": _label(after.rating)}
        yield _("The verdict was: %(before)s. It is now: %(after)s.") % words
    for label, read in _READ_OUT:
        was, now = read(before), read(after)
        if was != now:
            yield _("%(field)s, before: %(before)s; now: %(after)s") % {"field": label, "before": was or "–", "after": now or "–"}


def _label(rating: Rating | None) -> str:
    return str(rating.label) if rating else "–"


def _speaker(speaker: SpeakerAsRead | None) -> str:
    return " · ".join(filter(None, (speaker.name, speaker.title))) if speaker else ""


def _exhibit(exhibit: ShownExhibit) -> str:
    where = exhibit.address or exhibit.archived or exhibit.digest
    return f"{Stance(exhibit.stance).label} {where}".strip()


_READ_OUT: tuple[tuple[Any, Callable[[PublicRecordIssued], str]], ...] = (
    (LABELS["statement"], lambda r: r.statement),
    (LABELS["kind"], lambda r: str(r.kind.label) if r.kind else ""),
    (LABELS["quote"], lambda r: r.quote or ""),
    (LABELS["speaker"], lambda r: _speaker(r.speaker)),
    (LABELS["source"], lambda r: r.source),
    (gettext_lazy("title"), lambda r: r.title),
    (gettext_lazy("address"), lambda r: r.address),
    (LABELS["language"], lambda r: r.language),
    (LABELS["said_on"], lambda r: dates_in_words.readable(r.said_on or r.publication)),
    (LABELS["due"], lambda r: dates_in_words.readable(r.due)),
    (LABELS["quantities"], lambda r: "; ".join(figure.text for figure in r.figures)),
    (LABELS["criteria"], lambda r: r.criteria),
    (gettext_lazy("known since"), lambda r: dates_in_words.day(r.known_since) if r.known_since else ""),
    (gettext_lazy("evidence"), lambda r: "; ".join(map(_exhibit, r.exhibits))),
)


# ── what is still to come


def due(today: date) -> list[calendar.Entry]:
    """Public predictions and commitments that no rating has settled, over the days in which they are due. Two queries."""
    open_ones = PublicRecord.objects.standing().filter(kind__in=AWAITED, rating__in=("", *UNSETTLED))
    coming = open_ones.filter(due_last__gte=today).order_by("due_last", "id")[:COMING]
    passed = open_ones.filter(due_last__lt=today).order_by("-due_last", "-id")[:PASSED]
    return [_due(row, _read(row.record)) for row in (*reversed(passed), *coming)]


def _due(row: PublicRecord, record: PublicRecordIssued) -> calendar.Entry:
    assert row.due_last
    about: Iterable[str] = (_said(record), _("How it will be settled: %s") % record.criteria if record.criteria else "")
    return calendar.Entry(
        uid=f"{row.pk}@isnad",
        first=row.due_first or row.due_last,
        last=row.due_last,
        changed_at=row.issued_at,
        sequence=row.number,
        summary=record.statement,
        description="\n".join(filter(None, about)),
        url=link(row.claim_id),
        categories=(record.kind or "",),
    )


# ── both


def _read(plain: dict[str, Any]) -> PublicRecordIssued:
    """The record that a row holds as plain values."""
    return msgspec.convert(plain, PublicRecordIssued)


def _said(record: PublicRecordIssued) -> str:
    return " · ".join(filter(None, (record.speaker.name if record.speaker else "", record.source)))


def link(claim: UUID) -> str:
    """Where a claim is read."""
    return settings.ADDRESS + reverse("claim", args=[claim])
