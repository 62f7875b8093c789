"""Outlets, speakers and documents made again from what their last revision says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Exists, OuterRef

from sources.capturing import capture
from sources.models import Document, Outlet, Revision, Speaker, SpeakerName
from sources.registry import names, revisions
from sources.text.edtf import ImpreciseDate


def restore(states: Iterable[tuple[str, dict[str, Any]]]) -> int:
    """Makes the rows of subjects that have none yet, from their type and state; how many. Rows may point at later ones."""
    outlets: list[Outlet] = []
    speakers: list[Speaker] = []
    spellings: list[SpeakerName] = []
    documents: list[Document] = []
    for kind, state in states:
        if kind == Revision.Subject.OUTLET:
            outlets.append(_outlet(state))
        elif kind == Revision.Subject.SPEAKER:
            speakers.append(_speaker(state))
            spellings += _spellings(state)
        else:
            documents.append(_document(state))
    Outlet.objects.bulk_create(outlets)
    Speaker.objects.bulk_create(speakers)
    SpeakerName.objects.bulk_create(spellings)
    Document.objects.bulk_create(documents)
    return len(outlets) + len(speakers) + len(documents)


def differences() -> Iterator[revisions.Different]:
    """The rows whose columns that follow from the others (spellings as compared, first and last days) do not; and rows that are gone."""
    for document in Document.objects.only("published", "published_first", "published_last").iterator(chunk_size=2000):
        wanted = capture.dated(document.publication)
        if wrong := tuple(field for field in ("published_first", "published_last") if getattr(document, field) != wanted[field]):
            yield revisions.Different(Revision.Subject.DOCUMENT.value, document.pk, wrong)
    for outlet in Outlet.objects.iterator(chunk_size=2000):
        if outlet.folded != names.key_of(outlet.name, outlet.pk):
            yield revisions.Different(Revision.Subject.OUTLET.value, outlet.pk, ("folded",))
    for spelling in SpeakerName.objects.iterator(chunk_size=2000):
        if names.STRUCK not in spelling.name and spelling.folded != names.key(spelling.name):
            yield revisions.Different(Revision.Subject.SPEAKER.value, spelling.speaker_id, ("names",))
    for kind, model in ((Revision.Subject.OUTLET, Outlet), (Revision.Subject.SPEAKER, Speaker), (Revision.Subject.DOCUMENT, Document)):
        there = Exists(model._default_manager.filter(pk=OuterRef("subject_id")))
        for id_ in Revision.objects.filter(~there, subject_type=kind.value, number=1).values_list("subject_id", flat=True)[:1]:
            yield revisions.Different(kind.value, id_, ("id",))


def as_of(id: UUID, at: datetime) -> Outlet | Speaker | Document | None:  # noqa: A002
    """A subject as it was known at a moment, not to be saved; None where it was not there yet, or nobody knows the past."""
    for known in revisions.THEN:
        if state := known([id], at).get(id):
            return _subject(state, at)
    return None


def _subject(state: dict[str, Any], at: datetime) -> Outlet | Speaker | Document:
    if "homepage" in state:
        return _outlet(state)
    if "names" in state:
        speaker = _speaker(state)
        speaker._prefetched_objects_cache = {"names": _spellings(state)}  # type: ignore[attr-defined]
        return speaker
    document = _document(state)
    if document.outlet_id:
        outlet = as_of(UUID(str(document.outlet_id)), at)
        assert isinstance(outlet, Outlet)
        document.outlet = outlet
    return document


def _outlet(state: dict[str, Any]) -> Outlet:
    plain = {field: state[field] for field in ("id", "name", "homepage", "wikidata")}
    return Outlet(**plain, folded=names.key_of(state["name"], state["id"]), created_at=_moment(state))


def _speaker(state: dict[str, Any]) -> Speaker:
    plain = {field: state[field] for field in ("id", "type", "name", "title", "wikidata")}
    return Speaker(**plain, merged_into_id=state["merged_into"], created_at=_moment(state))


def _spellings(state: dict[str, Any]) -> list[SpeakerName]:
    return [SpeakerName(speaker_id=state["id"], name=name, folded=names.key_of(name, n)) for n, name in enumerate(state["names"])]


def _document(state: dict[str, Any]) -> Document:
    fields = ("id", "identity", "url", "title", "authors", "language", "published_offered")
    published = msgspec.convert(state["published"], ImpreciseDate) if state["published"] else None
    return Document(
        **{field: state[field] for field in fields}, **capture.dated(published), outlet_id=state["outlet"], created_at=_moment(state)
    )


def _moment(state: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(state["created_at"])
