"""Somebody has said nearly the same already: set the two side by side before the work is done twice."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, Severity
from claims.figures.claim_figures import says_as_much
from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around, Neighbour, earlier, said_on

_HINT = _("Compare the two: the same, a repetition, another relation, or not the same.")
SENTENCES = {
    "said": (_("Nearly the same was said on %(day)s by %(speaker)s: “%(statement)s”"), _HINT),
    "checked": (_("Nearly the same was said on %(day)s by %(speaker)s and judged “%(rating)s”: “%(statement)s”"), _HINT),
}


@rule("said-before", SENTENCES, edition=2, needs=("neighbours",), shared=0.5)
def said_before(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Was nearly the same said before, by whomever, and has nobody compared the two yet? The nearest is named, a judged one first.

    A denial of it, another figure, one of another measure, or what is about other days is not the same.
    """
    if claim.status not in WAITING:
        return
    near = [one for one in around.neighbours if _alike(claim, one, float(parameters["shared"]))]
    if nearest := min(near, key=lambda one: (not one.claim.rating, -one.shared, one.claim.pk), default=None):
        other = nearest.claim
        told = {
            "day": said_on(other).isoformat(),
            "speaker": other.speaker_name or "—",
            "statement": other.statement[:300],
            "rating": str(other.rating),
        }
        code, severity = ("checked", Severity.WARNING) if other.rating else ("said", Severity.INFO)
        yield Finding(code=code, key=str(other.pk), parameters=told, severity=severity)


def _alike(claim: Claim, neighbour: Neighbour, shared: float) -> bool:
    other = neighbour.claim
    if neighbour.judged or neighbour.shared < shared or other.status in CLOSED:
        return False
    return earlier(other, claim) and says_as_much(claim, other)
