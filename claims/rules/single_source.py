"""Whatever is known of it goes back to one origin: one that leans on nobody there would make it surer."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from claims.domain.choices import Severity, Status
from claims.models import Claim
from claims.rules import Chosen, Finding, rule
from claims.rules.context import Around


def _accounts(told: Mapping[str, str]) -> str:
    return ngettext(
        "%(accounts)s account of it is known, and goes back to %(source)s.",
        "%(accounts)s accounts of it are known, and all go back to %(source)s.",
        int(told["accounts"]) if told["accounts"].isdecimal() else 3,  # struck out
    )


_HINT = _("Find another source that does not lean on this one.")
SENTENCES = {
    "single-source": (_("Only %(source)s stands behind it."), _HINT),
    "one-origin": (Chosen(_accounts, lazy(_accounts, str)({"accounts": "3"})), _HINT),
}
_WORKED_ON = (Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED)


@rule("single-source", SENTENCES, needs=("origins",), edition=2)
def single_source(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Do its own account, the evidence that supports it and the claims that say the same go back to one origin? Asked once accepted."""
    origin = around.origins.only if around.origins and claim.status in _WORKED_ON else None
    if around.origins is None or origin is None or origin.circle:  # a circle is `circular-sourcing`
        return
    accounts = around.origins.accounts - len(around.origins.returning)
    told = {"source": " / ".join(origin.names)} | ({"accounts": str(accounts)} if accounts > 1 else {})
    code = "one-origin" if accounts > 1 else "single-source"
    yield Finding(code=code, key=origin.key, parameters=told, severity=Severity.INFO)
