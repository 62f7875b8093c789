"""A claim without a date cannot be held against what was known then."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

SENTENCES = {
    "undated": (
        _("Nobody knows when it was said, or when it was published."),
        _("Set the document's publication date, or the claim's own."),
    )
}


@rule("undated", SENTENCES)
def undated(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Has it neither a date of its own nor a document with one?"""
    if claim.status in WAITING and claim.said_first is None and not (claim.document and claim.document.published_first):
        yield Finding(code="undated")
