"""API tokens over HTTP: each person's own, an administrator everybody's; the words of a new one are shown once."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sources import roles
from sources.api import idempotency, tokens
from sources.api.openapi import headers
from sources.api.pagination import Key, KeysetPagination
from sources.api.problems import Problem
from sources.api.strict import StrictSerializer
from sources.api.views import Hearing, Listing
from sources.models import ApiToken, Scope

_REFUSED = {400: Problem, 403: Problem}


class TokenSaid(serializers.Serializer[Any]):
    """A token, without its words."""

    id = serializers.IntegerField()
    user = serializers.CharField(source="user.username")
    name = serializers.CharField()
    scope = serializers.ChoiceField(Scope.choices)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True, help_text="null: never")
    used_at = serializers.DateTimeField(allow_null=True, help_text="the minute in which it was last used")
    revoked_at = serializers.DateTimeField(allow_null=True)
    valid = serializers.BooleanField(source="is_valid", help_text="neither revoked nor expired")
    warning = serializers.CharField(help_text="what should be done about it, in the language asked for; empty where nothing should")


class TokenMade(TokenSaid):
    """A new token. Its words are in this answer and in no other."""

    token = serializers.CharField()


class TokenHeard(StrictSerializer):
    """What it is for, what it may, and until when."""

    name = serializers.CharField(required=False, default="", max_length=100, allow_blank=True)
    scope = serializers.ChoiceField(
        Scope.choices, required=False, default=Scope.WRITE.value, help_text="`write`: what you may; `read`; or a role that it is at most"
    )
    expires_at = serializers.DateTimeField(required=False, allow_null=True, help_text="in a year when left out; null: never")


class TokenFilters(serializers.Serializer[Any]):
    """Whose tokens."""

    user = serializers.CharField(required=False, max_length=150, help_text="by user name: for administrators; your own when left out")


class Tokens(Listing):
    """The tokens of one person."""

    reading = ("POST",)  # everybody's own: it changes nothing of the desk
    secret = ("POST",)
    serializer_class = TokenSaid
    queryset = ApiToken.objects.select_related("user")

    class pagination_class(KeysetPagination):  # noqa: N801
        keys = [Key("id", int, descending=True)]

    @extend_schema(
        operation_id="tokens_list",
        parameters=[TokenFilters],
        responses={200: TokenSaid(many=True), **_REFUSED},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Tokens, newest first, those too that open nothing any more."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[ApiToken]:
        """Those of whoever is meant. Raises NotAllowed."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset.none()
        asked = TokenFilters(data=self.request.query_params.dict())
        asked.is_valid(raise_exception=True)
        name = asked.validated_data.get("user", self.actor.name)
        if name != self.actor.name:
            roles.must(self.actor, "operate")
        return self.queryset.filter(user__username=name)

    @extend_schema(
        operation_id="tokens_make",
        parameters=[idempotency.HEADER, headers.location(201)],
        request=TokenHeard,
        responses={201: TokenMade, **_REFUSED},
    )
    def post(self, request: Request) -> Response:
        """A token of your own. One that is asked for by a token may no more, and lives no longer, than that one."""
        heard, asking = self.hear(TokenHeard), request.auth
        through = asking if isinstance(asking, ApiToken) else None
        if "expires_at" not in heard:
            heard["expires_at"] = _expiry(through)
        assert isinstance(request.user, User)
        made, words = tokens.create(request.user, **heard, through=through)
        shown = TokenSaid(made).data | {"token": words}
        return Response(shown, status=201, headers={"Location": reverse("token", args=[made.pk])})


def _expiry(through: ApiToken | None) -> Any:
    """In a year, or with the token that asks for it."""
    usual = tokens.default_expiry()
    return min(usual, through.expires_at) if through and through.expires_at else usual


class OneToken(Hearing, generics.GenericAPIView[Any]):
    """One token."""

    reading = ("DELETE",)
    serializer_class = TokenSaid

    @extend_schema(operation_id="tokens_read", responses={200: TokenSaid, 404: Problem})
    def get(self, request: Request, pk: int) -> Response:
        """How it stands."""
        return Response(TokenSaid(self._of_theirs(pk)).data)

    @extend_schema(operation_id="tokens_revoke", responses={204: None, 404: Problem})
    def delete(self, request: Request, pk: int) -> Response:
        """It opens nothing any more, from now on. It stays in the list."""
        found = self._of_theirs(pk)
        ApiToken.objects.filter(pk=found.pk).revoke()
        return Response(status=204)

    def _of_theirs(self, pk: int) -> ApiToken:
        if pk >= 2**63:
            raise Http404
        return get_object_or_404(tokens.visible_to(self.actor), pk=pk)
