"""The figures that operators watch, counted when asked."""

from collections.abc import Iterator

from django.db.models import Count, Max
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector

from claims.choices import FlagStatus, Status
from claims.models import Checkpoint, Claim, Flag, Pending, Position
from sources import work

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4


class Figures(Collector):
    """Asks the database at each look: any process may answer, and none has to add up."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Claims, flags, work, the ledger's tail."""
        claims = GaugeMetricFamily("isnad_claims", "Claims by status.", labels=["status"])
        counted = dict(Claim.objects.order_by().values_list("status").annotate(Count("pk")))
        for status in Status.values:
            claims.add_metric([status], counted.get(status, 0))
        yield claims
        yield GaugeMetricFamily("isnad_flags_open", "Open flags.", value=Flag.objects.filter(state=FlagStatus.OPEN).count())
        owed = GaugeMetricFamily("isnad_work_owed", "Work that waits or is being done, by kind.", labels=["kind"])
        lost = GaugeMetricFamily("isnad_work_given_up", "Work given up after too many attempts, by kind.", labels=["kind"])
        for kind, state in work.owed().items():
            owed.add_metric([kind], state.waiting)
            lost.add_metric([kind], state.given_up)
        yield owed
        yield lost
        yield GaugeMetricFamily("isnad_events_unsealed", "Events that have no place in the order yet.", value=Pending.objects.count())
        signed = Checkpoint.objects.aggregate(size=Max("size"))["size"] or 0
        placed = Position.objects.aggregate(last=Max("position"))["last"]
        unsigned = (0 if placed is None else placed + 1) - signed
        yield GaugeMetricFamily("isnad_events_unsigned", "Events in the order that no signed head covers yet.", value=unsigned)


def page() -> bytes:
    """All figures, as text."""
    registry = CollectorRegistry()
    registry.register(Figures())
    return generate_latest(registry)
