"""The sweep, which wakes the workers for whatever is owed; and the watch over pages and feeds."""

import time

from celery import shared_task

from sources import jobs, watching
from sources.jobs.notify import WAKERS, send, wake
from sources.models import Answered

__all__ = ["WAKERS", "prune_answers", "sweep", "wake", "watch_pages"]

PATIENCE = 60  # seconds


@shared_task(ignore_result=True)
def sweep() -> list[str]:
    """Wakes what is owed.

    1. Look which kinds have something due that nobody holds.
    2. Send each one's wake-up call. Several may come for one piece of work: leases see to it that it is done once.
    """
    return [kind for kind in jobs.due_kinds() if send(kind)]


@shared_task(ignore_result=True)
def prune_answers() -> int:
    """Forgets what POSTs under an Idempotency-Key were answered; how many answers there were.

    1. Delete those that are older than a day. One that comes again meanwhile is asked anew: its age counts, not the row.
    """
    return Answered.objects.stale().delete()[0]


@shared_task(ignore_result=True)
def watch_pages() -> int:
    """Looks at the pages and feeds that are due; how many pieces of work were taken.

    1. Lease one piece of each kind, for longer than a visit may take: a page, a feed, an entry of a feed.
    2. Ask its site, where nobody else does and its pause is over; else put the piece off to a place in the site's queue.
    3. Note what came of it and when to look again, with a new snapshot where the text has changed, in one transaction.
    4. Go on until nothing is due; after a minute leave the rest to the next call.
    """
    until, done = time.monotonic() + PATIENCE, 0
    while time.monotonic() < until and (taken := watching.take_turn()):
        done += taken
    return done
