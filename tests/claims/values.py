"""Values by type: an event with each of its fields filled, so that a test sees fields that it does not know by name."""

import typing
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")
WORD = "زمرّدة"
# Texts that hold something else than words, by the name of their field.
CODED: Mapping[str, str] = {
    **dict.fromkeys(
        ("id", "document", "snapshot", "claim", "evidence", "verdict", "link", "other", "merged_into", "took_in"), str(UUID(int=7))
    ),
    "edtf": "2023-05",
    **dict.fromkeys(("first_published_at", "last_corrected_at"), "2023-05-01T00:00:00Z"),
}


def made(kind: type[T], coded: Mapping[str, str] = CODED) -> T:
    """A dataclass with a value in every field: WORD in every text but those named in `coded`."""
    hints = typing.get_type_hints(kind)
    return kind(**{each.name: value(hints[each.name], each.name, coded) for each in fields(kind)})  # type: ignore[arg-type]


def value(hint: Any, name: str, coded: Mapping[str, str] = CODED) -> Any:
    """A value of this type that no field has by default. Raises NotImplementedError for a type that it does not know: add it."""
    inside = typing.get_args(hint)
    if typing.get_origin(hint) in (UnionType, typing.Union):
        return value(next(each for each in inside if each is not type(None)), name, coded)
    if typing.get_origin(hint) is tuple:
        return (value(inside[0], name, coded),)
    if typing.get_origin(hint) is dict:
        return {"statement": WORD}
    if is_dataclass(hint):
        return made(typing.cast("type[Any]", hint), coded)
    if issubclass(hint, Enum):
        return list(hint)[-1]
    if hint is str:
        return coded.get(name, WORD)
    known = {bool: True, int: 7, Decimal: Decimal("0.25"), date: date(2023, 5, 1), datetime: datetime(2023, 5, 1)}
    if hint not in known:
        raise NotImplementedError(f"tests/claims/values.py makes no value of {hint} for the field {name} yet: say there what is one.")
    return known[hint]


def texts(plain: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in plain JSON data, with the name of the field that it stands in."""
    if isinstance(plain, str):
        yield name, plain
    elif isinstance(plain, list):
        for each in plain:
            yield from texts(each, name)
    elif isinstance(plain, dict):
        for key, each in plain.items():
            yield from texts(each, key)
