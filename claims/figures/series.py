"""The figures of one measure over time: a claim's own, and beside each those of the claims near it. Bounded, in a handful of queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from claims.domain.choices import Relation as Judgement
from claims.figures import Interval, Measured
from claims.figures.claim_figures import Period, figures, period
from claims.figures.figure_comparison import pair
from claims.figures.units import Unit, unit
from claims.models import Claim, ClaimQuerySet, Cluster, Quantity
from claims.similarity import judgements, nearest

MOST = 30  # points of a series, and claims that are looked through for them
FIGURES = 3  # of one claim, each with a series of its own
SHARED = 0.4  # as much as `figures-disagree` asks for
DAYS = 3  # said within so many days of each other, two claims are about the same ones; as that rule has it
RELATIONS = ["own", "same", "refines", "widens", "compatible", "contradicts", "asks", "apart"]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of a claim, in the unit of the figure that it is set against."""

    claim: Claim
    quantity: Quantity
    value: Fraction
    interval: Interval
    period: Period | None
    relation: str  # to the claim's own figure: own, same, refines, widens, compatible, contradicts, asks; apart: about other days


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one measure, in order of the days that they are about."""

    quantity: Quantity  # the claim's own, whose unit all are in
    role: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Figure:
    claim: Claim
    quantity: Quantity
    readings: Sequence[Measured]
    period: Period | None


def series_of(claim: Claim, visible: ClaimQuerySet | None = None) -> list[Series]:
    """A series for each of the claim's figures that has a unit; of other claims only those that are `visible`.

    Looked through are the claims joined with it, those that say nearly the same and those somebody compared it with; what was found
    to be *not the same* is not.
    """
    own = list(_figures(claim))[:FIGURES]
    if not own:
        return []
    claims = (Claim.objects.all() if visible is None else visible).standing().filter(pk__in=_beside(claim.pk))
    others = [each for other in claims.select_related("document").prefetch_related("quantities").order_by("pk") for each in _figures(other)]
    return [_series(figure, others) for figure in own]


def decimal(number: Fraction | None) -> Decimal | None:
    """A number as it is shown: with as many places as quantities are kept with."""
    if number is None:
        return None
    return round(Decimal(number.numerator) / Decimal(number.denominator), 10).normalize()


def _figures(claim: Claim) -> Iterator[_Figure]:
    days = period(claim)
    for quantity, readings in zip(claim.quantities.all(), figures(claim), strict=False):
        if readings:
            yield _Figure(claim, quantity, readings, days)


def _beside(claim: UUID) -> list[UUID]:
    known = judgements.pairs([claim])[claim]
    apart = {other for other, found in known.items() if found.relation == Judgement.NOT_SAME}
    cluster = Cluster.objects.filter(claim=claim).values("cluster")
    joined = Cluster.objects.filter(cluster__in=cluster).order_by("claim").values_list("claim", flat=True)[:MOST]
    near = [row.other for row in nearest.nearest_of([claim]).get(claim, []) if row.shared >= SHARED]
    found = dict.fromkeys([*(other for other in known if other not in apart), *joined, *near])
    return [other for other in found if other not in apart and other != claim][:MOST]


def _series(own: _Figure, others: Sequence[_Figure]) -> Series:
    measure, likeliest = unit(own.quantity.unit), own.readings[0]
    assert measure is not None
    wanted = (likeliest.dimension, likeliest.role)
    same = [other for other in others if any((way.dimension, way.role) == wanted for way in other.readings)]
    points = [_point(own, each, measure) for each in (own, *same[: MOST - 1])]
    return Series(own.quantity, likeliest.role, tuple(sorted(points, key=_when)))


def _point(own: _Figure, other: _Figure, measure: Unit) -> Point:
    likeliest = own.readings[0]
    meant = next(way for way in other.readings if (way.dimension, way.role) == (likeliest.dimension, likeliest.role))
    offset = Fraction(0) if meant.role == "change" else measure.offset
    theirs = unit(other.quantity.unit)
    assert theirs is not None
    base = Fraction(other.quantity.value) * theirs.factor + (Fraction(0) if meant.role == "change" else theirs.offset)
    interval = meant.interval.moved(1 / measure.factor, -offset / measure.factor)
    return Point(other.claim, other.quantity, (base - offset) / measure.factor, interval, other.period, _relation(own, other))


def _relation(own: _Figure, other: _Figure) -> str:
    if other is own:
        return "own"
    if own.period and other.period and not own.period.meets(other.period, days=DAYS):
        return "apart"
    found = pair(own.readings, other.readings)
    if found is None:
        return "apart"
    return "asks" if found.asks else str(found.relation.converse)  # what the other is to ours


def _when(point: Point) -> tuple[date, date, UUID]:
    days = point.period
    first = (days.first or days.last) if days else None
    last = (days.last or days.first) if days else None
    return first or date.max, last or date.max, point.claim.pk
