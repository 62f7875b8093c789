"""The process that keeps the servers of the tests: `python -m tests.keeper postgres redis`; `--stop` ends those that are kept between runs.

It is the keeper of every install (`config.embedded.keeper`) with servers that need not survive a power cut. They end with the last
process that uses them, however it ends; with ISNAD_KEEP_SERVERS=1 they wait for the next run.
"""

import os
import signal
import sys
import time
from pathlib import Path

from config import env
from config.embedded import keeper, paths, processes
from config.embedded.postgres import Postgres
from config.embedded.redis import Redis

KEPT_HOME = paths.BASE / ".local" / "tests"  # of the servers that are kept between runs
IDLE_SECONDS = 60 * 60  # so long they wait for the next run


def kept_between_runs() -> bool:
    """Whether the developer wants them to wait."""
    return env.flag("ISNAD_KEEP_SERVERS")


class Careless(keeper.ManagedServer):
    """A server that writes nothing through to the disk."""

    last_used = 0.0

    def _server(self) -> Postgres | Redis:
        home, log = paths.home(), paths.log(self.name)
        if self.name == "postgres":
            return Postgres(home / "postgres", paths.sockets(), log=log, careless=True)
        return Redis(home / "redis", paths.redis_socket(), log=log, careless=True)

    def begin(self) -> None:
        """Starts it; the time it may stand idle counts from here."""
        super().begin()
        self.last_used = time.monotonic()

    def look_after(self) -> bool:
        """As any keeper does; but a server that is kept between runs may stand idle for a while."""
        if kept_between_runs():
            if not self.users.take():
                self.last_used = time.monotonic()
            elif time.monotonic() < self.last_used + IDLE_SECONDS:
                self.users.release()
                return True
            else:
                self.users.release()
        return super().look_after()


def _memory(home: Path) -> Path:
    return home / "keeper.pid.json"


def stop() -> None:
    """Ends the keeper that waits for the next run, and its servers with it."""
    processes.reap(_memory(KEPT_HOME), signal.SIGTERM)


if __name__ == "__main__":
    if sys.argv[1:] == ["--stop"]:
        stop()
    else:
        processes.remember(_memory(paths.home()), [os.getpid()])
        sys.exit(keeper.main(sys.argv[1:], kind=Careless))
