"""A web site on this machine that does to those who fetch its pages whatever the web does."""

from __future__ import annotations

import socket
import socketserver
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Request:
    """Who asked for what, and when its answer began: whoever asked may be gone before our thread is told that it has ended."""

    path: str
    headers: dict[str, str]
    began: float
    answered: float = 0.0


@dataclass
class Site:
    """Says what it is told to say at each path, and remembers who asked; 404 elsewhere."""

    server: Any
    answers: dict[str, Callable[[socket.socket, Request], None]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)
    slowly: float = 0.0  # seconds before each answer

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.server.server_address[1])

    @property
    def url(self) -> str:
        """Its address, without a slash at the end."""
        return f"http://{self.server.server_address[0]}:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.path for request in self.requests]

    def says(self, path: str, body: bytes | str = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> str:
        """From now on `path` is answered so; gives its address. Header values may be None, to leave one out."""
        data = body.encode() if isinstance(body, str) else body
        told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(data)), **(headers or {})}
        lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in told.items() if value is not None), "", ""]
        return self.does(path, lambda line, request: line.sendall("\r\n".join(lines).encode() + data))

    def does(self, path: str, what: Callable[[socket.socket, Request], None]) -> str:
        """From now on `what` answers for `path`, on the bare line; gives its address."""
        self.answers[path] = what
        return self.url + path

    def knows(self, path: str, body: str, *, etag: str = "", modified: str = "") -> str:
        """A page with validators: whoever has it already is told so."""
        validators = {name: value for name, value in (("ETag", etag), ("Last-Modified", modified)) if value}

        def answer(line: socket.socket, request: Request) -> None:
            same = (etag and request.headers.get("if-none-match") == etag) or (
                modified and request.headers.get("if-modified-since") == modified
            )
            if same:
                line.sendall(f"HTTP/1.1 304 Not Modified\r\nETag: {etag}\r\n\r\n".encode())
                return
            data = body.encode()
            told = "".join(f"{name}: {value}\r\n" for name, value in validators.items())
            line.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(data)}\r\n{told}\r\n".encode() + data)

        return self.does(path, answer)

    def stalls(self, path: str, *, after: bytes = b"", every: float = 0.05, drop: bytes = b"") -> str:
        """Says `after`, then nothing more, or `drop` again and again."""

        def answer(line: socket.socket, request: Request) -> None:
            with suppress(OSError):
                line.sendall(after)
                while not self.stopping.wait(every):
                    line.sendall(drop)

        return self.does(path, answer)


def article(*paragraphs: str, title: str = "خبر", outlet: str = "مرصد الميناء") -> str:
    """An article's page."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f'<title>{title}</title><meta property="og:site_name" content="{outlet}">'
    return (
        f"<!doctype html><html lang=ar><head><meta charset=utf-8>{head}</head><body><article><h1>{title}</h1>{text}</article></body></html>"
    )


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        began, said = time.monotonic(), b""
        while b"\r\n\r\n" not in said:
            piece = self.request.recv(65536)
            if not piece:
                return
            said += piece
        first, *lines = said.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        request = Request(first.split(" ")[1], headers, began)
        site.requests.append(request)
        time.sleep(site.slowly)
        answer, request.answered = site.answers.get(request.path), time.monotonic()
        with suppress(OSError):
            if answer is None:
                self.request.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                answer(self.request, request)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False
    request_queue_size = 50


@contextmanager
def opened(settings: Any, host: str = "127.0.0.1") -> Iterator[Site]:
    """A site that may be fetched from while the test runs."""
    with _Server((host, 0), _Handler) as server:
        site = Site(server)
        server.site = site  # type: ignore[attr-defined]
        settings.FETCH_NETWORKS = [*settings.FETCH_NETWORKS, f"{host}/32"]
        settings.FETCH_PORTS = [*settings.FETCH_PORTS, site.port]
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield site
        finally:
            site.stopping.set()
            server.shutdown()
            thread.join()
