"""A document's publication date was corrected, and with it dates of a claim that people have worked on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, Severity
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

_HINT = _("Take the new date on the claim's page, or dismiss this.")
SENTENCES = {
    "said_on": (_("The article's date was corrected: said on %(new)s, and not %(old)s."), _HINT),
    "scope": (_("The article's date was corrected: it is about %(new)s, and not %(old)s."), _HINT),
    "due": (_("The article's date was corrected: due %(new)s, and not %(old)s."), _HINT),
}


@rule("dates-moved", SENTENCES)
def dates_moved(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Is another date offered than the one that was reviewed? Judged and published claims are asked too."""
    if claim.status in CLOSED:
        return
    for field, new in (claim.offered or {}).items():
        old, offered = (getattr(claim, field) or {}).get("edtf"), (new or {}).get("edtf")
        yield Finding(
            code=field,
            key=f"{field}:{old or ''}:{offered or ''}",
            parameters={"old": old or "—", "new": offered or "—"},
            severity=Severity.HIGH if field == "due" else Severity.WARNING,
        )
