"""Corrections of what was judged: proposed on a claim, listed while they wait, approved one by one or together."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger, records
from claims.api import filters, presenters, request_serializers, requests, response_serializers, views
from claims.domain import lifecycle
from claims.domain.events import PublicRecordIssued
from claims.domain.state import ClaimState
from claims.models import Correction
from claims.workflow import corrections, recording
from sources import roles
from sources.api import pagination
from sources.api.openapi import headers
from sources.api.pagination import Key
from sources.api.serializers import FieldChange
from sources.api.strict import StrictSerializer
from sources.errors import Refusal

OLDEST = [Key("proposed_at", datetime), Key("id", int)]
COLUMNS = ("id", "key", "claim_id", "claim__statement", "changes", "withdrawn", "registers", "reason", "subject", "proposer", "proposed_at")
MANY = 200  # that are approved together at most


class CorrectionListed(serializers.Serializer[Any]):
    """A correction that waits for approval."""

    id = serializers.UUIDField()
    claim = serializers.UUIDField()
    statement = serializers.CharField()
    changes = FieldChange(many=True)
    withdrawn = serializers.ListField(child=serializers.UUIDField())
    registers = serializers.BooleanField()
    reason = serializers.CharField()
    subject = serializers.UUIDField(allow_null=True, help_text="the outlet, speaker or document whose own change asks for it")
    proposer = serializers.CharField()
    proposed_at = serializers.DateTimeField()


class CorrectionsAsked(filters.PageFilters):
    """The filters of the list."""

    subject = serializers.UUIDField(required=False)
    proposer = serializers.CharField(required=False, max_length=150)


CorrectionPage = response_serializers.paged(CorrectionListed)


class OpenCorrections(requests.RoomView):
    """What waits for approval, of all claims."""

    @extend_schema(operation_id="corrections_list", parameters=[CorrectionsAsked], responses=CorrectionPage)
    def get(self, request: Request) -> Response:
        """A page of the corrections that wait, the oldest first."""
        asked = filters.checked_filters(request, CorrectionsAsked)
        chosen = {name: str(asked[name]) for name in ("subject", "proposer") if name in asked}
        rows = Correction.objects.waiting().filter(**chosen).values(*COLUMNS)
        page = pagination.paginate(request, rows, OLDEST)
        return Response(page.around(_listed(page.results)))


def _listed(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each with what its fields read now, from the claims' states in one query."""
    states = {id: lifecycle.fold(past) for id, past in ledger.happenings([row["claim_id"] for row in rows]).items()}
    same = ("withdrawn", "registers", "reason", "proposer", "proposed_at")
    listed = []
    for row in rows:
        state = states[row["claim_id"]]
        assert isinstance(state, ClaimState)
        listed.append(
            {name: row[name] for name in same}
            | {"id": row["key"], "claim": row["claim_id"], "statement": row["claim__statement"], "subject": row["subject"] or None}
            | {"changes": corrections.old_and_new(state, row["changes"])}
        )
    return listed


class Corrections(requests.RoomView):
    """The corrections of one claim."""

    current = staticmethod(views.current)

    @extend_schema(operation_id="claims_corrections", responses=response_serializers.CorrectionsShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Every correction that was proposed of a claim, first to last, and what became of it."""
        state = _claim(id)
        return Response({"results": [presenters.present_correction(state, each) for each in state.corrections]})

    @extend_schema(
        operation_id="claims_corrections_propose",
        parameters=[views.IDEMPOTENCY, views.IF_MATCH, headers.location(202)],
        request=request_serializers.Revision,
        responses={202: response_serializers.ClaimWhole},
    )
    def post(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """Proposes a correction of a claim that was judged; another person approves it."""
        requests.must_be_claim(id)
        form = request_serializers.Revision(data=request.data)
        form.is_valid(raise_exception=True)
        taking = requests.step_arguments(request)
        changes = request_serializers.changes_from_fields(form.validated_data, by=taking["by"])
        receipt = recording.propose(id, changes, reason=form.validated_data["reason"], **taking)
        return views.answer(receipt)


class Named(StrictSerializer):
    """A correction that was looked at."""

    claim = serializers.UUIDField()
    correction = serializers.UUIDField()


class Together(StrictSerializer):
    """Those that are approved together."""

    corrections = serializers.ListField(child=Named(), min_length=1, max_length=MANY)


class Outcome(Named):
    """What became of each."""

    approved = serializers.BooleanField()
    detail = serializers.CharField(help_text="why not, where it was not")


class Outcomes(serializers.Serializer[Any]):
    """What became of all, in their order."""

    results = Outcome(many=True)


class ApproveTogether(requests.RoomView):
    """Many corrections at once: a source that was renamed asks for one on each of its claims."""

    @extend_schema(operation_id="corrections_approve", parameters=[views.IDEMPOTENCY], request=Together, responses=Outcomes)
    def post(self, request: Request) -> Response:
        """Approves each by itself; those that cannot be are told why, and the others are approved all the same."""
        form = Together(data=request.data)
        form.is_valid(raise_exception=True)
        by, key = requests.actor(request), requests.key(request)
        roles.must(by, "approve-correction")
        named = form.validated_data["corrections"]
        # In the order of claims: two who approve the same ones at once wait for each other and never lock up.
        outcomes = {n: _approved(named[n], by, key) for n in sorted(range(len(named)), key=lambda n: named[n]["claim"].int)}
        return Response({"results": [outcomes[n] for n in range(len(named))]})


def _approved(each: dict[str, UUID], by: roles.Actor, key: str | None) -> dict[str, Any]:
    own = f"{key}:{each['correction']}" if key else None
    try:
        corrections.approve(each["claim"], correction=each["correction"], by=by, key=own)
    except Refusal as refusal:
        return each | {"approved": False, "detail": str(refusal)}
    return each | {"approved": True, "detail": ""}


class RecordProposed(serializers.Serializer[Any]):
    """The record as it would be, and what would make it so."""

    by = serializers.ChoiceField([("verdict", _("verdict")), ("correction", _("correction"))])
    digest = serializers.CharField(help_text="SHA-256 (hex) of what is shown: two who see the same have seen the same digest")
    record = serializers.JSONField()


class RecordsShown(serializers.Serializer[Any]):
    """What readers are shown of a claim, and what they would be shown."""

    standing = serializers.JSONField(allow_null=True, help_text="what readers are shown now; null where the claim is not public")
    digest = serializers.CharField(allow_null=True)
    proposed = RecordProposed(many=True)


class ClaimRecord(requests.RoomView):
    """The public record of one claim, for the desk."""

    @extend_schema(operation_id="claims_record_shown", responses=RecordsShown)
    def get(self, request: Request, id: UUID) -> Response:  # noqa: A002
        """What readers are shown of a claim now, and would be shown with the verdict or the correction that waits."""
        state, record = _claim(id), records.state_of(id)
        now = record.record if record and record.withdrawn_at is None else None
        proposed = []
        if state.proposal:
            proposed.append(_proposed("verdict", records.record_with_verdict(state, state.proposal)))
        if state.correction and state.standing:
            proposed.append(_proposed("correction", records.corrected(state, state.correction)))
        return Response(
            {"standing": now and records.plain(now), "digest": now and records.digest(now), "proposed": proposed},
        )


def _proposed(by: str, record: PublicRecordIssued) -> dict[str, Any]:
    return {"by": by, "digest": records.digest(record), "record": records.plain(record)}


def _claim(id: UUID) -> ClaimState:  # noqa: A002
    requests.must_be_claim(id)
    state = ledger.state_of(id)
    assert isinstance(state, ClaimState)
    return state
