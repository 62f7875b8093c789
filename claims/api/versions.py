"""What changed between two texts of a document, and which quotes still stand."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters, requests
from claims.api.field_serializers import Made
from claims.provenance import text_diff
from sources.models import Document, Snapshot
from sources.text.changes import Standing


class ComparisonParameters(serializers.Serializer[Any]):
    """Which two texts."""

    to = serializers.UUIDField(required=False, help_text="a snapshot of this document; the newest when left out")

    def get_fields(self) -> Made:
        """`from` is a word of Python's own."""
        from_ = serializers.UUIDField(required=False, help_text="a snapshot of this document; the one before `to` when left out")
        return {"from": from_, **super().get_fields()}


class TextSide(serializers.Serializer[Any]):
    """One of the two texts; offsets count its Unicode code points."""

    id = serializers.UUIDField()
    digest = serializers.CharField()
    captured_at = serializers.DateTimeField()
    length = serializers.IntegerField()


class Hunk(serializers.Serializer[Any]):
    """`old`, which is [start_old, end_old) of the older text, became `new`, which is [start_new, end_new) of the newer."""

    start_old = serializers.IntegerField()
    end_old = serializers.IntegerField()
    start_new = serializers.IntegerField()
    end_new = serializers.IntegerField()
    old = serializers.CharField()
    new = serializers.CharField()


class QuoteShown(serializers.Serializer[Any]):
    """A claim's quote: `moved` only where it is verbatim and once in the newer text."""

    claim = serializers.UUIDField()
    quote = serializers.CharField()
    start_old = serializers.IntegerField(allow_null=True)
    start_new = serializers.IntegerField(allow_null=True)
    standing = serializers.ChoiceField([(each.value, each.value) for each in Standing])


class TextChanges(serializers.Serializer[Any]):
    """The two texts, what makes the one of the other, and the quotes of the document's claims."""

    document = serializers.UUIDField()
    to = TextSide()
    changes = Hunk(many=True)
    quotes = QuoteShown(many=True)

    def get_fields(self) -> Made:
        """`from` is a word of Python's own."""
        fields = super().get_fields()
        return {"document": fields.pop("document"), "from": TextSide(), **fields}


class DocumentChanges(requests.RoomView):
    """What changed of a document's text."""

    @extend_schema(operation_id="documents_changes", parameters=[ComparisonParameters], responses=TextChanges)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The changes from one text of a document to another, word by word, and what became of its claims' quotes."""
        asked = filters.checked_filters(request, ComparisonParameters)
        older, newer = _two(get_object_or_404(Document, pk=id), asked)
        compared = text_diff.compare(older, newer)
        hunks = [
            {name: getattr(change, name) for name in ("start_old", "end_old", "start_new", "end_new")}
            | {"old": older.text[change.start_old : change.end_old], "new": newer.text[change.start_new : change.end_new]}
            for change in compared.changes
        ]
        shown = {"document": id, "from": _side(older), "to": _side(newer), "changes": hunks, "quotes": list(map(_quote, compared.quotes))}
        return Response(shown)


def _two(document: Document, asked: dict[str, Any]) -> tuple[Snapshot, Snapshot]:
    texts = text_diff.texts_of(document)
    newer = _one(texts, asked, "to") if "to" in asked else texts.first()
    if newer is None:
        raise serializers.ValidationError({"to": [_("This document has no text.")]})
    if "from" in asked:
        return _one(texts, asked, "from"), newer
    return text_diff.before(newer) or newer, newer


def _one(texts: QuerySet[Snapshot], asked: dict[str, Any], name: str) -> Snapshot:
    found = texts.filter(pk=asked[name]).first()
    if found is None:
        raise serializers.ValidationError({name: [_("This document has no such text.")]})
    return found


def _side(text: Snapshot) -> dict[str, Any]:
    return {"id": text.pk, "digest": text.digest, "captured_at": text.captured_at, "length": len(text.text)}


def _quote(quote: text_diff.Quote) -> dict[str, Any]:
    said = {"claim": quote.claim.pk, "quote": quote.claim.quote, "standing": quote.place.standing}
    return said | {"start_old": quote.start, "start_new": quote.place.start}
