"""A claim as Django REST framework's own model serializers show it and take it in: the same fields as ours."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from rest_framework import serializers

from claims.domain.choices import Status
from claims.models import Attribution, Claim, Evidence, Link, Quantity, Verdict
from sources.models import new_id
from tests.bench.peers import models as peers

FIGURE = ["text", "value", "value_max", "unit", "comparator", "role", "start", "end"]
SPEAKER = ["speaker", "speaker_type", "speaker_name", "speaker_title"]
DATES = ["said_on", "scope", "due", "due_first", "due_last"]
SAID = ["statement", "kind", *SPEAKER, "source", "document", "snapshot", *DATES, "quote", "start", "end", "language"]
SAID += ["polarity", "denial", "superlative", "check_worthiness", "why", "criteria", "tags", "notes", "quantities"]
KEPT = ["id", "version", "status", "rating", "merged_into", "recorded_at", "changed_at", "published_at", "corrected_at", "assignee"]


class FigureSerializer(serializers.ModelSerializer[Any]):
    """A quantity."""

    class Meta:
        model = Quantity
        fields = FIGURE


class ClaimSerializer(serializers.ModelSerializer[Any]):
    """A claim in a list."""

    quantities = FigureSerializer(many=True)
    outlet = serializers.CharField(source="document.outlet.name", default=None)
    published = serializers.JSONField(source="document.published", default=None)
    clock = serializers.SerializerMethodField()
    flags = serializers.IntegerField(source="open_flags")
    cluster = serializers.UUIDField()
    known_at = serializers.DateTimeField()

    class Meta:
        model = Claim
        fields = [*KEPT, *SAID, "outlet", "published", "clock", "flags", "cluster", "known_at"]

    def get_clock(self, claim: Claim) -> str:
        """What its due date says today."""
        return claim.clock(timezone.localdate())


class AttributionSerializer(serializers.ModelSerializer[Any]):
    """One hop."""

    class Meta:
        model = Attribution
        fields = ["agent", "role", "cue", "mode"]


class EvidenceSerializer(serializers.ModelSerializer[Any]):
    """A piece of evidence."""

    class Meta:
        model = Evidence
        exclude = ["id", "claim", "ordinal"]


class VerdictSerializer(serializers.ModelSerializer[Any]):
    """A verdict."""

    class Meta:
        model = Verdict
        exclude = ["id", "claim", "ordinal"]


class LinkSerializer(serializers.ModelSerializer[Any]):
    """A judgement on two claims."""

    class Meta:
        model = Link
        exclude = ["id", "claim", "ordinal"]


class WholeClaimSerializer(ClaimSerializer):
    """A claim with its parts."""

    known_as = serializers.CharField(source="speaker.name", default=None)
    attributions = AttributionSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    verdicts = VerdictSerializer(many=True)
    links = LinkSerializer(many=True)

    class Meta(ClaimSerializer.Meta):
        fields = [*ClaimSerializer.Meta.fields, "known_as", "attributions", "evidence", "verdicts", "links", "registered", "offered"]


if apps.is_installed("simple_history"):

    class HistoricalFigureSerializer(serializers.ModelSerializer[Any]):
        """A quantity."""

        class Meta:
            model = peers.HistoricalQuantity
            fields = FIGURE
            extra_kwargs = {"unit": {"required": False}, "role": {"required": False}}

    class HistoricalClaimSerializer(serializers.ModelSerializer[Any]):
        """A claim whose changes django-simple-history keeps, with the reason."""

        quantities = HistoricalFigureSerializer(many=True, required=False)
        reason = serializers.CharField(write_only=True, required=False)

        class Meta:
            model = peers.Historical
            fields = [*KEPT, *SAID, "reason"]
            read_only_fields = KEPT

        def create(self, validated_data: dict[str, Any]) -> Any:
            """The claim, its figures and its first line of history: all of them or nothing."""
            figures, now = validated_data.pop("quantities", []), timezone.now()
            with transaction.atomic():
                kept = {"id": new_id(), "version": 1, "status": Status.PROPOSED, "recorded_at": now, "changed_at": now}
                claim = peers.Historical.objects.create(**validated_data, **kept)
                rows = [peers.HistoricalQuantity(claim=claim, ordinal=n, **figure) for n, figure in enumerate(figures)]
                peers.HistoricalQuantity.objects.bulk_create(rows)
            return claim

        def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
            """The fields that change, and why."""
            with transaction.atomic():
                instance.version += 1
                instance.changed_at = timezone.now()
                instance._change_reason = validated_data.pop("reason", "")
                return super().update(instance, validated_data)
