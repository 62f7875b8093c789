"""Somebody says now what cannot be true beside what they said before."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED
from claims.figures.claim_figures import period
from claims.models import Claim
from claims.rules import Finding, rule
from claims.rules.context import Around, Neighbour, earlier, said_on
from claims.rules.figures_disagree import READING, disagreeing

_HINT = _("See whether both mean the same; then say that one contradicts the other, and ask who said it.")
SENTENCES = {
    "disagree": (_("%(speaker)s says “%(words)s”, and said “%(other)s” on %(day)s: “%(statement)s”"), _HINT),
    "denial": (_("%(speaker)s said the opposite on %(day)s: “%(statement)s”"), _HINT),
    "reading": (
        _("“%(words)s” can be read in two ways, and only in one it agrees with what %(speaker)s said on %(day)s: “%(other)s”"),
        READING,
    ),
}


@rule("self-contradiction", SENTENCES, needs=("neighbours",), shared=0.4, denied=0.5, days=3, most=3)
def self_contradiction(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Did the same speaker give another figure of the same thing and days before, or say the opposite nearly word for word?

    Speakers are the same where they were found to be one, whatever they were called. A figure that changed with time is none.
    """
    yield from disagreeing(claim, around, parameters, same_speaker=True)
    for near in around.neighbours:
        if _denies(claim, near, parameters):
            other = near.claim
            told = {"speaker": other.speaker_name or "—", "day": said_on(other).isoformat(), "statement": other.statement[:300]}
            yield Finding(code="denial", key=f"denial:{other.pk}", parameters=told)


def _denies(claim: Claim, near: Neighbour, parameters: Mapping[str, Any]) -> bool:
    other = near.claim
    if claim.status in CLOSED or other.status in CLOSED or near.judged or not near.same_speaker or not earlier(other, claim):
        return False
    if claim.says_no == other.says_no or near.shared < float(parameters["denied"]):
        return False
    ours, theirs = period(claim), period(other)
    return not (ours and theirs) or ours.meets(theirs, days=int(parameters["days"]))
