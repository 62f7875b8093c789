"""A verdict that was only true for a while is looked at again."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Rating, Severity, Status
from claims.models import Claim
from claims.rules import Finding, day_of, days_after, rule
from claims.rules.context import Around

SENTENCES = {
    "stale-verdict": (_("Its verdict “%(rating)s” has stood since %(since)s."), _("See whether it still holds, and judge it anew if not."))
}
# What time alone may change.
PASSING = (Rating.IN_PROGRESS, Rating.STALLED, Rating.UNPROVEN, Rating.PARTLY_KEPT)


def turning_days(claim: Claim, parameters: Mapping[str, Any]) -> Iterator[date]:
    """The day on which the verdict is too old."""
    if since := _since(claim):
        yield days_after(since, int(parameters["days"]) + 1)


@rule("stale-verdict", SENTENCES, turns=turning_days, reads=("status", "rating", "changed_at"), days=90)
def stale_verdict(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Has a passing verdict (in progress, stalled, unproven, partly kept) stood for too long without any event?"""
    since = _since(claim)
    if since and today > days_after(since, int(parameters["days"])):
        told = {"rating": str(claim.rating), "since": since.isoformat()}
        yield Finding(code="stale-verdict", key=since.isoformat(), parameters=told, severity=Severity.INFO)


def _since(claim: Claim) -> date | None:
    passing = claim.status in (Status.JUDGED, Status.PUBLISHED) and claim.rating in PASSING
    return day_of(claim.changed_at) if passing else None
