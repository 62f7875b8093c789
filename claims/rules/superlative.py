"""“The highest ever” is checked against a whole series, not against one figure."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

SENTENCES = {"superlative": (_("It claims a record."), _("Find the whole series, and put it beside the claim as evidence."))}


@rule("superlative", SENTENCES)
def superlative(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Is it a superlative that no evidence stands beside yet?"""
    if claim.status in WAITING and claim.superlative and all(piece.withdrawn_at for piece in claim.evidence.all()):
        yield Finding(code="superlative", severity=Severity.INFO)
