"""A real HTTP receiver on this machine: it keeps what it gets, and stalls, fails or comes back as a test says."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """What it was sent, and how it behaves: `answer` is a status, or a function of how many requests came before."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.asked = 0
        self.answer: Any = 200
        self.stall = 0.0
        self.drip = False
        self.port = 0
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?a=b"

    @property
    def positions(self) -> list[int]:
        return [event["position"] for event in self.got]


@contextmanager
def receiving(port: int = 0):
    """A receiver that listens until the block ends."""
    there = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            number, there.asked = there.asked, there.asked + 1
            if there.stall:
                there.released.wait(there.stall)
            status = there.answer(number) if callable(there.answer) else there.answer
            if there.drip:
                self._drip()
                return
            if 200 <= status < 300:
                there.got.append(json.loads(body))
                there.bodies.append(body)
                there.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"http://127.0.0.1:{there.port}/elsewhere")
            self.end_headers()

        def _drip(self) -> None:
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not there.released.is_set():
                    self.wfile.write(b"a")
                    self.wfile.flush()
                    time.sleep(0.1)
            except OSError:
                pass

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    there.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield there
    finally:
        there.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
