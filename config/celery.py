"""Celery: messages only wake workers; here is when the clock wakes them."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("isnad")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# The whole schedule. Each task claims rows that are due, so that running twice or late does no harm;
# `expires` keeps a worker that was away from finding a heap of the same message.
_EVERY = {
    "sources.tasks.sweep": 30,
    "claims.tasks.read_snapshots": 30,
    "claims.tasks.redate_claims": 30,
    "claims.tasks.seal_ledger": 30,
    "claims.tasks.deliver_events": 30,
    "claims.tasks.sign_ledger": 60,
    "claims.tasks.flag_claims": 15 * 60,
    "claims.tasks.verify_ledger": 60 * 60,
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
