"""The figures that operators watch, counted when asked."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Max
from django.utils import timezone
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from claims import flagging
from claims.domain.choices import FlagStatus, Status
from claims.models import Checkpoint, Claim, Flag, Pending, Position
from config import machinery_status
from sources import jobs
from sources.outages import AWAY, CONNECTIONS, MEMORY, OUTAGES, Outage
from sources.watching import watch_status

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class Figures(Collector):
    """Asks the database at each look: any process may answer, and none has to add up."""

    def __init__(self, outage: Outage | None = None) -> None:
        self.outage = outage

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """How the database fares, and where it can be asked all the rest."""
        about = "1 where the database cannot serve, by what is the matter with it."
        fares = GaugeMetricFamily("isnad_database_outage", about, labels=["cause"])
        for each in OUTAGES:
            fares.add_metric([each.cause], each == self.outage)
        yield fares
        if self.outage not in (AWAY, CONNECTIONS, MEMORY):
            yield from self._figures()

    def _figures(self) -> Iterator[GaugeMetricFamily]:
        """Claims, flags, work, the ledger's tail."""
        claims = GaugeMetricFamily("isnad_claims", "Claims by status.", labels=["status"])
        counted = dict(Claim.objects.order_by().values_list("status").annotate(Count("pk")))
        for status in Status.values:
            claims.add_metric([status], counted.get(status, 0))
        yield claims
        yield GaugeMetricFamily("isnad_flags_open", "Open flags.", value=Flag.objects.filter(state=FlagStatus.OPEN).count())
        owed = GaugeMetricFamily("isnad_work_owed", "Work that waits or is being done, by kind.", labels=["kind"])
        lost = GaugeMetricFamily("isnad_work_given_up", "Work given up after too many attempts, by kind.", labels=["kind"])
        for kind, state in jobs.owed().items():
            owed.add_metric([kind], state.waiting)
            lost.add_metric([kind], state.given_up)
        yield owed
        yield lost
        yield from _machinery()
        yield from _watched()
        yield GaugeMetricFamily("isnad_events_unsealed", "Events that have no place in the order yet.", value=Pending.objects.count())
        signed = Checkpoint.objects.aggregate(size=Max("size"))["size"] or 0
        placed = Position.objects.aggregate(last=Max("position"))["last"]
        unsigned = (0 if placed is None else placed + 1) - signed
        yield GaugeMetricFamily("isnad_events_unsigned", "Events in the order that no signed head covers yet.", value=unsigned)


def _machinery() -> Iterator[GaugeMetricFamily]:
    """What the front page tells of due claims, queues, webhooks, periodic tasks and rules."""
    today = timezone.localdate()
    coming = Claim.objects.waiting().filter(due_last__gte=today, due_last__lt=today + timedelta(days=7)).count()
    yield GaugeMetricFamily("isnad_claims_due_this_week", "Claims whose time is up within seven days.", value=coming)
    overdue = Claim.objects.due(today - timedelta(days=int(settings.RULE_PARAMETERS["due"]["overdue_after"]))).count()
    yield GaugeMetricFamily("isnad_claims_overdue", "Claims that still wait though they are overdue.", value=overdue)
    ages = GaugeMetricFamily("isnad_queue_age_seconds", "How long the oldest work that is due has waited, by queue.", labels=["queue"])
    failing = GaugeMetricFamily("isnad_work_failing", "Work that failed and is tried again, by queue.", labels=["queue"])
    for queue in machinery_status.queues():
        ages.add_metric([queue.name], queue.age.total_seconds())
        failing.add_metric([queue.name], queue.failing)
    yield ages
    yield failing
    hooks = machinery_status.webhooks()
    yield GaugeMetricFamily("isnad_webhooks_failing", "Webhooks that fail and are tried again.", value=hooks.failing)
    off = len(hooks.switched_off)
    yield GaugeMetricFamily("isnad_webhooks_switched_off", "Webhooks switched off after days of failure, until somebody acts.", value=off)
    yield from _periodic()
    rules = GaugeMetricFamily("isnad_rule_failing", "Claims on which a rule failed at the last look, by rule.", labels=["rule"])
    for rule, number in flagging.failing().items():
        rules.add_metric([rule], number)
    yield rules


def _watched() -> Iterator[GaugeMetricFamily]:
    """Pages and feeds by how they stand; one that is gone counts as failing, too."""
    counts = watch_status.counted()
    for what in ("pages", "feeds"):
        family = GaugeMetricFamily(f"isnad_watched_{what}", f"Watched {what} by how they stand.", labels=["standing"])
        for name, number in counts[what].items():
            family.add_metric([name], number)
        yield family


def _periodic() -> Iterator[GaugeMetricFamily]:
    ran = GaugeMetricFamily("isnad_task_last_run_timestamp_seconds", "When a periodic task's last run ended.", labels=["task"])
    due = GaugeMetricFamily("isnad_task_next_run_timestamp_seconds", "When a periodic task should run next.", labels=["task"])
    late = GaugeMetricFamily("isnad_task_late", "1 where a periodic task should have run a while ago.", labels=["task"])
    failed = GaugeMetricFamily("isnad_task_failed", "1 where a periodic task's last run ended with an error.", labels=["task"])
    for task in machinery_status.periodic():
        if task.last:
            ran.add_metric([task.task], task.last.ended_at.timestamp())
        due.add_metric([task.task], task.next_at.timestamp())
        late.add_metric([task.task], task.late)
        failed.add_metric([task.task], task.failed)
    yield from (ran, due, late, failed)


def render_metrics(outage: Outage | None = None) -> bytes:
    """All figures, as text; `outage` is what is the matter with the database."""
    registry = CollectorRegistry()
    registry.register(Figures(outage))
    return generate_latest(registry)
