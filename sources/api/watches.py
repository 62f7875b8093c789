"""What is watched over HTTP: a document's page, a whole outlet, all of it by how it stands."""

from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sources import watching
from sources.api import fields, idempotency
from sources.api.pagination import Key, KeysetPagination
from sources.api.problems import Problem
from sources.api.strict import StrictSerializer
from sources.api.views import Hearing, Listing
from sources.models import Attention, Document, Outlet, OutletWatch, Watch
from sources.watching import outcomes, watch_status

_REFUSED = {400: Problem, 403: Problem, 404: Problem}


class CheckedSaid(serializers.Serializer[Any]):
    """How the looks at a page or a feed stand."""

    attention = serializers.ChoiceField(Attention.choices)
    off_until = serializers.DateField(allow_null=True)
    resting = serializers.SerializerMethodField(help_text="is it left alone today, by itself or with its outlet?")
    set_by = serializers.CharField()
    set_at = serializers.DateTimeField(allow_null=True)
    checked_at = serializers.DateTimeField(allow_null=True)
    next_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField(help_text="of the last look: unchanged, changed, denied, later, or what stood in the way")
    told = serializers.SerializerMethodField(help_text="the same as a sentence in the language asked for")
    status = serializers.IntegerField(allow_null=True, help_text="what the site answered (HTTP)")
    detail = serializers.CharField()
    failures = serializers.IntegerField(help_text="in a row")
    failing_since = serializers.DateTimeField(allow_null=True)
    gone_since = serializers.DateTimeField(allow_null=True, help_text="since when it counts as gone: three failures over 48 hours")
    changed_at = serializers.DateTimeField(allow_null=True)

    def get_resting(self, one: Any) -> bool:
        """By itself, or with its outlet."""
        return watching.resting(one)

    def get_told(self, one: Any) -> str:
        """For a person."""
        return outcomes.label(one.outcome)


class WatchSaid(CheckedSaid):
    """A watched page."""

    document = serializers.UUIDField(source="document_id")
    url = serializers.CharField(source="document.url")
    snapshot = serializers.UUIDField(source="snapshot_id", allow_null=True, help_text="the text that the page shows")
    seen_at = serializers.DateTimeField(allow_null=True)


# An end is of a pause: of the words of JSON Schema, `if` says it best.
ENDS_A_PAUSE = {
    "if": {"required": ["off_until"], "properties": {"off_until": {"type": "string"}}},
    "then": {"properties": {"attention": {"const": Attention.PAUSED.value}}},
}


class AttentionHeard(StrictSerializer):
    """Whether it is watched; `off_until` is the day on which a pause ends, null where somebody will say."""

    conditions = (ENDS_A_PAUSE,)

    attention = serializers.ChoiceField(Attention.choices)
    off_until = fields.DayField(required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Only a pause has an end."""
        if attrs.get("off_until") and attrs["attention"] != Attention.PAUSED:
            raise serializers.ValidationError({"off_until": [_("Only a pause ends on a day.")]})
        return attrs


class OutletWatchSaid(serializers.Serializer[Any]):
    """Whether an outlet's pages and feeds are watched."""

    attention = serializers.ChoiceField(Attention.choices)
    off_until = serializers.DateField(allow_null=True)
    set_by = serializers.CharField()
    set_at = serializers.DateTimeField(allow_null=True)


def attend(one: Any, heard: dict[str, Any], *, by: Any) -> Any:
    """Takes a page or a feed on the watch, or off it."""
    if heard["attention"] == Attention.ON:
        return watching.resume(one, by=by)
    if heard["attention"] == Attention.STOPPED:
        return watching.stop(one, by=by)
    return watching.pause(one, heard.get("off_until"), by=by)


class DocumentWatch(Hearing, generics.GenericAPIView[Any]):
    """A document's page."""

    queryset = Document.objects.select_related("outlet")
    serializer_class = WatchSaid

    @extend_schema(responses={200: WatchSaid, 404: Problem})
    def get(self, request: Request, pk: UUID) -> Response:
        """How the looks at it stand; 404 where it was never watched."""
        return Response(WatchSaid(_watch(pk)).data)

    @extend_schema(parameters=[idempotency.HEADER], request=AttentionHeard, responses={200: WatchSaid, **_REFUSED, 409: Problem})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Watches it, pauses or stops watching; `on` begins with a page that was never watched, and looks at once."""
        heard, document = self.hear(AttentionHeard), self.get_object()
        if heard["attention"] == Attention.ON:
            watching.begin(document, by=self.actor)
        else:
            attend(_watch(pk), heard, by=self.actor)
        return Response(WatchSaid(_watch(pk)).data)


def _watch(pk: UUID) -> Watch:
    return get_object_or_404(Watch.objects.select_related("document__outlet__watch"), document=pk)


class DocumentCheck(Hearing, generics.GenericAPIView[Any]):
    """A look at a document's page."""

    serializer_class = WatchSaid

    @extend_schema(parameters=[idempotency.HEADER], request=None, responses={202: WatchSaid, **_REFUSED, 409: Problem})
    def post(self, request: Request, pk: UUID) -> Response:
        """Has the page looked at as soon as a worker is free and its site's pause is over."""
        self.hear(StrictSerializer)
        watching.check_soon(_watch(pk), by=self.actor)
        return Response(WatchSaid(_watch(pk)).data, status=202)


class OutletAttention(Hearing, generics.GenericAPIView[Any]):
    """All pages and feeds of an outlet."""

    queryset = Outlet.objects.all()
    serializer_class = OutletWatchSaid

    @extend_schema(responses={200: OutletWatchSaid, 404: Problem})
    def get(self, request: Request, pk: UUID) -> Response:
        """Whether they are watched; they are where nobody has said otherwise."""
        outlet = self.get_object()
        return Response(OutletWatchSaid(OutletWatch.objects.filter(outlet=outlet).first() or OutletWatch(outlet=outlet)).data)

    @extend_schema(parameters=[idempotency.HEADER], request=AttentionHeard, responses={200: OutletWatchSaid, **_REFUSED})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Watches them, pauses or stops watching; what was said of single ones stays."""
        heard = self.hear(AttentionHeard)
        row = watching.set_outlet(self.get_object(), heard["attention"], heard.get("off_until"), by=self.actor)
        return Response(OutletWatchSaid(row).data)


STANDING = sorted(name for name, _label in watch_status.NAMES)


class Watches(Listing):
    """What is watched."""

    serializer_class = WatchSaid
    queryset = Watch.objects.none()

    class pagination_class(KeysetPagination):  # noqa: N801
        keys = [Key("document_id", UUID, descending=True)]

    @extend_schema(
        parameters=[
            OpenApiParameter("standing", str, enum=STANDING, description="only those that stand so"),
            OpenApiParameter("outlet", UUID, description="only those of this outlet"),
        ],
        responses={200: WatchSaid(many=True), 400: Problem},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Watched pages, those of the newest documents first."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Watch]:
        """Those that were asked for."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        rows = Watch.objects.select_related("document__outlet__watch").annotate(created_at=F("document__created_at"))
        said = self.request.query_params
        if word := said.get("standing"):
            if word not in STANDING:
                raise serializers.ValidationError({"standing": [_("It takes one of: %s.") % ", ".join(STANDING)]})
            rows = watch_status.narrowed(rows, word)
        if outlet := said.get("outlet"):
            rows = rows.filter(document__outlet=serializers.UUIDField().run_validation(outlet))
        return rows
