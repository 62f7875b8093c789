"""What is known of a document can be corrected; its text cannot."""

from typing import Any

from django.db import transaction

from sources import roles
from sources.capturing import capture
from sources.models import Document
from sources.registry import languages, revisions
from sources.roles import Actor
from sources.text.edtf import ImpreciseDate


def correct(
    document: Document,
    *,
    by: Actor,
    reason: str,
    title: str | None = None,
    language: str | None = None,
    published: ImpreciseDate | str | None = None,
) -> Document:
    """Corrects what is given, and records the revision. Raises NotAllowed, TitleTooLong, UnknownLanguage, NotADate."""
    roles.must(by, "source")
    changes: dict[str, Any] = {}
    if title is not None:
        changes["title"] = " ".join(title.split())
        if len(changes["title"]) > capture.LONGEST_TITLE:
            raise capture.TitleTooLong
    if language is not None:
        changes["language"] = languages.tag(language)
    if published is not None:
        # An offered date has been looked at once another is set.
        changes |= capture.dated(published) | {"published_offered": None}
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        for field, value in changes.items():
            setattr(document, field, value)
        if changes:
            document.save(update_fields=list(changes))
            revisions.record(document, by=by, reason=reason)
    return document
