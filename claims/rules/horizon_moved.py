"""What a prediction would be settled by was written down first, and says something else now."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, Severity
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

_HINT = _("What was registered first counts: say on the claim why it was changed, or set it back.")
SENTENCES = {
    "due": (_("It was registered as due %(first)s, and says %(now)s now."), _HINT),
    "criteria": (_("It was registered to be settled by “%(first)s”, and says “%(now)s” now."), _HINT),
}


@rule("horizon-moved", SENTENCES, edition=2)
def horizon_moved(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Do date and criteria still say what was registered before the window opened? High: a promise to readers was changed."""
    if not claim.registered or claim.status in CLOSED:
        return
    first, now = claim.registered["due"]["edtf"], (claim.due or {}).get("edtf")
    if first != now:
        yield Finding(
            code="due",
            key=f"due:{now or ''}",
            parameters={"first": first, "now": now or "—"},
            severity=Severity.HIGH,
            due_on=claim.due_last,
        )
    if claim.registered["criteria"] != claim.criteria:
        told = {"first": claim.registered["criteria"], "now": claim.criteria or "—"}
        yield Finding(code="criteria", key="criteria", parameters=told, severity=Severity.HIGH)
