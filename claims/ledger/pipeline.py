"""Statements sent as one message, each planned once for a connection: planning takes longer than a small write does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, Escaping, ExecStatus

from claims.ledger.bulk import Statement

_MOST = 100  # values of a statement that is kept ready: longer ones are rare, and each length is another statement
_names = count()  # never used twice, so that a failure halfway leaves nothing behind that is in the way
_ready: WeakKeyDictionary[psycopg.Connection[Any], dict[str, bytes]] = WeakKeyDictionary()  # SQL → how it is called


def send(statements: Sequence[Statement]) -> None:
    """Runs statements in one trip to PostgreSQL, which takes them as one transaction where none is open.

    `%s` stands for a value, given as text that PostgreSQL reads as the column's type, a whole number or None. In a
    transaction of Django's it has to be begun: `atomic()` around this does so. Raises what a cursor would.

    libpq is called itself, since a cursor of the driver takes as long as PostgreSQL does for a small write. Behind a proxy
    that pools by transaction nothing is kept ready: the next message may go to another server process.
    """
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    driver = connection.connection
    called = {} if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"] else _prepared(driver, statements)
    with connection.wrap_database_errors:
        _run(driver.pgconn, b"; ".join(_bound(driver.pgconn, called, statements)))


def _bound(link: Any, called: dict[str, bytes], statements: Sequence[Statement]) -> Iterator[bytes]:
    literal = Escaping(link).escape_literal
    for sql, values in statements:
        given = [b"NULL" if v is None else b"%d" % v if type(v) is int else bytes(literal(_encoded(v))) for v in values]
        yield (called.get(sql) or sql.encode()) % tuple(given)


def _encoded(text: str) -> bytes:
    if "\0" in text:  # libpq would take what stands before it for the whole
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return text.encode()


def _run(link: Any, message: bytes) -> None:
    result = link.exec_(message)
    if result.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        lost = link.status != ConnStatus.OK
        raise psycopg.OperationalError(link.get_error_message()) if lost else error_from_result(result)


def _prepared(driver: psycopg.Connection[Any], statements: Sequence[Statement]) -> dict[str, bytes]:
    ready = _ready.setdefault(driver, {})
    for sql, values in statements:
        if sql not in ready and 0 < len(values) <= _MOST:
            pieces, name = sql.split("%s"), f"isnad_{next(_names)}"
            numbered = "".join(f"{piece}${n}" for n, piece in enumerate(pieces[:-1], 1)) + pieces[-1]
            with connection.cursor() as cursor:
                cursor.execute(f"PREPARE {name} AS {numbered}")
            ready[sql] = f"EXECUTE {name}({', '.join(['%s'] * len(values))})".encode()
    return ready
