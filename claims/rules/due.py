"""A claim's time has come: its whole span has elapsed and nobody has judged it."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, rule

SENTENCES = {
    "due": (_("Its time was up on %(last)s."), _("See whether it happened, and judge it.")),
    "overdue": (_("Its time was up on %(last)s and it still waits for a verdict."), _("Judge it now, or set another date and say why.")),
}


@rule("due", SENTENCES, overdue_after=7)
def due(claim: Claim, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Has the last day of the span passed? Fuzzy time is honoured: spring 2023 is due after 2023-05-31, overdue a week later."""
    last = claim.due_last
    if claim.status not in WAITING or last is None or today <= last:
        return
    overdue = today > last + timedelta(days=int(parameters["overdue_after"]))
    yield Finding(
        code="overdue" if overdue else "due",
        key=claim.due["edtf"] if claim.due else "",
        parameters={"last": last.isoformat()},
        severity=Severity.HIGH,
        due_on=last,
    )
