"""Documents, outlets and speakers over HTTP."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from sources import roles
from sources.api import errors as errors  # says what our exceptions come to
from sources.api import idempotency, serializers, timestamps
from sources.api.idempotency import Done
from sources.api.pagination import NewestFirstPagination
from sources.api.problems import Problem
from sources.api.strict import StrictView
from sources.capturing import documents, restore
from sources.capturing.capture import Captured, capture
from sources.importers import incoming
from sources.models import Document, Outlet, Snapshot, Speaker
from sources.registry import outlets, speakers
from sources.roles import Actor

_REFUSED = {400: Problem, 403: Problem}


class Hearing(StrictView):
    """A view that hears a request's body."""

    def hear(self, kind: type[BaseSerializer]) -> dict[str, Any]:
        """The body, checked."""
        serializer = kind(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return roles.actor_of_request(self.request)


class Listing(Hearing, generics.ListAPIView):
    """A list in pages."""

    pagination_class = NewestFirstPagination
    filter_backends: list[Any] = []


AS_OF = OpenApiParameter("as_of", datetime, description="a past moment (RFC 3339): as it was known then")


class DetailView(Hearing, generics.RetrieveAPIView):
    """One thing by its id."""

    queryset: QuerySet
    serializer_class: type[BaseSerializer]
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


class Documents(Listing):
    """What was captured."""

    queryset = Document.objects.select_related("outlet")
    serializer_class = serializers.DocumentSaid

    @extend_schema(
        parameters=[idempotency.HEADER],
        request=serializers.DocumentHeard,
        responses={201: serializers.DocumentDetail, 200: serializers.DocumentDetail, **_REFUSED, 413: Problem, 502: Problem},
    )
    def post(self, request: Request) -> Response:
        """Captures a text (201), or finds that this document has it already (200)."""
        heard = self.hear(serializers.DocumentHeard)

        def captured() -> Done:
            made = _capture(heard, by=self.actor)
            return Done(made.snapshot.pk, 201 if made.new else 200)

        done = idempotency.done(request, captured)
        snapshot = Snapshot.objects.select_related("document__outlet").defer("raw").get(pk=done.subject)
        document = snapshot.document
        document.newest = snapshot  # type: ignore[attr-defined]
        place = request.build_absolute_uri(f"{request.path}{document.pk}/")
        return done.answer(serializers.DocumentDetail(document).data, Location=place)


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

    @extend_schema(request=serializers.DocumentChange, responses={200: serializers.DocumentDetail, **_REFUSED})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Corrects what is known of a document."""
        corrected = documents.correct(self.get_object(), by=self.actor, **self.hear(serializers.DocumentChange))
        return Response(serializers.DocumentDetail(corrected).data)


class Snapshots(Listing):
    """A document's texts, newest first."""

    serializer_class = serializers.SnapshotSaid
    queryset = Snapshot.objects.none()

    class pagination_class(NewestFirstPagination):  # noqa: N801
        ordering = ("-captured_at", "-id")

    def get_queryset(self) -> Any:
        """Those of the document in the address."""
        if getattr(self, "swagger_fake_view", False):
            return self.queryset
        document = get_object_or_404(Document, pk=self.kwargs["pk"])
        return document.snapshots.select_related("content").defer("raw")


class Outlets(Listing):
    """Who publishes."""

    queryset = Outlet.objects.all()
    serializer_class = serializers.OutletSaid

    @extend_schema(
        parameters=[idempotency.HEADER],
        request=serializers.OutletHeard,
        responses={201: serializers.OutletSaid, 200: serializers.OutletSaid, **_REFUSED},
    )
    def post(self, request: Request) -> Response:
        """Makes an outlet (201), or finds it (200)."""
        heard = self.hear(serializers.OutletHeard)

        def made() -> Done:
            known = outlets.find(heard["name"])
            return Done((known or outlets.find_or_make(by=self.actor, **heard)).pk, 200 if known else 201)

        done = idempotency.done(request, made)
        return done.answer(serializers.OutletSaid(self.queryset.get(pk=done.subject)).data, Location=f"{request.path}{done.subject}/")


class OneOutlet(DetailView):
    """One outlet."""

    queryset = Outlet.objects.all()
    serializer_class = serializers.OutletSaid

    @extend_schema(request=serializers.OutletChange, responses={200: serializers.OutletSaid, **_REFUSED, 409: Problem})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Changes an outlet."""
        return Response(
            serializers.OutletSaid(outlets.revise(self.get_object(), by=self.actor, **self.hear(serializers.OutletChange))).data
        )


class Speakers(Listing):
    """Who says things."""

    queryset = Speaker.objects.prefetch_related("names")
    serializer_class = serializers.SpeakerSaid

    @extend_schema(
        parameters=[idempotency.HEADER],
        request=serializers.SpeakerHeard,
        responses={201: serializers.SpeakerSaid, 200: serializers.SpeakerSaid, **_REFUSED},
    )
    def post(self, request: Request) -> Response:
        """Makes a speaker (201), or finds them (200)."""
        heard = self.hear(serializers.SpeakerHeard)

        def made() -> Done:
            known = speakers.find(heard["name"], type=heard["type"])
            return Done((known or speakers.find_or_make(by=self.actor, **heard)).pk, 200 if known else 201)

        done = idempotency.done(request, made)
        return done.answer(serializers.SpeakerSaid(self.queryset.get(pk=done.subject)).data, Location=f"{request.path}{done.subject}/")


class OneSpeaker(DetailView):
    """One speaker."""

    queryset = Speaker.objects.prefetch_related("names")
    serializer_class = serializers.SpeakerSaid

    @extend_schema(request=serializers.SpeakerChange, responses={200: serializers.SpeakerSaid, **_REFUSED})
    def patch(self, request: Request, pk: UUID) -> Response:
        """Changes a speaker; a former name stays a known spelling."""
        return Response(
            serializers.SpeakerSaid(speakers.revise(self.get_object(), by=self.actor, **self.hear(serializers.SpeakerChange))).data
        )


class Merge(Hearing, generics.GenericAPIView):
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
        done = idempotency.done(request, lambda: Done(speakers.merge(one, into, by=self.actor, **heard).pk, 200))
        return done.answer(serializers.SpeakerSaid(self.queryset.get(pk=done.subject)).data)


class Unmerge(Hearing, generics.GenericAPIView):
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
        done = idempotency.done(request, lambda: Done(speakers.unmerge(one, by=self.actor, **heard).pk, 200))
        return done.answer(serializers.SpeakerSaid(self.queryset.get(pk=done.subject)).data)
