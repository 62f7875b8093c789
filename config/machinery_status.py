"""Does the machinery run: each periodic task's last and next time, how long work waits in each queue, which webhooks are told nothing."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from celery.schedules import crontab
from django.conf import settings
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import Webhook
from config.celery import app
from sources import jobs
from sources.jobs import heartbeats, notify
from sources.models import LastRun, Work

_LEAST = timedelta(minutes=1)  # nobody is late by less: a worker may be busy, a machine slow
_LONG = timedelta(hours=5)  # what runs once a day may take four hours, and is noted when it has ended

_NAMES = {
    "sources.tasks.sweep": _("Work that is owed is woken"),
    "claims.tasks.read_snapshots": _("New texts are read"),
    "claims.tasks.redate_claims": _("Claims are dated anew"),
    "claims.tasks.find_neighbours": _("What is near a claim is searched"),
    "claims.tasks.seal_ledger": _("The ledger is put in order"),
    "claims.tasks.deliver_events": _("Events are passed on"),
    "claims.tasks.sign_ledger": _("The ledger is signed"),
    "claims.tasks.flag_claims": _("The follow-up rules look at what is due"),
    "sources.tasks.watch_pages": _("Pages and feeds are looked at again"),
    "claims.tasks.deliver_webhooks": _("Webhooks are sent"),
    "claims.tasks.send_digests": _("Digests are sent"),
    "claims.tasks.verify_ledger": _("What is new in the ledger is verified"),
    "claims.tasks.verify_ledger_whole": _("The whole ledger is verified"),
    "sources.tasks.prune_answers": _("Answers under keys of requests are forgotten after a day"),
}


@dataclass(frozen=True, slots=True)
class Periodic:
    """A periodic task: when it last ran, when it should run next, and whether that time is well past."""

    task: str
    last: LastRun | None
    next_at: datetime
    late: bool

    @property
    def name(self) -> str:
        """What it does, in the reader's language."""
        return str(_NAMES.get(self.task, self.task))

    @property
    def failed(self) -> bool:
        """Did its last run end with an error?"""
        return bool(self.last and self.last.error)


@dataclass(frozen=True, slots=True)
class QueueState:
    """A queue: what waits in it, since when the oldest of what is due waits, how much of it failed before or was given up."""

    name: str
    waiting: int
    age: timedelta
    failing: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Webhooks:
    """How many webhooks fail and are tried again, and those that the program has switched off, newest first."""

    failing: int
    switched_off: list[Webhook]


def periodic() -> list[Periodic]:
    """Every task of the schedule, in its order."""
    noted, now = heartbeats.last(), timezone.now()
    return [_judged(entry["task"], entry["schedule"], noted.get(entry["task"]), now) for entry in app.conf.beat_schedule.values()]


def _judged(task: str, schedule: float | crontab, last: LastRun | None, now: datetime) -> Periodic:
    since = last.started_at if last else _since()
    if isinstance(schedule, crontab):
        next_at, grace = (now + schedule.remaining_estimate(since) + timedelta(seconds=0.5)).replace(microsecond=0), _LONG
    else:
        every = timedelta(seconds=schedule)
        next_at, grace = since + every, max(every, _LEAST)
    return Periodic(task, last, next_at, late=now > next_at + grace)


def _since() -> datetime:
    """When this install began to note runs: what has never run is late only some time after that."""
    began = MigrationRecorder.Migration.objects.filter(app="sources").order_by("-applied").values_list("applied", flat=True).first()
    return began or timezone.now()


def queues() -> list[QueueState]:
    """Every queue by the work that is owed: messages may be lost, these rows are what waits."""
    now, owed = timezone.now(), jobs.owed()
    failing = Work.objects.filter(done_at=None, gave_up_at=None).exclude(error="").values_list("kind", flat=True)
    failed = list(failing[:1000])
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind in owed:
        kinds[queue_of(kind)].append(kind)
    found = []
    for name in settings.CELERY_TASK_QUEUES:
        states = [owed[kind] for kind in kinds[name]]
        oldest = min((state.oldest for state in states if state.oldest), default=now)
        found.append(
            QueueState(
                name,
                waiting=sum(state.waiting for state in states),
                age=max(now - oldest, timedelta()),
                failing=sum(failed.count(kind) for kind in kinds[name]),
                given_up=sum(state.given_up for state in states),
            )
        )
    return found


def queue_of(kind: str) -> str:
    """The queue in which the task for this kind of work waits."""
    return settings.CELERY_TASK_ROUTES.get(notify.WAKERS.get(kind, ""), settings.CELERY_TASK_DEFAULT_QUEUE)


def webhooks() -> Webhooks:
    """Those that somebody should look at: what was switched off is told nothing until somebody switches it on."""
    failing = Webhook.objects.filter(active=True, failures__gt=0).count()
    return Webhooks(failing, list(Webhook.objects.filter(active=False, disabled_at__isnull=False).order_by("-disabled_at")))
