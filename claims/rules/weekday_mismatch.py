"""“Friday 29 December 2022” was a Thursday: one of the two is wrong."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from babel import Locale
from django.utils.translation import gettext_lazy as _

from claims.models import WAITING, Claim
from claims.rules import Finding, rule
from claims.rules.context import Around
from sources.text.folding import fold

SENTENCES = {
    "weekday-mismatch": (
        _("“%(words)s”: %(day)s is another day of the week."),
        _("Look up which of the two is right, and correct the date."),
    )
}


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, int]:
    """Each weekday's names, Arabic and English, with its number from Monday."""
    names = [(name, day) for tongue in ("ar", "en") for day, name in Locale(tongue).days["format"]["wide"].items()]
    return {fold(name).text.casefold(): day for name, day in names}


@rule("weekday-mismatch", SENTENCES)
def weekday_mismatch(claim: Claim, around: Around, today: date, parameters: Mapping[str, Any]) -> Iterator[Finding]:
    """Does a date name a weekday that it was not?"""
    for field in ("said_on", "scope", "due"):
        when = claim.when(field)
        if claim.status not in WAITING or when is None or not when.text or when.first is None or when.first != when.last:
            continue
        said = re.findall(r"\w+", fold(when.text).text.casefold())
        named = {_weekdays()[word] for word in said if word in _weekdays()}
        if named and when.first.weekday() not in named:
            told = {"words": when.text, "day": when.first.isoformat()}
            yield Finding(code="weekday-mismatch", key=f"{field}:{when.edtf}", parameters=told)
