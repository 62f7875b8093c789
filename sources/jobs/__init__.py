"""Work that is owed: rows that are leased, completed, tried again and, after a few times, given up.

Beside it: `notify`, the messages that wake workers, and `heartbeats`, when each task last ran.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import structlog
from django.db import connection, transaction
from django.db.models import Count, F, Min, Q
from django.utils import timezone

from sources.jobs.notify import wake as wake
from sources.models import Work

MAX_ATTEMPTS = 5
FIRST_DELAY = timedelta(seconds=15)  # then 30 s, 1 min, 2 min
DIED = "Whoever took it never came back."
log = structlog.get_logger(__name__)


class LeaseLost(Exception):
    """Somebody else has taken this piece of work meanwhile."""


@dataclass(frozen=True, slots=True)
class Owed:
    """How much of one kind is owed, and how much was given up."""

    waiting: int
    given_up: int
    oldest: datetime | None  # since when the longest waiting one is due


def owe(kind: str, key: str, due_at: datetime | None = None) -> bool:
    """Notes that a piece of work is owed; False where it was noted before (done or not)."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_work (kind, key, due_at, attempts, error, created_at) VALUES (%s, %s, %s, 0, '', %s)"
            " ON CONFLICT (key) DO NOTHING",
            [kind, key, due_at or now, now],
        )
        return bool(cursor.rowcount)


def owe_all(kind: str, keys: Sequence[str]) -> int:
    """Notes many pieces of work in one statement; how many were not noted before."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_work (kind, key, due_at, attempts, error, created_at)"
            " SELECT %s, key, %s, 0, '', %s FROM unnest(%s::text[]) AS g(key) ORDER BY key ON CONFLICT (key) DO NOTHING",
            [kind, now, now, list(keys)],
        )
        return int(cursor.rowcount)


def owe_again(kind: str, key: str, due_at: datetime | None = None) -> bool:
    """Owes anew what was done or given up before; False where it is owed already.

    The row is locked either way until the transaction ends, and `put_off` and `complete` wait for that: whoever holds the
    lease and looks, under that lock, whether anything is left, misses nothing.
    """
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO sources_work (kind, key, due_at, attempts, error, created_at) VALUES (%(kind)s, %(key)s, %(due)s, 0, '', %(now)s)"
            " ON CONFLICT (key) DO UPDATE SET due_at = %(due)s, attempts = 0, done_at = NULL, gave_up_at = NULL"
            " WHERE sources_work.done_at IS NOT NULL OR sources_work.gave_up_at IS NOT NULL",
            {"kind": kind, "key": key, "due": due_at or now, "now": now},
        )
        return bool(cursor.rowcount)


# MATERIALIZED: without it PostgreSQL may run the inner query more than once, and lease more than the limit.
_LEASE = """
WITH due AS MATERIALIZED (
    SELECT id FROM sources_work
    WHERE kind = %(kind)s AND due_at <= %(now)s AND done_at IS NULL AND gave_up_at IS NULL
      AND (leased_until IS NULL OR leased_until <= %(now)s)
    ORDER BY due_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE sources_work SET
    attempts = LEAST(attempts + 1, %(most)s),
    lease = CASE WHEN attempts < %(most)s THEN gen_random_uuid() END,
    leased_until = CASE WHEN attempts < %(most)s THEN %(until)s::timestamptz END,
    gave_up_at = CASE WHEN attempts < %(most)s THEN NULL ELSE %(now)s::timestamptz END,
    error = CASE WHEN attempts >= %(most)s AND error = '' THEN %(died)s ELSE error END
FROM due WHERE sources_work.id = due.id
RETURNING sources_work.*
"""


def lease(kind: str, limit: int, seconds: int) -> list[Work]:
    """Takes up to `limit` due pieces of work for so many seconds, each counted as an attempt.

    Committed before the work starts, so that work which kills its worker is not tried forever:
    one that was attempted MAX_ATTEMPTS times and neither completed nor retried is given up here.
    """
    now = timezone.now()
    with transaction.atomic(durable=True):
        rows = Work.objects.raw(
            _LEASE,
            {"kind": kind, "now": now, "limit": limit, "most": MAX_ATTEMPTS, "until": now + timedelta(seconds=seconds), "died": DIED},
        )
        return sorted((work for work in rows if work.lease), key=lambda work: (work.due_at, work.pk))


def lease_one(key: str, seconds: int) -> Work | None:
    """Takes this piece of work, due or not, for whoever has been asked for it; None where it is not owed, or in somebody's hands."""
    now, lease = timezone.now(), uuid4()
    free = Work.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), key=key, done_at=None, gave_up_at=None)
    if not free.update(lease=lease, leased_until=now + timedelta(seconds=seconds), attempts=F("attempts") + 1):
        return None
    return Work.objects.get(key=key, lease=lease)


def complete(work: Work) -> None:
    """Strikes it off, in the transaction of its effect. Raises LeaseLost, so that the effect of a late worker is undone."""
    _close(work, done_at=timezone.now(), error="")


def retry(work: Work, error: str) -> None:
    """It failed: try again later, ever later; after MAX_ATTEMPTS give up. Raises LeaseLost."""
    if work.attempts >= MAX_ATTEMPTS:
        give_up(work, error)
    else:
        # Jitter, so that what failed together does not come back together.
        delay = FIRST_DELAY * 2 ** (work.attempts - 1) * random.uniform(0.75, 1.25)  # noqa: S311 - no secret
        _close(work, due_at=timezone.now() + delay, error=error[:2000])


def put_off(work: Work, until: datetime, error: str = "") -> None:
    """It goes on later, which is no failure of its own: the attempts count anew. Raises LeaseLost."""
    _close(work, due_at=until, attempts=0, error=error[:2000])


def hold(work: Work) -> None:
    """Locks the row for the rest of the transaction. Raises LeaseLost where it is no longer ours."""
    if not Work.objects.select_for_update().filter(pk=work.pk, lease=work.lease or uuid4()).exists():
        raise LeaseLost(work.key)


def give_up(work: Work, error: str) -> None:
    """It will not be tried again unless somebody asks for it. Raises LeaseLost."""
    _close(work, gave_up_at=timezone.now(), error=error[:2000])


def reopen(*keys: str) -> int:
    """Owes anew what was given up; how many there were."""
    return Work.objects.filter(key__in=keys, gave_up_at__isnull=False).update(
        gave_up_at=None, attempts=0, due_at=timezone.now(), lease=None, leased_until=None
    )


def hasten(*keys: str) -> int:
    """What waits for its time and is in nobody's hands is due now; how many there were."""
    now = timezone.now()
    free = Work.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), key__in=keys, done_at=None, gave_up_at=None)
    return free.update(due_at=now)


def owed() -> dict[str, Owed]:
    """What is owed and what was given up, by kind."""
    counted = (
        Work.objects.filter(done_at=None)
        .values("kind")
        .annotate(
            given_up=Count("pk", filter=Q(gave_up_at__isnull=False)),
            waiting=Count("pk", filter=Q(gave_up_at=None)),
            oldest=Min("due_at", filter=Q(gave_up_at=None)),
        )
    )
    return {row["kind"]: Owed(row["waiting"], row["given_up"], row["oldest"]) for row in counted.order_by("kind")}


def due_kinds() -> list[str]:
    """The kinds of which something is due and not in anybody's hands."""
    now = timezone.now()
    due = Work.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), done_at=None, gave_up_at=None, due_at__lte=now)
    return sorted(due.values_list("kind", flat=True).distinct())


def carry_out(kind: str, do: Callable[[Work], None], *, limit: int, seconds: int) -> int:
    """Leases, does each piece in a transaction with its completion, and retries what fails; how many were taken."""
    taken = lease(kind, limit, seconds)
    for work in taken:
        try:
            with transaction.atomic():
                do(work)
                complete(work)
        except LeaseLost:
            log.info("lease lost", key=work.key)
        except Exception as error:  # whatever it was, it is kept on the row and tried again
            log.warning("work failed", key=work.key, attempts=work.attempts, exc_info=True)
            _retry_if_ours(work, f"{type(error).__name__}: {error}")
    return len(taken)


def _retry_if_ours(work: Work, error: str) -> None:
    try:
        retry(work, error)
    except LeaseLost:
        log.info("lease lost", key=work.key)


def _close(work: Work, **changes: object) -> None:
    ours = Work.objects.filter(pk=work.pk, lease=work.lease or uuid4(), done_at=None, gave_up_at=None)
    if not ours.update(lease=None, leased_until=None, **changes):
        raise LeaseLost(work.key)
