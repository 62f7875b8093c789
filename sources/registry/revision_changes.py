"""What each revision of an outlet, a speaker or a document changed: field, before, after."""

import json
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from sources.models import Revision
from sources.registry.revisions import Subject, type_of

# What never changes, and how a text came: its snapshot tells.
UNTOLD = {"id", "identity", "created_at", "capture"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a source that reads otherwise (plain JSON values); None where nothing stood there."""

    field: str
    before: Any
    after: Any


def newest_first(subject: Subject) -> QuerySet[Revision]:
    """The revisions of one subject, each with the data of the one before as `previous`, in one query."""
    before = Revision.objects.filter(subject_id=OuterRef("subject_id"), number=OuterRef("number") - 1)
    own = Revision.objects.filter(subject_id=subject.pk, subject_type=type_of(subject))
    return own.annotate(previous=Subquery(before.values("data"))).order_by("-number")


def changes_of(revision: Revision) -> list[FieldChange]:
    """What a revision out of `newest_first` changed; the first one sets whatever it has a value for.

    A `text` is the digest of the newest text (hex). What an erasure struck out is struck on either side.
    """
    previous = revision.previous  # type: ignore[attr-defined]
    return changes(json.loads(previous) if previous else {}, json.loads(revision.data))


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[FieldChange]:
    """What is other between two states, in the order of the second's fields; empty and missing are the same."""
    names = [name for name in dict.fromkeys([*after, *before]) if name not in UNTOLD]
    pairs = [(name, before.get(name) or None, after.get(name) or None) for name in names]
    return [FieldChange(name, was, now) for name, was, now in pairs if was != now]
