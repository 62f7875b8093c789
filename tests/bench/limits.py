"""What the machine could do at best: the rows that a run wrote, copied once more, bare."""

from __future__ import annotations

import time

from django.db import connection, transaction

_TABLES = {"claims_event": "number > {event}", "claims_flag": "raised_at > '{raised}'"}


class Copied:
    """The events and flags that come after this was made."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(number), clock_timestamp() FROM claims_event")
            event, raised = cursor.fetchone()
        self._since = {"event": event or 0, "raised": raised}

    def again(self) -> float:
        """Seconds that COPY of these rows takes, into tables of the same columns and indexes, without guards or keys to others."""
        seconds = 0.0
        for table, condition in _TABLES.items():
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"CREATE TABLE IF NOT EXISTS bare_{table} (LIKE {table} INCLUDING ALL EXCLUDING IDENTITY)")
                with cursor.copy(f"COPY (SELECT * FROM {table} WHERE {condition.format(**self._since)}) TO STDOUT") as rows:
                    block = b"".join(bytes(row) for row in rows)
            begin = time.perf_counter()
            with transaction.atomic(), connection.cursor() as cursor, cursor.copy(f"COPY bare_{table} FROM STDIN") as copying:
                copying.write(block)
            seconds += time.perf_counter() - begin
        return seconds
