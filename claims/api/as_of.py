"""What was known at a past moment: a list of claims as they were, and what changed between two moments or versions."""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters, presenters, requests
from claims.domain.state import ClaimState
from claims.ledger import history
from sources.api import pagination, permissions, timestamps
from sources.api.pagination import Key

_IN_ORDER = re.compile(r"(position|version):([0-9]{1,18})", re.ASCII)


def _parameter(*places: str) -> OpenApiParameter:
    named = {"type": "string", "pattern": f"^({'|'.join(places)}):[0-9]{{1,18}}$"}
    wanted = " or ".join(["a past moment (RFC 3339)", *(f"`{place}:N`" for place in places)])
    schema = {"anyOf": [{"type": "string", "format": "date-time"}, named]}
    return OpenApiParameter("as_of", schema, description=f"{wanted}: what was known then")


AS_OF = _parameter("position")
AS_OF_CLAIM = _parameter("position", "version")


def moment(request: Request, claim: UUID | None = None) -> datetime | None:
    """The moment that a request names, if it names one."""
    given = request.query_params.get("as_of")
    return None if given is None else _moment(given, claim)


def _moment(given: str, claim: UUID | None = None) -> datetime:
    """A moment, or when a position of the feed or a version of this claim became known: then it was exactly so.

    Raises ValidationError, history.NotYet, history.NoSuchVersion, ledger.NoSuchClaim.
    """
    found = _IN_ORDER.fullmatch(given)
    if not found:
        return timestamps.read(given, "as_of")
    place, number = found[1], int(found[2])
    if place == "position":
        return history.moment_of_position(number)
    if claim is None:
        raise ValidationError({"as_of": [_("Versions are of one claim: name a moment or a position.")]})
    return history.moment_of_version(claim, number)


class AsOfParameters(serializers.Serializer[Any]):
    """How much of a list of then; the tables that filters ask hold what is known now."""

    as_of = serializers.CharField()
    cursor = serializers.CharField(required=False, max_length=500)
    page_size = serializers.IntegerField(required=False, default=pagination.LIMIT, min_value=1, max_value=pagination.MOST)


NEWEST = [Key("position", int, descending=True)]


def listing(request: Request) -> Response:
    """A page of the claims that were known then, newest first, each as it was."""
    if permissions.is_outside(request):  # what was withdrawn since is not shown through its past
        permissions.refuse(request)
    asked = filters.checked_filters(request, AsOfParameters)
    at = _moment(asked["as_of"])
    _backwards, place = pagination.place_of(request, NEWEST) or (False, [None])
    found = history.recorded(at, before=place[0], limit=asked["page_size"] + 1)
    page = found[: asked["page_size"]]
    states = history.states_as_of([stream for _position, stream in page], at)
    onward = pagination.address(request, NEWEST, [page[-1][0]]) if len(found) > len(page) else None
    wanted = [state for _position, stream in page if isinstance(state := states[stream], ClaimState)]
    return Response({"next": onward, "previous": None, "results": presenters.present_list_as_of(wanted, at)})


class ChangeShown(serializers.Serializer[Any]):
    """A field that reads otherwise, and who last changed it in between."""

    field = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    by = serializers.CharField()
    at = serializers.DateTimeField()
    version = serializers.IntegerField()
    type = serializers.CharField()


class Changes(serializers.Serializer[Any]):
    """What changed, by field."""

    results = ChangeShown(many=True)


_PLACE = "a version (0: before it began) or a past moment (RFC 3339)"


class ClaimDiff(requests.RoomView):
    """What changed of a claim."""

    @extend_schema(
        operation_id="claims_diff",
        parameters=[
            OpenApiParameter("since", str, required=True, description=_PLACE),
            OpenApiParameter("until", str, description=f"{_PLACE}; without it, now"),
        ],
        responses=Changes,
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """What changed from one version or moment to another: field, before, after, who, when."""
        requests.must_be_claim(id)
        if "since" not in request.query_params:
            raise ValidationError({"since": [_("Say since which version or moment.")]})
        until = _place(request, "until") if "until" in request.query_params else len(history.timeline(id))
        return Response({"results": [asdict(change) for change in history.diff(id, _place(request, "since"), until)]})


def _place(request: Request, name: str) -> Any:
    given = request.query_params[name]
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else timestamps.read(given, name)
