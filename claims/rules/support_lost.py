"""What a claim or its verdict rested on has gone: whoever relies on it looks again."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import CLOSED, REFUTED, Severity, Status
from claims.models import Claim, Evidence, Verdict
from claims.rules import Finding, rule
from claims.rules.context import Around

_HINT = _("Find out whether it still holds without that; judge it anew if not.")
SENTENCES = {
    "evidence": (_("Evidence that its verdict rests on was withdrawn: %(exhibit)s."), _HINT),
    "refuted": (_("It is derived from a claim that was refuted: %(statement)s"), _HINT),
    "withdrawn": (_("It is derived from a claim that was withdrawn: %(statement)s"), _HINT),
    "rejected": (_("It is derived from a claim that was rejected: %(statement)s"), _HINT),
}
_LONGEST = 300  # characters of what is named


@rule("support-lost", SENTENCES, needs=("grounds", "verdicts"))
def support_lost(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Was evidence withdrawn that its verdict rests on, or a claim that it is derived from refuted, withdrawn or rejected?

    A verdict that names no evidence rests on all that stood beside the claim when it was proposed. Loud once the claim is published.
    """
    if claim.status in CLOSED:
        return
    severity = Severity.HIGH if claim.status == Status.PUBLISHED else Severity.WARNING
    for piece in claim.evidence.all():
        if any(_rested(verdict, piece) for verdict in around.verdicts):
            exhibit = piece.note or piece.url or str(piece.snapshot_id)
            yield Finding(code="evidence", key=f"evidence:{piece.key}", parameters={"exhibit": exhibit[:_LONGEST]}, severity=severity)
    for ground in around.grounds:
        if code := _lost(ground):
            told = {"statement": ground.statement[:_LONGEST]}
            yield Finding(code=code, key=f"{code}:{ground.pk}", parameters=told, severity=severity)


def _rested(verdict: Verdict, piece: Evidence) -> bool:
    """Does this verdict, which stands or waits for approval, rest on what is no more?"""
    if not piece.withdrawn_at or verdict.superseded_at or verdict.returned_at:
        return False
    if verdict.evidence:
        return str(piece.key) in verdict.evidence
    return piece.at <= verdict.proposed_at < piece.withdrawn_at


def _lost(ground: Claim) -> str:
    if ground.status in (Status.WITHDRAWN, Status.REJECTED):
        return str(ground.status)
    return "refuted" if ground.rating in REFUTED else ""
