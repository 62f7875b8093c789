"""Why PostgreSQL cannot serve just now: away, out of connections, out of disk space and the like, told from its errors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Outage:
    """A reason that is nobody's input: a name for programs, a sentence for people, and after how many seconds to ask again."""

    cause: str
    sentence: Any
    retry_after: int


AWAY = Outage("away", _("The database cannot be reached just now: try again in a moment."), 5)
CONNECTIONS = Outage("connections", _("The database has no connection left just now: try again in a moment."), 2)
DISK_FULL = Outage("disk-full", _("The database's disk is full: nothing can be kept until an operator makes room."), 60)
MEMORY = Outage("memory", _("The database is out of memory just now: try again in a moment."), 10)
READ_ONLY = Outage("read-only", _("The database takes no changes just now: try again in a moment."), 10)
BUSY = Outage("busy", _("The database is busy just now: try again in a moment."), 2)
OUTAGES = (AWAY, CONNECTIONS, DISK_FULL, MEMORY, READ_ONLY, BUSY)

# By SQLSTATE, the longest beginning first (PostgreSQL, appendix A).
_BY_STATE = {
    "53300": CONNECTIONS,
    "53100": DISK_FULL,
    "53": MEMORY,
    "25006": READ_ONLY,
    "57P0": AWAY,  # shut down, crashed, or not up yet
    "58": AWAY,  # an error of the system outside PostgreSQL
    "08": AWAY,
    "57014": BUSY,  # a statement's time was up
    "55P03": BUSY,  # a lock's
    "40": BUSY,  # two transactions in each other's way
}
# A refused connection has no SQLSTATE, only the words of PostgreSQL or of a pool before it.
_NO_CONNECTION = re.compile(
    r"too many (clients|connections)|connection slots are reserved|no more connections allowed|query_wait_timeout|max_client_conn"
)


def outage_of(error: BaseException) -> Outage | None:
    """What is the matter with the database, where that is why this was raised; None for every other error."""
    for each in _chain(error):
        if not isinstance(each, psycopg.Error | OperationalError | InterfaceError):
            continue
        state = getattr(each, "sqlstate", None) or ""
        if found := next((outage for begin, outage in _BY_STATE.items() if state.startswith(begin)), None):
            return found
        lost = isinstance(each, psycopg.OperationalError) or (isinstance(each, psycopg.InterfaceError) and "connection" in str(each))
        if not state and lost:
            return CONNECTIONS if _NO_CONNECTION.search(str(each)) else AWAY
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__
