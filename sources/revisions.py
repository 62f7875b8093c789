"""Every state an outlet, a speaker or a document was ever in, as canonical JSON with its digest."""

import hashlib
import json
from typing import Any

import msgspec
from django.db import transaction

from sources.models import Document, Outlet, Revision, Speaker
from sources.roles import Actor
from sources.signals import source_revised

Subject = Outlet | Speaker | Document


def record(subject: Subject, *, by: Actor, reason: str = "") -> Revision | None:
    """Appends the state that `subject` is in now and sends `source_revised`; None where nothing has changed.

    Call it in the transaction that made or changed the subject.
    """
    with transaction.atomic():
        # The row's lock makes writers of one subject number their revisions one after the other.
        type(subject)._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
        last = Revision.objects.filter(subject_id=subject.pk).order_by("-number").first()
        data = canonical(state_of(subject))
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


def canonical(state: dict[str, Any]) -> str:
    """JSON with one way to write it: keys sorted, no spaces, no escapes that are not needed (RFC 8785; we keep no floats)."""
    return json.dumps(msgspec.to_builtins(state), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(data: str) -> bytes:
    """SHA-256 of a revision's data."""
    return hashlib.sha256(data.encode()).digest()


def type_of(subject: Subject) -> str:
    """What a revision calls this kind of subject."""
    return {Outlet: Revision.Subject.OUTLET, Speaker: Revision.Subject.SPEAKER, Document: Revision.Subject.DOCUMENT}[type(subject)].value


def state_of(subject: Subject) -> dict[str, Any]:
    """Everything that is vouched for, as plain values."""
    if isinstance(subject, Document):
        fields = ("id", "identity", "outlet_id", "url", "title", "authors", "language", "published", "published_offered", "created_at")
        return _plain(subject, fields)
    if isinstance(subject, Outlet):
        return _plain(subject, ("id", "name", "homepage", "wikidata", "created_at"))
    names = sorted(subject.names.values_list("name", flat=True))
    return _plain(subject, ("id", "type", "name", "title", "wikidata", "merged_into_id", "created_at")) | {"names": names}


def _plain(subject: Subject, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field.removesuffix("_id"): getattr(subject, field) for field in fields}
