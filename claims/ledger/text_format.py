"""PostgreSQL's text formats, written by hand where they are written by the thousand: lines of COPY, literals of arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection

SOME = 250  # rows of a COPY that are sent together


def array(plain: Iterable[str]) -> str:
    """A literal of PostgreSQL's arrays, of words that hold nothing to quote (ids, days); the driver's way takes ten times as long."""
    return "{" + ",".join(plain) + "}"


def array_of_words(words: Sequence[str]) -> str:
    """The same of any words but None."""
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"') for word in words)
    return "{" + ",".join(f'"{word}"' for word in quoted) + "}"


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
