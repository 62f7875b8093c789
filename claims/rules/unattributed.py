"""A passive without anybody behind it (“it is expected that”) holds nobody to anything."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around
from sources.models import SpeakerType

SENTENCES = {"unattributed": (_("Nobody is said to have said it."), _("Find who stands behind it, or turn it down."))}


@rule("unattributed", SENTENCES)
def unattributed(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Is it told in the passive, by nobody?"""
    if claim.status in WAITING and claim.speaker_type == SpeakerType.UNATTRIBUTED_PASSIVE:
        yield Finding(code="unattributed", severity=Severity.INFO)
