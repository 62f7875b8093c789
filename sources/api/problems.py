"""Errors as RFC 9457 problems, in one shape for every address."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from sources.errors import Category, Refusal
from sources.outages import outage_of

MEDIA_TYPE = "application/problem+json"

# What each sort of refusal comes to over HTTP.
STATUS = {
    Category.INVALID: HTTPStatus.BAD_REQUEST,
    Category.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Category.MISSING: HTTPStatus.NOT_FOUND,
    Category.CONFLICT: HTTPStatus.CONFLICT,
    Category.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Category.UPSTREAM: HTTPStatus.BAD_GATEWAY,
    Category.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


class Problem(serializers.Serializer[Any]):
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


# The titles of errors that have no name of their own, in the words of HTTP.
TITLES = {
    400: _("Bad Request"),
    401: _("Unauthorized"),
    403: _("Forbidden"),
    404: _("Not Found"),
    405: _("Method Not Allowed"),
    406: _("Not Acceptable"),
    409: _("Conflict"),
    410: _("Gone"),
    412: _("Precondition Failed"),
    413: _("Request Entity Too Large"),
    415: _("Unsupported Media Type"),
    428: _("Precondition Required"),
    429: _("Too Many Requests"),
    500: _("Internal Server Error"),
    502: _("Bad Gateway"),
    503: _("Service Unavailable"),
}


def answer(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Django REST framework's exception handler; None (and so a 500 in the log) for what is neither a refusal nor an error of HTTP."""
    if isinstance(exc, Refusal):
        return refused(exc)
    if outage := outage_of(exc):
        return respond(503, str(outage.sentence), code=outage.cause, headers={"Retry-After": str(outage.retry_after)})
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


def refused(refusal: Refusal, **headers: str) -> Response:
    """A refusal as a problem."""
    errors = {field: [str(said)] for field, said in refusal.errors.items()}
    detail = next((said[0] for said in errors.values()), "") or str(refusal)
    code = _slug(type(refusal)) if refusal.code is None else refusal.code
    return respond(STATUS[refusal.category], detail, title=refusal.title, code=code, errors=errors or None, headers=headers)


def respond(
    status: int,
    detail: str,
    *,
    title: str = "",
    code: str = "",
    errors: dict[str, list[str]] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """A problem as a response; what the request did is undone."""
    set_rollback()
    return Response(problem(status, detail, title=title, code=code, errors=errors), status=status, headers=headers, content_type=MEDIA_TYPE)


def problem(status: int, detail: str, *, title: str = "", code: str = "", errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    """The members of a problem, in the active language."""
    body: dict[str, Any] = {
        "type": f"urn:isnad:{code}" if code else "about:blank",
        "title": str(title or TITLES.get(status, HTTPStatus(status).phrase)),
        "status": status,
        "detail": detail,
    }
    if errors is not None:
        body["errors"] = errors
    return body


def _slug(refusal: type[Refusal]) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", refusal.__name__).lower()


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
