"""The feeds that bring documents, over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sources import watching
from sources.api import idempotency
from sources.api.openapi import headers
from sources.api.pagination import Key, KeysetPagination
from sources.api.problems import Problem
from sources.api.strict import StrictSerializer
from sources.api.views import Hearing, Listing
from sources.api.watches import AttentionHeard, CheckedSaid, attend
from sources.models import Attention, Feed
from sources.watching import feeds

_REFUSED = {400: Problem, 403: Problem}


class IncomingFeedSaid(CheckedSaid):
    """A feed that is polled."""

    id = serializers.IntegerField()
    url = serializers.CharField()
    outlet = serializers.UUIDField(source="outlet_id")
    source = serializers.CharField(source="outlet.name")  # type: ignore[assignment]
    every = serializers.IntegerField(help_text="minutes between two looks; rarer where nothing new comes")
    pages = serializers.BooleanField(help_text="are the entries' pages fetched? Else the text that the feed carries is taken")
    created_at = serializers.DateTimeField()


class IncomingFeedHeard(StrictSerializer):
    """A feed to poll."""

    url = serializers.CharField(max_length=2000)
    outlet = serializers.CharField(max_length=300, help_text="the outlet's name; it is made where it is new")
    every = serializers.IntegerField(required=False, default=30, min_value=feeds.LEAST_MINUTES, max_value=feeds.MOST_MINUTES)
    pages = serializers.BooleanField(required=False, default=True)


class IncomingFeedChange(AttentionHeard):
    """What to change of it."""

    attention = serializers.ChoiceField(Attention.choices, required=False)
    every = serializers.IntegerField(required=False, min_value=feeds.LEAST_MINUTES, max_value=feeds.MOST_MINUTES)
    pages = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """An end only of a pause."""
        return super().validate(attrs) if "attention" in attrs else attrs


class IncomingFeeds(Listing):
    """The feeds."""

    queryset = Feed.objects.select_related("outlet__watch")
    serializer_class = IncomingFeedSaid

    class pagination_class(KeysetPagination):  # noqa: N801
        keys = [Key("id", int, descending=True)]

    @extend_schema(
        parameters=[idempotency.HEADER, headers.location(201)],
        request=IncomingFeedHeard,
        responses={201: IncomingFeedSaid, **_REFUSED, 409: Problem},
    )
    def post(self, request: Request) -> Response:
        """Polls a feed from now on; each new entry becomes a document that is read."""
        heard = self.hear(IncomingFeedHeard)
        added = feeds.add(heard.pop("url"), heard.pop("outlet"), by=self.actor, **heard)
        feed = generics.get_object_or_404(Feed.objects.select_related("outlet__watch"), pk=added.pk)
        place = request.build_absolute_uri(f"{request.path}{feed.pk}/")
        return Response(IncomingFeedSaid(feed).data, status=201, headers={"Location": place})


class OneIncomingFeed(Hearing, generics.RetrieveAPIView[Any]):
    """One feed."""

    queryset = Feed.objects.select_related("outlet__watch")
    serializer_class = IncomingFeedSaid

    @extend_schema(parameters=[idempotency.HEADER], request=IncomingFeedChange, responses={200: IncomingFeedSaid, **_REFUSED})
    def patch(self, request: Request, pk: int) -> Response:
        """Changes its pace, how its entries are taken, or whether it is polled."""
        heard, feed = self.hear(IncomingFeedChange), self.get_object()
        feeds.change(feed, by=self.actor, every=heard.get("every"), pages=heard.get("pages"))
        if "attention" in heard:
            attend(feed, heard, by=self.actor)
        return Response(IncomingFeedSaid(self.get_object()).data)

    @extend_schema(responses={204: None, 403: Problem})
    def delete(self, request: Request, pk: int) -> Response:
        """Polls it no longer, and forgets it; its documents stay."""
        feeds.remove(self.get_object(), by=self.actor)
        return Response(status=204)


class IncomingFeedCheck(Hearing, generics.GenericAPIView[Any]):
    """A look at a feed."""

    queryset = Feed.objects.select_related("outlet__watch")
    serializer_class = IncomingFeedSaid

    @extend_schema(parameters=[idempotency.HEADER], request=None, responses={202: IncomingFeedSaid, **_REFUSED, 409: Problem})
    def post(self, request: Request, pk: int) -> Response:
        """Has the feed polled as soon as a worker is free and its site's pause is over."""
        self.hear(StrictSerializer)
        watching.check_soon(self.get_object(), by=self.actor)
        return Response(IncomingFeedSaid(self.get_object()).data, status=202)
