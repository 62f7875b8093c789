"""Celery: messages only wake workers; here is when the clock wakes them."""

import gc
import logging
import os
from datetime import datetime
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import task_postrun, task_prerun, worker_process_init
from django.db import DatabaseError
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

log = logging.getLogger(__name__)
app = Celery("isnad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The whole schedule. Each task claims rows that are due, so that running twice or late does no harm;
# `expires` keeps a worker that was away from finding a heap of the same message.
_EVERY = {
    "sources.tasks.sweep": 30,
    "claims.tasks.read_snapshots": 30,
    "claims.tasks.redate_claims": 30,
    "claims.tasks.find_neighbours": 30,
    "claims.tasks.seal_ledger": 30,
    "claims.tasks.deliver_events": 30,
    "claims.tasks.sign_ledger": 60,
    "claims.tasks.send_digests": 5 * 60,
    "claims.tasks.flag_claims": 15 * 60,
    "claims.tasks.verify_ledger": 60 * 60,
    "sources.tasks.prune_answers": 60 * 60,
}
app.conf.beat_schedule = {
    task.rpartition(".")[2]: {"task": task, "schedule": float(seconds), "options": {"expires": float(seconds)}}
    for task, seconds in _EVERY.items()
} | {
    "verify_ledger_whole": {
        "task": "claims.tasks.verify_ledger_whole",
        "schedule": crontab(hour=2, minute=30),
        "options": {"expires": 60 * 60.0},
    },
}

_SCHEDULED = frozenset(entry["task"] for entry in app.conf.beat_schedule.values())
_begun: dict[str, datetime] = {}  # by the message's id; a pool process has one at a time


@worker_process_init.connect
def spare_what_stays(**_: Any) -> None:
    """What is loaded now stays: looking through it for garbage again and again took a third of a run of the rules.

    A batch makes some ten thousand objects that live as long as it does: looking at them every 700 took a twentieth.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@task_prerun.connect
def _begins(task_id: str, task: Any, **_: Any) -> None:
    if task.name in _SCHEDULED:
        _begun[task_id] = timezone.now()


@task_postrun.connect
def _ended(task_id: str, task: Any, state: str | None, retval: Any = None, **_: Any) -> None:
    """Notes the run, whoever asked for it; one that was killed leaves no note, and is seen as late."""
    if (started_at := _begun.pop(task_id, None)) is None:
        return
    from sources.jobs import heartbeats  # not before the apps are ready

    error = "" if state == "SUCCESS" else f"{type(retval).__name__}: {retval}"
    try:
        heartbeats.ended(task.name, started_at=started_at, ended_at=timezone.now(), error=error)
    except DatabaseError as trouble:  # what was done is done; the next run is noted again
        log.warning("The run of %s could not be noted: %s", task.name, trouble)
