"""What is said and heard of sources over HTTP."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.api import fields
from sources.api.openapi.auto_schema import any_of
from sources.api.openapi.components import DATE_REQUEST, IMPRECISE_DATE_REF
from sources.api.strict import StrictSerializer
from sources.models import NAMED_TYPES, Document, Snapshot, Work


@extend_schema_field({"oneOf": [IMPRECISE_DATE_REF, {"type": "null"}]})
class DateSaid(serializers.JSONField):
    """An imprecise date."""


@extend_schema_field(DATE_REQUEST)
class DateHeard(fields.ImpreciseDateField):
    """An imprecise date: EDTF, or the object that answers have."""


class FieldChange(serializers.Serializer[Any]):
    """A field that reads otherwise: what stood there before, and what since; null where there was nothing."""

    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class OutletSaid(serializers.Serializer[Any]):
    """An outlet."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    homepage = serializers.CharField()
    wikidata = serializers.CharField()
    created_at = serializers.DateTimeField()


class OutletHeard(StrictSerializer):
    """An outlet to find or make."""

    name = serializers.CharField(max_length=300)
    homepage = serializers.URLField(required=False, allow_blank=True, max_length=500)
    wikidata = serializers.RegexField(r"^(Q[1-9]\d*)?$", required=False, allow_blank=True, max_length=20)


class OutletChange(OutletHeard):
    """What to change of an outlet."""

    name = serializers.CharField(max_length=300, required=False)
    reason = serializers.CharField(required=False, allow_blank=True)


class SpeakerSaid(serializers.Serializer[Any]):
    """A speaker, with every known spelling."""

    id = serializers.UUIDField()
    type = serializers.CharField()
    name = serializers.CharField()
    title = serializers.CharField()
    names = serializers.ListField(child=serializers.CharField(), source="spellings")
    wikidata = serializers.CharField()
    merged_into = serializers.UUIDField(source="merged_into_id", allow_null=True)
    created_at = serializers.DateTimeField()

    def to_representation(self, instance: Any) -> Any:
        """The spellings come with the speaker, where the view has prefetched them without a query more."""
        instance.spellings = [spelling.name for spelling in instance.names.all()]
        return super().to_representation(instance)


class SpeakerHeard(StrictSerializer):
    """A speaker to find or make."""

    name = serializers.CharField(max_length=300)
    type = serializers.ChoiceField(choices=[kind.value for kind in NAMED_TYPES])
    title = serializers.CharField(required=False, allow_blank=True, max_length=300)
    wikidata = serializers.RegexField(r"^(Q[1-9]\d*)?$", required=False, allow_blank=True, max_length=20)


class SpeakerChange(SpeakerHeard):
    """What to change of a speaker; a former name stays a known spelling."""

    name = serializers.CharField(max_length=300, required=False)
    type = serializers.ChoiceField(choices=[kind.value for kind in NAMED_TYPES], required=False)
    reason = serializers.CharField(required=False, allow_blank=True)


class MergeHeard(StrictSerializer):
    """Into whom a speaker is merged."""

    into = serializers.UUIDField()
    reason = serializers.CharField(required=False, allow_blank=True)


class UnmergeHeard(StrictSerializer):
    """Why a merge is taken back."""

    reason = serializers.CharField(required=False, allow_blank=True)


class DocumentSaid(serializers.Serializer[Any]):
    """A document."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    source = serializers.CharField(source="outlet.name", default="")  # type: ignore[assignment]
    outlet = serializers.UUIDField(source="outlet_id", allow_null=True)
    url = serializers.CharField()
    authors = serializers.ListField(child=serializers.CharField())
    language = serializers.CharField()
    published = DateSaid()
    published_first = serializers.DateField(allow_null=True)
    published_last = serializers.DateField(allow_null=True)
    published_offered = DateSaid()
    created_at = serializers.DateTimeField()


class SnapshotSaid(serializers.Serializer[Any]):
    """A document's text at one moment."""

    id = serializers.UUIDField()
    document = serializers.UUIDField(source="document_id")
    text = serializers.CharField()
    digest = serializers.CharField()
    captured_at = serializers.DateTimeField()
    captured_by = serializers.CharField()
    media_type = serializers.CharField()
    extractor = serializers.CharField()


class DocumentDetail(DocumentSaid):
    """A document, its newest snapshot, and how far its reading is."""

    snapshot = serializers.SerializerMethodField()
    reading = serializers.SerializerMethodField()
    reading_error = serializers.SerializerMethodField()

    def _newest(self, document: Document) -> Snapshot | None:
        if not hasattr(document, "newest"):
            document.newest = document.snapshots.order_by("-captured_at").only("id").first()  # type: ignore[attr-defined]
        newest: Snapshot | None = document.newest  # type: ignore[attr-defined]
        return newest

    def _work(self, document: Document) -> Work | None:
        if not hasattr(document, "reading_work"):
            newest = self._newest(document)
            found = Work.objects.filter(key=f"read:{newest.pk}").first() if newest else None
            document.reading_work = found  # type: ignore[attr-defined]
        work: Work | None = document.reading_work  # type: ignore[attr-defined]
        return work

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_snapshot(self, document: Document) -> str | None:
        """The newest text's id."""
        newest = self._newest(document)
        return str(newest.pk) if newest else None

    @extend_schema_field({"type": ["string", "null"], "enum": ["waiting", "done", "failed", None]})
    def get_reading(self, document: Document) -> str | None:
        """Waiting, done or failed; null where none is owed."""
        work = self._work(document)
        if work is None:
            return None
        return "failed" if work.gave_up_at else "done" if work.done_at else "waiting"

    @extend_schema_field(str)
    def get_reading_error(self, document: Document) -> str:
        """Why the last try failed."""
        work = self._work(document)
        return work.error if work else ""


class DocumentHeard(StrictSerializer):
    """A text to keep: one of `text`, `html`, or only `url` to have the page fetched."""

    conditions = (any_of("text", "html", "url"), {"not": {"required": ["text", "html"]}})

    text = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    html = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    url = serializers.CharField(required=False, allow_blank=True, max_length=2000)
    title = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    outlet = serializers.CharField(required=False, allow_blank=True, max_length=300)
    published = DateHeard(required=False, allow_null=True)
    language = fields.LanguageField(required=False, allow_blank=True, max_length=35)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One text, in one form."""
        if "text" in attrs and "html" in attrs:
            raise serializers.ValidationError({"html": [_("Send text or html, not both.")]})
        if not ("text" in attrs or "html" in attrs or attrs.get("url")):
            raise serializers.ValidationError({"text": [_("Send text, html or url.")]})
        return attrs


class DocumentChange(StrictSerializer):
    """What to correct of a document."""

    title = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    published = DateHeard(required=False)
    language = fields.LanguageField(required=False, allow_blank=True, max_length=35)
    reason = serializers.CharField()
