"""The work list: open flags, the most urgent first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import rules
from claims.api import filters, requests, response_serializers
from claims.domain.choices import FlagStatus, Severity
from claims.ledger import Receipt
from claims.models import Flag
from sources.api import pagination
from sources.api.openapi import headers
from sources.api.pagination import Key

WORK_LIST = [Key("urgency", int), Key("raised_at", datetime), Key("id", UUID)]
COLUMNS = (
    *("id", "version", "claim_id", "claim__statement", "rule", "key", "code", "parameters", "severity", "urgency"),
    *("raised_at", "due_on", "state", "until", "assignee", "reason", "by", "closed_at"),
)


class FlagFilters(filters.PageFilters):
    """The filters of the work list."""

    state = serializers.ChoiceField(FlagStatus.choices, required=False, default=FlagStatus.OPEN)
    rule = filters.RuleField(required=False)
    claim = serializers.UUIDField(required=False)
    severity = serializers.ChoiceField(Severity.choices, required=False)
    assignee = serializers.CharField(required=False, max_length=150)


class Flags(requests.RoomView):
    """Flags, the most urgent first."""

    @extend_schema(operation_id="flags_list", parameters=[FlagFilters], responses=response_serializers.FlagPage)
    def get(self, request: Request) -> Response:
        """A page of flags; open ones unless another state is asked for."""
        asked = filters.checked_filters(request, FlagFilters)
        chosen = {name: asked[name] for name in ("state", "rule", "claim", "severity", "assignee") if name in asked}
        page = pagination.paginate(request, Flag.objects.filter(**chosen).values(*COLUMNS), WORK_LIST)
        return Response(page.around(_shown(page.results)))


class OneFlag(requests.RoomView):
    """One flag."""

    @extend_schema(operation_id="flags_read", parameters=[headers.version(200)], responses=response_serializers.FlagShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The flag as it is now, closed or not."""
        requests.must_be_flag(id)
        shown = show(id)
        response = Response(shown)
        response["ETag"] = f'"{shown["version"]}"'
        return response


def answer(receipt: Receipt) -> Response:
    """The flag after a step."""
    requests.must_be_first(receipt)
    response = Response(show(receipt.stream))
    response["ETag"] = f'"{receipt.version}"'
    return response


def show(flag: UUID) -> dict[str, Any]:
    """A flag that is there."""
    shown: dict[str, Any] = next(_shown_each(Flag.objects.filter(pk=flag).values(*COLUMNS)))
    return shown


def current(flag: UUID) -> dict[str, Any]:
    """What an answer of 409 or 412 says of it besides."""
    shown = show(flag)
    return {"version": shown["version"], "status": shown["state"], "flag": shown}


def _shown(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return list(_shown_each(rows))


def _shown_each(rows: Iterable[dict[str, Any]]) -> Any:
    for row in rows:
        reason, hint = rules.sentence(row["rule"], row["code"], row["parameters"])
        same = ("id", "version", "rule", "key", "code", "severity", "raised_at", "state", "until", "assignee", "closed_at")
        yield {name: row[name] for name in same} | {
            "claim": row["claim_id"],
            "statement": row["claim__statement"],
            "reason": reason,
            "hint": hint,
            "due_at": row["due_on"],
            "closed_by": row["by"],
            "closed_because": row["reason"],
        }
