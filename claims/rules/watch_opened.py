"""The time in which a claim can come true has begun: spring 2023 opens its watch on the first of March."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, days_after, rule
from claims.rules.context import Around

SENTENCES = {"watch-opened": (_("It can happen from %(first)s to %(last)s."), _("Watch for it, and keep what shows that it happened."))}


def turning_days(claim: Claim, parameters: Mapping[str, Any]) -> Iterator[date]:
    """The first day of the span, and the day after the last."""
    if claim.status in WAITING and claim.due_first and claim.due_last:
        yield claim.due_first
        yield days_after(claim.due_last, 1)


@rule("watch-opened", SENTENCES, turns=turning_days, reads=("status", "due_first", "due_last"))
def watch_opened(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Is today inside the span? One of a single day opens no watch: it is due the day after."""
    first, last = claim.due_first, claim.due_last
    if claim.status in WAITING and first is not None and last is not None and first < last and first <= today <= last:
        span = {"first": first.isoformat(), "last": last.isoformat()}
        yield Finding(code="watch-opened", key=f"{first}/{last}", parameters=span, severity=Severity.INFO, due_on=last)
