"""Sources that have it from one another, or from the article itself, stand behind nothing."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Status
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

SENTENCES = {
    "circle": (
        _("These have it from one another, and nobody outside stands behind it: %(circle)s."),
        _("Find where it began, or a source outside the circle."),
    ),
    "supports-itself": (
        _("What supports it is the text that it was read in, over again; nobody but %(source)s stands behind it."),
        _("Take that evidence back, or find a source of its own."),
    ),
}
_WORKED_ON = (Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED)


@rule("circular-sourcing", SENTENCES, needs=("origins",))
def circular_sourcing(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Do its sources only have it from one another, or is its evidence the article itself? Asked once it is accepted."""
    origin = around.origins.only if around.origins and claim.status in _WORKED_ON else None
    if around.origins is None or origin is None:
        return
    if origin.circle:
        yield Finding(code="circle", key=origin.key, parameters={"circle": " – ".join(origin.circle)})
    elif evidence := [account for account in around.origins.returning if account.startswith("evidence:")]:
        yield Finding(code="supports-itself", key=evidence[0], parameters={"source": " / ".join(origin.names)})
