"""The pages of an archive become documents and snapshots, with the day and the address they were fetched at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from sources import roles
from sources.archives import reading
from sources.archives.reading import PageRecord, RevisitRecord
from sources.archives.records import Damaged
from sources.archives.writing import CAPTURED
from sources.capturing.capture import Captured, capture
from sources.errors import Refusal
from sources.importers import incoming
from sources.models import Document, Snapshot
from sources.roles import Actor

MOST = 100_000  # pages that are known by their digest, so that one fetched again needs no look-up
Told = Callable[[int, str], None]
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Outcome:
    """What a load came to."""

    new: int = 0
    known: int = 0  # was here already
    unchanged: int = 0  # fetched again, as it was
    refused: int = 0  # no text that can be kept
    damaged: int = 0
    passed: Counter[str] = field(default_factory=Counter)  # left alone, by why


def take_in(file: IO[bytes], *, by: Actor, tell: Told, progress: Progress = lambda done, total: None) -> Outcome:
    """Keeps every page and text of the archive; loaded twice it adds nothing. Raises NotAnArchive, NotAllowed.

    Each page is kept by itself. What cannot be is told by its place (`tell(offset, why)`), and the others are.
    """
    roles.must(by, "capture")
    total = file.seek(0, 2)
    loading = _Loading(by, tell)
    for item in reading.load(file):
        loading.take(item)
        progress(max(0, item.offset), total)
    return loading.outcome


class _Loading:
    def __init__(self, by: Actor, tell: Told) -> None:
        self.by, self.tell = by, tell
        self.outcome = Outcome()
        self.known: dict[str, UUID] = {}  # payload digest → snapshot

    def take(self, item: reading.Item) -> None:
        """One more."""
        if isinstance(item, Damaged):
            self.outcome.damaged += 1
            self.tell(item.offset, item.why)
        elif isinstance(item, reading.Passed):
            self.outcome.passed[item.why] += 1
        else:
            try:
                self._again(item) if isinstance(item, RevisitRecord) else self._page(item)
            except Refusal as refusal:
                self.outcome.refused += 1
                self.tell(item.offset, f"{item.uri}: {refusal}")

    def _page(self, page: PageRecord) -> None:
        captured = _keep(page, self.by)
        if page.digest and len(self.known) < MOST:
            self.known[page.digest] = captured.snapshot.pk
        if captured.new:
            self.outcome.new += 1
        else:
            self.outcome.known += 1

    def _again(self, again: RevisitRecord) -> None:
        before = self._original(again)
        if before is None:
            self.outcome.passed["revisit ?"] += 1
            return
        document = before.document
        captured = capture(
            before.text,
            by=self.by,
            url=again.uri,
            outlet=document.outlet,
            title=document.title,
            language=document.language,
            raw=bytes(before.raw) if before.raw is not None else before.text.encode(),
            media_type=before.media_type,
            extractor=before.extractor,
            fetched=again.fetched,
            captured_at=again.at,
        )
        if captured.new:
            self.outcome.new += 1
        else:
            self.outcome.unchanged += 1

    def _original(self, again: RevisitRecord) -> Snapshot | None:
        rows = Snapshot.objects.select_related("content", "document__outlet")
        if again.digest in self.known:
            return rows.get(pk=self.known[again.digest])
        document = Document.objects.filter(url=again.of_uri).order_by("pk").first()
        earlier = rows.filter(document=document, captured_at__lte=again.of_at or again.at) if document else rows.none()
        return earlier.order_by("-captured_at", "-pk").first()


def _keep(page: PageRecord, by: Actor) -> Captured:
    """A text of our own is kept as it read; of other tools' archives the bytes are read as those of any page."""
    url = page.uri if not page.uri.startswith("urn:") else ""
    how: dict[str, Any] = {"fetched": _how(page), "captured_at": page.at}
    if not page.ours:
        return incoming.capture_bytes(page.data, by=by, media_type=page.media_type, charset=page.charset, url=url, **how)
    about: dict[str, Any] = page.about
    text = page.data.decode() if page.text is None else page.text
    if CAPTURED in about:
        how["captured_at"] = datetime.fromisoformat(about[CAPTURED])
    return capture(
        text,
        by=by,
        title=about.get("title", ""),
        url=about.get("identifier", ""),
        outlet=about.get("publisher", ""),
        authors=about.get("creator", ()),
        language=about.get("language", ""),
        published=about.get("date", ""),
        raw=page.data if about.get("isnad-erased") != "bytes" else None,
        media_type=about.get("format", page.media_type),
        extractor=about.get("extractor", ""),
        **how,
    )


def _how(page: PageRecord) -> dict[str, Any] | None:
    return page.fetched and page.fetched | {"redirects": page.about.get("redirected-from", [])}
