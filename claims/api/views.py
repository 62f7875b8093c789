"""Claims: the list, one of them, its history, a document's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger
from claims.api import (
    as_of,
    filters,
    presenters,
    public_claims,
    public_serializers,
    request_serializers,
    requests,
    response_serializers,
)
from claims.domain import field_changes
from claims.domain.field_changes import Change
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState
from claims.ledger import Receipt, history
from claims.models import Claim, EventRecord, PublicRecord
from claims.workflow import recording
from sources.api import idempotency, pagination
from sources.api.openapi import headers
from sources.models import Document

IDEMPOTENCY = idempotency.HEADER
# Readers outside have some orderings of their own.
ORDERING = OpenApiParameter("ordering", str, enum=[*filters.ORDERINGS, filters.RELEVANCE, "-published", "published"])
EVENTS = [pagination.Key("version", int)]
IF_MATCH = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, description="the ETag that you saw")
IF_MATCH_WANTED = OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description="the ETag of what you have read")


def answer(receipt: Receipt, *, status: int = 200) -> Response:
    """The claim after a step, with its version; 202 where what was asked waits for approval as a correction."""
    requests.must_be_first(receipt)
    state = receipt.state
    assert isinstance(state, ClaimState)
    waits = not receipt.unchanged and state.correction is not None and state.correction.proposed_at == state.changed_at
    response = Response(presenters.present_claim(state), status=202 if waits else status)
    if waits:
        response["Location"] = reverse("claim-corrections", args=[state.id])
    response["ETag"] = f'"{receipt.version}"'
    return response


def current(claim: UUID) -> dict[str, Any]:
    """What an answer of 409 or 412 says of it besides."""
    state = ledger.state_of(claim)
    assert isinstance(state, ClaimState)
    return {"version": state.version, "status": state.status, "claim": presenters.present_claim(state)}


def listing(request: Request, **fixed: object) -> Response:
    """One page of the claims that the request asks for."""
    asked = filters.checked_filters(request) | fixed
    rows, keys = filters.ordered(filters.narrowed(Claim.objects.all(), asked), asked)
    page = pagination.paginate(request, rows, keys)
    return Response(page.around(presenters.present_list(page.results)))


class Claims(requests.SharedRoomView):
    """Claims, newest first unless another ordering is asked for."""

    @extend_schema(
        operation_id="claims_list", parameters=[filters.ClaimFilters, ORDERING, as_of.AS_OF], responses=public_serializers.EitherPage
    )
    def get(self, request: Request) -> Response:
        """A page of claims, or of those known at a past moment as they were then (newest first; no filter but these two).

        Readers outside get public records, and their filters are `kind`, `clock`, `speaker`, `language`, `rating`, `said_after`,
        `said_before`, `due_after`, `due_before` and `q`, their orderings `-published`, `published`, `due`, `-due`, `said`, `-said`.
        """
        if requests.is_outside(request):
            return public_claims.listing(request, PublicRecord.objects.standing())
        return as_of.listing(request) if "as_of" in request.query_params else listing(request)

    @extend_schema(
        operation_id="claims_record",
        parameters=[IDEMPOTENCY, headers.version(201), headers.location(201)],
        request=request_serializers.ClaimHeard,
        responses={201: response_serializers.ClaimWhole},
    )
    def post(self, request: Request) -> Response:
        """Records a claim: one speaker, one proposition, one occasion."""
        form = request_serializers.ClaimHeard(data=request.data)
        form.is_valid(raise_exception=True)
        by = requests.actor(request)
        with request_serializers.speaker_with_claim(form.validated_data):
            said = request_serializers.claim_from_fields(form.validated_data, by=by)
            receipt = recording.record(said, by=by, key=requests.key(request))
        response = answer(receipt, status=201)
        response["Location"] = reverse("claim", args=[receipt.stream])
        return response


class OneClaim(requests.SharedRoomView):
    """One claim."""

    current = staticmethod(current)

    @extend_schema(
        operation_id="claims_read",
        parameters=[as_of.AS_OF_CLAIM, headers.version(200, required=False)],
        responses={200: public_serializers.EITHER_WHOLE, 410: public_serializers.GoneShown},
    )
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """The claim now, or as it was known at a past moment; its public record for readers outside, 410 where that was taken back."""
        if requests.is_outside(request):
            return public_claims.record_response(request, id)
        at = as_of.moment(request, id)
        state = history.as_of(id, at) if at else ledger.state_of(id)
        if not isinstance(state, ClaimState):
            raise ledger.NoSuchClaim
        response = Response(presenters.present_claim(state, at=at))
        response["ETag"] = f'"{state.version}"'
        return response

    @extend_schema(
        operation_id="claims_revise",
        parameters=[IF_MATCH_WANTED, IDEMPOTENCY, headers.location(202)],
        request=request_serializers.Revision,
        responses={200: response_serializers.ClaimWhole, 202: response_serializers.ClaimWhole},
    )
    def patch(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Corrects fields of a claim; what it said before stays in its history. Of what was judged it is proposed as a correction: 202."""
        try:
            if not request.headers.get("If-Match"):
                raise requests.VersionWanted
            form = request_serializers.Revision(data=request.data)
            form.is_valid(raise_exception=True)
            taking = requests.step_arguments(request)
        except APIException:
            requests.must_be_claim(id)  # what there is not is 404, whatever else is wrong
            raise
        with request_serializers.speaker_with_claim(form.validated_data):
            changes = request_serializers.changes_from_fields(form.validated_data, by=taking["by"])
            receipt = recording.revise(id, changes, reason=form.validated_data["reason"], **taking)
        return answer(receipt)


class ClaimEvents(requests.RoomView):
    """A claim's history."""

    @extend_schema(operation_id="claims_events", parameters=[filters.PageFilters], responses=response_serializers.EventPage)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """A page of everything that happened to a claim, first to last: who, when, why, and each field that changed, before and after."""
        requests.must_be_claim(id)
        filters.checked_filters(request, filters.PageFilters)
        page = pagination.paginate(request, EventRecord.objects.filter(stream=id).values("version"), EVENTS)
        versions = [row["version"] for row in page.results]
        past = history.timeline(id, until=versions[-1]) if versions else []  # what an event changed hangs on all before it
        changes, known = field_changes.by_event(past), history.known_at_by_version(id)
        return Response(page.around([_told(h, changes[h.id], known.get(h.version)) for h in past if h.version >= versions[0]]))


def _told(h: Happening, changes: Iterable[Change], known_at: datetime | None) -> dict[str, Any]:
    who = {"by": h.actor, "at": h.at, "known_at": known_at, "context": h.context}
    told = {"id": h.id, "version": h.version, "type": h.event.type, **who, "data": msgspec.to_builtins(h.event)}
    return told | {"changes": [change.plain() for change in changes]}


class DocumentClaims(requests.SharedRoomView):
    """The claims read in one document."""

    @extend_schema(operation_id="documents_claims", parameters=[filters.ClaimFilters, ORDERING], responses=public_serializers.EitherPage)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """A page of a document's claims; of their public records for readers outside, to whom a document without any is as none."""
        if requests.is_outside(request):
            return public_claims.listing(request, PublicRecord.objects.standing().filter(claim__document=id))
        if not Document.objects.filter(pk=id).exists():
            raise Http404
        return listing(request, document=id)
