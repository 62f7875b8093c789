"""A client of the web server that keeps its connection."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from typing import Any

import orjson

from config.management.commands import up

Answer = tuple[http.client.HTTPResponse, bytes]


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
