"""What was judged to be false is said again: whoever repeats it, and whoever reads it, should know."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, REFUTED, Severity, Status
from claims.figures.claim_figures import says_as_much
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around, Neighbour, said_on

_HINT = _("See whether it is the same; then say so, and tell who repeats it.")
SENTENCES = {
    "same-speaker": (_("%(speaker)s says again what was judged “%(rating)s” on %(judged)s: “%(statement)s”"), _HINT),
    "another": (_("What %(speaker)s said was judged “%(rating)s” on %(judged)s, and is said again: “%(statement)s”"), _HINT),
}


@rule("repeated-after-refuted", SENTENCES, edition=2, needs=("neighbours",), shared=0.4)
def repeated_after_refuted(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Was it said after a claim that says the same, in somebody's judgement or nearly word for word, had been judged to be false?

    The nearest is named. What somebody found to be something else than the same is left alone.
    """
    if claim.status in CLOSED:
        return
    again = [one for one in around.neighbours if _refuted_before(claim, one) and _same(claim, one, float(parameters["shared"]))]
    if nearest := min(again, key=lambda one: (one.judged is None, -one.shared, one.claim.pk), default=None):
        other = nearest.claim
        told = {
            "speaker": other.speaker_name or "—",
            "rating": str(other.rating),
            "judged": nearest.judged_on.isoformat() if nearest.judged_on else "—",
            "statement": other.statement[:300],
        }
        code = "same-speaker" if nearest.same_speaker else "another"
        yield Finding(code=code, key=str(other.pk), parameters=told, severity=Severity.HIGH)


def _refuted_before(claim: Claim, neighbour: Neighbour) -> bool:
    other = neighbour.claim
    judged = other.rating in REFUTED and other.status in (Status.JUDGED, Status.PUBLISHED) and neighbour.judged_on is not None
    return judged and neighbour.judged_on is not None and said_on(claim) > neighbour.judged_on


def _same(claim: Claim, neighbour: Neighbour, shared: float) -> bool:
    if neighbour.judged:
        return neighbour.judged.joining
    return neighbour.shared >= shared and says_as_much(claim, neighbour.claim)
