"""A claim's time is nearly up: there is still time to prepare."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, days_after, rule
from claims.rules.context import Around

SENTENCES = {"due-soon": (_("Its time is up on %(last)s."), _("Find out now where it will be seen whether it happened."))}


def turning_days(claim: Claim, parameters: Mapping[str, Any]) -> Iterator[date]:
    """The first day of the last days, and the day after the last."""
    if claim.status in WAITING and claim.due_last:
        yield days_after(claim.due_last, -int(parameters["days"]))
        yield days_after(claim.due_last, 1)


@rule("due-soon", SENTENCES, turns=turning_days, reads=("status", "due_last"), days=7)
def due_soon(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Is the last day of its span at most so many days away?"""
    last = claim.due_last
    if claim.status in WAITING and last is not None and days_after(last, -int(parameters["days"])) <= today <= last:
        yield Finding(code="due-soon", key=last.isoformat(), parameters={"last": last.isoformat()}, severity=Severity.INFO, due_on=last)
