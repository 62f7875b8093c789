"""The table of fields as docs/api.md has it."""

import re
from collections.abc import Iterator

from claims.domain.fields import FIELDS, Door, Field, Type

HEAD = "| field | holds | given | filters | what |"
_TABLE = re.compile(rf"^{re.escape(HEAD)}\n(?:\|.*\n)*", re.MULTILINE)


def table() -> str:
    """A row for each field that a client may give or is answered."""
    shown = (field for field in FIELDS.values() if field.shows_in(Door.REQUEST) or field.shows_in(Door.ANSWER))
    rows = (f"| {' | '.join(_cells(field))} |\n" for field in shown)
    return f"{HEAD}\n| --- | --- | --- | --- | --- |\n{''.join(rows)}"


def replaced(document: str) -> str:
    """The document with the table as it is now. Raises ValueError where it has none."""
    if not _TABLE.search(document):
        raise ValueError(f"There is no table that begins with “{HEAD}”.")
    return _TABLE.sub(lambda _found: table(), document, count=1)


def _cells(field: Field) -> Iterator[str]:
    answered = field.name_in(Door.ANSWER)
    yield f"`{field.name}`" + (f"; `{answered}` in answers" if answered != field.name else "")
    yield _holds(field)
    yield "always" if field.required else "yes" if field.shows_in(Door.REQUEST) else "no"
    yield ", ".join(f"`{name}`" for name in field.filters)
    yield field.meaning


def _holds(field: Field) -> str:
    if field.choices:
        return ", ".join(f"`{value}`" for value in field.choices.values)
    bounds = [f"{field.max_items:,}"] if field.max_items else []
    if field.max_length and field.type is not Type.LANGUAGE:
        bounds.append(f"{field.max_length:,} characters")
    return f"{field.type}, up to {', each up to '.join(bounds)}" if bounds and field.shows_in(Door.REQUEST) else str(field.type)
