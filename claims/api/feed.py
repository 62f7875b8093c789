"""The global feed: every event in one order with no gap, as CloudEvents 1.0."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters, requests, response_serializers
from claims.exchange.formats.cloudevents import cloud_events
from claims.ledger import history


class FeedParameters(serializers.Serializer[Any]):
    """Where to go on, and how many at once."""

    after = serializers.IntegerField(required=False, default=-1, min_value=-1, max_value=2**62, help_text="the last position you have")
    limit = serializers.IntegerField(required=False, default=100, min_value=1, max_value=1000)


class Feed(requests.RoomView):
    """Every event of every claim, flag and source."""

    @extend_schema(operation_id="events_feed", parameters=[FeedParameters], responses=response_serializers.FeedShown)
    def get(self, request: Request) -> Response:
        """Events after a position. Ask `next` again later: what it gives then is new."""
        asked = filters.checked_filters(request, FeedParameters)
        found = list(history.feed(asked["after"], asked["limit"]))
        reached = found[-1].position if found else asked["after"]
        onward = request.build_absolute_uri(f"{request.path}?after={reached}&limit={asked['limit']}")
        return Response({"next": onward, "results": cloud_events(found)})
