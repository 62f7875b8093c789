"""The proof of what readers were shown of a claim, for everybody."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api import filters, public_claims, requests
from claims.api.proofs import EventProved
from claims.api.public_serializers import GoneShown
from claims.models import PublicRecord
from claims.transparency import public_bundles
from sources.api import problems
from sources.api.problems import Problem


class RecordProved(EventProved):
    """An event of a public record, and where it stands in the log that was signed first after it."""

    checkpoint = serializers.CharField(help_text="the signed head of the log that the hashes lead to")


class RecordProofShown(serializers.Serializer[Any]):
    """A claim's public record that proves itself."""

    format = serializers.CharField()
    claim = serializers.UUIDField()
    keys = serializers.ListField(child=serializers.CharField())
    events = RecordProved(many=True)


class RecordProof(requests.SharedRoomView):
    """A public claim's proof."""

    @extend_schema(operation_id="public_claims_proof", responses={200: RecordProofShown, 410: GoneShown, 503: Problem})
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Every record of the claim that readers were shown, each with its place in the signed log (isnad-proof/2).

        503 with Retry-After while no signed head covers the newest; docs/check_proof.py checks it without this install.
        """
        filters.checked_filters(request, public_claims.Nothing)
        row = PublicRecord.objects.filter(claim=id).only("withdrawn_at", "withdrawn_cause", "into").first()
        if row and row.withdrawn_at:
            return public_claims.gone(request, row.withdrawn_cause, row.into)
        try:
            return Response(public_bundles.public_bundle_of(id))
        except public_bundles.NotCovered as refusal:
            return problems.refused(refusal, **{"Retry-After": str(int(public_bundles.APART.total_seconds()))})
