"""A page by its address: asked for, followed where it has moved, and told with how it came."""

from __future__ import annotations

import contextlib
import http.client
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.fetching import addresses, bodies, networks, transport
from sources.fetching.failures import NotFetched, Why, asked_to_wait
from sources.fetching.networks import Resolve
from sources.fetching.transport import Exchange

REDIRECTS = 5
AGENT = "Isnad"  # the name by which robots.txt may speak to us
_HEADERS = {
    "User-Agent": f"{AGENT}/0.1 (keeps sources)",
    "Accept": "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.1",
    "Accept-Encoding": bodies.ENCODINGS,
    "Connection": "close",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of the page at `url` from the last time: with it a server can say that nothing has changed (RFC 9110, 13)."""

    url: str = ""
    etag: str = ""
    modified: str = ""

    def conditions(self, url: str) -> dict[str, str]:
        """The headers that ask for the page only if it has changed; none for another address."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified} if url == self.url else {}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `url` is where it was in the end."""

    url: str
    data: bytes
    media_type: str
    charset: str
    about: dict[str, Any]  # how it came, as models.Snapshot.fetched says

    @property
    def unchanged(self) -> bool:
        """Did the server say that it is what is known already?"""
        return bool(self.about["status"] == 304)

    @property
    def known(self) -> Known:
        """What to ask with the next time."""
        return Known(url=self.url, etag=self._header("etag"), modified=self._header("last-modified"))

    def _header(self, name: str) -> str:
        return next((value for said, value in self.about["headers"] if said.lower() == name), "")[:1000]


def nothing(url: str) -> None:
    """Nothing has to be done before an address is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchOptions:
    """How a page is asked for: what is known of it, what is done before each address on the way, how names are looked up."""

    known: Known = Known()
    before: Callable[[str], object] = nothing
    look_up: Resolve = networks.resolve
    most: int | None = None  # bytes; MAX_TEXT_BYTES where it is not said
    cut: bool = False  # is the beginning of what is larger enough?
    headers: Mapping[str, str] = field(default_factory=dict)


def fetch(url: str, options: FetchOptions | None = None) -> Fetched:
    """Fetches http(s) pages of public addresses, within FETCH_SECONDS for all of it. Raises NotAnAddress, NotFetched."""
    options = options or FetchOptions()
    until = time.monotonic() + settings.FETCH_SECONDS
    passed: list[str] = []
    url = addresses.checked(url)
    while url not in passed and len(passed) <= REDIRECTS:
        options.before(url)
        found = _asked(url, options, until)
        if isinstance(found, Fetched):
            found.about["redirects"] = passed
            return found
        passed.append(url)
        url = _moved(url, found)
    told = ngettext("More than %(number)s redirection.", "More than %(number)s redirections.", REDIRECTS)
    raise NotFetched(Why.REDIRECTS, told % {"number": REDIRECTS})


def _moved(url: str, to: str) -> str:
    with contextlib.suppress(UnicodeError):  # headers are read as Latin-1; what is no ASCII in them was meant as UTF-8
        to = to.encode("latin-1").decode()
    try:
        return addresses.checked(urljoin(url, to))
    except ValueError as error:
        raise NotFetched(Why.REDIRECTS, _("It is redirected to what is no address of the web.")) from error


def _asked(url: str, options: FetchOptions, until: float) -> Fetched | str:
    """The page, or where it says it is now."""
    headers = {**_HEADERS, **options.known.conditions(url), **options.headers}
    with transport.exchange("GET", url, reach=networks.of_pages(options.look_up), until=until, headers=headers) as came:
        return _taken(url, came, options, until)


def _taken(url: str, came: Exchange, options: FetchOptions, until: float) -> Fetched | str:
    answer = came.answer
    if answer.status in (301, 302, 303, 307, 308) and (moved := answer.getheader("Location")):
        return moved
    if answer.status != 200 and not (answer.status == 304 and options.known.conditions(url)):
        wait = asked_to_wait(answer.getheader("Retry-After"))
        raise NotFetched(Why.ANSWERED, _("The server answered %(status)d.") % {"status": answer.status}, status=answer.status, wait=wait)
    data = b""
    if answer.status == 200:
        data = bodies.read(answer, came.line, most=options.most or settings.MAX_TEXT_BYTES, cut=options.cut, until=until)
    said = Message()
    said["Content-Type"] = answer.getheader("Content-Type") or "application/octet-stream"
    return Fetched(url, data, said.get_content_type(), said.get_content_charset() or "", _about(url, answer, came.address))


def _about(url: str, answer: http.client.HTTPResponse, place: str) -> dict[str, Any]:
    return {
        "url": url,
        "status": answer.status,
        "reason": answer.reason,
        "version": f"{answer.version // 10}.{answer.version % 10}",
        # headers hold no NUL that PostgreSQL would refuse
        "headers": [[name, value.replace("\0", "")] for name, value in answer.getheaders()],
        "address": place,
        "at": datetime.now(UTC).isoformat(),
    }
