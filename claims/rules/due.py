"""A claim's time has come: its whole span has elapsed and nobody has judged it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from claims.domain import dates_in_words
from claims.domain.choices import Severity
from claims.models import WAITING, Claim
from claims.rules import Chosen, Finding, days_after, rule
from claims.rules.context import Around

_LONG_AGO = _("Its time was up on %(last)s, %(ago)s, and nobody has judged it.")


def _long_ago(told: Mapping[str, str]) -> str:
    """How long ago it was is told by the day on which somebody reads it: the finding keeps only the date."""
    try:
        last = date.fromisoformat(told["last"])
    except ValueError:  # struck out
        return str(_("Its time was up on %(last)s."))
    return str(_LONG_AGO).replace("%(ago)s", dates_in_words.ago(last))


SENTENCES = {
    "due": (_("Its time was up on %(last)s."), _("See whether it happened, and judge it.")),
    "overdue": (_("Its time was up on %(last)s and it still waits for a verdict."), _("Judge it now, or set another date and say why.")),
    "long-overdue": (
        Chosen(_long_ago, _LONG_AGO),
        _("Give it to somebody, set another date, or withdraw it; say why."),
    ),
}


def turning_days(claim: Claim, parameters: Mapping[str, Any]) -> Iterator[date]:
    """The day after the span, the day it is overdue, and the day it is long so."""
    if claim.status in WAITING and claim.due_last:
        for days in (0, *_patience(parameters)):
            yield days_after(claim.due_last, days + 1)


@rule("due", SENTENCES, turns=turning_days, edition=2, reads=("status", "due", "due_last"), overdue_after=7, long_overdue_after=21)
def due(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Has the last day of the span passed? Fuzzy time is honoured: spring 2023 is due after 2023-05-31, overdue a week later.

    Three weeks after that day the flag escalates once more, so that digests name it again: an overdue claim is not forgotten.
    """
    last = claim.due_last
    if claim.status not in WAITING or last is None or today <= last:
        return
    soon, long = (today > days_after(last, days) for days in _patience(parameters))
    yield Finding(
        code="long-overdue" if long else "overdue" if soon else "due",
        key=claim.due["edtf"] if claim.due else "",
        parameters={"last": last.isoformat()},
        severity=Severity.HIGH,
        due_on=last,
    )


def _patience(parameters: Mapping[str, Any]) -> tuple[int, int]:
    """After how many days it is overdue, and long so; the second is never the first."""
    soon = int(parameters["overdue_after"])
    return soon, max(int(parameters["long_overdue_after"]), soon + 1)
