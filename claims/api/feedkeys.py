"""Keys of the feeds over HTTP: each person's own, the words of each shown once."""

from typing import Any

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import requests
from claims.api.feeds import TOKEN
from claims.models import FeedKey
from claims.notifications import feedkeys
from sources.api import idempotency
from sources.api.strict import StrictSerializer


class KeyHeard(StrictSerializer):
    """What it is for."""

    name = serializers.CharField(required=False, default="", max_length=100, allow_blank=True)


class KeyShown(serializers.Serializer[Any]):
    """A key, without its words."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()


class KeyMade(KeyShown):
    """A new key. Its words are in this answer and in no other."""

    token = serializers.CharField()
    due = serializers.URLField(help_text="the address for a calendar")


class KeysShown(serializers.Serializer[Any]):
    """Your keys."""

    results = KeyShown(many=True)


class Keys(requests.RoomView):
    """Your own keys of the feeds."""

    reading = ("POST",)
    secret = ("POST",)

    @extend_schema(operation_id="feeds_tokens_list", responses=KeysShown)
    def get(self, request: Request) -> Response:
        """Your keys, newest first."""
        keys = FeedKey.objects.filter(user=requests.account(request)).order_by("-pk")
        return Response({"results": list(keys.values("id", "name", "created_at"))})

    @extend_schema(operation_id="feeds_tokens_make", parameters=[idempotency.HEADER], request=KeyHeard, responses={201: KeyMade})
    def post(self, request: Request) -> Response:
        """A key that opens the feeds and nothing else, for an address that a calendar asks."""
        form = KeyHeard(data=request.data)
        form.is_valid(raise_exception=True)
        words = feedkeys.new_words()
        made = feedkeys.make(requests.account(request), words, form.validated_data["name"])
        due = f"{settings.ADDRESS}{reverse('feed-due')}?{TOKEN}={words}"
        return Response({"id": made.pk, "name": made.name, "created_at": made.created_at, "token": words, "due": due}, status=201)


class OneKey(requests.RoomView):
    """One of your keys."""

    reading = ("DELETE",)

    @extend_schema(operation_id="feeds_tokens_delete", responses={204: None})
    def delete(self, request: Request, id: int) -> Response:  # noqa: A002
        """It opens nothing any more."""
        get_object_or_404(FeedKey, pk=id, user=request.user).delete()
        return Response(status=204)
