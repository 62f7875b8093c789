"""What readers outside subscribe to: published claims, corrections and days to come, made of public records, with PUBLIC_READ alone."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from claims.api import feeds, record_entries
from claims.exchange.formats import calendar
from sources.api import caching, permissions


class PublicFeed(feeds.Subscribed):
    """A feed that says the same to everybody."""

    authentication_classes = tuple(APIView.authentication_classes)
    permission_classes = [permissions.ByRoleOrPublic]

    def policy(self) -> str:
        """It is public whoever asks."""
        return caching.policy()


class Published(PublicFeed):
    """What went out of the house."""

    @extend_schema(operation_id="public_published", parameters=feeds.HEADERS, responses=feeds.ATOM)
    def get(self, request: Request) -> HttpResponse:
        """The newest public claims with their verdicts, as Atom."""
        about = settings.ADDRESS + reverse("claims")
        body = feeds.dumped(record_entries.published, gettext_lazy("Published claims"), "public-published", about)
        return self.told(request, body, "application/atom+xml")


class Corrections(PublicFeed):
    """What was put right."""

    @extend_schema(operation_id="public_corrections", parameters=feeds.HEADERS, responses=feeds.ATOM)
    def get(self, request: Request) -> HttpResponse:
        """The newest corrections of public claims, as Atom: each is an entry of its own, with what read otherwise before and why."""
        about = settings.ADDRESS + reverse("claims")
        body = feeds.dumped(record_entries.corrections, gettext_lazy("Corrections"), "public-corrections", about)
        return self.told(request, body, "application/atom+xml")


class Due(PublicFeed):
    """What is still to come."""

    @extend_schema(operation_id="public_due", parameters=feeds.HEADERS, responses=feeds.ICALENDAR)
    def get(self, request: Request) -> HttpResponse:
        """Public predictions and commitments that no rating has settled, as whole days over the span in which they are due (iCalendar)."""
        with translation.override(settings.LANGUAGE_CODE):
            body = calendar.dump(_("Due claims"), record_entries.due(timezone.localdate()))
        return self.told(request, body, "text/calendar")
