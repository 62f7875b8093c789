"""When to look again: later where nothing changes, sooner where something did, and soon where it failed."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = timedelta(hours=1)  # after a page is first seen: news is edited in its first hours
LONGEST = timedelta(days=30)
DENIED = timedelta(days=7)  # a site may change its mind, not every day
# After a failure, and after each further one.
RETRIES = (timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4), timedelta(hours=16), timedelta(days=1))
GONE_AFTER = timedelta(hours=48)  # of failing…
GONE_FAILURES = 3  # …so many times: pages that vanish often come back (6 % of the tweets that Pew followed did)
LONGEST_GONE = timedelta(days=7)


def first() -> timedelta:
    """The pace of what is new."""
    return FIRST


def unchanged(pace: timedelta) -> timedelta:
    """Twice as long as before, a month at most."""
    return min(max(pace, FIRST / 2) * 2, LONGEST)


def changed(pace: timedelta) -> timedelta:
    """A quarter of what it was, an hour at least: who has edited once edits again."""
    return max(pace / 4, FIRST)


def polled(every: timedelta, pace: timedelta, *, new: bool) -> timedelta:
    """A feed's pace: as often as was asked for; where nothing new comes, half as often again and again, down to a day or what was asked."""
    return every if new else min(max(pace, every) * 2, max(every, timedelta(days=1)))


def retry(failures: int, since: datetime, now: datetime) -> timedelta:
    """How long after the `failures`-th failure in a row, the first of which was at `since`.

    One try falls on the 48th hour, so that what is gone is told when it has been gone for so long. Then ever rarer, for ever:
    what is gone may come back.
    """
    delay = RETRIES[min(failures, len(RETRIES)) - 1]
    told_at = since + GONE_AFTER
    if now < told_at:
        return min(delay, told_at - now)
    return min(max(delay, (now - since) / 4), LONGEST_GONE)


def gone(failures: int, since: datetime, now: datetime) -> bool:
    """Has it failed often enough, for long enough, to be called gone?"""
    return failures >= GONE_FAILURES and now - since >= GONE_AFTER
