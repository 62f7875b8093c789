"""What a look at a page or a feed came to, in words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sources.fetching import Why


class Outcome(TextChoices):
    """What it came to where it is no failure to fetch (fetching.Why names those)."""

    UNCHANGED = "unchanged", pgettext_lazy("page", "unchanged")
    CHANGED = "changed", pgettext_lazy("page", "changed")
    DENIED = "denied", _("its robots.txt asks not to fetch it")
    LATER = "later", _("the site asks to come back later")
    UNREAD = "unread", _("no article was found on the page")
    FRONT_PAGE = "front_page", _("the address leads to the front page now")
    NO_FEED = "no_feed", _("this is no feed")


SEEN = (Outcome.UNCHANGED, Outcome.CHANGED)
_NEITHER = (Outcome.DENIED, Outcome.LATER)
_LABELS = {choice.value: choice.label for choice in (*Outcome, *Why)}


def failed(outcome: str) -> bool:
    """Was the page not there? Being asked to stay away, or to come later, says nothing of that."""
    return outcome not in SEEN and outcome not in _NEITHER


def label(outcome: str) -> str:
    """In the reader's language; empty where nothing was looked at yet."""
    return str(_LABELS.get(outcome, outcome))
