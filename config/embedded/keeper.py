"""The process that keeps embedded servers while anybody uses them: `python -m config.embedded.keeper postgres redis`.

A command that needs a server holds a shared lock on `NAME.users`; whoever finds no server starts a keeper. The keeper
holds `NAME.keeper`, starts the server as its child, starts it again when it dies, and stops it when nobody is left. So no
command is the parent of a server that another one uses, and a command killed in any way still counts as gone.
"""

import signal
import sys
import time
from pathlib import Path

from config.embedded import paths, processes
from config.embedded.backoff import Backoff
from config.embedded.locks import Lock
from config.embedded.postgres import Postgres
from config.embedded.redis import Redis
from config.embedded.trouble import Trouble

_LOOK = 0.1


class ManagedServer:
    """One server, its two locks, and its restarts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.users, self.mine = Lock(paths.users_lock(name)), Lock(paths.keeper_lock(name))
        self.backoff = Backoff()
        self.server = self._server()

    def _server(self) -> Postgres | Redis:
        home, log = paths.home(), paths.log(self.name)
        if self.name == "postgres":
            return Postgres(home / "postgres", paths.sockets(), log=log)
        return Redis(home / "redis", paths.redis_socket(), log=log)

    def begin(self) -> None:
        """Ends what a killed keeper left, starts the server, waits until it answers."""
        log = paths.log(self.name)
        if log.exists():
            log.replace(log.with_suffix(".log.1"))  # the start before this one; older ones are not kept
        processes.reap(self._memory, signal.SIGINT if self.name == "postgres" else signal.SIGTERM)
        self._start()
        self.server.wait()
        if isinstance(self.server, Postgres):
            self.server.make_database()

    @property
    def _memory(self) -> Path:
        return paths.home() / f"{self.name}.pid.json"

    def _start(self) -> None:
        self.server.start()
        self.backoff.started()
        if self.server.process:
            processes.remember(self._memory, [self.server.process.pid])

    def look_after(self) -> bool:
        """Starts it again if it died; False when nobody uses it any more and it has been stopped."""
        if self.users.take():  # alone; newcomers now wait at the lock until the server is gone, then start their own
            self.end()
            return False
        if self.server.process and self.server.process.poll() is not None and self.backoff.may_start():
            print(f"{self.name} ended with {self.server.process.returncode}; started again", file=sys.stderr, flush=True)  # noqa: T201
            self._start()
        return True

    def end(self) -> None:
        """Stops the server and lets newcomers in."""
        self.server.stop()
        self._memory.unlink(missing_ok=True)
        self.mine.release()
        self.users.release()


def _take(kept: ManagedServer) -> bool:
    for _ in range(10):  # somebody who only looks whether it is held holds it for an instant
        if kept.mine.take():
            return True
        time.sleep(_LOOK)
    return False


def main(names: list[str], *, kind: type[ManagedServer] = ManagedServer) -> int:
    """Keeps the named servers until nobody uses them; those that another keeper has are left to it."""
    stopping: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: stopping.append(number))
    kept = [one for one in (kind(name) for name in names) if _take(one)]
    try:
        for one in kept:
            one.begin()
        while kept and not stopping:
            kept = [one for one in kept if one.look_after()]
            time.sleep(_LOOK)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)  # noqa: T201
        return 1
    except OSError as error:
        print(f"{error.strerror}: {error.filename}", file=sys.stderr)  # noqa: T201
        return 1
    finally:
        for one in reversed(kept):
            one.end()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
