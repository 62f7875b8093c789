"""Asks a site for a page as a polite visitor does: in turn, as its robots.txt allows, and not before it wants to be asked."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from sources import fetching
from sources.fetching import Fetched, FetchOptions, Known, NotFetched, addresses
from sources.fetching.networks import Resolve, resolve
from sources.watching import hosts, robots

ASKED_TOO_OFTEN = timedelta(minutes=10)  # where a site says so (429) without saying until when


class Wait(Exception):
    """The site asks us to come back later."""

    def __init__(self, wait: timedelta, status: int | None = None) -> None:
        self.wait, self.status = wait, status
        super().__init__(str(wait))


def fetch_politely(url: str, known: Known | None = None, *, look_up: Resolve = resolve) -> Fetched:
    """The page at this address. Raises NotFetched, addresses.NotAnAddress, hosts.Busy, robots.Denied, Wait."""
    with hosts.visiting() as visit:
        asked: list[str] = []

        def before(hop: str) -> None:
            visit.enter(hop)
            if hop not in asked:
                asked.append(hop)
                robots.must_allow(hop, visit, FetchOptions(look_up=look_up))

        try:
            before(addresses.checked(url))  # outside the time that the page itself may take
            return fetching.fetch(url, FetchOptions(known=known or Known(), before=before, look_up=look_up))
        except robots.Unavailable as unavailable:
            visit.wait_until[visit.entered[-1]] = timezone.now() + unavailable.wait
            raise Wait(unavailable.wait) from unavailable
        except NotFetched as failure:
            if failure.status != 429 and not (failure.status == 503 and failure.wait):
                raise
            wait = failure.wait or ASKED_TOO_OFTEN
            visit.wait_until[visit.entered[-1]] = timezone.now() + wait
            raise Wait(wait, failure.status) from failure
