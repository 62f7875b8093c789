"""Claims: the list, one of them, its history, a document's."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger
from claims.api import asking, filters, heard, past, public_claims, public_shapes, saying, shapes, shown
from claims.domain import field_changes
from claims.domain.field_changes import Change
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState
from claims.ledger import Receipt, history
from claims.models import Claim, PublicRecord
from claims.workflow import recording
from sources.api import once, pagination
from sources.models import Document

IDEMPOTENCY = once.HEADER
# Readers outside have some orderings of their own.
ORDERING = OpenApiParameter("ordering", str, enum=[*filters.ORDERINGS, filters.RELEVANCE, "-published", "published"])
IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="the ETag that you saw")
IF_MATCH_WANTED = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description="the ETag of what you have read")


def answer(receipt: Receipt, *, status: int = 200) -> Response:
    """The claim after a step, with its version; 202 where what was asked waits for approval as a correction."""
    state = receipt.state
    assert isinstance(state, ClaimState)
    waits = not receipt.unchanged and state.correction is not None and state.correction.proposed_at == state.changed_at
    response = Response(shown.one(state), status=202 if waits else status)
    if waits:
        response["Location"] = reverse("claim-corrections", args=[state.id])
    response["ETag"] = f'"{receipt.version}"'
    if receipt.replayed:
        response["Idempotency-Replayed"] = "true"
    return response


def listing(request: Request, **fixed: object) -> Response:
    """One page of the claims that the request asks for."""
    asked = filters.asked(request) | fixed
    rows, keys = filters.ordered(filters.narrowed(Claim.objects.all(), asked), asked)
    page = pagination.page(request, rows, keys)
    return Response(page.around(shown.listed(page.results)))


class Claims(asking.SharedRoom):
    """Claims, newest first unless another ordering is asked for."""

    @extend_schema(operation_id="claims_list", parameters=[filters.Asked, ORDERING, past.AS_OF], responses=public_shapes.EitherPage)
    def get(self, request: Request) -> Response:
        """A page of claims, or of those known at a past moment as they were then (newest first; no filter but these two).

        Readers outside get public records, and their filters are `kind`, `clock`, `speaker`, `language`, `rating`, `said_after`,
        `said_before`, `due_after`, `due_before` and `q`, their orderings `-published`, `published`, `due`, `-due`, `said`, `-said`.
        """
        if asking.outside(request):
            return public_claims.listing(request, PublicRecord.objects.standing())
        return past.listing(request) if "as_of" in request.query_params else listing(request)

    @extend_schema(operation_id="claims_record", parameters=[IDEMPOTENCY], request=heard.ClaimHeard, responses={201: shapes.ClaimWhole})
    def post(self, request: Request) -> Response:
        """Records a claim: one speaker, one proposition, one occasion."""
        form = heard.ClaimHeard(data=request.data)
        form.is_valid(raise_exception=True)
        by = asking.actor(request)
        with transaction.atomic():  # a speaker is made only with the claim
            said = saying.said(form.validated_data, by=by)
            receipt = recording.record(said, by=by, key=asking.key(request))
        response = answer(receipt, status=201)
        response["Location"] = reverse("claim", args=[receipt.stream])
        return response


class OneClaim(asking.SharedRoom):
    """One claim."""

    @extend_schema(
        operation_id="claims_read", parameters=[past.AS_OF], responses={200: public_shapes.EITHER_WHOLE, 410: public_shapes.GoneShown}
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The claim now, or as it was known at a past moment; its public record for readers outside, 410 where that was taken back."""
        if asking.outside(request):
            return public_claims.one(request, id)
        at = past.moment(request)
        state = history.as_of(id, at) if at else ledger.state_of(id)
        if not isinstance(state, ClaimState):
            raise ledger.NoSuchClaim
        response = Response(shown.one(state, at=at))
        response["ETag"] = f'"{state.version}"'
        return response

    @extend_schema(
        operation_id="claims_revise",
        parameters=[IF_MATCH, IDEMPOTENCY],
        request=heard.Revision,
        responses={200: shapes.ClaimWhole, 202: shapes.ClaimWhole},
    )
    def patch(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Corrects fields of a claim; what it said before stays in its history. Of what was judged it is proposed as a correction: 202."""
        asking.must_be_claim(id)
        if not request.headers.get("If-Match"):
            raise asking.VersionWanted
        form = heard.Revision(data=request.data)
        form.is_valid(raise_exception=True)
        taking = asking.taking(request)
        with transaction.atomic():
            changes = saying.changes(form.validated_data, by=taking["by"])
            receipt = recording.revise(id, changes, reason=form.validated_data["reason"], **taking)
        return answer(receipt)


class ClaimEvents(asking.Room):
    """A claim's history."""

    @extend_schema(operation_id="claims_events", responses=shapes.EventsShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Everything that happened to a claim: who, when, why, and each field that changed, before and after."""
        asking.must_be_claim(id)
        past = history.timeline(id)
        changes = field_changes.by_event(past)
        return Response({"results": [_told(h, changes[h.id]) for h in past]})


def _told(h: Happening, changes: Iterable[Change]) -> dict[str, Any]:
    who = {"by": h.actor, "at": h.at, "context": h.context}
    told = {"id": h.id, "version": h.version, "type": h.event.type, **who, "data": msgspec.to_builtins(h.event)}
    return told | {"changes": [change.plain() for change in changes]}


class DocumentClaims(asking.SharedRoom):
    """The claims read in one document."""

    @extend_schema(operation_id="documents_claims", parameters=[filters.Asked, ORDERING], responses=public_shapes.EitherPage)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """A page of a document's claims; of their public records for readers outside, to whom a document without any is as none."""
        if asking.outside(request):
            return public_claims.listing(request, PublicRecord.objects.standing().filter(claim__document=id))
        if not Document.objects.filter(pk=id).exists():
            raise Http404
        return listing(request, document=id)
