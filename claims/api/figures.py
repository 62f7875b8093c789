"""The figures of one measure over time, beside a claim's own."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger
from claims.api import requests
from claims.domain import choices
from claims.figures import series
from claims.figures.series import Point, Series
from claims.models import Claim, Quantity


class IntervalShown(serializers.Serializer[Any]):
    """The numbers that a figure may mean, in the series' unit; null where there is no end. An open end is not itself among them."""

    low = serializers.DecimalField(max_digits=50, decimal_places=10, allow_null=True)
    high = serializers.DecimalField(max_digits=50, decimal_places=10, allow_null=True)
    low_open = serializers.BooleanField()
    high_open = serializers.BooleanField()


class FigureAsRead(serializers.Serializer[Any]):
    """A figure as its claim has it."""

    text = serializers.CharField()
    value = serializers.DecimalField(max_digits=40, decimal_places=10)
    value_max = serializers.DecimalField(max_digits=40, decimal_places=10, allow_null=True)
    unit = serializers.CharField()
    comparator = serializers.ChoiceField(choices.Comparator.choices)


class PointShown(serializers.Serializer[Any]):
    """One claim's figure: where it stands, who said it, and what it is to the claim's own.

    `relation`: `own`; `same`, `refines` (it lies within), `widens` (ours lies within it), `compatible` (they overlap), `contradicts`
    (nothing in common), `asks` (that hangs on how one of them is read); `apart`: it is about other days, or told otherwise.
    """

    claim = serializers.UUIDField()
    statement = serializers.CharField()
    speaker = serializers.CharField()
    status = serializers.ChoiceField(choices.Status.choices)
    rating = serializers.ChoiceField(choices.Rating.choices, allow_null=True)
    figure = FigureAsRead()
    value = serializers.DecimalField(max_digits=50, decimal_places=10, help_text="in the series' unit")
    interval = IntervalShown()
    first = serializers.DateField(allow_null=True, help_text="the days it is about, else when it was said")
    last = serializers.DateField(allow_null=True)
    relation = serializers.ChoiceField(series.RELATIONS)


class SeriesShown(serializers.Serializer[Any]):
    """The figures of one measure, in order of days."""

    figure = FigureAsRead(help_text="the claim's own")
    unit = serializers.CharField()
    role = serializers.CharField()
    points = PointShown(many=True)


class FiguresShown(serializers.Serializer[Any]):
    """A series for each figure of a claim that has a unit, three at most, of thirty points at most."""

    results = SeriesShown(many=True)


class ClaimFigures(requests.RoomView):
    """A claim's figures beside others."""

    @extend_schema(operation_id="claims_figures", responses=FiguresShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The claim's figures and those of one measure in claims near it, each as an interval in one unit, in order of days."""
        claims = Claim.objects.all()
        claim = claims.filter(pk=id).select_related("document").prefetch_related("quantities").first()
        if claim is None:
            raise ledger.NoSuchClaim
        return Response({"results": [_series(each) for each in series.series_of(claim, claims)]})


def _series(found: Series) -> dict[str, Any]:
    own = _figure(found.quantity)
    return {"figure": own, "unit": own["unit"], "role": found.role, "points": [_point(point) for point in found.points]}


def _point(point: Point) -> dict[str, Any]:
    claim, meant, days = point.claim, point.interval, point.period
    ends = {"low": _plain(series.decimal(meant.low)), "high": _plain(series.decimal(meant.high))}
    return {
        "claim": claim.pk,
        "statement": claim.statement,
        "speaker": claim.speaker_name,
        "status": claim.status,
        "rating": claim.rating or None,
        "figure": _figure(point.quantity),
        "value": _plain(series.decimal(point.value)),
        "interval": ends | {"low_open": meant.low_open, "high_open": meant.high_open},
        "first": days.first if days else None,
        "last": days.last if days else None,
        "relation": point.relation,
    }


def _figure(quantity: Quantity) -> dict[str, Any]:
    return {
        "text": quantity.text,
        "value": _plain(quantity.value),
        "value_max": _plain(quantity.value_max),
        "unit": quantity.unit,
        "comparator": quantity.comparator,
    }


def _plain(number: Any) -> str | None:
    """A decimal as the API has them: a string without padding."""
    return None if number is None else f"{number.normalize():f}"
