"""A prediction that does not say what would settle it can be argued over for ever."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Kind, Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around
from sources.models import NAMED_TYPES

_HINT = _("Complete the claim, or write down how it will be settled.")
SENTENCES = {
    "unit": (_("The figure “%(words)s” has no unit."), _HINT),
    "base-period": (_("It tells of a change (“%(words)s”) and not since when."), _HINT),
    "actor": (_("It is a commitment, and nobody is named who is to keep it."), _HINT),
    "measure": (_("It has neither a figure nor criteria: nobody can say when it has come true."), _HINT),
}


@rule("not-settleable", SENTENCES)
def not_settleable(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Which field is missing: a unit, the base period of a change, an actor, a measure? Written criteria answer all of them."""
    if claim.status not in WAITING or claim.kind not in (Kind.PREDICTION, Kind.COMMITMENT) or claim.criteria.strip():
        return
    figures = list(claim.quantities.all())
    for figure in figures:
        if not figure.unit:
            yield _missing("unit", figure.text)
        if figure.role == "change" and not claim.scope:
            yield _missing("base-period", figure.text)
    if claim.kind == Kind.COMMITMENT and claim.speaker_type not in NAMED_TYPES:
        yield _missing("actor")
    if claim.kind == Kind.PREDICTION and not figures:
        yield _missing("measure")


def _missing(what: str, words: str = "") -> Finding:
    return Finding(code=what, key=f"{what}:{words}"[:200], parameters={"words": words}, severity=Severity.INFO)
