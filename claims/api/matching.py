"""Claims that say nearly what somebody has in hand."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import similarity
from claims.api import filters, requests
from claims.api.dates import DateHeard
from claims.domain import choices
from sources.api import idempotency
from sources.api.strict import StrictSerializer

LONGEST = 10_000  # as a statement


STRENGTHS = [(strength.value, strength.value) for strength in similarity.Strength]


class StrengthAsked(StrictSerializer):
    """Which matches are wanted."""

    strength = serializers.ChoiceField(STRENGTHS, required=False, help_text="only strong matches, or only weak ones; both when left out")


class MatchHeard(StrengthAsked):
    """A text, who posted it and when, how many claims at most, and of which strength."""

    text = serializers.CharField(max_length=LONGEST)
    author = serializers.CharField(
        required=False, allow_blank=True, max_length=200, help_text="who posted it; read from its signature when left out"
    )
    date = DateHeard(required=False, allow_null=True, help_text="when it was posted (EDTF); read from its signature when left out")
    limit = serializers.IntegerField(required=False, default=10, min_value=1, max_value=50)


ALIKE = ["same", "overlap", "differ"]


class FiguresApart(serializers.Serializer[Any]):
    """Two figures of one unit that differ."""

    text = serializers.CharField(help_text="as the text has it")
    claim = serializers.CharField(help_text="as the claim has it")
    unit = serializers.CharField()
    by = serializers.DecimalField(40, 10, help_text="the claim's less the text's")
    part = serializers.FloatField(allow_null=True, help_text="of the text's: 0.5 is half as much again")


class WhyShown(serializers.Serializer[Any]):
    """How they are alike and how not; null where one of them says nothing of it."""

    wording = serializers.FloatField(help_text="0 to 1, letter by letter in whatever order of words")
    figures = serializers.ChoiceField(["same", "differ"], allow_null=True)
    differences = FiguresApart(many=True)
    polarity = serializers.ChoiceField(["same", "opposite"])
    time = serializers.ChoiceField(ALIKE, allow_null=True)
    entities = serializers.ChoiceField(ALIKE, allow_null=True)
    entities_shared = serializers.ListField(child=serializers.CharField(), help_text="as stems")


class MatchShown(serializers.Serializer[Any]):
    """A claim near the text."""

    claim = serializers.UUIDField()
    statement = serializers.CharField()
    speaker = serializers.CharField()
    status = serializers.ChoiceField(choices.Status.choices)
    rating = serializers.ChoiceField(choices.Rating.choices, allow_null=True)
    score = serializers.FloatField(help_text="orders the list; 1 at most")
    shared = serializers.FloatField(help_text="the part of the text's words, weighed by rarity, that the claim has too")
    strength = serializers.ChoiceField(STRENGTHS, help_text=f"strong where `shared` is {similarity.SHARED} at least")
    why = WhyShown()


class MatchesShown(serializers.Serializer[Any]):
    """What is near, best first."""

    results = MatchShown(many=True)


class Matches(requests.RoomView):
    """Near-duplicates."""

    reading = ("POST",)

    @extend_schema(operation_id="match", parameters=[StrengthAsked, idempotency.HEADER], request=MatchHeard, responses={200: MatchesShown})
    def post(self, request: Request) -> Response:
        """The claims nearest to a text, best first, each with how strong a match it is, what is alike and what is not. Changes nothing."""
        address = filters.checked_filters(request, StrengthAsked)
        heard = MatchHeard(data=request.data)
        heard.is_valid(raise_exception=True)
        asked = heard.validated_data
        if "strength" in address and asked.get("strength", address["strength"]) != address["strength"]:
            raise serializers.ValidationError({"strength": [_("The address and the body ask for different matches.")]})
        found = similarity.similar(
            asked["text"],
            limit=asked["limit"],
            author=asked.get("author", ""),
            date=(asked.get("date") and asked["date"].edtf) or "",
            strength=address.get("strength", asked.get("strength")),
        )
        return Response({"results": [match.as_json() for match in found]})
