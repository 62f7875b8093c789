"""The page is not there any more: what was captured of it is all that is left."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, Severity, Status
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

_OWN = _("What was captured is kept. Ask the outlet why, look for an archived copy, and say so where the claim is published.")
_EVIDENCE = _("What was captured is kept. Name another copy as evidence, or an archived one.")
SENTENCES = {
    "gone": (_("The page “%(page)s” has been gone since %(since)s: its site answers %(status)s."), _OWN),
    "unreachable": (_("The page “%(page)s” cannot be reached or read since %(since)s."), _OWN),
    "evidence-gone": (_("The page “%(page)s”, named as evidence, has been gone since %(since)s: its site answers %(status)s."), _EVIDENCE),
    "evidence-unreachable": (_("The page “%(page)s”, named as evidence, cannot be reached or read since %(since)s."), _EVIDENCE),
}


@rule("source-gone", SENTENCES, needs=("pages",))
def source_gone(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Have three looks at its page, or at one named as evidence, failed over 48 hours? It clears when the page is back."""
    if claim.status in CLOSED:
        return
    severity = Severity.HIGH if claim.status == Status.PUBLISHED else Severity.WARNING
    told: set[Any] = set()
    for page in around.pages:
        if page.gone_since is None or page.document in told:
            continue
        told.add(page.document)
        answered = page.status is not None and page.status >= 400
        code = ("" if page.own else "evidence-") + ("gone" if answered else "unreachable")
        words = {"page": page.name[:300], "since": f"{page.gone_since:%Y-%m-%d %H:%M} UTC", "status": str(page.status or "")}
        yield Finding(code=code, key=f"{page.document}:{page.gone_since:%Y-%m-%dT%H:%M}", parameters=words, severity=severity)
