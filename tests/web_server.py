"""A web server in a process of its own, as long as it is wanted."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager

from config.embedded import paths
from config.management.commands import up

_READY_WITHIN = 120  # seconds, on a machine that is busy


def development(port: int) -> list[str]:
    """The command of Django's own server, which serves static files without their being collected."""
    return [sys.executable, "manage.py", "runserver", "--noreload", f"{up.HOST}:{port}"]


@contextmanager
def serving(env: Mapping[str, str] | None = None, *, command: Callable[[int], list[str]] = up.web_server) -> Iterator[int]:
    """The port of a server with these variables, this process's own by default; without a `command` it is the one that `up` runs.

    Raises RuntimeError where it does not start.
    """
    with closing(socket.socket()) as probe:
        probe.bind((up.HOST, 0))
        port: int = probe.getsockname()[1]
    server = subprocess.Popen(command(port), env=env or os.environ, cwd=paths.BASE, stdout=subprocess.DEVNULL)
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
