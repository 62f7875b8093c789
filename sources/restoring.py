"""Outlets, speakers and documents made again from what their last revision says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec

from sources import capture, names
from sources.models import Document, Outlet, Revision, Speaker, SpeakerName
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
