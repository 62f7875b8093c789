"""From the fields a client gives to what the ledger keeps."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError

from claims.domain.events import ClaimRecorded
from claims.domain.values import Figure, Hop, SpeakerAsRead
from sources.models import NAMED_TYPES, Speaker
from sources.registry import speakers
from sources.roles import Actor

_WHO = ("speaker", "speaker_name", "speaker_type", "speaker_title")


def said(fields: dict[str, Any], *, by: Actor) -> ClaimRecorded:
    """The claim that these fields make."""
    return ClaimRecorded(**_parts(fields), speaker=who(fields, by=by))


def changes(fields: dict[str, Any], *, by: Actor) -> dict[str, Any]:
    """The changes that a revision names, as plain JSON values."""
    parts = _parts(fields)
    if any(name in fields for name in _WHO):
        parts["speaker"] = who(fields, by=by)
    plain: dict[str, Any] = msgspec.to_builtins(parts)
    return plain


def who(fields: dict[str, Any], *, by: Actor) -> SpeakerAsRead:
    """The speaker as read. A named one without an id is found by any spelling, or made."""
    title = fields.get("speaker_title", "")
    if fields.get("speaker"):
        known = Speaker.objects.filter(pk=fields["speaker"]).first()
        if known is None:
            raise ValidationError({"speaker": [_("There is no such speaker.")]})
        name = fields.get("speaker_name") or known.name
        return SpeakerAsRead(type=known.type, name=name, title=title or known.title, id=str(known.pk))
    if "speaker_type" not in fields:
        raise ValidationError({"speaker_type": [_("Say what kind of speaker this is.")]})
    kind, name = fields["speaker_type"], fields.get("speaker_name", "").strip()
    if kind not in NAMED_TYPES:
        return SpeakerAsRead(type=kind, name=name, title=title)
    if not name:
        raise ValidationError({"speaker_name": [_("A person or an organisation has a name.")]})
    return SpeakerAsRead(type=kind, name=name, title=title, id=str(speakers.find_or_make(name, kind, title, by=by).pk))


def _parts(fields: dict[str, Any]) -> dict[str, Any]:
    parts = {name: value for name, value in fields.items() if name not in (*_WHO, "reason")}
    for name in ("document", "snapshot"):
        if name in parts:
            parts[name] = str(parts[name])
    if "quantities" in parts:
        parts["quantities"] = tuple(Figure(**figure) for figure in parts["quantities"])
    if "attributions" in parts:
        parts["attributions"] = tuple(Hop(**hop) for hop in parts["attributions"])
    if "tags" in parts:
        parts["tags"] = tuple(dict.fromkeys(parts["tags"]))
    return parts
