"""What the lists of sources may be narrowed by."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from sources.api import fields, strict
from sources.api.pagination import MOST
from sources.models import SPELLED
from sources.registry import speakers
from sources.text.folding import folded_words


class NameFilters(serializers.Serializer[Any]):
    """A list of what has a name."""

    lookups: ClassVar[dict[str, str]] = {}  # by filter

    q = serializers.CharField(required=False, max_length=300, help_text="all of these words in a name, in any spelling and order")
    cursor = serializers.CharField(required=False, max_length=500)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=MOST)

    def validate_q(self, value: str) -> list[str]:
        """As words, of which there is one at least: without any the whole list would be shown as if it had been found."""
        if not (words := folded_words(value)):
            raise serializers.ValidationError(_("There is no word in it to search for."))
        return words

    @classmethod
    def narrowed(cls, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        """The rows that fit every filter."""
        return rows.filter(**{lookup: asked[name] for name, lookup in cls.lookups.items() if name in asked})


class OutletFilters(NameFilters):
    """A list of outlets."""

    lookups: ClassVar[dict[str, str]] = {"q": "words__contains"}

    @classmethod
    def narrowed(cls, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        """The outlets that fit."""
        return super().narrowed(rows.alias(words=SPELLED), asked)


class SpeakerFilters(NameFilters):
    """A list of speakers."""

    @classmethod
    def narrowed(cls, rows: QuerySet[Any], asked: dict[str, Any]) -> QuerySet[Any]:
        """The speakers that fit, whoever was merged into them included."""
        return rows.filter(speakers.having_words(asked["q"])) if "q" in asked else rows


class DocumentFilters(NameFilters):
    """A list of documents."""

    lookups: ClassVar[dict[str, str]] = {
        "q": "words__contains",
        "outlet": "outlet",
        "language": "language",
        "published_after": "published_first__gte",
    }

    q = serializers.CharField(required=False, max_length=300, help_text="all of these words in the title, in any spelling and order")
    outlet = serializers.UUIDField(required=False)
    language = fields.LanguageField(required=False, max_length=35, help_text="BCP 47")
    published_after = fields.DayField(required=False, help_text="published on this day or later; undated ones are left out")


def checked_filters(request: Request, form: type[NameFilters]) -> dict[str, Any]:
    """The filters of a request, checked. Raises ValidationError."""
    return strict.checked_parameters(request, form)
