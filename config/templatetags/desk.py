"""What the desk's front page counts."""

from datetime import timedelta
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import npgettext_lazy

from claims.admin.filters import narrowed
from claims.domain.choices import Clock, FlagStatus, Status
from claims.models import WAITING, Claim, Flag, Verification
from sources.models import Work

register = template.Library()
ENOUGH = 1000  # nobody plans a morning by the difference between 1,000 and 40,000


@register.simple_tag
def desk_counts() -> list[dict[str, Any]]:
    """What waits for the desk: a name, a number and where to see it."""
    queue, today = _address("admin:claims_claim_changelist"), timezone.localdate()
    owed = _address("admin:sources_work_changelist")
    week = {"due_last__gte": today, "due_last__lt": today + timedelta(days=7)}
    among = "&".join(f"{name}={day}" for name, day in week.items()) + f"&status__in={','.join(WAITING)}"
    return [
        _count("proposed", Claim.objects.filter(status=Status.PROPOSED), f"{queue}?status__exact=proposed"),
        _count("week", Claim.objects.waiting().filter(**week), f"{queue}?{among}"),
        _count("due", narrowed(Claim.objects.all(), Clock.DUE), f"{queue}?clock=due"),
        _count("overdue", narrowed(Claim.objects.all(), Clock.OVERDUE), f"{queue}?clock=overdue"),
        _count("flags", Flag.objects.filter(state=FlagStatus.OPEN), _address("admin:claims_flag_changelist")),
        _count("given-up", Work.objects.filter(gave_up_at__isnull=False), f"{owed}?standing=given_up"),
    ]


@register.simple_tag
def newest_verification() -> Verification | None:
    """The last check of the ledger."""
    return Verification.objects.order_by("-finished_at").first()


# What stands beside a number, in the form that the number asks for; the number itself is shown larger.
_LABELS = {
    "proposed": npgettext_lazy("beside its number", "proposed", "proposed"),
    "week": npgettext_lazy("beside its number", "due this week", "due this week"),
    "due": npgettext_lazy("beside its number", "due", "due"),
    "overdue": npgettext_lazy("beside its number", "overdue", "overdue"),
    "flags": npgettext_lazy("beside its number", "open flag", "open flags"),
    "given-up": npgettext_lazy("beside its number", "piece of work given up", "pieces of work given up"),
}


def _count(name: str, rows: Any, address: str) -> dict[str, Any]:
    number = rows.order_by()[: ENOUGH + 1].count()
    shown = f"{ENOUGH}+" if number > ENOUGH else number
    return {"name": name, "label": _LABELS[name] % number, "number": shown, "some": number > 0, "address": address}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
