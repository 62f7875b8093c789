"""What a snapshot is in an archive, and the snapshots of this install one after another."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from sources.models import Snapshot

Progress = Callable[[int, int], None]
BATCH = 10  # snapshots held at once: each may be some megabytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivedSnapshot:
    """A snapshot with what is known of its document. `raw` is None where the bytes were the text itself, or were erased."""

    id: str
    document: str
    at: datetime
    text: str
    raw: bytes | None = None
    media_type: str = "text/plain"
    extractor: str = ""
    fetched: dict[str, Any] | None = None
    erased: str = ""  # "text": words of it were struck out, and its bytes with them; "bytes": only the bytes are gone
    url: str = ""
    title: str = ""
    outlet: str = ""
    authors: tuple[str, ...] = ()
    language: str = ""
    published: str = ""  # EDTF


def snapshots(progress: Progress = lambda done, total: None) -> Iterator[ArchivedSnapshot]:
    """Every snapshot, in the order of capture, read in one moment while everybody works on."""
    rows = Snapshot.objects.select_related("content", "document__outlet").order_by("pk")
    total = rows.count()
    with transaction.atomic():
        for done, row in enumerate(rows.iterator(chunk_size=BATCH), 1):
            yield _kept(row)
            progress(done, total)


def _kept(row: Snapshot) -> ArchivedSnapshot:
    document = row.document
    return ArchivedSnapshot(
        id=str(row.pk),
        document=str(document.pk),
        at=row.captured_at.astimezone(UTC),
        text=row.text,
        raw=None if row.raw is None else bytes(row.raw),
        media_type=row.media_type,
        extractor=row.extractor,
        fetched=row.fetched,
        erased=_erased(row),
        url=document.url,
        title=document.title,
        outlet=document.outlet.name if document.outlet else "",
        authors=tuple(document.authors),
        language=document.language,
        published=(document.published or {}).get("edtf") or "",
    )


def _erased(row: Snapshot) -> str:
    """What an erasure left: a text is not what its digest is of; bytes that were there and were not the text are gone."""
    if hashlib.sha256(row.text.encode()).digest() != bytes(row.content_id):
        return "text"
    gone = row.raw is None and row.raw_digest is not None and bytes(row.raw_digest) != bytes(row.content_id)
    return "bytes" if gone else ""
