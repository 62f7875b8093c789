"""Whom a claim goes back to."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger
from claims.api import requests
from claims.models import Claim
from claims.provenance import queries


class LeadShown(serializers.Serializer[Any]):
    """An account that leads to the origin: a claim's own, or a piece of evidence; `path` names who has it from whom."""

    claim = serializers.UUIDField(allow_null=True)
    evidence = serializers.UUIDField(allow_null=True)
    path = serializers.ListField(child=serializers.CharField())


class OriginShown(serializers.Serializer[Any]):
    """One that has it from nobody else. Several names: they carry one text, or are a circle, which `circle` tells in its order."""

    names = serializers.ListField(child=serializers.CharField())
    circle = serializers.ListField(child=serializers.CharField())
    leads = LeadShown(many=True)


class OriginsShown(serializers.Serializer[Any]):
    """The independent origins; `returning` are the pieces of evidence that are the claim's own document over again."""

    count = serializers.IntegerField(help_text="circles are not counted")
    accounts = serializers.IntegerField()
    origins = OriginShown(many=True)
    returning = serializers.ListField(child=serializers.UUIDField())


class ClaimOrigins(requests.RoomView):
    """A claim's origins."""

    @extend_schema(operation_id="claims_origins", responses=OriginsShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The origins of a claim, its supporting evidence and the claims that say the same, each with what leads to it."""
        claim = Claim.objects.for_rules().filter(pk=id).first()
        if claim is None:
            raise ledger.NoSuchClaim
        told = queries.origins_of([claim])[claim.pk]
        origins = [{"names": o.names, "circle": o.circle, "leads": [_lead(lead) for lead in o.leads]} for o in told.independent]
        returning = [account.partition(":")[2] for account in told.returning if account.startswith("evidence:")]
        return Response({"count": told.count, "accounts": told.accounts, "origins": origins, "returning": returning})


def _lead(lead: Any) -> dict[str, Any]:
    kind, _colon, pk = lead.account.partition(":")
    return {"claim": None, "evidence": None, "path": lead.path} | {kind: pk}
