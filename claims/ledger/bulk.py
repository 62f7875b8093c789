"""Rows as PostgreSQL reads them: literals for a few, COPY for many; the ORM's way costs several times as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from operator import attrgetter
from typing import Any
from uuid import UUID

import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

Values = dict[str, Any]  # by column
Statement = tuple[str, list[Any]]

MANY = 20  # from so many rows on COPY is faster than literals
SOME = 250  # rows of a COPY that are sent together


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
        return _array
    if isinstance(field, models.BinaryField):
        return lambda value: "\\x" + bytes(value).hex()
    if isinstance(field, models.DateField):  # and DateTimeField
        return _day
    if isinstance(field, models.UUIDField):
        return attrgetter("hex")  # made in a third of the time that the hyphens take
    return str


def _day(value: date | datetime) -> str:
    return value.isoformat()


def array(plain: Iterable[str]) -> str:
    """A literal of PostgreSQL's arrays, of words that hold nothing to quote (ids, days); the driver's way takes ten times as long."""
    return "{" + ",".join(plain) + "}"


def _array(words: Sequence[str]) -> str:
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return "{" + ",".join(f'"{word}"' for word in quoted) + "}"


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
    return copy_lines(into or model._meta.db_table, _named(columns(model)), (written(model, row) for row in rows))


def copy_lines(table: str, names: str, lines: Iterable[Sequence[Any]]) -> int:
    """COPY of lines of values that are text already, or whole numbers, or None; how many there were.

    They are sent a few at a time, so that PostgreSQL takes some in while the next ones are made.
    """
    done = 0
    each = iter(lines)
    if not (part := [_line(values) for values in islice(each, SOME)]):
        return 0  # nothing to write needs no trip
    wrapped = connection.wrap_database_errors  # Django does so where it knows of a statement; of COPY it does not
    with wrapped, connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copying:
        while part:
            copying.write("\n".join(part) + "\n")
            done += len(part)
            part = [_line(values) for values in islice(each, SOME)]
    return done


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


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _line(values: Sequence[Any]) -> str:
    """One line of COPY's text format. Few hold anything to escape, and looking at the whole line is cheaper than at each value."""
    line = "\t".join(["\\N" if value is None else str(value) for value in values])
    if line.count("\t") == len(values) - 1 and "\n" not in line and "\r" not in line:
        nulls, slashes = values.count(None), line.count("\\")
        if nulls == slashes:
            return line
        if not nulls:
            return line.replace("\\", "\\\\")
    return "\t".join(["\\N" if value is None else _escaped(str(value)) for value in values])


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES) if "\\" in text or "\n" in text or "\t" in text or "\r" in text else text
