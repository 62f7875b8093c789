"""A claim's time has come: its whole span has elapsed and nobody has judged it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, days_after, rule
from claims.surroundings import Around

SENTENCES = {
    "due": (_("Its time was up on %(last)s."), _("See whether it happened, and judge it.")),
    "overdue": (_("Its time was up on %(last)s and it still waits for a verdict."), _("Judge it now, or set another date and say why.")),
}


def turns(claim: Claim, parameters: Mapping[str, Any]) -> Iterator[date]:
    """The day after the span, and the day it is overdue."""
    if claim.status in WAITING and claim.due_last:
        yield days_after(claim.due_last, 1)
        yield days_after(claim.due_last, int(parameters["overdue_after"]) + 1)


@rule("due", SENTENCES, turns=turns, reads=("status", "due", "due_last"), overdue_after=7)
def due(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Has the last day of the span passed? Fuzzy time is honoured: spring 2023 is due after 2023-05-31, overdue a week later."""
    last = claim.due_last
    if claim.status not in WAITING or last is None or today <= last:
        return
    overdue = today > days_after(last, int(parameters["overdue_after"]))
    yield Finding(
        code="overdue" if overdue else "due",
        key=claim.due["edtf"] if claim.due else "",
        parameters={"last": last.isoformat()},
        severity=Severity.HIGH,
        due_on=last,
    )
