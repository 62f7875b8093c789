"""Every state an outlet, a speaker or a document was ever in, as canonical JSON with its digest."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import transaction

from sources.models import Document, Outlet, Revision, Snapshot, Speaker, SpeakerName
from sources.roles import Actor
from sources.signals import source_revised

Subject = Outlet | Speaker | Document
# How the states of subjects at a moment are found. Whoever keeps the order of all that happens registers it; see claims.apps.
Then = Callable[[Iterable[UUID], datetime], dict[UUID, dict[str, Any]]]
THEN: list[Then] = []


def record(subject: Subject, *, by: Actor, reason: str = "", captured: Snapshot | None = None) -> Revision | None:
    """Appends the state that `subject` is in now and sends `source_revised`; None where nothing has changed.

    Call it in the transaction that made or changed the subject. `captured` is a document's new snapshot: each text is named
    by the revision that brought it, with how it was captured, so that it is known which texts there were at any moment.
    """
    with transaction.atomic():
        # The row's lock makes writers of one subject number their revisions one after the other.
        type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
        last = Revision.objects.filter(subject_id=subject.pk).order_by("-number").first()
        state = state_of(subject)
        if isinstance(subject, Document):
            before = json.loads(last.data) if last else {}
            state["text"] = captured.digest if captured else before.get("text", "")
            if capture := _capture(captured) if captured else before.get("capture"):
                state["capture"] = capture
        data = canonical(state)
        if last and last.data == data:
            return None
        revision = Revision.objects.create(
            subject_type=type_of(subject),
            subject_id=subject.pk,
            number=last.number + 1 if last else 1,
            data=data,
            digest=digest(data),
            by=by.name[:150],
            reason=reason,
        )
        source_revised.send(Revision, revision=revision, by=by)
    return revision


def _capture(snapshot: Snapshot) -> dict[str, str]:
    """How a snapshot came, as plain values; of what an erasure may drop the digests."""
    how = "" if snapshot.fetched is None else digest(canonical(snapshot.fetched)).hex()
    return {
        "id": str(snapshot.pk),
        "at": snapshot.captured_at.astimezone(UTC).isoformat(),
        "captured_by": snapshot.captured_by,
        "media_type": snapshot.media_type,
        "extractor": snapshot.extractor,
        "raw": bytes(snapshot.raw_digest or b"").hex(),
        "fetched": how,
    }


def other_captures() -> Iterator[tuple[UUID, UUID]]:
    """The snapshots that are not as the revision says that brought them, and their documents."""
    told: dict[str, Any]
    for document, data in Revision.objects.filter(data__contains='"capture":{').values_list("subject_id", "data").iterator(chunk_size=2000):
        told = json.loads(data)["capture"]
        found = Snapshot.objects.filter(pk=told["id"]).defer("raw").first()
        there = _capture(found) if found and found.document_id == document else {}
        if there and not there["fetched"]:  # an erasure drops it
            there["fetched"] = told["fetched"]
        if there != told:
            yield UUID(told["id"]), document


def canonical(state: dict[str, Any]) -> str:
    """JSON with one way to write it: keys sorted, no spaces, no escapes that are not needed (RFC 8785; we keep no floats)."""
    return json.dumps(msgspec.to_builtins(state), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: str) -> bytes:
    """SHA-256 of a revision's data."""
    return hashlib.sha256(data.encode()).digest()


def type_of(subject: Subject) -> str:
    """What a revision calls this kind of subject."""
    return {Outlet: Revision.Subject.OUTLET, Speaker: Revision.Subject.SPEAKER, Document: Revision.Subject.DOCUMENT}[type(subject)].value


def state_of(subject: Subject, spellings: Iterable[str] | None = None) -> dict[str, Any]:
    """Everything of its row that is vouched for, as plain values; a speaker's `spellings` are asked for where they are not given."""
    if isinstance(subject, Document):
        fields = ("id", "identity", "outlet_id", "url", "title", "authors", "language", "published", "published_offered", "created_at")
        return _plain(subject, fields)
    if isinstance(subject, Outlet):
        return _plain(subject, ("id", "name", "homepage", "wikidata", "created_at"))
    names = subject.names.values_list("name", flat=True) if spellings is None else spellings
    return _plain(subject, ("id", "type", "name", "title", "wikidata", "merged_into_id", "created_at")) | {"names": sorted(names)}


def _plain(subject: Subject, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field.removesuffix("_id"): getattr(subject, field) for field in fields}


# ── the tables against the revisions


class Different(NamedTuple):
    """A row that is not what its newest revision says, and in which fields (`revision`: it has none)."""

    type: str
    id: UUID
    fields: tuple[str, ...]


def differences() -> Iterator[Different]:
    """The outlets, speakers and documents whose rows are not what their newest revisions say."""
    for kind in (Outlet, Speaker, Document):
        last: UUID | None = None
        while batch := _batch(kind, last):
            for id in _differ(batch):
                yield from _in_doubt(kind, id)
            last = batch[-1].pk


BATCH = 500


def _batch(kind: type[Subject], after: UUID | None) -> list[Subject]:
    rows = kind._default_manager.order_by("pk")
    return list((rows.filter(pk__gt=after) if after else rows)[:BATCH])


def _differ(subjects: list[Subject]) -> dict[UUID, tuple[str, ...]]:
    """Which of these differ from their newest revision, and in which fields."""
    ids = [subject.pk for subject in subjects]
    rows = Revision.objects.filter(subject_id__in=ids).order_by("subject_id", "-number").distinct("subject_id")
    newest = dict(rows.values_list("subject_id", "data"))
    spellings: dict[UUID, list[str]] = {}
    for speaker, name in SpeakerName.objects.filter(speaker__in=ids).values_list("speaker_id", "name"):
        spellings.setdefault(speaker, []).append(name)
    texts = {(id, bytes(text).hex()) for id, text in Snapshot.objects.filter(document__in=ids).values_list("document", "content")}
    found = {subject.pk: _fields(subject, spellings.get(subject.pk, []), newest.get(subject.pk), texts) for subject in subjects}
    return {id: fields for id, fields in found.items() if fields}


def _fields(subject: Subject, spellings: list[str], data: str | None, texts: set[tuple[UUID, str]]) -> tuple[str, ...]:
    """Where a row differs, or a text is gone. A field that a later program added is not vouched for by an older revision."""
    if data is None:
        return ("revision",)
    said, there = json.loads(data), json.loads(canonical(state_of(subject, spellings)))
    said.pop("capture", None)  # of a snapshot; see other_captures
    if (text := said.get("text", "")) == "" or (subject.pk, text) in texts:
        there["text"] = text
    return tuple(name for name, value in said.items() if there.get(name) != value)


def _in_doubt(kind: type[Subject], id: UUID) -> Iterator[Different]:  # noqa: A002
    """Somebody may have written between the two readings: under the lock that `record` takes, what is wrong stays wrong."""
    with transaction.atomic():
        for subject in kind._default_manager.select_for_update(of=("self",)).filter(pk=id):
            for fields in _differ([subject]).values():
                yield Different(type_of(subject), id, fields)
