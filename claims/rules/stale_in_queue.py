"""A claim that nobody has touched for days is about to be forgotten."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.models import WAITING, Claim
from claims.rules import Finding, rule

SENTENCES = {"stale-in-queue": (_("Nobody has touched it since %(since)s."), _("Take it, hand it on, or turn it down."))}


@rule("stale-in-queue", SENTENCES, days=3)
def stale_in_queue(claim: Claim, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Has it waited longer than it should without any event?"""
    since = timezone.localdate(claim.changed_at)
    if claim.status in WAITING and (today - since).days > int(parameters["days"]):
        yield Finding(code="stale-in-queue", key=since.isoformat(), parameters={"since": since.isoformat()})
