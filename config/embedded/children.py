"""The web server, the worker and the clock as children: their lines prefixed, started again when they die, stopped together."""

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from config.embedded import processes
from config.embedded.backoff import Backoff


class Child:
    """One child, over all its lives."""

    def __init__(self, name: str, argv: list[str]) -> None:
        self.name, self.argv = name, argv
        self.backoff = Backoff()
        self.process: subprocess.Popen[bytes] | None = None
        self.rest = b""  # the beginning of a line whose end has not come yet

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Children:
    """All of them, watched by one thread: Linux ties a child to the thread that made it."""

    def __init__(self, children: Iterable[Child], *, say: Callable[[str], None], memory: Path, env: Mapping[str, str], cwd: Path) -> None:
        self.children, self.say, self.memory, self.env, self.cwd = list(children), say, memory, env, cwd
        self.inherit: list[int] = []
        self._output = selectors.DefaultSelector()
        self._width = max(len(child.name) for child in self.children)

    def start(self) -> None:
        """Starts them, after ending what a killed parent left."""
        processes.reap(self.memory, within=30)
        for child in self.children:
            self._start(child)

    def _start(self, child: Child) -> None:
        child.process = processes.start(child.argv, output=subprocess.PIPE, env=self.env, cwd=self.cwd, inherit=self.inherit)
        child.backoff.started()
        if child.process.stdout:
            os.set_blocking(child.process.stdout.fileno(), False)
            self._output.register(child.process.stdout, selectors.EVENT_READ, child)
        processes.remember(self.memory, [one.process.pid for one in self.children if one.process and one.alive])

    def look_after(self, seconds: float) -> None:
        """Passes their lines on for a while; starts the dead again, in time."""
        self._pass_on(seconds)
        for child in self.children:
            if child.process and not child.alive and child.backoff.may_start():
                self.say(f"{child.name} ended with {child.process.returncode}; it is started again")
                processes.end_group(child.process.pid)  # its own children would hold the port, or its tasks
                self._start(child)

    def stop(self, *, within: float = 30) -> None:
        """Asks all of them at once, passes on their last lines, kills who has not ended in time."""
        self._end(within)
        self._pass_on(0)
        self._output.close()
        self.memory.unlink(missing_ok=True)

    def restart(self, *, within: float = 10) -> None:
        """Ends all of them and starts them anew: their code has changed. What a killed one worked on comes back when its lease runs out."""
        self._end(within)
        self._pass_on(0)
        for child in self.children:
            self._start(child)

    def _end(self, within: float) -> None:
        for child in self.children:
            with suppress(ProcessLookupError):
                if child.process:
                    child.process.send_signal(signal.SIGTERM)
        until = time.monotonic() + within
        while any(child.alive for child in self.children) and time.monotonic() < until:
            self._pass_on(0.1)
        for child in self.children:
            if child.process:
                processes.end_group(child.process.pid)
                child.process.wait()

    def _pass_on(self, seconds: float) -> None:
        if not self._output.get_map():
            time.sleep(seconds)
            return
        for key, _ in self._output.select(seconds):
            child: Child = key.data
            data = os.read(key.fd, 65536)
            *lines, child.rest = (child.rest + data).split(b"\n")
            if not data:
                self._output.unregister(key.fileobj)
                key.fileobj.close()  # type: ignore[union-attr]
                lines, child.rest = ([child.rest] if child.rest else []), b""
            for line in lines:
                self.say(f"{child.name:<{self._width}} | {line.decode(errors='replace')}")
