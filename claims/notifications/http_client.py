"""Sends one message to an address outside: no redirection followed, no neighbour reached, no receiver waited for long."""

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sources.errors import Category, Refusal
from sources.fetching import NotFetched, Why, addresses, is_public, networks, transport
from sources.fetching.networks import Reach

SECONDS = 10.0
AGENT = "Isnad/0.1 (tells of events)"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP status, or why there was none."""

    status: int | None
    error: str
    milliseconds: int

    @property
    def taken(self) -> bool:
        """Did the receiver take it?"""
        return not self.error


class NotReachable(Refusal):
    """The address is none that messages are sent to."""

    sentence = gettext_lazy("%(host)s is not on the public internet.")
    category, field = Category.INVALID, "url"


def may_be(url: str) -> str:
    """The address, if it is one that could be sent to, by its looks: the name is looked up when something is sent.

    Raises addresses.NotAnAddress, NotReachable.
    """
    url = addresses.checked(url)
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise NotReachable(sentence=_("Leave name and password out of the address: messages are signed."))
    host = (parts.hostname or "").rstrip(".")
    ours = host == "localhost" or host.endswith(".localhost") or networks.is_numeric_outside(host, is_public)
    if ours and not settings.WEBHOOKS_PRIVATE:
        raise NotReachable(host=host)
    return url


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Sends the body, and says what came of it; never raises for what a receiver does."""
    began = time.monotonic()
    status, error = None, ""
    try:
        sent = {"User-Agent": AGENT, "Connection": "close", **headers}
        with transport.exchange("POST", may_be(url), reach=_reach(), until=began + SECONDS, headers=sent, body=body) as came:
            status = came.answer.status
        if not 200 <= status < 300:
            redirected = 300 <= status < 400
            error = _("The receiver answered %d; redirections are not followed.") if redirected else _("The receiver answered %d.")
            error %= status
    except NotFetched as failure:
        error = _late() if failure.why is Why.TIMEOUT else str(failure)
    except Refusal as refusal:
        error = str(refusal)
    return Answer(status, error, int((time.monotonic() - began) * 1000))


def _late() -> str:
    told = ngettext(
        "The receiver did not answer within %(number)s second.",
        "The receiver did not answer within %(number)s seconds.",
        math.ceil(SECONDS),
    )
    return told % {"number": f"{SECONDS:g}"}


def _reach() -> Reach:
    """Any port of the public internet; all there is where the operator says so (WEBHOOKS_PRIVATE)."""
    return Reach(allowed=lambda place: settings.WEBHOOKS_PRIVATE or is_public(place), look_up=networks.resolve)
