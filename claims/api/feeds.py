"""What readers and calendars subscribe to: published claims, corrections, and the days on which claims are due."""

import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.views import APIView

from claims import ledger
from claims.api import filters, record_entries, requests
from claims.exchange.formats import atom, calendar
from claims.models import Claim, Position
from claims.notifications import feedkeys
from sources.api import permissions
from sources.api.openapi import headers

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


class KeyInAddressScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call] # its own __init_subclass__ says no types
    """How the schema names it."""

    target_class = KeyInAddress
    name = "feedToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """OpenAPI's words."""
        return {"type": "apiKey", "in": "query", "name": TOKEN}


class Subscribed(requests.RoomView):
    """An address that programs ask again and again: the same bytes while nothing changes, and 304 for whoever has them."""

    authentication_classes = (*APIView.authentication_classes, KeyInAddress)

    def policy(self) -> str:
        """May be kept by whoever asked, must be asked about: what was withdrawn goes at once."""
        return "private, no-cache"

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
        response["Cache-Control"] = self.policy()
        changed = Position.objects.order_by("-position").values_list("sealed_at", flat=True).first()
        if changed:
            response["Last-Modified"] = http_date(changed.timestamp())
        patch_vary_headers(response, ["Authorization", "Cookie"])
        answer = get_conditional_response(request, etag, int(changed.timestamp()) if changed else None, response) or response
        if answer.status_code == 412:
            raise requests.VersionPassed
        return answer


class AtomAsked(serializers.Serializer[Any]):
    """Nothing but a token."""

    token = serializers.CharField(required=False, max_length=200, help_text="of the feeds, where no header can be sent")


CHANGED = headers.answered("Last-Modified", 200, 304, description="when anything last happened", required=False)
HEADERS = [headers.answered("ETag", 200, 304, description="of these bytes, for If-None-Match"), CHANGED]
ATOM: dict[Any, Any] = {(200, "application/atom+xml"): OpenApiTypes.STR, 304: None}
ICALENDAR: dict[Any, Any] = {(200, "text/calendar"): OpenApiTypes.STR, 304: None}
DESK_ATOM = ATOM | {301: OpenApiResponse(description="Readers outside are sent on to the public feed of the same entries.")}
DESK_PARAMETERS: list[Any] = [AtomAsked, *HEADERS, headers.answered("Location", 301, description="the public feed")]


class DeskFeed(Subscribed):
    """A feed of the desk's own; readers outside are sent on to the public one of the same entries."""

    permission_classes = [permissions.ByRoleOrPublic]
    name = ""
    title: Any = ""

    @staticmethod
    def entries() -> list[atom.Entry]:
        """What it tells, newest first."""
        raise NotImplementedError

    def answer(self, request: Request) -> HttpResponse:
        """The feed as it is now."""
        filters.checked_filters(request, AtomAsked)
        if requests.is_outside(request):
            return HttpResponsePermanentRedirect(reverse(f"public-{self.name}"))
        ledger.seal()
        about = f"{settings.ADDRESS}{reverse('claims')}?status=published"
        return self.told(request, dumped(self.entries, self.title, f"feed-{self.name}", about), "application/atom+xml")


class Published(DeskFeed):
    """What went out of the house."""

    name, title = "published", gettext_lazy("Published claims")

    @staticmethod
    def entries() -> list[atom.Entry]:
        """What it tells, newest first."""
        return record_entries.published()

    @extend_schema(operation_id="feeds_published", parameters=DESK_PARAMETERS, responses=DESK_ATOM)
    def get(self, request: Request) -> HttpResponse:
        """The newest published claims with their verdicts, as Atom: what readers are shown of them."""
        return self.answer(request)


class Corrections(DeskFeed):
    """What was put right."""

    name, title = "corrections", gettext_lazy("Corrections")

    @staticmethod
    def entries() -> list[atom.Entry]:
        """What it tells, newest first."""
        return record_entries.corrections()

    @extend_schema(operation_id="feeds_corrections", parameters=DESK_PARAMETERS, responses=DESK_ATOM)
    def get(self, request: Request) -> HttpResponse:
        """The newest corrections of published claims, as Atom: each is an entry of its own, with what read otherwise before and why."""
        return self.answer(request)


def dumped(entries: Callable[[], list[atom.Entry]], title: Any, name: str, about: str) -> bytes:
    """A feed in the install's own language: one feed, whoever asks."""
    with translation.override(settings.LANGUAGE_CODE):
        address = settings.ADDRESS + reverse(name)
        return atom.dump(entries(), title=str(title), id=address, link=about, language=settings.LANGUAGE_CODE)


class DueAsked(serializers.Serializer[Any]):
    """Whose claims."""

    token = serializers.CharField(required=False, max_length=200, help_text="of the feeds, since calendars send no headers")
    assignee = serializers.CharField(required=False, max_length=150, help_text="a user name; everybody's when left out")


class Due(Subscribed):
    """When claims are due: the desk's own, whatever PUBLIC_READ says."""

    @extend_schema(operation_id="feeds_due", parameters=[DueAsked, *HEADERS], responses=ICALENDAR)
    def get(self, request: Request) -> HttpResponse:
        """Claims that wait for a verdict, as whole days over the span in which they are due (iCalendar)."""
        asked = filters.checked_filters(request, DueAsked)
        ledger.seal()
        whose = {"assignee": asked["assignee"]} if asked.get("assignee") else {}
        waiting = Claim.objects.select_related("document__outlet").waiting().filter(**whose)
        today = timezone.localdate()
        coming = waiting.filter(due_last__gte=today).order_by("due_last", "id")[:COMING]
        passed = waiting.filter(due_last__lt=today).order_by("-due_last", "-id")[:PASSED]
        with translation.override(settings.LANGUAGE_CODE):
            entries = [_due(claim) for claim in (*reversed(passed), *coming)]
            body = calendar.dump(_("Due claims"), entries)
        return self.told(request, body, "text/calendar")


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
