"""Fetches a page of the public web: so much, so long, so far and no further."""

import http.client
import ipaddress
import socket
import ssl
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import Message
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from sources import addresses

SECONDS = 20.0
REDIRECTS = 5
_AGENT = "Isnad/0.1 (keeps sources)"


class NotFetched(Exception):
    """The page could not be fetched."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: `url` is where it was in the end."""

    url: str
    data: bytes
    media_type: str
    charset: str
    about: dict[str, Any]  # how it came, as models.Snapshot.fetched says


def fetch(url: str) -> Fetched:
    """Fetches http(s) pages of public addresses. Raises NotAnAddress, NotFetched."""
    until = time.monotonic() + SECONDS
    passed: list[str] = []
    for _step in range(REDIRECTS + 1):
        found = _get(addresses.checked(url), until)
        if isinstance(found, Fetched):
            found.about["redirects"] = passed
            return found
        passed.append(url)
        url = urljoin(url, found)
    raise NotFetched(_("More than %(most)d redirections.") % {"most": REDIRECTS})


def is_public(address: str) -> bool:
    """Is this an address of the public internet, not of this machine or its neighbours?"""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return (inner or ip).is_global and not ip.is_multicast


def _get(url: str, until: float) -> Fetched | str:
    """The page, or where it says it is now."""
    parts = urlsplit(url)
    connection: http.client.HTTPConnection | None = None
    try:
        connection = _connect(parts.scheme.lower(), parts.hostname or "", parts.port, until)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        safe = "".join(letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in target)
        connection.request("GET", safe, headers={"User-Agent": _AGENT, "Accept": "text/html, text/plain", "Accept-Encoding": "identity"})
        place = str(connection.sock.getpeername()[0])
        answer = connection.getresponse()
        if answer.status in (301, 302, 303, 307, 308) and (moved := answer.getheader("Location")):
            return moved
        if answer.status != 200:
            raise NotFetched(_("The server answered %(status)d.") % {"status": answer.status})
        if (answer.getheader("Content-Encoding") or "identity").lower() != "identity":
            raise NotFetched(_("The server sent a compressed page though asked not to."))
        said = Message()
        said["Content-Type"] = answer.getheader("Content-Type") or "application/octet-stream"
        about = {
            "url": url,
            "status": answer.status,
            "reason": answer.reason,
            "version": f"{answer.version // 10}.{answer.version % 10}",
            "headers": [[name, value] for name, value in answer.getheaders()],
            "address": place,
            "at": datetime.now(UTC).isoformat(),
        }
        return Fetched(url, _body(answer, until), said.get_content_type(), said.get_content_charset() or "", about)
    except (OSError, http.client.HTTPException) as error:
        raise NotFetched(str(error) or type(error).__name__) from error
    finally:
        if connection is not None:
            connection.close()


def _connect(scheme: str, host: str, port: int | None, until: float) -> http.client.HTTPConnection:
    # The address that was looked at is the one connected to: a name looked up twice may answer differently.
    port = port or (443 if scheme == "https" else 80)
    found = socket.getaddrinfo(host.encode("idna").decode(), port, type=socket.SOCK_STREAM)
    if not found or not all(is_public(str(where[0])) for *_rest, where in found):
        raise NotFetched(_("%(host)s is not on the public internet.") % {"host": host})
    sock = socket.create_connection((str(found[0][4][0]), port), timeout=_left(until))
    if scheme == "https":
        sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host.encode("idna").decode())
    connection = http.client.HTTPConnection(host, port, timeout=_left(until))
    connection.sock = sock
    return connection


def _body(answer: http.client.HTTPResponse, until: float) -> bytes:
    most = settings.MAX_TEXT_BYTES
    data = bytearray()
    while piece := answer.read1(65536):
        data += piece
        if len(data) > most:
            raise NotFetched(_("The page is larger than %(most)d bytes.") % {"most": most})
        _left(until)
    return bytes(data)


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NotFetched(_("The page took longer than %(seconds)d seconds.") % {"seconds": SECONDS})
    return min(left, 10.0)
