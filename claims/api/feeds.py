"""What readers and calendars subscribe to: published claims, corrections, and the days on which claims are due."""

import hashlib
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.views import APIView

from claims import events, ledger
from claims.api import asking, filters
from claims.choices import Rating, Status
from claims.formats import atom, calendar
from claims.models import Claim, EventRecord, Position, Verdict
from claims.telling import feedkeys
from sources.api import permissions

ENTRIES = 50  # of a feed
COMING, PASSED = 1000, 500  # of the calendar: the next to be due, and the last that were
TOKEN = "token"  # noqa: S105 - the parameter's name


class KeyInAddress(BaseAuthentication):
    """`?token=feed_…`: opens the feeds only."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Whose key it is; None where the address has none."""
        words = request.query_params.get(TOKEN, "")
        if not words:
            return None
        if (user := feedkeys.owner(words)) is None:
            raise AuthenticationFailed(_("This token is not known here."))
        return user, None


class KeyInAddressScheme(OpenApiAuthenticationExtension):
    """How the schema names it."""

    target_class = KeyInAddress
    name = "feedToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """OpenAPI's words."""
        return {"type": "apiKey", "in": "query", "name": TOKEN}


class Subscribed(asking.Room):
    """An address that programs ask again and again: the same bytes while nothing changes, and 304 for whoever has them."""

    authentication_classes = (*APIView.authentication_classes, KeyInAddress)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        """Feed readers and calendars ask for all sorts of types, and take what there is."""
        return super().perform_content_negotiation(request, force=True)

    def told(self, request: Request, body: bytes, media_type: str) -> HttpResponse:
        """The body, or 304.

        Last-Modified is when anything was last known to happen: the newest entry's own time would go back when one is withdrawn.
        """
        response = HttpResponse(body, content_type=f"{media_type}; charset=utf-8")
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        response["ETag"] = etag
        response["Cache-Control"] = "private, no-cache"  # may be kept, must be asked about: what was withdrawn goes at once
        changed = Position.objects.order_by("-position").values_list("sealed_at", flat=True).first()
        if changed:
            response["Last-Modified"] = http_date(changed.timestamp())
        patch_vary_headers(response, ["Authorization", "Cookie"])
        return get_conditional_response(request, etag, int(changed.timestamp()) if changed else None, response) or response


class AtomAsked(serializers.Serializer):
    """Nothing but a token."""

    token = serializers.CharField(required=False, max_length=200, help_text="of the feeds, where no header can be sent")


ATOM = {(200, "application/atom+xml"): OpenApiTypes.STR}


class Published(Subscribed):
    """What went out of the house."""

    permission_classes = [permissions.ByRoleOrPublic]

    @extend_schema(operation_id="feeds_published", parameters=[AtomAsked], responses=ATOM)
    def get(self, request: Request) -> HttpResponse:
        """The newest published claims with their verdicts, as Atom."""
        filters.asked(request, AtomAsked)
        ledger.seal()
        claims = list(
            Claim.objects.filter(status=Status.PUBLISHED).order_by("-published_at", "-id").select_related("document__outlet")[:ENTRIES]
        )
        standing = Verdict.objects.filter(claim__in=claims, approved_at__isnull=False, superseded_at=None, returned_at=None)
        verdicts = {verdict.claim_id: verdict for verdict in standing}
        with translation.override(settings.LANGUAGE_CODE):  # one feed, whoever asks
            entries = [_published(claim, verdicts.get(claim.pk)) for claim in claims]
            body = _atom(entries, _("Published claims"), "feed-published")
        return self.told(request, body, "application/atom+xml")


class Corrections(Subscribed):
    """What was put right."""

    permission_classes = [permissions.ByRoleOrPublic]

    @extend_schema(operation_id="feeds_corrections", parameters=[AtomAsked], responses=ATOM)
    def get(self, request: Request) -> HttpResponse:
        """The newest corrections of published claims, as Atom: each is an entry of its own."""
        filters.asked(request, AtomAsked)
        ledger.seal()
        issued = EventRecord.objects.filter(type="CorrectionIssued", stream__in=Claim.objects.filter(status=Status.PUBLISHED).values("pk"))
        found = list(issued.order_by("-number")[:ENTRIES])
        rows = Claim.objects.select_related("document__outlet").prefetch_related("verdicts")
        claims = rows.in_bulk({event.stream for event in found})
        with translation.override(settings.LANGUAGE_CODE):
            entries = [_correction(event, claims[event.stream]) for event in found]
            body = _atom(entries, _("Corrections"), "feed-corrections")
        return self.told(request, body, "application/atom+xml")


class DueAsked(serializers.Serializer):
    """Whose claims."""

    token = serializers.CharField(required=False, max_length=200, help_text="of the feeds, since calendars send no headers")
    assignee = serializers.CharField(required=False, max_length=150, help_text="a user name; everybody's when left out")


class Due(Subscribed):
    """When claims are due: the desk's own, whatever PUBLIC_READ says."""

    @extend_schema(operation_id="feeds_due", parameters=[DueAsked], responses={(200, "text/calendar"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        """Claims that wait for a verdict, as whole days over the span in which they are due (iCalendar)."""
        asked = filters.asked(request, DueAsked)
        ledger.seal()
        waiting = Claim.objects.waiting().filter(**{"assignee": asked["assignee"]} if asked.get("assignee") else {})
        today = timezone.localdate()
        coming = waiting.filter(due_last__gte=today).order_by("due_last", "id")[:COMING]
        passed = waiting.filter(due_last__lt=today).order_by("-due_last", "-id")[:PASSED]
        with translation.override(settings.LANGUAGE_CODE):
            entries = [_due(claim) for claim in (*reversed(passed), *coming)]
            body = calendar.dump(_("Due claims"), entries)
        return self.told(request, body, "text/calendar")


def _published(claim: Claim, verdict: Verdict | None) -> atom.Entry:
    assert claim.published_at
    verdict_words = (_rated(verdict), verdict.rationale) if verdict else ()
    return atom.Entry(
        id=f"urn:uuid:{claim.pk}",
        title=claim.statement,
        link=_link(claim.pk),
        published_at=claim.published_at,
        updated_at=max(claim.published_at, claim.corrected_at or claim.published_at),
        paragraphs=(_said(claim), f"“{claim.quote}”" if claim.quote else "", *verdict_words),
        categories=(claim.kind, verdict.rating if verdict else ""),
    )


def _correction(event: EventRecord, claim: Claim) -> atom.Entry:
    issued = events.read(event.type, event.schema, event.body)
    assert isinstance(issued, events.CorrectionIssued)
    verdicts = {str(verdict.key): verdict for verdict in claim.verdicts.all()}
    new, old = verdicts[issued.verdict], verdicts[issued.superseded]
    change = {"before": Rating(old.rating).label, "after": Rating(new.rating).label}
    return atom.Entry(
        id=f"urn:uuid:{event.id}",
        title=_("Correction: %s") % claim.statement,
        link=_link(claim.pk),
        published_at=event.recorded_at,
        updated_at=event.recorded_at,
        paragraphs=(_said(claim), _("The verdict was: %(before)s. It is now: %(after)s.") % change, new.rationale),
        categories=(claim.kind, new.rating),
    )


def _due(claim: Claim) -> calendar.Entry:
    assert claim.due_last
    about = [_said(claim), _("How it will be settled: %s") % claim.criteria if claim.criteria else ""]
    return calendar.Entry(
        uid=f"{claim.pk}@isnad",
        first=claim.due_first or claim.due_last,
        last=claim.due_last,
        changed_at=claim.changed_at,
        sequence=claim.version,
        summary=claim.statement,
        description="\n".join(part for part in about if part),
        url=settings.ADDRESS + reverse("admin:claims_claim_change", args=[claim.pk]),
        categories=(claim.kind,),
    )


def _said(claim: Claim) -> str:
    outlet = claim.document.outlet.name if claim.document and claim.document.outlet else claim.source
    return " · ".join(part for part in (claim.speaker_name, outlet) if part)


def _rated(verdict: Verdict) -> str:
    return _("Verdict: %s") % Rating(verdict.rating).label


def _link(claim: UUID) -> str:
    return settings.ADDRESS + reverse("claim", args=[claim])


def _atom(entries: list[atom.Entry], title: str, name: str) -> bytes:
    about = f"{settings.ADDRESS}{reverse('claims')}?status=published"
    return atom.dump(entries, title=title, id=settings.ADDRESS + reverse(name), link=about, language=settings.LANGUAGE_CODE)
