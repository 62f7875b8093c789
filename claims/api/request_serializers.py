"""What requests bring: the fields of a claim, checked before a room is asked, and made into what the ledger keeps."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims.api import field_serializers
from claims.domain.choices import Comparator, Mode
from claims.domain.events import ClaimRecorded
from claims.domain.fields import FIELDS, Type
from claims.domain.values import Figure, Hop, SpeakerAsRead
from sources.api.openapi.auto_schema import any_of
from sources.api.strict import StrictSerializer
from sources.models import NAMED_TYPES, Speaker, SpeakerType
from sources.registry import speakers
from sources.roles import Actor

PLACE: dict[str, Any] = {"required": False, "allow_null": True, **field_serializers.OFFSET}

_WHO = ("speaker", "speaker_name", "speaker_type", "speaker_title")


class FigureHeard(StrictSerializer):
    """A quantity."""

    text = serializers.CharField(max_length=500)
    value = serializers.DecimalField(40, 10)
    value_max = serializers.DecimalField(40, 10, required=False, allow_null=True)
    unit = serializers.CharField(max_length=200, required=False, allow_null=True)
    comparator = serializers.ChoiceField(Comparator.choices, required=False)
    role = serializers.ChoiceField([(r, r) for r in ("level", "change", "share", "rank", "duration")], required=False)
    start = serializers.IntegerField(**PLACE)
    end = serializers.IntegerField(**PLACE)


class HopHeard(StrictSerializer):
    """One hop from the publisher towards the origin."""

    agent = serializers.CharField(max_length=300)
    role = serializers.ChoiceField(
        [(r, r) for r in ("publisher", "agency", "newspaper", "broadcaster", "spokesperson", "speaker", "document")]
    )
    cue = serializers.CharField(max_length=200, required=False, allow_blank=True)
    mode = serializers.ChoiceField(Mode.choices, required=False)


# What the table of fields does not say of a request, by the name of the field.
_OWN: field_serializers.Own = {
    "speaker": lambda: {  # by the id that is known, or in the words as read
        "speaker": serializers.UUIDField(required=False, help_text="the id of a speaker"),
        "speaker_name": serializers.CharField(max_length=300, required=False, allow_blank=True, help_text="the name or words as read"),
        "speaker_type": serializers.ChoiceField(SpeakerType.choices, required=False),
        "speaker_title": serializers.CharField(max_length=300, required=False, allow_blank=True),
    },
    "attributions": lambda: {"attributions": HopHeard(many=True, required=False)},  # a value of several
    "quantities": lambda: {"quantities": FigureHeard(many=True, required=False)},
}
_FIRST = ("statement", "kind", "speaker", "document", "snapshot", "source")  # in requests; the others as in the table


class Fields(StrictSerializer):
    """The fields of a claim."""

    def get_fields(self) -> field_serializers.Made:
        """Those of the table, then what a serializer made of this one adds."""
        return field_serializers.requested(own=_OWN, first=_FIRST) | super().get_fields()


class ClaimHeard(Fields):
    """A claim to be recorded: who said it and where are asked for."""

    conditions = (any_of("speaker", "speaker_type"), any_of("document", "snapshot", "source"))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Somebody said it, and it was read or heard somewhere."""
        errors: dict[str, Any] = {}
        if "speaker" not in attrs and "speaker_type" not in attrs:
            errors["speaker"] = [_("Name a speaker, or give speaker_type and speaker_name.")]
        elif "speaker" not in attrs and attrs["speaker_type"] in NAMED_TYPES and not attrs.get("speaker_name", "").strip():
            errors["speaker_name"] = [_("A person or an organisation has a name.")]
        if not (attrs.get("document") or attrs.get("snapshot") or attrs.get("source")):
            errors["source"] = [_("Name the document, or say where it was heard.")]
        if errors:
            raise serializers.ValidationError(errors)
        return attrs


class Revision(Fields):
    """Fields that change, and why."""

    conditions = ({"minProperties": 2},)

    reason = serializers.CharField(max_length=10_000)

    def get_fields(self) -> dict[str, Any]:
        """Only the reason must be there."""
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == "reason"
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A revision that changes nothing is a slip of the pen."""
        if set(attrs) == {"reason"}:
            raise serializers.ValidationError(_("Say what changes."))
        return attrs


def speaker_with_claim(fields: dict[str, Any]) -> AbstractContextManager[object]:
    """One transaction where a speaker may be made, which is kept only with the claim; else what the ledger writes is one by itself."""
    return transaction.atomic() if fields.get("speaker_type") in NAMED_TYPES and not fields.get("speaker") else nullcontext()


def claim_from_fields(fields: dict[str, Any], *, by: Actor) -> ClaimRecorded:
    """The claim that these fields make."""
    return ClaimRecorded(**_parts(fields), speaker=speaker_from_fields(fields, by=by))


def changes_from_fields(fields: dict[str, Any], *, by: Actor) -> dict[str, Any]:
    """The changes that a revision names, as plain JSON values."""
    parts = _parts(fields)
    if any(name in fields for name in _WHO):
        parts["speaker"] = speaker_from_fields(fields, by=by)
    plain: dict[str, Any] = msgspec.to_builtins(parts)
    return plain


def speaker_from_fields(fields: dict[str, Any], *, by: Actor) -> SpeakerAsRead:
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


# What the ledger keeps of a value that a serializer has checked, by the type of its field; of the others the value itself.
_KEPT: dict[Type, Callable[[Any], Any]] = {
    Type.ID: str,
    Type.LIST: lambda each: tuple(dict.fromkeys(each)),
    Type.FIGURES: lambda figures: tuple(Figure(**figure) for figure in figures),
    Type.HOPS: lambda hops: tuple(Hop(**hop) for hop in hops),
}


def _parts(fields: dict[str, Any]) -> dict[str, Any]:
    named = {name: value for name, value in fields.items() if name in FIELDS and name not in _WHO}
    return {name: _KEPT[FIELDS[name].type](value) if FIELDS[name].type in _KEPT else value for name, value in named.items()}
