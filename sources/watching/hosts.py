"""One visit at a time for each site, and a pause after it: kept in PostgreSQL, so that any number of workers obey."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.utils import timezone

LONGEST_VISIT = timedelta(minutes=5)  # then whoever came is taken for dead; as long as the lease of the work
LONGEST_PAUSE = 300.0  # seconds; whatever a robots.txt asks for

_ENTER = """
INSERT INTO sources_host AS h (name, free_at, queue_at, lease, busy_until, pause, robots)
VALUES (%(name)s, %(now)s, %(now)s, %(lease)s, %(until)s, 0, '')
ON CONFLICT (name) DO UPDATE SET lease = %(lease)s, busy_until = %(until)s
    WHERE h.free_at <= %(now)s AND (h.busy_until IS NULL OR h.busy_until <= %(now)s)
RETURNING lease
"""
# Who finds the site taken is given the next place in its queue: a thousand pages of one site do not all come back together.
_QUEUE = """
UPDATE sources_host SET queue_at = GREATEST(queue_at, free_at, %(now)s) + GREATEST(pause, %(pause)s) * interval '1 second'
WHERE name = %(name)s RETURNING queue_at
"""
_LEAVE = """
UPDATE sources_host SET lease = NULL, busy_until = NULL,
    free_at = GREATEST(free_at, %(now)s::timestamptz + GREATEST(pause, %(pause)s) * interval '1 second', %(wait)s::timestamptz)
WHERE name = %(name)s AND lease = %(lease)s
"""


class Busy(Exception):
    """Somebody else is asking this site, or it is to be left alone for a while; come back at `until`."""

    def __init__(self, name: str, until: datetime) -> None:
        self.until = until
        super().__init__(name)


@dataclass(slots=True)
class Visit:
    """A visit to one site, and to those that it sends us on to. `wait_until` is when a site wants to be asked again at the earliest."""

    lease: UUID = field(default_factory=uuid4)
    entered: list[str] = field(default_factory=list)
    wait_until: dict[str, datetime] = field(default_factory=dict)

    def enter(self, url: str) -> str:
        """Enters the site of this address unless we are in it; gives its name. Raises Busy."""
        name = name_of(url)
        if name not in self.entered:
            _enter(name, self.lease)
            self.entered.append(name)
        return name


def name_of(url: str) -> str:
    """What counts as one site: the host's name, with its port where that is not one of the web's own two."""
    parts = urlsplit(url)
    name = (parts.hostname or "").rstrip(".").encode("idna").decode().lower()
    return name if parts.port in (None, 80, 443) else f"{name}:{parts.port}"


@contextmanager
def visiting() -> Iterator[Visit]:
    """A visit. All sites that were entered are left at its end, whatever came of it, and have their pause."""
    visit = Visit()
    try:
        yield visit
    finally:
        now = timezone.now()
        with connection.cursor() as cursor:
            for name in visit.entered:
                wait = visit.wait_until.get(name, now)
                cursor.execute(
                    _LEAVE, {"name": name, "lease": visit.lease, "now": now, "pause": float(settings.WATCHING_PAUSE), "wait": wait}
                )


def _enter(name: str, lease: UUID) -> None:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_ENTER, {"name": name, "now": now, "lease": lease, "until": now + LONGEST_VISIT})
        if cursor.fetchone() is None:
            cursor.execute(_QUEUE, {"name": name, "now": now, "pause": float(settings.WATCHING_PAUSE)})
            raise Busy(name, cursor.fetchone()[0])
