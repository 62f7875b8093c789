"""Claims as readers outside are answered: made of public records and of nothing else."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from claims import ledger
from claims.api import filters
from claims.api.presenters import overdue_after
from claims.domain import lifecycle
from claims.domain.choices import UNSETTLED, Clock, Kind, Rating, Status
from claims.models import PublicRecord
from claims.similarity import searching
from sources.api import fields, pagination, problems
from sources.api.pagination import Key
from sources.text.edtf import ImpreciseDate

COLUMNS = ("id", "claim_id", "record", "number", "rating", "said_first", "due_first", "due_last")
MOMENTS = ("first_issued_at", "corrected_at", "under_review")
AS_THEY_ARE = ("statement", "kind", "language", "quote", "prefix", "suffix", "source", "title", "address", "due", "criteria", "scheme")
VERDICT = ("rating", "rationale", "known_since", "reason")
SPEAKER, FIGURE = ("id", "type", "name", "title"), ("text", "value", "value_max", "unit", "comparator", "role")
EVIDENCE = ("stance", "address", "archived", "digest")

ID, NEWEST = Key("id", UUID), Key("id", UUID, descending=True)
ORDERINGS = {
    "-published": [Key("first_issued_at", datetime, descending=True), NEWEST],
    "published": [Key("first_issued_at", datetime), ID],
    "due": [Key("due_last", date, nullable=True), ID],
    "-due": [Key("due_last", date, descending=True, nullable=True), NEWEST],
    "said": [Key("said_first", date, nullable=True), ID],
    "-said": [Key("said_first", date, descending=True, nullable=True), NEWEST],
}


class PublicClaimFilters(filters.PageFilters):
    """The filters that readers outside have: of what a record shows, and of nothing that the desk knows beside it."""

    kind = serializers.ChoiceField(Kind.choices, required=False)
    clock = serializers.ChoiceField(Clock.choices, required=False)
    speaker = serializers.UUIDField(required=False)
    language = fields.LanguageField(required=False, max_length=35)
    rating = serializers.ChoiceField(Rating.choices, required=False)
    said_after = fields.DayField(required=False)
    said_before = fields.DayField(required=False)
    due_after = fields.DayField(required=False)
    due_before = fields.DayField(required=False)
    q = filters.WordsField(required=False, max_length=300)
    ordering = serializers.ChoiceField([(name, name) for name in ORDERINGS], required=False, default="-published")


class Nothing(serializers.Serializer[Any]):
    """No filter at all."""


def listing(request: Request, records: QuerySet[PublicRecord]) -> Response:
    """One page of the records that the request asks for."""
    asked = filters.checked_filters(request, PublicClaimFilters)
    page = pagination.paginate(request, narrowed(records, asked).values(*COLUMNS, *MOMENTS), ORDERINGS[asked["ordering"]])
    today = timezone.localdate()
    return Response(page.around([present(row, today) for row in page.results]))


def record_response(request: Request, claim: UUID) -> Response:
    """A claim's record; 410 where it was taken back. Raises ledger.NoSuchClaim for what was never public."""
    filters.checked_filters(request, Nothing)
    row = PublicRecord.objects.filter(claim=claim).values(*COLUMNS, *MOMENTS, "withdrawn_at", "withdrawn_cause", "into").first()
    if row is None:
        raise ledger.NoSuchClaim
    if row["withdrawn_at"]:
        return gone(request, row["withdrawn_cause"], row["into"])
    return Response(present(row, timezone.localdate()))


def gone(request: Request, cause: str, into: str) -> Response:
    """That a claim was taken back, with nothing of what it said; for a merged one which goes on for it, where that is public."""
    merged = cause == "merged"
    said = _("This claim was found to be the same as another, which goes on for both.") if merged else _("This claim was taken back.")
    response = problems.respond(410, said, title=_("No longer public"))
    response.data["cause"] = cause
    if merged and (other := standing_for(into)):
        response.data["into"] = request.build_absolute_uri(reverse("claim", args=[other]))
    return response


def standing_for(into: str) -> UUID | None:
    """The public claim that goes on for one that was merged, however often; None where it is not public."""
    seen: set[str] = set()
    while into and into not in seen:
        seen.add(into)
        other = PublicRecord.objects.filter(claim=UUID(into)).only("claim_id", "withdrawn_at", "into").first()
        if other is None or other.withdrawn_at is None:
            return other.claim_id if other else None
        into = other.into
    return None


def narrowed(records: QuerySet[PublicRecord], a: dict[str, Any]) -> QuerySet[PublicRecord]:
    """The records that fit every filter."""
    plain = {
        "kind": "kind",
        "speaker": "speaker",
        "language": "language",
        "rating": "rating",
        "said_after": "said_first__gte",
        "said_before": "said_last__lte",
        "due_after": "due_last__gte",
        "due_before": "due_last__lte",
    }
    records = records.filter(**{column: a[name] for name, column in plain.items() if name in a})
    if "clock" in a:
        waits = Q(rating__in=("", *UNSETTLED))
        closed = a["clock"] == Clock.CLOSED
        records = records.filter(~waits if closed else waits & filters.by_its_days(a["clock"], timezone.localdate()))
    return _with_words(records, a["q"]) if "q" in a else records


def _with_words(records: QuerySet[PublicRecord], query: str) -> QuerySet[PublicRecord]:
    """Records that have all of the words in any form, the phrases, and none of those after a minus."""
    wanted = searching.wanted(query)
    if wanted.stems:
        records = records.filter(words__contains=list(wanted.stems))
    if wanted.refused:
        records = records.exclude(words__overlap=list(wanted.refused))
    for phrase in wanted.phrases:
        blank = Value(" ", output_field=TextField())
        in_order = Concat(blank, Func(F("words"), blank, function="array_to_string", output_field=TextField()), blank)
        records = records.alias(in_order=in_order).filter(in_order__contains=f" {' '.join(phrase)} ")
    return records


# ── how a record reads


def present(row: dict[str, Any], today: date) -> dict[str, Any]:
    """What readers are shown of a record's row, by the names of the API."""
    record = row["record"]
    return {
        "id": row["claim_id"],
        "number": row["number"],
        **{name: record.get(name) for name in (*AS_THEY_ARE, *VERDICT)},
        "speaker": _part(record.get("speaker"), SPEAKER),
        "date": date_of(record),
        "due_first": row["due_first"],
        "due_last": row["due_last"],
        "clock": clock(row, today),
        "quantities": [_part(figure, FIGURE) for figure in record.get("figures", ())],
        "evidence": [_part(exhibit, EVIDENCE) for exhibit in record.get("exhibits", ())],
        "published_at": row["first_issued_at"],
        "corrected_at": row["corrected_at"],
        "under_review": row["under_review"],
    }


def _part(value: dict[str, Any] | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    return None if value is None else {name: value.get(name) for name in names}


def date_of(record: dict[str, Any]) -> dict[str, Any] | None:
    """When it was said, else when the document was published, marked so."""
    said, published = record.get("said_on"), record.get("publication")
    if said and said["edtf"]:
        return dict(said)
    return {**published, "basis": "publication"} if published and published["edtf"] else said


def clock(row: dict[str, Any], today: date) -> Clock:
    """What the due day says today; closed once a rating settles it."""
    due = row["record"].get("due")
    waits = row["rating"] in ("", *UNSETTLED)
    status = Status.IN_REVIEW if waits else Status.PUBLISHED
    return lifecycle.clock(msgspec.convert(due, ImpreciseDate) if due else None, status, today, overdue_after=overdue_after())
