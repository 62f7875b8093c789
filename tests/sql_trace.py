"""What goes to PostgreSQL, read off the wire: the program's own messages too, which no cursor of Django's sees."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection
from psycopg.pq import Trace

# How a transaction is held together differs between a test, which is one itself, and a server; a statement is prepared once a connection.
_HELD_TOGETHER = re.compile(r"(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PREPARE)\b")
_MESSAGE = re.compile(r'^F\t\d+\t(?:Query|Parse)\t *"(.*?)"\s*?(?=\n[FB]\t|\Z)', re.MULTILINE | re.DOTALL)


@contextmanager
def sent() -> Iterator[list[str]]:
    """The messages that are sent meanwhile over this thread's connection, each with a statement or several: as many trips as there are."""
    connection.ensure_connection()
    link = connection.connection.pgconn
    found: list[str] = []
    with tempfile.NamedTemporaryFile() as file:
        link.trace(file.fileno())
        link.set_trace_flags(Trace.SUPPRESS_TIMESTAMPS)
        try:
            yield found
        finally:
            link.untrace()
            told = Path(file.name).read_text(encoding="utf-8", errors="replace")
            found += [sql for sql in _MESSAGE.findall(told) if not _HELD_TOGETHER.match(sql)]
