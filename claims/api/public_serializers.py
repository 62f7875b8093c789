"""The shapes of what readers outside are answered, for the schema: what is shown is made in public_claims.py."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from claims.api.dates import DateShown
from claims.api.response_serializers import ClaimListed, ClaimWhole
from claims.domain import choices
from sources.models import SpeakerType


class PublicSpeaker(serializers.Serializer[Any]):
    """Who said it, as readers are shown."""

    id = serializers.UUIDField(allow_null=True)
    type = serializers.ChoiceField(SpeakerType.choices)
    name = serializers.CharField()
    title = serializers.CharField()


class PublicFigure(serializers.Serializer[Any]):
    """A quantity."""

    text = serializers.CharField(help_text="as read")
    value = serializers.DecimalField(40, 10)
    value_max = serializers.DecimalField(40, 10, allow_null=True)
    unit = serializers.CharField(allow_null=True)
    comparator = serializers.ChoiceField(choices.Comparator.choices)
    role = serializers.CharField()


class PublicEvidence(serializers.Serializer[Any]):
    """What a verdict rests on."""

    stance = serializers.ChoiceField(choices.Stance.choices)
    address = serializers.CharField()
    archived = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 (hex) of the captured text, where one was captured")


class PublicClaim(serializers.Serializer[Any]):
    """A public record: exactly what readers are shown of a claim, and nothing else."""

    id = serializers.UUIDField(help_text="the claim's")
    number = serializers.IntegerField(help_text="counts the records of this claim")
    statement = serializers.CharField()
    kind = serializers.ChoiceField(choices.Kind.choices, allow_null=True)
    language = serializers.CharField()
    quote = serializers.CharField(allow_null=True)
    prefix = serializers.CharField(allow_null=True)
    suffix = serializers.CharField(allow_null=True)
    speaker = PublicSpeaker(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]
    title = serializers.CharField(help_text="of the document")
    address = serializers.CharField(help_text="of the document")
    date = DateShown(allow_null=True, help_text="when it was said, else the publication date with the basis `publication`")
    due = DateShown(allow_null=True)
    due_first = serializers.DateField(allow_null=True)
    due_last = serializers.DateField(allow_null=True)
    clock = serializers.ChoiceField(choices.Clock.choices, help_text="`closed` once it is settled")
    quantities = PublicFigure(many=True)
    criteria = serializers.CharField(help_text="how it will be settled")
    scheme = serializers.ChoiceField(choices.Scheme.choices, allow_null=True)
    rating = serializers.ChoiceField(choices.Rating.choices, allow_null=True)
    rationale = serializers.CharField()
    known_since = serializers.DateField(allow_null=True)
    evidence = PublicEvidence(many=True)
    published_at = serializers.DateTimeField()
    corrected_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(help_text="of the last correction")
    under_review = serializers.BooleanField(help_text="the claim went back to review, and what stands here may change")


class GoneShown(serializers.Serializer[Any]):
    """A claim that was public and was taken back (a problem, RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    cause = serializers.ChoiceField([("withdrawn", "withdrawn"), ("merged", "merged")])
    into = serializers.URLField(required=False, help_text="the claim that goes on for a merged one, where it is public")


def _either(shape: type[serializers.Serializer[Any]], *, many: bool = False) -> PolymorphicProxySerializer:
    name = f"{shape.__name__}OrPublic"
    return PolymorphicProxySerializer(component_name=name, serializers=[shape, PublicClaim], resource_type_field_name=None, many=many)


EITHER_WHOLE = _either(ClaimWhole)


class EitherPage(serializers.Serializer[Any]):
    """A page of claims, or of public records for readers outside."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = _either(ClaimListed, many=True)
