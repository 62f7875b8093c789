"""What the desk's front page counts."""

from datetime import timedelta
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin.filters import narrowed
from claims.choices import Clock, FlagStatus, Status
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
        _count("proposed", _("proposed"), Claim.objects.filter(status=Status.PROPOSED), f"{queue}?status__exact=proposed"),
        _count("week", _("due this week"), Claim.objects.waiting().filter(**week), f"{queue}?{among}"),
        _count("due", _("due"), narrowed(Claim.objects.all(), Clock.DUE), f"{queue}?clock=due"),
        _count("overdue", _("overdue"), narrowed(Claim.objects.all(), Clock.OVERDUE), f"{queue}?clock=overdue"),
        _count("flags", _("open flags"), Flag.objects.filter(state=FlagStatus.OPEN), _address("admin:claims_flag_changelist")),
        _count("given-up", _("work given up"), Work.objects.filter(gave_up_at__isnull=False), f"{owed}?standing=given_up"),
    ]


@register.simple_tag
def newest_verification() -> Verification | None:
    """The last check of the ledger."""
    return Verification.objects.order_by("-finished_at").first()


def _count(name: str, label: Any, rows: Any, address: str) -> dict[str, Any]:
    number = rows.order_by()[: ENOUGH + 1].count()
    return {"name": name, "label": label, "number": f"{ENOUGH}+" if number > ENOUGH else number, "some": number > 0, "address": address}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
