"""The processor time of this program and of PostgreSQL: what a neighbour's load changes less than the clock's time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil
from django.conf import settings
from django.db import connection

_OURS = f" {settings.DATABASES['default']['NAME']} "  # in the title of a process that serves a client


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of user and system time; None for a PostgreSQL on another machine."""

    python: float
    postgresql: float | None

    def __sub__(self, before: Spent) -> Spent:
        both = self.postgresql is not None and before.postgresql is not None
        return Spent(self.python - before.python, (self.postgresql or 0) - (before.postgresql or 0) if both else None)

    def __str__(self) -> str:
        told = "" if self.postgresql is None else f" and {self.postgresql:.2f} s PostgreSQL"
        return f"{self.python:.2f} s Python{told} of processor time"

    @staticmethod
    def median(all_of: Sequence[Spent]) -> Spent:
        """The middle of each."""
        theirs = [each.postgresql for each in all_of if each.postgresql is not None]
        return Spent(statistics.median(each.python for each in all_of), statistics.median(theirs) if theirs else None)


def spent() -> Spent:
    """Of this process with its threads, and of the server's processes that do what clients ask, those that have ended too."""
    return Spent(time.process_time(), _postgresql())


def _postgresql() -> float | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = int(cursor.fetchone()[0])
    with suppress(psutil.Error):
        server = psutil.Process(own).parent()
        if server is not None and "postgres" in server.name():
            past = server.cpu_times()
            total = past.children_user + past.children_system
            for child in server.children():
                with suppress(psutil.NoSuchProcess):
                    now, title = child.cpu_times(), " ".join(child.cmdline())
                    total += now.user + now.system if _OURS in title and "autovacuum" not in title else 0
            return float(total)
    return None
