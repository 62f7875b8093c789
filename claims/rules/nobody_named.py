"""Somebody unnamed said it: hard to hold anybody to it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around
from sources.models import NAMED_TYPES, SpeakerType

SENTENCES = {"nobody-named": (_("No named speaker: “%(words)s”."), _("Find who said it, or a second outlet."))}


@rule("nobody-named", SENTENCES)
def nobody_named(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Is the speaker a named person or organisation? The article's own voice is the outlet's and counts as named."""
    if claim.status in WAITING and claim.speaker_type not in (*NAMED_TYPES, SpeakerType.NARRATOR):
        yield Finding(code="nobody-named", parameters={"words": claim.speaker_name or "—"}, severity=Severity.INFO)
