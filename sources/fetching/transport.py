"""One request to somebody else's server, by rules that hold for pages, feeds and webhooks alike: so far and so long, and no further."""

from __future__ import annotations

import contextlib
import http.client
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from sources.fetching import networks
from sources.fetching.failures import NotFetched, Why
from sources.fetching.networks import Reach, left


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came back: the answer with its body still to be read, the line it comes on, the IP address at the other end."""

    answer: http.client.HTTPResponse
    line: Any  # a socket, perhaps wrapped for TLS
    address: str


@contextlib.contextmanager
def exchange(
    method: str, url: str, *, reach: Reach, until: float, headers: Mapping[str, str], body: bytes | None = None
) -> Iterator[Exchange]:
    """Sends one request and gives the answer; a redirection is an answer like others. All of it ends at `until` (monotonic).

    The name is looked up once, and what was looked at is connected to. Raises NotFetched, also for what breaks while the body is read.
    """
    parts = urlsplit(url)
    secure = parts.scheme.lower() == "https"
    try:
        port = (443 if secure else 80) if parts.port is None else parts.port
        line = networks.connected(parts.hostname or "", port, secure=secure, until=until, reach=reach)
        with contextlib.closing(line), networks.cut_at(line, until):
            connection = http.client.HTTPConnection((parts.hostname or "").encode("idna").decode(), port)
            connection.sock = line  # through TLS already, where it is wanted: http.client only writes and reads
            address = str(line.getpeername()[0])
            connection.request(method, _target(url), body, {**headers, "Host": _host(url)})
            with contextlib.closing(connection.getresponse()) as answer:
                left(until)  # cut off in the middle of its headers
                yield Exchange(answer, line, address)
    except NotFetched as error:
        if error.why is Why.BROKEN:
            left(until)  # cut off because the time was up
        raise
    except (OSError, http.client.HTTPException, ValueError) as error:
        left(until)
        if isinstance(error, TimeoutError):
            raise NotFetched(Why.TIMEOUT, _("The site took too long to answer.")) from error
        why = Why.UNREACHABLE if isinstance(error, OSError) else Why.BROKEN
        raise NotFetched(why, str(error) or type(error).__name__) from error


def _target(url: str) -> str:
    """What is asked for at the host: path and query, in ASCII."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return "".join(letter if letter.isascii() else "".join(f"%{byte:02X}" for byte in letter.encode()) for letter in target)


def _host(url: str) -> str:
    parts = urlsplit(url)
    name = (parts.hostname or "").encode("idna").decode()
    name = f"[{name}]" if ":" in name else name
    return name if parts.port in (None, 443 if parts.scheme.lower() == "https" else 80) else f"{name}:{parts.port}"
