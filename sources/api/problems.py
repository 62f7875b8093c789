"""Errors as RFC 9457 problems, in one shape for every address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Known:
    """What one of our own exceptions comes to over HTTP."""

    status: int
    title: Any  # perhaps translated later, for each reader
    field: str


_known: dict[type[Exception], Known] = {}


class Problem(serializers.Serializer):
    """A problem (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(child=serializers.ListField(child=serializers.CharField()), required=False, help_text="By field.")  # type: ignore[assignment]
    current = serializers.DictField(
        required=False,
        help_text="With 409 and 412 of a claim or a flag: its `version` and `status` now, and the whole `claim` or `flag` as it is.",
    )


def register(exc_class: type[Exception], status: int, title: Any = "", *, field: str = "") -> None:
    """Says what an exception comes to; its subclasses come to the same. `field` names what in the request was wrong."""
    _known[exc_class] = Known(status, title, field)


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler; None (and so a 500 in the log) for what nobody registered."""
    for kind in type(exc).__mro__:
        if known := _known.get(kind):
            errors = {known.field: [sentence(exc)]} if known.field else None
            return respond(known.status, sentence(exc), title=known.title, kind=type(exc), errors=errors)
    if isinstance(exc, Http404):
        exc = exceptions.NotFound()
    elif isinstance(exc, PermissionDenied):
        exc = exceptions.PermissionDenied()
    if not isinstance(exc, exceptions.APIException):
        return None
    if isinstance(exc, exceptions.ValidationError):
        errors = dict(_by_field(exc.detail))
        return respond(exc.status_code, next((said[0] for said in errors.values()), str(exc)), errors=errors)
    asked = getattr(exc, "auth_header", None)
    headers = {"WWW-Authenticate": str(asked)} if asked else {}
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(int(wait))
    return respond(exc.status_code, str(exc.detail), headers=headers)


def respond(
    status: int,
    detail: str,
    *,
    title: str = "",
    kind: type[Exception] | None = None,
    errors: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem as a response; what the request did is undone."""
    set_rollback()
    body: dict[str, Any] = {
        "type": f"urn:isnad:{_slug(kind.__name__)}" if kind else "about:blank",
        "title": str(title) or HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors is not None:
        body["errors"] = errors
    return Response(body, status=status, headers=headers, content_type=MEDIA_TYPE)


def sentence(exc: Exception) -> str:
    """What a person reads: the exception's own words where they are a sentence, else its docstring, translated."""
    own = str(exc)
    if own.rstrip(")").endswith(".") or " (" in own:
        return own
    said = gettext(" ".join((type(exc).__doc__ or own).split()))
    return f"{said} ({own})" if own and own != said else said


def _slug(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _by_field(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(detail, dict):
        for field, inner in detail.items():
            name = "" if field == api_settings.NON_FIELD_ERRORS_KEY else str(field)
            yield from _by_field(inner, ".".join(filter(None, [path, name])))
    elif any(isinstance(one, dict | list) for one in detail):
        for place, inner in enumerate(detail):
            yield from _by_field(inner if isinstance(inner, dict | list) else [inner], f"{path}.{place}".strip("."))
    elif detail:
        yield path, [str(one) for one in detail]
