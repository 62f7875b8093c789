"""A claim that nobody has touched for days is about to be forgotten."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.models import WAITING, Claim
from claims.rules import Finding, day_of, days_after, rule
from claims.rules.context import Around

SENTENCES = {"stale-in-queue": (_("Nobody has touched it since %(since)s."), _("Take it, hand it on, or turn it down."))}


def turning_days(claim: Claim, parameters: Mapping[str, Any]) -> Iterator[date]:
    """The day on which it has waited too long."""
    if claim.status in WAITING:
        yield days_after(day_of(claim.changed_at), int(parameters["days"]) + 1)


@rule("stale-in-queue", SENTENCES, turns=turning_days, reads=("status", "changed_at"), days=3)
def stale_in_queue(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Has it waited longer than it should without any event?"""
    since = day_of(claim.changed_at)
    if claim.status in WAITING and (today - since).days > int(parameters["days"]):
        yield Finding(code="stale-in-queue", key=since.isoformat(), parameters={"since": since.isoformat()})
