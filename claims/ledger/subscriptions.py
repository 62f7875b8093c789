"""Consumers of the feed: each takes events in order, batch by batch, and keeps how far it has come with what it did.

A batch's effect and the new position are committed together. For effects in our own tables that is once, whatever dies when;
an effect elsewhere (a call over the network) may be repeated, never left out: give it the event's id to know it by.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from psycopg.errors import LockNotAvailable

from claims import ledger
from claims.ledger import history
from claims.ledger.history import Sealed
from claims.models import Subscription
from sources.errors import Refusal

log = logging.getLogger(__name__)
WAIT = 5  # seconds to wait for whoever has the subscription in hand


@dataclass(frozen=True, slots=True)
class Consumer:
    """Who takes the events, under which name, and how many at once at most."""

    name: str
    take: Callable[[Sequence[Sealed]], None]
    batch: int = 200


class NoSuchPosition(Refusal, ValueError):
    """There is no such position yet."""

    sentence = _("The log does not reach position %(position)d.")

    def __init__(self, position: int) -> None:
        super().__init__(position=position)


def deliver(consumer: Consumer, *, until: float | None = None) -> int:
    """Gives a consumer what it has not had, until nothing is left or `until` (time.monotonic()) is over; how many events.

    What `take` raises undoes its batch and is kept on the subscription. Several at once take turns.
    """
    Subscription.objects.get_or_create(name=consumer.name)
    ledger.seal()  # in a transaction of its own: a sealer keeps others waiting until it commits
    done = 0
    try:
        while taken := _one_batch(consumer):
            done += taken
            if until is not None and time.monotonic() > until:
                break
    except OperationalError as error:
        if not isinstance(error.__cause__, LockNotAvailable):
            raise  # somebody else has it in hand, and goes on until nothing is left
    except Exception as error:  # whatever it was, it is kept and tried again
        log.warning("%s failed", consumer.name, exc_info=True)
        told = f"{type(error).__name__}: {error}"[:2000]
        Subscription.objects.filter(name=consumer.name).update(failures=F("failures") + 1, error=told)
    return done


def _one_batch(consumer: Consumer) -> int:
    with held(consumer.name, wait=WAIT) as mine:
        batch = list(history.sealed(mine.position, consumer.batch))
        if batch:
            consumer.take(batch)
            mine.position = batch[-1].position
    return len(batch)


@contextmanager
def held(name: str, *, wait: int = 0) -> Iterator[Subscription]:
    """A subscription in hand: what is done under it and the position it is given are one transaction, and others wait for it.

    Raises OperationalError (by LockNotAvailable) where somebody else has it for more than `wait` seconds; 0 waits for ever.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{wait}s'")
            mine = Subscription.objects.select_for_update().get(name=name)
            cursor.execute("SET LOCAL lock_timeout = 0")
        before = mine.position
        yield mine
        if mine.position != before:
            there = Subscription.objects.filter(name=name)
            there.update(position=mine.position, moved_at=timezone.now(), failures=0, error="")


def replay_from(name: str, position: int) -> None:
    """Lets a consumer take everything from `position` on, whatever it has had. Raises NoSuchPosition."""
    if not 0 <= position <= history.newest() + 1:
        raise NoSuchPosition(position)
    with transaction.atomic():
        Subscription.objects.get_or_create(name=name)
        Subscription.objects.select_for_update().filter(name=name).update(position=position - 1, failures=0, error="")
