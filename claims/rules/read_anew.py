"""A claim's text was read again by a later version of the reader, which reads something otherwise than what people worked on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, Severity, Status
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

_READ = _("Version %(reader)s of the reader reads it otherwise (fields: %(fields)s).")
SENTENCES = {
    "offered": (_READ, _("Take the new reading on the claim's page, correct the claim, or dismiss this.")),
    "judged": (_READ, _("It is judged already: see whether it needs a correction, or dismiss this.")),
}


@rule("read-anew", SENTENCES)
def read_anew(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Is another reading offered than the one that people worked on? Judged and published claims are asked too."""
    if claim.status in CLOSED or not claim.offered_reading:
        return
    reader, fields = claim.offered_reading["reader"], sorted(claim.offered_reading["changes"])
    yield Finding(
        code="judged" if claim.status in (Status.JUDGED, Status.PUBLISHED) else "offered",
        key=f"{reader}:{','.join(fields)}",
        parameters={"reader": reader, "fields": str(len(set(fields) - {"start", "end", "prefix", "suffix"}))},
        severity=Severity.INFO,
    )
