"""Does the ledger still hold what it says? The first thing that is wrong is named."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims import ledger, replay
from claims.models import EventRecord, Position, Verification
from sources.models import Content, Revision, Snapshot

BATCH = 2000
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it was written, in one sentence."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def verify(since_position: int | None = None, progress: Progress = silent) -> Fault | None:
    """The first fault, or None. Whole: all that was ever kept, and that the tables equal a replay.

    With `since_position` only what was sealed after that position: its order, leaves, copies, bodies, and the texts and
    revisions that it vouches for.
    """
    ledger.seal()
    checks = [_log(since_position, progress)]
    if since_position is None:
        checks += [_unsealed(), _texts(), _raw(), _revisions(), _tables(progress)]
    return next((fault for check in checks for fault in check), None)


def verified(*, whole: bool, progress: Progress = silent) -> Verification:
    """Verifies, and keeps what came of it: wholly, or since the last time that nothing was wrong."""
    started = timezone.now()
    last = Verification.objects.order_by("-finished_at").first()
    # A fault that a whole verification found is not forgotten by the hourly one, which would not see it.
    whole = whole or (last is not None and last.whole and not last.ok)
    since = None if whole else Verification.objects.filter(ok=True).aggregate(through=Max("through"))["through"]
    fault = verify(since, progress)
    through = Position.objects.aggregate(last=Max("position"))["last"]
    return Verification.objects.create(
        started_at=started,
        finished_at=timezone.now(),
        whole=since is None,
        through=-1 if through is None else through,
        ok=fault is None,
        fault=str(fault or ""),
    )


# ── the log: positions, leaves, entries, bodies

_EVENT = ("number", "id", "stream", "version", "type", "schema", "actor", "context", "recorded_at", "entry", "body", "salt")


def _log(since: int | None, progress: Progress) -> Iterator[Fault]:
    expected = 0 if since is None else since + 1
    total = Position.objects.filter(position__gte=expected).count()
    yield from _cut_off()
    done = 0
    while True:
        rows = Position.objects.filter(position__gte=expected).order_by("position")
        batch = list(rows.values_list("position", "sealed_at", "leaf", *(f"event__{name}" for name in _EVENT))[:BATCH])
        if not batch:
            return
        for position, sealed_at, leaf, *columns in batch:
            if position != expected:
                yield Fault(_("Position %(expected)s is missing: the next one is %(found)s.") % {"expected": expected, "found": position})
            event = dict(zip(_EVENT, columns, strict=True))
            if wrong := _wrong(sealed_at, bytes(leaf), event):
                yield _at(position, event, wrong)
            expected = position + 1
        yield from _vouched_for(batch)
        done += len(batch)
        progress(done, total)


def _cut_off() -> Iterator[Fault]:
    seen = Verification.objects.filter(ok=True).aggregate(through=Max("through"))["through"]
    last = Position.objects.aggregate(last=Max("position"))["last"]
    last = -1 if last is None else last
    if seen is not None and last < seen:
        yield Fault(_("The log ends at position %(last)s, and was seen to reach %(seen)s.") % {"last": last, "seen": seen})


def _wrong(sealed_at: datetime, leaf: bytes, event: dict[str, Any]) -> str:
    """What is wrong with one event, or nothing."""
    if leaf != leaf_of(sealed_at, event["entry"]):
        return _("its leaf is not that of its entry")
    try:
        entry = orjson.loads(event["entry"])
        told = (entry["actor"]["text"], entry["context"], entry["id"], entry["schema"], entry["stream"], entry["type"], entry["version"])
    except (ValueError, KeyError, TypeError):
        return _("its entry cannot be read")
    columns = (event["actor"], str(event["context"]), str(event["id"]), event["schema"], str(event["stream"]), event["type"])
    if (*columns, event["version"]) != told or entry["recorded_at"] != ledger.stamp(event["recorded_at"]):
        return _("its columns are not those of its entry")
    if ledger.body_digest(bytes(event["salt"]), event["body"]) != entry["body"]:
        return _("its body is not the one that was written")
    return ""


def leaf_of(sealed_at: datetime, entry: str) -> bytes:
    """An event's leaf in the tree (RFC 6962): of the moment it got its place, and its entry."""
    return hashlib.sha256(b"\x00" + f"{ledger.stamp(sealed_at)}\n{entry}".encode()).digest()


def _at(position: int, event: dict[str, Any], wrong: str) -> Fault:
    words = {"position": position, "type": event["type"], "stream": event["stream"], "wrong": wrong}
    return Fault(_("The event at position %(position)s (%(type)s of %(stream)s) was changed: %(wrong)s.") % words)


# ── what the log vouches for


def _vouched_for(batch: list[Any]) -> Iterator[Fault]:
    """The revisions and the texts that these events hold digests of."""
    found = [dict(zip(_EVENT, columns, strict=True)) for _position, _at, _leaf, *columns in batch]
    yield from _revisions_of([e for e in found if e["type"] == "SourceRevised"])
    yield from _texts_of([e for e in found if e["type"] == "ClaimRecorded"])


def _revisions_of(events: list[dict[str, Any]]) -> Iterator[Fault]:
    there = {(r.subject_id, r.number): r for r in Revision.objects.filter(subject_id__in={e["stream"] for e in events})}
    for event in events:
        body = orjson.loads(event["body"])
        revision = there.get((event["stream"], body["number"]))
        words = {"number": body["number"], "type": body["subject_type"], "id": event["stream"]}
        if revision is None:
            yield Fault(_("Revision %(number)s of the %(type)s %(id)s is missing.") % words)
        elif hashlib.sha256(revision.data.encode()).hexdigest() != body["digest"]:
            yield Fault(_("Revision %(number)s of the %(type)s %(id)s is not the one that was vouched for.") % words)


def _texts_of(events: list[dict[str, Any]]) -> Iterator[Fault]:
    said = [(e["stream"], body) for e in events if (body := orjson.loads(e["body"])).get("snapshot")]
    there = {s.pk: s for s in Snapshot.objects.select_related("content").filter(pk__in={UUID(body["snapshot"]) for _id, body in said})}
    digests = {pk: hashlib.sha256(snapshot.text.encode()).hexdigest() for pk, snapshot in there.items()}
    for claim, body in said:
        if digests.get(UUID(body["snapshot"])) != body["snapshot_digest"]:
            yield Fault(_("The text that the claim %s was read in is not the one it was read in.") % claim)


def _unsealed() -> Iterator[Fault]:
    # Nothing is older than the last position and still without one: what came after the seal is new, not lost.
    last = Position.objects.aggregate(number=Max("event_id"))["number"] or 0
    lost = EventRecord.objects.filter(number__lte=last, sealed=None).order_by("number").first()
    if lost is not None:
        ledger.seal()
        if not Position.objects.filter(event=lost).exists():
            yield Fault(_("The event %s has no position.") % lost.id)


def _texts() -> Iterator[Fault]:
    for content in Content.objects.order_by("pk").iterator(chunk_size=100):
        if hashlib.sha256(content.text.encode()).digest() != bytes(content.pk):
            yield Fault(_("The text %s was changed: its digest is another.") % bytes(content.pk).hex())


def _raw() -> Iterator[Fault]:
    for snapshot in Snapshot.objects.filter(raw__isnull=False).order_by("pk").iterator(chunk_size=20):
        if hashlib.sha256(bytes(snapshot.raw or b"")).digest() != bytes(snapshot.raw_digest or b""):
            yield Fault(_("The bytes of the snapshot %s were changed: their digest is another.") % snapshot.pk)


def _revisions() -> Iterator[Fault]:
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=BATCH):
        if hashlib.sha256(revision.data.encode()).digest() != bytes(revision.digest):
            words = {"number": revision.number, "type": revision.subject_type, "id": revision.subject_id}
            yield Fault(_("Revision %(number)s of the %(type)s %(id)s was changed: its digest is another.") % words)


def _tables(progress: Progress) -> Iterator[Fault]:
    for difference in replay.differences(progress):
        yield Fault(difference)
