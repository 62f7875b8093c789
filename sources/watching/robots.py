"""What a site's robots.txt allows (RFC 9309), asked for once a day and kept."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone
from protego import Protego

from sources import fetching
from sources.fetching import NotFetched, Why
from sources.fetching.client import FetchOptions
from sources.models import Host
from sources.watching import hosts
from sources.watching.hosts import Visit

KEPT = timedelta(hours=24)  # RFC 9309, 2.4
MOST = 500 * 1024  # bytes that are read of it, 2.5
PATIENCE = timedelta(days=30)  # with a server that answers with errors only: then as if there were none, 2.3.1.4
LATER = timedelta(hours=6)  # until such a server is asked again


class Denied(Exception):
    """The site's robots.txt asks not to fetch this page."""


class Unavailable(Exception):
    """The site answers for its robots.txt with an error of its own: until it says what it allows, nothing is fetched."""

    def __init__(self, name: str, wait: timedelta | None) -> None:
        self.wait = wait or LATER
        super().__init__(name)


def must_allow(url: str, visit: Visit, options: FetchOptions) -> None:
    """Raises Denied, Unavailable, hosts.Busy; NotFetched where the site is not there at all."""
    name = hosts.name_of(url)
    host = Host.objects.get(name=name)
    if host.robots_at is None or timezone.now() - host.robots_at >= KEPT:
        _ask(url, host, visit, options)
    if not Protego.parse(host.robots).can_fetch(url, fetching.AGENT):
        raise Denied(url)


def _ask(url: str, host: Host, visit: Visit, options: FetchOptions) -> None:
    """Asks for it; where the site answers with errors, what was kept before goes on counting for a while."""
    parts = urlsplit(url)
    place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/robots.txt"
    way = FetchOptions(look_up=options.look_up, before=visit.enter, most=MOST, cut=True, headers={"Accept": "text/plain"})
    try:
        host.robots = fetching.fetch(place, way).data.decode(errors="replace").replace("\0", "")
    except NotFetched as failure:
        if _none(failure):
            host.robots = ""
        elif failure.why is not Why.ANSWERED:
            raise
        elif not _patience_ended(host):
            if host.robots_at is None:
                raise Unavailable(host.name, failure.wait) from failure
            Host.objects.filter(pk=host.pk).update(robots_at=timezone.now() - KEPT + LATER)
            return
    host.robots_at, host.robots_failing_since = timezone.now(), None
    said = Protego.parse(host.robots).crawl_delay(fetching.AGENT) or 0.0
    host.pause = min(max(said, 0.0), hosts.LONGEST_PAUSE)
    host.save(update_fields=["robots", "robots_at", "robots_failing_since", "pause"])


def _none(failure: NotFetched) -> bool:
    """Is there none, so that all is allowed? (2.3.1.3; and 2.3.1.2: more than five redirections count as none.)"""
    if failure.why is Why.REDIRECTS:
        return True
    return failure.why is Why.ANSWERED and failure.status is not None and failure.status != 429 and failure.status < 500


def _patience_ended(host: Host) -> bool:
    now = timezone.now()
    if host.robots_failing_since is None:
        host.robots_failing_since = now
        host.save(update_fields=["robots_failing_since"])
    return now - host.robots_failing_since >= PATIENCE
