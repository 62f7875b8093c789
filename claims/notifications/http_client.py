"""Sends one message to an address outside: no redirection followed, no neighbour reached, no receiver waited for long."""

import contextlib
import http.client
import math
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.fetching import addresses, is_public, networks

SECONDS = 10.0
CONNECT = 5.0  # of them, for each address of a name
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


class NotReachable(OSError):
    """The address may not, or cannot, be reached."""


def may_be(url: str) -> str:
    """The address, if it is one that could be sent to, by its looks: the name is looked up when something is sent.

    Raises addresses.NotAnAddress, NotReachable.
    """
    url = addresses.checked(url)
    parts = urlsplit(url)
    if parts.username or parts.password:
        raise NotReachable(_("Leave name and password out of the address: messages are signed."))
    host = (parts.hostname or "").rstrip(".")
    if not settings.WEBHOOKS_PRIVATE and (host == "localhost" or host.endswith(".localhost") or _numeric_inside(host)):
        raise _inside(host)
    return url


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Sends the body, and says what came of it; never raises for what a receiver does."""
    began = time.monotonic()
    status, error = None, ""
    try:
        status = _post(url, body, headers, began + SECONDS)
        if not 200 <= status < 300:
            redirected = 300 <= status < 400
            error = _("The receiver answered %d; redirections are not followed.") if redirected else _("The receiver answered %d.")
            error %= status
    except TimeoutError:
        error = _late()
    except (OSError, http.client.HTTPException, ValueError) as failure:
        late = time.monotonic() - began >= SECONDS
        error = _late() if late else str(failure) or type(failure).__name__
    return Answer(status, error, int((time.monotonic() - began) * 1000))


def _late() -> str:
    told = ngettext(
        "The receiver did not answer within %(number)s second.",
        "The receiver did not answer within %(number)s seconds.",
        math.ceil(SECONDS),
    )
    return told % {"number": f"{SECONDS:g}"}


def _post(url: str, body: bytes, headers: Mapping[str, str], until: float) -> int:
    parts = urlsplit(may_be(url))
    secure, host = parts.scheme.lower() == "https", parts.hostname or ""
    sock = _connected(host, parts.port or (443 if secure else 80), until)
    with contextlib.closing(sock), networks.cut_at(sock, until):
        # Both look at their own address only; the connection is there already, to the address that was looked at.
        line: http.client.HTTPConnection
        if secure:
            context = ssl.create_default_context()
            line = http.client.HTTPSConnection(host, parts.port, context=context)
            line.sock = context.wrap_socket(sock, server_hostname=host.encode("idna").decode())
        else:
            line = http.client.HTTPConnection(host, parts.port)
            line.sock = sock
        with contextlib.closing(line):
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            safe = "".join(letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in target)
            line.request("POST", safe, body, {"User-Agent": AGENT, "Connection": "close", **headers})
            status = line.getresponse().status
            if time.monotonic() >= until:  # cut in the middle of its headers
                raise TimeoutError
            return status


def _connected(host: str, port: int, until: float) -> socket.socket:
    found = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
    places = [str(where[0]) for *_rest, where in found]
    if not settings.WEBHOOKS_PRIVATE and not all(is_public(place) for place in places):
        raise _inside(host)
    failure: OSError = NotReachable(host)
    for place in places:
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        try:
            sock = socket.create_connection((place, port), timeout=min(left, CONNECT))
        except OSError as error:
            failure = error
        else:
            sock.settimeout(max(until - time.monotonic(), 0.01))
            return sock
    raise failure


def _numeric_inside(host: str) -> bool:
    """Is it an address in figures, however written (127.1, 0x7f000001), of this machine or its neighbours? No name is looked up."""
    try:
        found = socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return False
    return not all(is_public(str(where[0])) for *_rest, where in found)


def _inside(host: str) -> NotReachable:
    return NotReachable(_("%(host)s is not on the public internet.") % {"host": host})
