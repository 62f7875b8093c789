"""Rows as PostgreSQL reads them: literals for a few, COPY for many; the ORM's way costs several times as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from claims.ledger import text_format

Values = dict[str, Any]  # by column
Statement = tuple[str, list[Any]]

MANY = 20  # from so many rows on COPY is faster than literals


@lru_cache(maxsize=64)
def columns(model: type[models.Model]) -> dict[str, Callable[[Any], str]]:
    """The columns of a table, the database's own numbering left out, with how each is written."""
    return {str(field.column): _writer(field) for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)}


def _writer(field: models.Field[Any, Any]) -> Callable[[Any], str]:
    if isinstance(field, models.ForeignKey):
        return _writer(field.target_field)
    if isinstance(field, models.JSONField):
        return lambda value: orjson.dumps(value).decode()
    if isinstance(field, ArrayField):
        return text_format.array_of_words
    if isinstance(field, models.BinaryField):
        return lambda value: "\\x" + bytes(value).hex()
    if isinstance(field, models.DateField):  # and DateTimeField
        return _day
    if isinstance(field, models.UUIDField):
        return attrgetter("hex")  # made in a third of the time that the hyphens take
    return str


def _day(value: date | datetime) -> str:
    return value.isoformat()


def written(model: type[models.Model], values: Values) -> list[str | None]:
    """The values in the order of the columns, as text that PostgreSQL reads as the column's type."""
    return [None if (value := values[name]) is None else write(value) for name, write in columns(model).items()]


def insert(model: type[models.Model], rows: Sequence[Values]) -> Statement:
    """One INSERT for a few rows."""
    return _insert(model, len(rows)), [v for row in rows for v in written(model, row)]


@lru_cache(maxsize=256)
def _insert(model: type[models.Model], number: int) -> str:
    names = columns(model)
    one = "(" + ", ".join(["%s"] * len(names)) + ")"
    return f"INSERT INTO {model._meta.db_table} ({_named(names)}) VALUES {', '.join([one] * number)}"  # noqa: S608


def update(model: type[models.Model], key: UUID, changed: Values) -> Iterator[Statement]:
    """An UPDATE of the columns that changed, by primary key; nothing where none did."""
    if changed:
        sql, writers = _update(model, tuple(changed))
        yield sql, [None if value is None else write(value) for value, write in zip((*changed.values(), key), writers, strict=True)]


@lru_cache(maxsize=256)
def _update(model: type[models.Model], changed: tuple[str, ...]) -> tuple[str, list[Callable[[Any], str]]]:
    """The UPDATE of these columns, and how each of its values is written, the key's last."""
    key = str(model._meta.pk.column)
    sets = ", ".join(f'"{name}" = %s' for name in changed)
    return f'UPDATE {model._meta.db_table} SET {sets} WHERE "{key}" = %s', [columns(model)[name] for name in (*changed, key)]  # noqa: S608


def copy(model: type[models.Model], rows: Iterable[Values], into: str = "") -> int:
    """COPY of any number of rows into the model's table, or into one shaped like it; how many there were."""
    return text_format.copy_lines(into or model._meta.db_table, _named(columns(model)), (written(model, row) for row in rows))


@lru_cache(maxsize=64)
def _types(model: type[models.Model]) -> dict[str, str]:
    return {str(field.column): str(field.db_type(connection)) for field in model._meta.concrete_fields}


def update_many(model: type[models.Model], changes: Iterable[tuple[UUID, Values]]) -> list[Statement]:
    """The UPDATEs of many rows, one statement for each set of columns that changed."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for id, changed in changes:
        if changed:
            groups.setdefault(tuple(changed), []).append((id, *changed.values()))
    statements = []
    writers, types, key = columns(model), _types(model), str(model._meta.pk.column)
    for which, rows in groups.items():
        names = (key, *which)
        sets = ", ".join(f'"{name}" = g."{name}"::{types[name]}' for name in which)
        arrays = [
            [None if value is None else write(value) for value in column]
            for write, column in zip((writers[name] for name in names), zip(*rows, strict=True), strict=True)
        ]
        unnest = f"unnest({', '.join(['%s::text[]'] * len(arrays))}) AS g({_named(names)})"
        statements.append((f'UPDATE {model._meta.db_table} t SET {sets} FROM {unnest} WHERE t."{key}" = g."{key}"::{types[key]}', arrays))  # noqa: S608
    return statements


def _named(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
