"""What was watched where a copy of the install was made is watched here, once somebody says so."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone

from sources import jobs
from sources.watching.watchlist import POLL, WATCH


def take_up() -> None:
    """Begins with the pages and feeds that people had watched there.

    Within an hour, so that a site's pages do not stand in one queue. What was paused until a day is taken up then; what was
    stopped, or paused until somebody says otherwise, stays so.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE_UP, {"now": timezone.now(), "zone": timezone.get_default_timezone_name()})
        jobs.wake(WATCH)
        jobs.wake(POLL)


# Rows that came with a copy have no time of a next look; those of here have one, unless they rest for good.
_SOON = """
SET next_at = greatest(%(now)s::timestamptz + random() * interval '1 hour', off_until::timestamp AT TIME ZONE %(zone)s)
WHERE next_at IS NULL AND checked_at IS NULL AND (attention = 'on' OR attention = 'paused' AND off_until IS NOT NULL)
"""
_TAKE_UP = f"""
WITH pages AS (UPDATE sources_watch {_SOON} RETURNING 'watch' AS kind, 'watch:' || document_id AS key, next_at),
feeds AS (UPDATE sources_feed {_SOON} RETURNING 'poll' AS kind, 'poll:' || id AS key, next_at)
INSERT INTO sources_work (kind, key, due_at, attempts, error, created_at)
SELECT kind, key, next_at, 0, '', %(now)s FROM (SELECT * FROM pages UNION ALL SELECT * FROM feeds) AS owed ORDER BY key
ON CONFLICT (key) DO NOTHING
"""  # noqa: S608 - our own words
