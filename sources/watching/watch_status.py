"""How what is watched stands: by a word to filter by, and counted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.models import Attention, Feed, Watch
from sources.watching.outcomes import Outcome

LATELY = timedelta(days=7)
NAMES: list[tuple[str, Any]] = [
    ("gone", pgettext_lazy("page", "gone")),
    ("failing", pgettext_lazy("page", "failing")),
    ("changed", _("changed within a week")),
    ("denied", _("asked not to be fetched")),
    *[(attention.value, attention.label) for attention in Attention],
]


def _which(name: str) -> Q:
    if name == "changed":
        return Q(changed_at__gte=timezone.now() - LATELY)
    plain = {"gone": Q(gone_since__isnull=False), "failing": Q(failing_since__isnull=False), "denied": Q(outcome=Outcome.DENIED)}
    return plain.get(name) or Q(attention=name)


def narrowed(rows: QuerySet[Any], name: str) -> QuerySet[Any]:
    """Those that stand so; all of them for a word that is none of NAMES."""
    return rows.filter(_which(name)) if name in dict(NAMES) else rows


def counted() -> dict[str, Any]:
    """How many pages and feeds are watched, failing, gone, changed within a week; and whether watching is switched on."""
    counts = {name: Count("pk", filter=_which(name)) for name in ("on", "failing", "gone", "changed")}
    return {
        "switched_on": settings.WATCHING,
        "pages": Watch.objects.aggregate(**counts),
        "feeds": Feed.objects.aggregate(**counts),
    }
