"""When each periodic task last ran: one row a task, written when it has ended, so that one which stands still is seen."""

from datetime import datetime

from django.db import connection

from sources.models import LastRun


def ended(task: str, *, started_at: datetime, ended_at: datetime, error: str = "") -> None:
    """Notes a run; one that ended earlier than what is noted is no news."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_lastrun AS r (task, started_at, ended_at, error) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT (task) DO UPDATE SET started_at = excluded.started_at, ended_at = excluded.ended_at, error = excluded.error"
            " WHERE r.ended_at <= excluded.ended_at",
            [task, started_at, ended_at, error[:2000]],
        )


def last() -> dict[str, LastRun]:
    """Every task's last run, by the task's name."""
    return {run.task: run for run in LastRun.objects.all()}
