"""Two people give figures of the same thing that cannot both be true."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, Severity
from claims.figures.claim_figures import disagreement
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around, earlier, said_on

READING = _("Say on the claim which is meant: set the figure's comparator or its role, or dismiss this.")
SENTENCES = {
    "disagree": (
        _("“%(words)s” here and “%(other)s” by %(speaker)s on %(day)s cannot both be true: “%(statement)s”"),
        _("See whether both mean the same; then say that one contradicts the other, or judge them."),
    ),
    "reading": (
        _("“%(words)s” can be read in two ways, and only in one it agrees with “%(other)s” by %(speaker)s on %(day)s."),
        READING,
    ),
}


@rule("figures-disagree", SENTENCES, needs=("neighbours",), shared=0.4, days=3, most=3)
def figures_disagree(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Does somebody else, said before, give a figure of the same measure, unit and days that cannot be true beside this one?

    Figures are compared as intervals: by comparator, with what rounding and hedges leave open. Where it hangs on the reading
    ("reach 200": that much, or at least that much; "rose 5 %": a level or a change) it asks which is meant.
    """
    yield from disagreeing(claim, around, parameters, same_speaker=False)


def disagreeing(claim: Claim, around: Around, parameters: Mapping[str, Any], *, same_speaker: bool) -> Iterator[Finding]:
    """The figures of claims said before, near enough and not compared yet, that do not agree with this one's; the nearest few."""
    found = 0
    for near in around.neighbours:
        other = near.claim
        if claim.status in CLOSED or other.status in CLOSED or near.judged or near.shared < float(parameters["shared"]):
            continue
        if near.same_speaker is not same_speaker or not earlier(other, claim):
            continue
        if pair := disagreement(claim, other, days=int(parameters["days"])):
            told = {
                "words": pair.one,
                "other": pair.other,
                "speaker": other.speaker_name or "—",
                "day": said_on(other).isoformat(),
                "statement": other.statement[:300],
            }
            code, severity = ("reading", Severity.INFO) if pair.asks else ("disagree", Severity.WARNING)
            yield Finding(code=code, key=f"{code}:{other.pk}", parameters=told, severity=severity)
            found += 1
        if found == int(parameters["most"]):
            return
