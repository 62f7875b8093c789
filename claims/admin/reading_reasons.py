"""Why the reader thinks so, in words: one for every reason it gives."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REASONS: dict[str, Any] = {
    "announced": _("announced"),
    "commitment-verb": _("a verb that promises"),
    "figure": _("a figure"),
    "future": _("speaks of the future"),
    "has-date": _("has a date"),
    "has-figure": _("has a figure"),
    "modal": _("says what should be"),
    "named-speaker": _("a named speaker"),
    "naming-verb": _("a verb that names"),
    "no-verb": _("no verb"),
    "nobody-signs": _("nobody signs it"),
    "opinion-words": _("words of opinion"),
    "own-action": _("the speaker's own action"),
    "own-doing": _("the speaker's own doing"),
    "past-state": _("a past state"),
    "past-tense": _("past tense"),
    "perfect": pgettext_lazy("grammar", "perfect tense"),
    "position-verb": _("a verb that takes a position"),
    "possibility": _("speaks of a possibility"),
    "prediction-verb": _("a verb that predicts"),
    "present-tense": _("present tense"),
    "short": _("only a few words"),
    "superlative": _("a superlative"),
    "told": _("told as it happened"),
    "under-way": _("is under way"),
}


def describe_reasons(codes: Iterable[str]) -> list[str]:
    """Each reason as a person reads it; one that this page does not know yet, as it is kept."""
    return [str(REASONS.get(code, code)) for code in codes]
