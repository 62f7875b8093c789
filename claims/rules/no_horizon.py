"""A prediction without a date can wait for ever."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Kind
from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around

SENTENCES = {"no-horizon": (_("It says what will happen, and not by when."), _("Set the date by which it can be judged."))}


@rule("no-horizon", SENTENCES)
def no_horizon(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Does a prediction or commitment say by when?"""
    if claim.status in WAITING and claim.kind in (Kind.PREDICTION, Kind.COMMITMENT) and claim.due_last is None:
        yield Finding(code="no-horizon")
