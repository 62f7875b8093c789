"""The revisions of a document, an outlet or a speaker over HTTP."""

from typing import Any

from django.db.models import Model
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.api.pagination import Key, KeysetPagination
from sources.api.serializers import FieldChange
from sources.api.views import Listing
from sources.models import Document, Revision
from sources.registry import revision_changes


class RevisionShown(serializers.Serializer[Any]):
    """One state of a source: when it came about, by whom, why, and each field that it changed. The ledger vouches for `digest`."""

    number = serializers.IntegerField()
    at = serializers.DateTimeField()
    by = serializers.CharField()
    reason = serializers.CharField()
    digest = serializers.SerializerMethodField()
    changes = serializers.SerializerMethodField()

    @extend_schema_field(str)
    def get_digest(self, revision: Revision) -> str:
        """SHA-256 of the state as it was written, in hex."""
        return bytes(revision.digest).hex()

    @extend_schema_field(FieldChange(many=True))
    def get_changes(self, revision: Revision) -> Any:
        """Against the revision before; the first sets whatever it has a value for."""
        return FieldChange(revision_changes.changes_of(revision), many=True).data


class Revisions(Listing):
    """What became of a document, an outlet or a speaker, newest first."""

    subject: type[Model] = Document  # whose the id in the address is
    queryset = Revision.objects.none()
    serializer_class = RevisionShown

    class pagination_class(KeysetPagination):  # noqa: N801
        keys = [Key("number", int, descending=True)]

    def get_queryset(self) -> Any:
        """Those of the subject in the address; 404 where there is none."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        subject: Any = get_object_or_404(self.subject, pk=self.kwargs["pk"])
        return revision_changes.newest_first(subject)
