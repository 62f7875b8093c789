"""What was read before an erasure is not written again after it."""

from django.db import connection

# The number of the last erasure, for a query that reads what is going to be changed.
# Not max(): PostgreSQL takes 20 µs more to plan that, and this is read before every step.
LAST = "coalesce((SELECT number FROM claims_event WHERE type = 'Erased' ORDER BY number DESC LIMIT 1), 0)"
# Refuses what hangs on older readings; said after the events are in: an erasure that was under way has ended by then.
SINCE = "SELECT claims_refuse_stale() WHERE EXISTS (SELECT FROM claims_event WHERE type = 'Erased' AND number > %s)"


def last() -> int:
    """The number of the last erasure, 0 where there was none: what is read after this may be written `unless_erased` since."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {LAST}")
        return int(cursor.fetchone()[0])


def hold_off() -> None:
    """Until the transaction ends nothing is erased: what it reads from now on it may write again."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE sources_content, claims_event IN ROW EXCLUSIVE MODE")
