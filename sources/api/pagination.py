"""Pagination of every list: a page starts after the last row of the one before, so that the millionth costs no more than the first."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.core.signing import BadSignature, Signer
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

LIMIT, MOST = 50, 200


@dataclass(frozen=True, slots=True)
class Key:
    """A column that rows are ordered by. Empty values come last, either way."""

    name: str
    read: type = str
    descending: bool = False
    nullable: bool = False

    def ordered(self, *, backwards: bool) -> Any:
        """The ORDER BY expression."""
        down = self.descending != backwards
        # Said only where it matters: an index serves plain ASC and DESC.
        nulls: dict[str, Any] = {} if not self.nullable else {"nulls_first": True} if backwards else {"nulls_last": True}
        return F(self.name).desc(**nulls) if down else F(self.name).asc(**nulls)

    def same(self, value: Any) -> Q:
        """Rows with this value."""
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})

    def beyond(self, value: Any, *, backwards: bool) -> Q:
        """Rows that come after this value."""
        if value is None:
            return Q(**{f"{self.name}__isnull": False}) if backwards else Q(pk__in=[])
        comparison = "lt" if self.descending != backwards else "gt"
        further = Q(**{f"{self.name}__{comparison}": value})
        return further | Q(**{f"{self.name}__isnull": True}) if self.nullable and not backwards else further

    def parse(self, plain: Any) -> Any:
        """The value as a cursor held it."""
        if plain is None or self.read is int:
            return plain
        return UUID(plain) if self.read is UUID else self.read.fromisoformat(plain) if self.read in (date, datetime) else plain


@dataclass(frozen=True, slots=True)
class KeysetPage:
    """Rows and the addresses of their neighbours."""

    results: list[Any]
    next: str | None
    previous: str | None

    def around(self, shown: list[Any]) -> dict[str, Any]:
        """The answer: what is shown of the rows, between the addresses."""
        return {"next": self.next, "previous": self.previous, "results": shown}


def paginate(request: Request, rows: QuerySet[Any], keys: list[Key]) -> KeysetPage:
    """One page of `rows` (models, or a values() query that holds the keys); one row more is read to see whether another page follows."""
    limit = page_size(request)
    backwards, place = place_of(request, keys) or (False, None)
    found: list[Any] = []
    for part in _parts(rows, keys, place, backwards=backwards):
        found += part[: limit + 1 - len(found)]
        if len(found) > limit:
            break
    more, found = len(found) > limit, found[:limit]
    if backwards:
        found.reverse()
    has_next = more if not backwards else True
    has_previous = place is not None if not backwards else more
    return KeysetPage(
        found,
        address(request, keys, _place(found[-1], keys)) if found and has_next else None,
        address(request, keys, _place(found[0], keys), backwards=True) if found and has_previous else None,
    )


def _place(row: Any, keys: list[Key]) -> list[Any]:
    return [row[key.name] if isinstance(row, dict) else getattr(row, key.name) for key in keys]


class KeysetPagination(CursorPagination):
    """Pages of a list view, by `paginate`: newest first, 50 to a page, 200 at most (`page_size`)."""

    keys = [Key("created_at", datetime, descending=True), Key("id", UUID, descending=True)]
    page_size = LIMIT
    page_size_query_param = "page_size"
    max_page_size = MOST

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        """The rows of the page that is asked for."""
        self._page = paginate(request, queryset, self.keys)
        return self._page.results

    def get_paginated_response(self, data: Any) -> Response:
        """What is shown of them, between the addresses of their neighbours."""
        return Response(self._page.around(data))

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """How they are described."""
        cursor = {"type": "string", "description": "from `next` or `previous`"}
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        described = {self.cursor_query_param: cursor, self.page_size_query_param: size}
        return [{"name": name, "in": "query", "required": False, "schema": schema} for name, schema in described.items()]


def _parts(rows: QuerySet[Any], keys: list[Key], place: list[Any] | None, *, backwards: bool) -> Iterator[QuerySet[Any]]:
    """The rows from the place on, in their order: those whose first key is empty by themselves, or no index could start at a place."""
    first = keys[0]
    if not _apart(keys):
        if place is not None:
            rows = rows.filter(_after(keys, place, backwards=backwards))
        yield rows.order_by(*(key.ordered(backwards=backwards) for key in keys))
        return
    for empty in (True, False) if backwards else (False, True):
        part = rows.filter(**{f"{first.name}__isnull": empty})
        if place is None or (place[0] is None) == empty:
            told = [replace(key, nullable=False) for key in keys]
            if empty:
                told, place = told[1:], place and place[1:]
            yield from _parts(part, told, place, backwards=backwards)
            place = None


def _apart(keys: list[Key]) -> bool:
    return keys[0].nullable and len(keys) > 1 and not any(key.nullable for key in keys[1:])


class _Row(Func):
    """Values side by side, compared by the first that differs."""

    template = "(%(expressions)s)"
    output_field = BooleanField()  # of nothing that is read


def _after(keys: list[Key], place: list[Any], *, backwards: bool) -> Any:
    if len({key.descending for key in keys}) == 1 and not any(key.nullable for key in keys):
        # One comparison of whole rows, so that the index starts at the place itself: alternatives would read all of the first key's.
        comparison = LessThan if keys[0].descending != backwards else GreaterThan
        return comparison(_Row(*(F(key.name) for key in keys)), _Row(*(Value(value) for value in place)))
    reached, equal = Q(pk__in=[]), Q()
    for key, value in zip(keys, place, strict=True):
        reached |= equal & key.beyond(value, backwards=backwards)
        equal &= key.same(value)
    return reached


def page_size(request: Request) -> int:
    """How many rows are asked for. Raises ValidationError."""
    given = request.query_params.get("page_size", "")
    if not given:
        return LIMIT
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST):
        raise ValidationError({"page_size": [_("A number from 1 to %d.") % MOST]})
    return int(given)


# ── cursors: the values of a row's keys, signed for one list in one ordering


def place_of(request: Request, keys: list[Key]) -> tuple[bool, list[Any]] | None:
    """Which way the request's cursor goes, and after which values; None without one.

    Raises ValidationError for whatever this list did not give out in this ordering.
    """
    cursor = request.query_params.get("cursor", "")
    if not cursor:
        return None
    try:
        backwards, place = orjson.loads(base64.urlsafe_b64decode(_signer(request, keys).unsign(cursor)))
    except (BadSignature, UnicodeEncodeError) as error:
        raise ValidationError({"cursor": [_("Take a cursor from `next` or `previous`, with the same ordering.")]}) from error
    return bool(backwards), [key.parse(plain) for key, plain in zip(keys, place, strict=True)]


def address(request: Request, keys: list[Key], place: list[Any], *, backwards: bool = False) -> str:
    """The address of this list from the place on: the same request with another cursor."""
    plain = base64.urlsafe_b64encode(orjson.dumps([backwards, place])).decode()
    asked = request.query_params.copy()
    asked["cursor"] = _signer(request, keys).sign(plain)
    return request.build_absolute_uri(f"{request.path}?{urlencode(list(asked.lists()), doseq=True)}")


def _signer(request: Request, keys: list[Key]) -> Signer:
    """What a cursor holds goes into a query as it is, so it must be what we put there; a place in one list is none in another."""
    return Signer(sep=".", salt=f"cursor {request.path} {_order(keys)}")


def _order(keys: list[Key]) -> str:
    return ",".join(f"-{key.name}" if key.descending else key.name for key in keys)
