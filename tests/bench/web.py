"""The web server as `up` runs it, and a client that keeps its connection."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any

import orjson

from config.embedded import paths
from config.management.commands import up

_READY_WITHIN = 60  # seconds
Answer = tuple[http.client.HTTPResponse, bytes]


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server of this process's own settings, as long as it is wanted."""
    with closing(socket.socket()) as probe:
        probe.bind((up.HOST, 0))
        port = probe.getsockname()[1]
    server = subprocess.Popen(up.web_server(port), env=os.environ, cwd=paths.BASE, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        with closing(socket.socket()) as probe:
            if not probe.connect_ex((up.HOST, port)):
                return
        time.sleep(0.1)
    raise RuntimeError("The web server did not start: see its lines above.")


class Client:
    """Asks over one connection, which stays open. What is refused raises AssertionError."""

    def __init__(self, port: int, authorization: str, **headers: str) -> None:
        self._connection = http.client.HTTPConnection(up.HOST, port, timeout=60)
        self._headers = {"Authorization": authorization, "Content-Type": "application/json", **headers}

    def ask(
        self, method: str, address: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """The answer and its bytes, as they came over the wire."""
        sent = None if body is None else orjson.dumps(body)
        given = {**self._headers, **(headers or {})}
        try:
            self._connection.request(method, address, sent, given)
            response = self._connection.getresponse()
        except ConnectionError:  # the server has closed what was idle for long; the next request opens it again
            self._connection.close()
            self._connection.request(method, address, sent, given)
            response = self._connection.getresponse()
        data = response.read()
        assert response.status < 300, (method, address, response.status, data[:1000])
        return response, data
