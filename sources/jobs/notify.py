"""Wake-up calls for workers: messages may be lost, rows of owed work may not."""

import atexit
import logging
import os
import time
from functools import cache
from queue import SimpleQueue
from threading import Lock, Thread

import redis
from celery import current_app
from django.conf import settings
from django.db import transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

# Kind of work → name of the task that does it. Whoever brings a kind registers it when the apps are ready.
WAKERS: dict[str, str] = {}

# Without these a sender waits for a missing Redis for ever: the work's row is safe, the sweep will wake its worker.
_IMPATIENT = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "socket_connect_timeout": 0.5, "socket_timeout": 1}
_PAUSE = 5.0  # after a failure nobody is kept waiting again for so many seconds
_silent_until = 0.0


def wake(kind: str) -> None:
    """Wakes a worker for this kind of work once the transaction is committed."""
    transaction.on_commit(lambda: send(kind), robust=True)


def send(kind: str) -> bool:
    """Sends the wake-up call now; False where it could not be sent, which costs delay and nothing else."""
    global _silent_until
    name = WAKERS.get(kind)
    if name is None or time.monotonic() < _silent_until:
        return False
    options = {**current_app.conf.broker_transport_options, **_IMPATIENT}
    try:
        with current_app.connection_for_write(transport_options=options) as connection:
            current_app.send_task(name, connection=connection, retry=False, ignore_result=True)
    except Exception as error:  # kombu and redis raise a dozen kinds, and none may reach the caller
        _silent_until = time.monotonic() + _PAUSE
        log.info("Redis is not there, the sweep will wake %s: %s", name, error)
        return False
    return True


# Calls that are on their way: many changes in a tenth of a second are one call, and nobody who makes one waits for Redis.
_coming: set[str] = set()
_made: SimpleQueue[None] = SimpleQueue()
_caller: Thread | None = None
_lock = Lock()
SOON = 0.1  # seconds
# A call that no worker has heard yet is everybody's: sending one takes 5 ms of processor time, so that sixteen processes with
# ten a second each would spend 0.8 s of every second on it, and leave a heap of messages. One that is lost is sent again after
# so many seconds, if there is reason to.
UNHEARD = 5.0


def soon(kind: str) -> None:
    """Sends the wake-up call in a moment, from a thread of its own, unless one is on its way.

    The task that it wakes says `heard()` before it looks for what there is to do.
    """
    global _caller
    if kind in _coming:
        return
    with _lock:
        if _caller is None:  # one for good: starting a thread takes longer than a call
            _caller = Thread(target=_call, daemon=True, name="waking")
            _caller.start()
        _coming.add(kind)
    _made.put(None)


def _call() -> None:
    while True:
        _made.get()
        time.sleep(SOON)
        try:
            _send_rest()
        except Exception:  # later calls are still to be sent
            log.exception("A wake-up call could not be sent, the sweep will do")


def acknowledge(kind: str) -> None:
    """A worker is up: what changes from here on is another call."""
    try:
        _redis().delete(_key(kind))
    except redis.RedisError as error:
        log.info("Redis is not there, %s stays called for some seconds: %s", kind, error)


def _send_now(kind: str) -> None:
    _coming.discard(kind)  # before it is sent: what changes from here on is another call
    try:
        first = time.monotonic() >= _silent_until and _redis().set(_key(kind), 1, nx=True, px=round(UNHEARD * 1000))
    except redis.RedisError:
        first = True  # sending will find out, and be silent for a while
    if first:
        send(kind)


def _key(kind: str) -> str:
    return f"{settings.CELERY_BROKER_TRANSPORT_OPTIONS['global_keyprefix']}called:{kind}"


@cache
def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, retry=Retry(NoBackoff(), 0), socket_connect_timeout=0.5, socket_timeout=1)


def _send_rest() -> None:
    """A command that ends does not wait for the moment to pass."""
    for kind in [*_coming]:
        _send_now(kind)


def _after_fork() -> None:
    global _lock, _made, _caller
    _lock, _made, _caller = Lock(), SimpleQueue(), None  # the thread stayed with the parent
    _coming.clear()


atexit.register(_send_rest)
os.register_at_fork(after_in_child=_after_fork)
