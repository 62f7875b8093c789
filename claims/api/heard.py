"""What the API hears: the fields of a claim, checked before a room is asked."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from claims.api.dates import DateHeard
from claims.domain.choices import Comparator, Kind, Mode, Polarity
from sources.models import NAMED_TYPES, SpeakerType
from sources.registry import languages

PLACE: dict[str, Any] = {"required": False, "allow_null": True, "min_value": 0, "max_value": 2**31 - 1}


class FigureHeard(serializers.Serializer):
    """A quantity."""

    text = serializers.CharField(max_length=500)
    value = serializers.DecimalField(40, 10)
    value_max = serializers.DecimalField(40, 10, required=False, allow_null=True)
    unit = serializers.CharField(max_length=200, required=False, allow_null=True)
    comparator = serializers.ChoiceField(Comparator.choices, required=False)
    role = serializers.ChoiceField([(r, r) for r in ("level", "change", "share", "rank", "duration")], required=False)
    start = serializers.IntegerField(**PLACE)
    end = serializers.IntegerField(**PLACE)


class HopHeard(serializers.Serializer):
    """One hop from the publisher towards the origin."""

    agent = serializers.CharField(max_length=300)
    role = serializers.ChoiceField(
        [(r, r) for r in ("publisher", "agency", "newspaper", "broadcaster", "spokesperson", "speaker", "document")]
    )
    cue = serializers.CharField(max_length=200, required=False, allow_blank=True)
    mode = serializers.ChoiceField(Mode.choices, required=False)


class Fields(serializers.Serializer):
    """The fields of a claim."""

    statement = serializers.CharField(max_length=10_000)
    kind = serializers.ChoiceField(Kind.choices)
    speaker = serializers.UUIDField(required=False, help_text="the id of a speaker")
    speaker_name = serializers.CharField(max_length=300, required=False, allow_blank=True, help_text="the name or words as read")
    speaker_type = serializers.ChoiceField(SpeakerType.choices, required=False)
    speaker_title = serializers.CharField(max_length=300, required=False, allow_blank=True)
    document = serializers.UUIDField(required=False)
    snapshot = serializers.UUIDField(required=False)
    source = serializers.CharField(max_length=500, required=False, allow_blank=True, help_text="where it was heard, in words")  # type: ignore[assignment]
    quote = serializers.CharField(required=False, allow_null=True, trim_whitespace=False, max_length=100_000)
    start = serializers.IntegerField(**PLACE)
    end = serializers.IntegerField(**PLACE)
    language = serializers.CharField(max_length=35, required=False, allow_blank=True)
    attributions = HopHeard(many=True, required=False)
    said_on = DateHeard(required=False, allow_null=True)
    scope = DateHeard(required=False, allow_null=True)
    due = DateHeard(required=False, allow_null=True)
    quantities = FigureHeard(many=True, required=False)
    polarity = serializers.ChoiceField(Polarity.choices, required=False, help_text="of the proposition: do its own words negate?")
    denial = serializers.BooleanField(
        required=False, help_text="the speaker denies the proposition; the statement says so, the quote stands as it was denied"
    )
    superlative = serializers.BooleanField(required=False)
    criteria = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    tags = serializers.ListField(child=serializers.CharField(max_length=100), required=False, max_length=100)
    notes = serializers.CharField(required=False, allow_blank=True, max_length=100_000)

    def validate_language(self, given: str) -> str:
        """As it is written by custom."""
        try:
            return languages.tag(given)
        except languages.UnknownLanguage as error:
            raise serializers.ValidationError(_("Not a language tag of BCP 47: write ar, en, ar-SA or zh-Hant.")) from error


class ClaimHeard(Fields):
    """A claim to be recorded: who said it and where are asked for."""

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

    reason = serializers.CharField(max_length=10_000)

    def get_fields(self) -> dict[str, Any]:
        """Only the reason must be there."""
        fields = super().get_fields()
        for name, field in fields.items():
            field.required = name == "reason"
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A revision that changes nothing, or a field there is not, is a slip of the pen."""
        if strange := set(self.initial_data) - set(self.fields):
            raise serializers.ValidationError({name: [_("There is no such field.")] for name in sorted(strange)})
        if set(attrs) == {"reason"}:
            raise serializers.ValidationError(_("Say what changes."))
        return attrs
