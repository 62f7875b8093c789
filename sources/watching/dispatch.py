"""A worker's turn: one piece of what is due, whatever kind it is."""

from __future__ import annotations

from contextlib import suppress
from typing import Protocol

import structlog

from sources import jobs
from sources.fetching.networks import Resolve, resolve
from sources.models import Work
from sources.watching import feeds, page_checks
from sources.watching.watchlist import ENTRY, POLL, WATCH

LEASE = 300  # seconds; longer than any visit
log = structlog.get_logger(__name__)


class Doing(Protocol):
    """Does a piece of work; raises jobs.LeaseLost where it is no longer ours."""

    def __call__(self, owed: Work, *, look_up: Resolve = ..., always: bool = ...) -> str: ...


DOING: dict[str, Doing] = {WATCH: page_checks.check, POLL: feeds.poll, ENTRY: feeds.take_entry}


def take_turn(*, look_up: Resolve = resolve) -> int:
    """Does one due piece of each kind; how many there were."""
    done = 0
    for kind in DOING:
        for owed in jobs.lease(kind, 1, LEASE):
            do(owed, look_up=look_up)
            done += 1
    return done


def do(owed: Work, *, look_up: Resolve = resolve, always: bool = False) -> str:
    """Does a leased piece of work; an outcome, or `failed` where the program itself failed, which is tried again."""
    try:
        return DOING[owed.kind](owed, look_up=look_up, always=always)
    except jobs.LeaseLost:
        log.info("lease lost", key=owed.key)
        return "lost"
    except Exception as error:  # whatever it was, it is kept on the row and tried again
        log.warning("work failed", key=owed.key, attempts=owed.attempts, exc_info=True)
        with suppress(jobs.LeaseLost):
            jobs.retry(owed, f"{type(error).__name__}: {error}")
        return "failed"
