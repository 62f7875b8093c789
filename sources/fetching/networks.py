"""Which addresses may be connected to, and the connection: a name is looked up once, and what was looked at is connected to."""

from __future__ import annotations

import contextlib
import ipaddress
import math
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.fetching.failures import NotFetched, Why

Resolve = Callable[[str, int], list[str]]
CONNECT = 5.0  # seconds for each address of a name
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")  # all that is handed out so far
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What may be connected to: which IP addresses, at which ports (None: any), and how a name becomes addresses."""

    allowed: Callable[[str], bool]
    ports: Collection[int] | None = None
    look_up: Resolve


def is_public(address: str) -> bool:
    """Is this an address of the public internet, not of this machine or its neighbours, however it is disguised?"""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ipaddress.IPv4Address(ip.packed[-4:]) if ip in _NAT64 else None)
        if inner is None:
            return ip in _GLOBAL_V6 and ip.is_global and not ip.is_multicast and ip.teredo is None
        ip = inner
    return ip.is_global and not ip.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    return list(dict.fromkeys(str(where[0]) for *_rest, where in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def of_pages(look_up: Resolve = resolve) -> Reach:
    """The public web, and what the operator adds to it (FETCH_NETWORKS, FETCH_PORTS)."""

    def allowed(place: str) -> bool:
        ip = ipaddress.ip_address(place.partition("%")[0])
        return is_public(place) or any(ip in ipaddress.ip_network(network) for network in settings.FETCH_NETWORKS)

    return Reach(allowed=allowed, ports=settings.FETCH_PORTS, look_up=look_up)


def connected(host: str, port: int, *, secure: bool, until: float, reach: Reach) -> socket.socket:
    """A connection to the name, through TLS where `secure`; to nothing out of reach. Raises NotFetched, OSError."""
    name = host.encode("idna").decode()
    if reach.ports is not None and port not in reach.ports and not is_numeric_outside(name, reach.allowed):
        raise NotFetched(Why.PORT, _("Pages are not fetched from port %(port)d.") % {"port": port})
    places = _looked_up(name, port, until, reach.look_up)
    if not all(reach.allowed(place) for place in places):
        raise NotFetched(Why.INSIDE, _("%(host)s is not on the public internet.") % {"host": host})
    sock = _first(places, port, until)
    if not secure:
        return sock
    try:
        return _tls().wrap_socket(sock, server_hostname=name)
    except BaseException:
        sock.close()
        raise


def left(until: float) -> float:
    """Seconds that are left. Raises NotFetched where none are."""
    remaining = until - time.monotonic()
    if remaining <= 0:
        most = settings.FETCH_SECONDS
        told = ngettext("The page took longer than %(number)s second.", "The page took longer than %(number)s seconds.", math.ceil(most))
        raise NotFetched(Why.TIMEOUT, told % {"number": f"{most:g}"})
    return remaining


@contextlib.contextmanager
def cut_at(sock: socket.socket, until: float) -> Iterator[None]:
    """Ends the connection when the time is up: who sends a byte now and then never runs into a socket's own time-out.

    By a duplicate: once wrapped for TLS the socket itself is another object, and a closed one's number is used again.
    """
    spare = socket.socket(fileno=socket.dup(sock.fileno()))
    timer = threading.Timer(max(until - time.monotonic(), 0.01), _cut, [spare])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()  # not while it holds the number
        spare.close()


def _cut(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def is_numeric_outside(name: str, allowed: Callable[[str], bool]) -> bool:
    """Is it an IP address in figures, however written (127.1, 0x7f000001), that is not `allowed`? No name is looked up."""
    try:
        found = socket.getaddrinfo(name, None, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return False
    return not all(allowed(str(where[0])) for *_rest, where in found)


def _looked_up(name: str, port: int, until: float, look_up: Resolve) -> list[str]:
    # The system's resolver has time-outs of its own, longer than ours: it is left to itself when the time is up.
    answers: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(look_up(name, port))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True, name="resolve").start()
    try:
        answer = answers.get(timeout=left(until))
    except queue.Empty:
        left(until - 1e-3)
        raise
    if isinstance(answer, Exception):
        raise NotFetched(Why.UNRESOLVED, _("The name %(host)s is not known: %(reason)s.") % {"host": name, "reason": answer}) from answer
    if not answer:
        raise NotFetched(Why.UNRESOLVED, _("The name %(host)s has no address.") % {"host": name})
    return list(answer)


def _first(places: list[str], port: int, until: float) -> socket.socket:
    failure: OSError = OSError()
    for place in places:
        try:
            sock = socket.create_connection((place, port), timeout=min(left(until), CONNECT))
        except OSError as error:
            failure = error
        else:
            sock.settimeout(left(until))
            return sock
    raise failure


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
