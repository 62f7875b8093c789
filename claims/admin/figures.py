"""The figures of one measure on a claim's page: a chart for those who see it, and a table for everybody."""

from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.admin import charts, formatting
from claims.admin.charts import Chart, Mark
from claims.figures import series
from claims.figures.claim_figures import about
from claims.models import Claim

# What a figure is to the claim's own.
RELATIONS = {
    "own": _("this claim"),
    "same": _("says as much"),
    "refines": _("more exact, and agrees"),
    "widens": _("less exact, and agrees"),
    "compatible": _("can both be true"),
    "contradicts": _("cannot both be true"),
    "asks": _("depends on how it is read"),
    "apart": _("about other days"),
}
ROLES = {"level": "", "change": _("change"), "rank": _("rank")}
UNITS = {"percent": _("percent"), "percentage_point": pgettext_lazy("unit", "percentage points")}


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in the table beneath, under the number of its mark."""

    mark: Mark
    days: SafeString | str
    read: str
    relation: str

    @property
    def claim(self) -> Claim:
        """Whose it is."""
        return self.mark.point.claim


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: its chart, its table, and what it says in short."""

    chart: Chart
    rows: tuple[Row, ...]
    unit: str
    role: str
    apart: int  # how many cannot be true beside the claim's own


def panels(claim: Claim) -> list[Panel]:
    """A panel for each figure of the claim that has others beside it."""
    return [_panel(found) for found in series.series_of(claim) if len(found.points) > 1]


def _panel(found: series.Series) -> Panel:
    chart = charts.drawn(found)
    return Panel(
        chart,
        tuple(_row(mark) for mark in chart.marks),
        str(UNITS.get(found.quantity.unit, found.quantity.unit)),
        str(ROLES.get(found.role, found.role)),
        sum(point.relation == "contradicts" for point in found.points),
    )


def _row(mark: Mark) -> Row:
    point = mark.point
    days = about(point.claim)
    return Row(mark, formatting.when_html(days[0]) if days else "", formatting.figure(point.quantity), str(RELATIONS[point.relation]))
