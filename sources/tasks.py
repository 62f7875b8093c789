"""The sweep, which wakes the workers for whatever is owed."""

from celery import shared_task

from sources import work
from sources.waking import WAKERS, send, wake

__all__ = ["WAKERS", "sweep", "wake"]


@shared_task(ignore_result=True)
def sweep() -> list[str]:
    """Wakes what is owed.

    1. Look which kinds have something due that nobody holds.
    2. Send each one's wake-up call. Several may come for one piece of work: leases see to it that it is done once.
    """
    return [kind for kind in work.due_kinds() if send(kind)]
