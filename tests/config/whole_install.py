"""A whole install of its own for tests that kill: servers, workers and clocks, every process started here and ended by its number."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from config.celery import app
from config.embedded import paths
from config.embedded.postgres import Postgres
from config.embedded.redis import Redis
from sources.models import Work

SECONDS = 90  # more than any of this takes on a machine that is busy


class House:
    """The servers, and what works on them."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="isnad-h"))  # short: a socket's path may have 108 bytes
        self.postgres = Postgres(self.home / "postgres", self.home / "s", log=self.home / "postgres.log")
        self.redis = Redis(self.home / "redis", self.home / "r", log=self.home / "redis.log")
        (self.home / "s").mkdir(mode=0o700)
        self.broker = f"redis+socket://{self.home}/r"
        url = f"postgresql:///isnad?host={quote(str(self.home / 's'), safe='')}&port={paths.PORT}&user=isnad"
        self.env = os.environ | {"ISNAD_HOME": str(self.home), "DATABASE_URL": url, "REDIS_URL": f"unix://{self.home}/r"}
        self.workers: list[subprocess.Popen[bytes]] = []

    def open(self) -> None:
        """Both servers answer, the tables are there."""
        self.start_servers()
        self.postgres.make_database()
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v", "0"], env=self.env, cwd=settings.BASE_DIR, check=True, timeout=SECONDS
        )

    def start_servers(self) -> None:
        """Starts those that do not run."""
        for server in (self.postgres, self.redis):
            if server.process is None:
                server.start()
                server.wait()

    def close(self) -> None:
        """Ends everything and clears up."""
        for process in self.workers:
            kill(process)
        self.redis.stop()
        self.postgres.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    @contextmanager
    def connected(self) -> Iterator[None]:
        """This process asks the house's database meanwhile."""
        words = connection.settings_dict
        usual = dict(words)
        connections.close_all()
        words.update(HOST=str(self.home / "s"), NAME="isnad", USER="isnad", PORT=paths.PORT)
        try:
            yield
        finally:
            connections.close_all()
            words.update(usual)

    # ── processes

    def worker(self, *words: str, module: str = "config.celery", pool: str = "prefork", redis: str = "") -> subprocess.Popen[bytes]:
        """A worker that is ready."""
        argv = ["-A", module, "worker", "-P", pool, "-c", "1", "-l", "INFO", "--without-gossip", "--without-mingle", *words]
        return self._celery(argv, until=b" ready.", redis=redis)

    def clock(self, schedule: Path) -> subprocess.Popen[bytes]:
        """A beat with a memory of its own."""
        return self._celery(["-A", "config.celery", "beat", "-l", "INFO", "-s", str(schedule), "--pidfile="], until=b"beat: Starting")

    def _celery(self, argv: list[str], *, until: bytes, redis: str = "") -> subprocess.Popen[bytes]:
        log = self.home / f"celery-{len(self.workers)}.log"
        env = self.env | ({"REDIS_URL": redis} if redis else {})
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "celery", *argv],
                env=env,
                stdout=output,
                stderr=output,
                cwd=settings.BASE_DIR,
                start_new_session=True,
            )
        self.workers.append(process)
        wait(lambda: until in log.read_bytes() or process.poll() is not None, "a worker or clock that is ready")
        assert process.poll() is None, log.read_text()
        return process

    def log_of(self, process: subprocess.Popen[bytes]) -> str:
        """What it has said."""
        return (self.home / f"celery-{self.workers.index(process)}.log").read_text(errors="replace")

    def kill_servers(self, *, postgres: bool = False, redis: bool = False) -> None:
        """kill -9, without a word."""
        for server, chosen in ((self.postgres, postgres), (self.redis, redis)):
            if chosen and server.process:
                kill(server.process)
                server.process = None
        if postgres:
            connections.close_all()

    # ── what workers are told, and what time does

    def wake(self, task: str) -> None:
        """The message that the clock or a commit sends."""
        with app.connection_for_write(url=self.broker) as sender:
            app.send_task(task, connection=sender, ignore_result=True)

    def let_leases_run_out(self) -> None:
        """What five minutes would do to the work of the dead."""
        Work.objects.filter(leased_until__isnull=False).update(leased_until=timezone.now() - timedelta(seconds=1))

    @contextmanager
    def flags_held(self) -> Iterator[None]:
        """Whoever raises a flag meanwhile waits in the middle of it."""
        with closing(psycopg.connect(self.env["DATABASE_URL"])) as held:
            held.execute("LOCK TABLE claims_flag IN SHARE MODE")
            yield
            with suppress(psycopg.Error):  # the server may be gone
                held.rollback()

    def somebody_waits(self) -> bool:
        """Is a worker stopped in the middle of its work?"""
        with closing(psycopg.connect(self.env["DATABASE_URL"])) as db:
            found = db.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = 'isnad'").fetchone()
        return bool(found and found[0])


class Wire:
    """A TCP way to the house's Redis that can be cut."""

    def __init__(self, target: Path) -> None:
        self.target, self.whole = str(target), True
        self.ends: list[socket.socket] = []
        self.carriers: list[threading.Thread] = []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.address = f"redis://127.0.0.1:{self.door.getsockname()[1]}/0"
        self.doorman = threading.Thread(target=self._answer, daemon=True)
        self.doorman.start()

    def cut(self) -> None:
        """Nothing passes, and nobody is told."""
        self.whole = False
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for carrier in self.carriers:
            carrier.join(SECONDS)
        for end in self.ends:
            end.close()
        self.ends.clear()
        self.carriers.clear()

    def mend(self) -> None:
        """It passes again."""
        self.whole = True

    def close(self) -> None:
        """Away with it."""
        self.door.shutdown(socket.SHUT_RDWR)
        self.doorman.join(SECONDS)
        self.door.close()
        self.cut()

    def _answer(self) -> None:
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = socket.socket(socket.AF_UNIX)
            far.connect(self.target)
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                carrier = threading.Thread(target=_pass_on, args=(one, other), daemon=True)
                self.carriers.append(carrier)
                carrier.start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def kill(process: "subprocess.Popen[Any]") -> None:
    """kill -9 of a process that we started, with those that it started: each has a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(SECONDS)


def wait(true: Callable[[], Any], what: str, seconds: float = SECONDS) -> None:
    """Returns when it is so; fails where that takes too long."""
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, f"waited in vain for {what}"
        time.sleep(0.1)
