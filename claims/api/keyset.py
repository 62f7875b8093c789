"""Pages by place and not by number: the next page starts after the last row, however deep it is."""

import base64
import binascii
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import orjson
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value
from django.db.models.lookups import GreaterThan, LessThan
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

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

    results: list[dict[str, Any]]
    next: str | None
    previous: str | None

    def around(self, shown: list[Any]) -> dict[str, Any]:
        """The answer: what is shown of the rows, between the addresses."""
        return {"next": self.next, "previous": self.previous, "results": shown}


def paginate(request: Request, rows: QuerySet[Any], keys: list[Key]) -> KeysetPage:
    """One page of `rows` (a values() query that holds the keys), one row more to see whether another page follows."""
    limit = _limit(request)
    backwards, place = _read(request.query_params.get("cursor", ""), keys)
    found: list[dict[str, Any]] = []
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
        _address(request, keys, found[-1], backwards=False) if found and has_next else None,
        _address(request, keys, found[0], backwards=True) if found and has_previous else None,
    )


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


def _limit(request: Request) -> int:
    given = request.query_params.get("page_size", "")
    if not given:
        return LIMIT
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST):
        raise ValidationError({"page_size": [_("A number from 1 to %d.") % MOST]})
    return int(given)


def _read(cursor: str, keys: list[Key]) -> tuple[bool, list[Any] | None]:
    if not cursor:
        return False, None
    try:
        order, backwards, place = orjson.loads(base64.urlsafe_b64decode(cursor))
        if order != _order(keys) or len(place) != len(keys):
            raise ValueError(cursor)
        return bool(backwards), [key.parse(plain) for key, plain in zip(keys, place, strict=True)]
    except (ValueError, TypeError, AttributeError, binascii.Error) as error:
        raise ValidationError({"cursor": [_("Take a cursor from `next` or `previous`, with the same ordering.")]}) from error


def _order(keys: list[Key]) -> str:
    return ",".join(f"-{key.name}" if key.descending else key.name for key in keys)


def _address(request: Request, keys: list[Key], row: dict[str, Any], *, backwards: bool) -> str:
    place = orjson.dumps([_order(keys), backwards, [row[key.name] for key in keys]])
    asked = request.query_params.copy()
    asked["cursor"] = base64.urlsafe_b64encode(place).decode()
    return request.build_absolute_uri(f"{request.path}?{urlencode(list(asked.lists()), doseq=True)}")
