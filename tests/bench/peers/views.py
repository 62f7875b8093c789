"""Claims over REST as Django REST framework has them out of the box: model view sets with its own renderer, parser and tokens."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from rest_framework import mixins, viewsets
from rest_framework.authentication import TokenAuthentication
from rest_framework.pagination import CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.views import exception_handler

from claims.models import Claim, Cluster, Flag, Position
from tests.bench.peers import models as peers
from tests.bench.peers import serializers


class NewestFirst(CursorPagination):
    """Pages of fifty that begin where the one before ended, as ours do: no row is counted."""

    page_size = 50
    ordering = "-id"


class Plain(viewsets.GenericViewSet[Any]):
    """What the settings of our own API would change is said here."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [IsAuthenticated]
    renderer_classes = [JSONRenderer]
    parser_classes = [JSONParser]
    pagination_class = NewestFirst
    schema = None

    def get_exception_handler(self) -> Any:
        """The framework's own."""
        return exception_handler


class Claims(mixins.ListModelMixin, mixins.RetrieveModelMixin, Plain):
    """Our own tables, read."""

    def get_queryset(self) -> QuerySet[Any]:
        """With what is shown of other tables, in as few queries as there can be."""
        flags = Flag.objects.filter(claim=OuterRef("pk"), state="open").order_by().values("claim").annotate(n=Count("pk")).values("n")
        cluster = Cluster.objects.filter(pk=OuterRef("pk")).values("cluster")
        known = Position.objects.filter(event__stream=OuterRef("pk"), event__version=OuterRef("version")).values("sealed_at")
        rows = Claim.objects.annotate(open_flags=Coalesce(Subquery(flags), 0), cluster=Subquery(cluster), known_at=Subquery(known))
        if self.action == "list":
            return rows.select_related("document__outlet").prefetch_related("quantities")
        parts = ("quantities", "attributions", "evidence", "verdicts", "links")
        return rows.select_related("document__outlet", "speaker").prefetch_related(*parts)

    def get_serializer_class(self) -> Any:
        """A claim whole, or as a list shows it."""
        return serializers.ClaimSerializer if self.action == "list" else serializers.WholeClaimSerializer


if apps.is_installed("simple_history"):

    class Histories(mixins.CreateModelMixin, mixins.UpdateModelMixin, Plain):
        """Tables of the same columns and indexes, written, with a history by django-simple-history."""

        queryset = peers.Historical.objects.all()  # one claim's figures are one query, asked ahead or not
        serializer_class = serializers.HistoricalClaimSerializer
