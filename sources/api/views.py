"""Documents, outlets and speakers over HTTP."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema, extend_schema_view
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from sources import roles
from sources.api import filters, idempotency, serializers, timestamps
from sources.api.openapi import headers
from sources.api.pagination import Key, KeysetPagination
from sources.api.problems import Problem
from sources.capturing import documents, restore
from sources.capturing.capture import Captured, capture
from sources.importers import incoming
from sources.models import Document, Outlet, Snapshot, Speaker
from sources.registry import outlets, speakers
from sources.roles import Actor

_REFUSED = {400: Problem, 403: Problem}


class Hearing(idempotency.IdempotentView):
    """A view that hears a request's body."""

    def hear(self, kind: type[BaseSerializer[Any]]) -> dict[str, Any]:
        """The body, checked."""
        serializer = kind(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return roles.actor_of_request(self.request)


class Listing(Hearing, generics.ListAPIView[Any]):
    """A list in pages, narrowed by the filters that its form names."""

    pagination_class = KeysetPagination
    filter_backends: list[Any] = []
    form: type[filters.NameFilters] | None = None

    def _made(self, pk: UUID, *, new: bool) -> Response:
        """One of the list that was made, or was there, and its address."""
        shown = self.get_serializer(self.get_queryset().get(pk=pk)).data
        return Response(shown, status=201 if new else 200, headers={"Location": f"{self.request.path}{pk}/"})

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """What the request asks for. Raises ValidationError for what is no filter."""
        return self.form.narrowed(queryset, filters.checked_filters(self.request, self.form)) if self.form else queryset


AS_OF = OpenApiParameter("as_of", datetime, description="a past moment (RFC 3339): as it was known then")
NOW_OR_THEN = PolymorphicProxySerializer(
    "DocumentNowOrThen", [serializers.DocumentDetail, serializers.DocumentSaid], resource_type_field_name=None
)


class DetailView(Hearing, generics.RetrieveAPIView[Any]):
    """One thing by its id."""

    queryset: QuerySet[Any]
    serializer_class: type[BaseSerializer[Any]]
    shown_then: Any = None

    @extend_schema(parameters=[AS_OF])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """As it is, or as it was known at a past moment."""
        if (given := request.query_params.get("as_of")) is None:
            return super().get(request, *args, **kwargs)
        at = timestamps.read(given, "as_of")
        found = restore.as_of(kwargs["pk"], at)
        if found is None or not isinstance(found, self.queryset.model):
            raise Http404
        return Response((self.shown_then or self.serializer_class)(found).data)


@extend_schema_view(get=extend_schema(parameters=[filters.DocumentFilters]))
class Documents(Listing):
    """What was captured."""

    queryset = Document.objects.select_related("outlet")
    serializer_class = serializers.DocumentSaid
    form = filters.DocumentFilters

    @extend_schema(
        parameters=[idempotency.HEADER, headers.location(200, 201)],
        request=serializers.DocumentHeard,
        responses={201: serializers.DocumentDetail, 200: serializers.DocumentDetail, **_REFUSED, 413: Problem, 502: Problem},
    )
    def post(self, request: Request) -> Response:
        """Captures a text (201), or finds that this document has it already (200)."""
        made = _capture(self.hear(serializers.DocumentHeard), by=self.actor)
        snapshot = Snapshot.objects.select_related("document__outlet").defer("raw").get(pk=made.snapshot.pk)
        document = snapshot.document
        document.newest = snapshot  # type: ignore[attr-defined]
        place = request.build_absolute_uri(f"{request.path}{document.pk}/")
        return Response(serializers.DocumentDetail(document).data, status=201 if made.new else 200, headers={"Location": place})


def _capture(heard: dict[str, Any], *, by: Actor) -> Captured:
    text, html = heard.pop("text", None), heard.pop("html", None)
    if text is not None:
        return capture(text, by=by, **heard)
    if html is not None:
        return incoming.capture_bytes(html.encode(), by=by, media_type="text/html", charset="utf-8", **heard)
    return incoming.capture_address(heard.pop("url"), by=by, **heard)


class OneDocument(DetailView):
    """One document and how far its reading is."""

    queryset = Document.objects.select_related("outlet")
    serializer_class = serializers.DocumentDetail
    shown_then = serializers.DocumentSaid

    @extend_schema(parameters=[AS_OF], responses=NOW_OR_THEN)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The document with how far its reading is; as of a past moment only what was known of it then."""
        return super().get(request, *args, **kwargs)

    @extend_schema(
        parameters=[idempotency.HEADER], request=serializers.DocumentChange, responses={200: serializers.DocumentDetail, **_REFUSED}
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Corrects what is known of a document."""
        corrected = documents.correct(self.get_object(), by=self.actor, **self.hear(serializers.DocumentChange))
        return Response(serializers.DocumentDetail(corrected).data)


class Snapshots(Listing):
    """A document's texts, newest first."""

    serializer_class = serializers.SnapshotSaid
    queryset = Snapshot.objects.none()

    class pagination_class(KeysetPagination):  # noqa: N801
        keys = [Key("captured_at", datetime, descending=True), Key("id", UUID, descending=True)]

    def get_queryset(self) -> Any:
        """Those of the document in the address."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        document = get_object_or_404(Document, pk=self.kwargs["pk"])
        return document.snapshots.select_related("content").defer("raw")


@extend_schema_view(get=extend_schema(parameters=[filters.OutletFilters]))
class Outlets(Listing):
    """Who publishes."""

    queryset = Outlet.objects.all()
    serializer_class = serializers.OutletSaid
    form = filters.OutletFilters

    @extend_schema(
        parameters=[idempotency.HEADER, headers.location(200, 201)],
        request=serializers.OutletHeard,
        responses={201: serializers.OutletSaid, 200: serializers.OutletSaid, **_REFUSED},
    )
    def post(self, request: Request) -> Response:
        """Makes an outlet (201), or finds it (200)."""
        heard = self.hear(serializers.OutletHeard)
        known = outlets.find(heard["name"])
        outlet = known or outlets.find_or_make(by=self.actor, **heard)
        return self._made(outlet.pk, new=known is None)


class OneOutlet(DetailView):
    """One outlet."""

    queryset = Outlet.objects.all()
    serializer_class = serializers.OutletSaid

    @extend_schema(
        parameters=[idempotency.HEADER], request=serializers.OutletChange, responses={200: serializers.OutletSaid, **_REFUSED, 409: Problem}
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Changes an outlet."""
        return Response(
            serializers.OutletSaid(outlets.revise(self.get_object(), by=self.actor, **self.hear(serializers.OutletChange))).data
        )


@extend_schema_view(get=extend_schema(parameters=[filters.SpeakerFilters]))
class Speakers(Listing):
    """Who says things."""

    queryset = Speaker.objects.prefetch_related("names")
    serializer_class = serializers.SpeakerSaid
    form = filters.SpeakerFilters

    @extend_schema(
        parameters=[idempotency.HEADER, headers.location(200, 201)],
        request=serializers.SpeakerHeard,
        responses={201: serializers.SpeakerSaid, 200: serializers.SpeakerSaid, **_REFUSED},
    )
    def post(self, request: Request) -> Response:
        """Makes a speaker (201), or finds them (200)."""
        heard = self.hear(serializers.SpeakerHeard)
        known = speakers.find(heard["name"], type=heard["type"])
        speaker = known or speakers.find_or_make(by=self.actor, **heard)
        return self._made(speaker.pk, new=known is None)


class OneSpeaker(DetailView):
    """One speaker."""

    queryset = Speaker.objects.prefetch_related("names")
    serializer_class = serializers.SpeakerSaid

    @extend_schema(parameters=[idempotency.HEADER], request=serializers.SpeakerChange, responses={200: serializers.SpeakerSaid, **_REFUSED})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Changes a speaker; a former name stays a known spelling."""
        return Response(
            serializers.SpeakerSaid(speakers.revise(self.get_object(), by=self.actor, **self.hear(serializers.SpeakerChange))).data
        )


class Merge(Hearing, generics.GenericAPIView[Any]):
    """Two speakers that are one."""

    queryset = Speaker.objects.all()
    serializer_class = serializers.MergeHeard

    @extend_schema(
        parameters=[idempotency.HEADER], request=serializers.MergeHeard, responses={200: serializers.SpeakerSaid, **_REFUSED, 409: Problem}
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Merges this speaker into another, who is answered."""
        heard = self.hear(serializers.MergeHeard)
        one, into = self.get_object(), get_object_or_404(Speaker, pk=heard.pop("into"))
        kept = speakers.merge(one, into, by=self.actor, **heard)
        return Response(serializers.SpeakerSaid(self.queryset.get(pk=kept.pk)).data)


class Unmerge(Hearing, generics.GenericAPIView[Any]):
    """Two speakers that were not one after all."""

    queryset = Speaker.objects.all()
    serializer_class = serializers.UnmergeHeard

    @extend_schema(
        parameters=[idempotency.HEADER],
        request=serializers.UnmergeHeard,
        responses={200: serializers.SpeakerSaid, **_REFUSED, 409: Problem},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Takes this speaker's merge back; it stands by itself again and is answered."""
        heard, one = self.hear(serializers.UnmergeHeard), self.get_object()
        kept = speakers.unmerge(one, by=self.actor, **heard)
        return Response(serializers.SpeakerSaid(self.queryset.get(pk=kept.pk)).data)
