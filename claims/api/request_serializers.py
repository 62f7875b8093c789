"""What requests bring: the fields of a claim and of every step, checked before a room is asked, and made into what the ledger keeps."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from claims.api.dates import DateHeard
from claims.domain.choices import Comparator, Kind, Mode, Polarity, Relation, Scheme, Stance
from claims.domain.events import ClaimRecorded
from claims.domain.values import Figure, Hop, SpeakerAsRead
from claims.models import Claim
from sources.models import NAMED_TYPES, Snapshot, Speaker, SpeakerType
from sources.registry import languages, speakers
from sources.roles import Actor

PLACE: dict[str, Any] = {"required": False, "allow_null": True, "min_value": 0, "max_value": 2**31 - 1}

_WHO = ("speaker", "speaker_name", "speaker_type", "speaker_title")


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


class Empty(serializers.Serializer):
    """A step that needs no words."""


class _WithReason(serializers.Serializer):
    """What a step with its reason brings; `Reason` bears the schema's name for it, which serializers made of it must not inherit."""

    reason = serializers.CharField(max_length=10_000)


class _WithOptionalReason(serializers.Serializer):
    """The same where the reason may be left out."""

    reason = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")


@extend_schema_serializer(component_name="Why")
class Reason(_WithReason):
    """A step with its reason."""


@extend_schema_serializer(component_name="PerhapsWhy")
class OptionalReason(_WithOptionalReason):
    """A step that may say its reason."""


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


class Colleague(serializers.Serializer):
    """Who gets it."""

    to = serializers.CharField(max_length=150, help_text="a user name")


class Schedule(_WithOptionalReason):
    """When a claim is due; null where it is not."""

    due = DateHeard(allow_null=True)


class Register(serializers.Serializer):
    """How a prediction will be settled."""

    criteria = serializers.CharField(
        max_length=10_000, required=False, allow_blank=True, default="", help_text="the claim's own when left out"
    )


class EvidenceHeard(serializers.Serializer):
    """A snapshot or an address, and what it does to the claim."""

    stance = serializers.ChoiceField(Stance.choices)
    note = serializers.CharField(max_length=10_000, required=False, allow_blank=True, default="")
    snapshot = serializers.UUIDField(required=False, allow_null=True, default=None)
    url = serializers.URLField(max_length=2000, required=False, allow_blank=True, default="")
    archived = serializers.URLField(max_length=2000, required=False, allow_blank=True, default="")

    def validate_snapshot(self, given: Any) -> str | None:
        """One that there is."""
        if given and not Snapshot.objects.filter(pk=given).exists():
            raise serializers.ValidationError(_("There is no such snapshot."))
        return str(given) if given else None


class EvidenceBack(_WithReason):
    """Which piece of evidence is withdrawn, and why."""

    evidence = serializers.UUIDField(help_text="its id, as in the claim's `evidence`")


class VerdictHeard(serializers.Serializer):
    """A verdict; the scheme follows from the claim's kind unless it is named."""

    rating = serializers.CharField(max_length=20)
    rationale = serializers.CharField(max_length=100_000)
    scheme = serializers.ChoiceField(Scheme.choices, required=False, default="")
    evidence = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=200)
    known_since = serializers.DateField(required=False, allow_null=True, default=None, help_text="the day since when it was known")


def _there_is(claim: Any) -> None:
    if not Claim.objects.filter(pk=claim).exists():
        raise serializers.ValidationError(_("There is no such claim."))


class Merge(_WithOptionalReason):
    """The claim that goes on for both."""

    into = serializers.UUIDField(validators=[_there_is])


class Link(_WithOptionalReason):
    """What this claim is to another."""

    other = serializers.UUIDField(validators=[_there_is])
    relation = serializers.ChoiceField(Relation.choices, help_text="read from this claim to the other")


class Unlink(_WithReason):
    """The other claim of a judgement that is taken back."""

    other = serializers.UUIDField(validators=[_there_is])


class Decision(serializers.Serializer):
    """Which correction was looked at."""

    correction = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="the one that waits when left out")


class DecisionWhy(Decision, _WithReason):
    """Which correction is sent back, and why."""


class Snooze(serializers.Serializer):
    """Until when a flag sleeps."""

    until = serializers.DateField()


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
