"""Why a page could not be fetched."""

from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources.errors import Category, Refusal

LONGEST_WAIT = timedelta(days=7)  # whatever a server asks for


class Why(TextChoices):
    """What stood in the way."""

    UNRESOLVED = "unresolved", _("the site's name is not known any more")
    INSIDE = "inside", _("the address is not on the public internet")
    PORT = "port", _("the port is none that pages are fetched from")
    UNREACHABLE = "unreachable", _("the site cannot be reached")
    TIMEOUT = "timeout", _("the site took too long")
    ANSWERED = "answered", _("the site answered that the page is not there")
    TOO_LARGE = "too_large", _("the page is too large")
    REDIRECTS = "redirects", _("the page is redirected in circles")
    BROKEN = "broken", _("the page came broken")


class NotFetched(Refusal):
    """The page could not be fetched: `why`, what the site answered, and how long it asks us to wait."""

    sentence = _("The page could not be fetched.")
    category, title, field = Category.UPSTREAM, _("Not fetched"), "url"

    def __init__(self, why: Why, sentence: str, *, status: int | None = None, wait: timedelta | None = None) -> None:
        self.why, self.status, self.wait = why, status, wait
        super().__init__(sentence=sentence)


def asked_to_wait(said: str | None) -> timedelta | None:
    """What Retry-After says (RFC 9110, 10.2.3: seconds or a date); None where it says nothing that can be read."""
    said = (said or "").strip()
    if said.isdecimal() and len(said) < 10:
        return min(timedelta(seconds=int(said)), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(said)
    except ValueError:
        return None
    left = (when if when.tzinfo else when.replace(tzinfo=UTC)) - timezone.now()
    return min(max(left, timedelta()), LONGEST_WAIT)
