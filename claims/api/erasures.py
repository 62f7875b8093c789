"""What must be forgotten, over HTTP."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from claims import erasure
from claims.api import requests
from sources import roles
from sources.api import idempotency
from sources.api.strict import StrictSerializer


class ErasureHeard(StrictSerializer):
    """Which words, why, and whether only to look."""

    words = serializers.ListField(child=serializers.CharField(max_length=300), min_length=1, max_length=50)
    reason = serializers.CharField(max_length=2000, required=False, allow_blank=True, default="")
    dry_run = serializers.BooleanField(required=False, default=False, help_text="only count where the words stand")


class ErasureShown(serializers.Serializer[Any]):
    """How many of each hold, or held, the words."""

    events = serializers.IntegerField()
    texts = serializers.IntegerField()
    revisions = serializers.IntegerField()
    actors = serializers.IntegerField(help_text="events by an account of that name: who acted is proved, and stays")
    dry_run = serializers.BooleanField()


class Erasures(requests.RoomView):
    """Erasing, which cannot be undone.

    It takes locks that whoever asks under a key holds, so the room alone keeps its keys, and gives its counts again at any time.
    """

    room_keeps_keys = True

    @extend_schema(
        operation_id="erase", parameters=[idempotency.HEADER], request=ErasureHeard, responses={200: ErasureShown, 201: ErasureShown}
    )
    def post(self, request: Request) -> Response:
        """Makes words unreadable in every event, text and source; an editor's step. The same words again are found nowhere."""
        heard = ErasureHeard(data=request.data)
        heard.is_valid(raise_exception=True)
        words, looking, by = heard.validated_data["words"], heard.validated_data["dry_run"], requests.actor(request)
        roles.must(by, "erase")
        if looking:
            return Response(erasure.find(words).counts() | {"dry_run": True})
        found = erasure.erase(words, reason=heard.validated_data["reason"], by=by, key=requests.key(request))
        headers = {idempotency.REPLAYED: "true"} if found.replayed else {}
        return Response(found.counts() | {"dry_run": False}, status=status.HTTP_201_CREATED, headers=headers)
