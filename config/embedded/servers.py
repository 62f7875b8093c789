"""What a command does that needs the embedded servers: it says that it uses them, and they run."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress

import psycopg

from config import env
from config.embedded import paths
from config.embedded.locks import Lock
from config.embedded.redis import Redis
from config.embedded.trouble import Trouble


def embedded() -> list[str]:
    """The servers that no address was given for."""
    return [name for name, address in (("postgres", "DATABASE_URL"), ("redis", "REDIS_URL")) if not env.text(address)]


class Running:
    """One command's use of the servers: of the named ones, else of those that no address was given for.

    `keeper` is the module that is run to keep them.
    """

    def __init__(self, names: Sequence[str] | None = None, *, keeper: str = "config.embedded.keeper") -> None:
        self.names = embedded() if names is None else list(names)
        self.keeper = keeper
        self.locks = [Lock(paths.users_lock(name)) for name in self.names]
        self.keepers: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        """Says that we use them, and returns when they answer."""
        paths.make_folders()
        for lock in self.locks:
            lock.take(shared=True, wait=True)
        self.ensure()

    def end(self) -> None:
        """Says that we are done; when nobody else uses a server, returns when it is gone."""
        for name, lock in zip(self.names, self.locks, strict=True):
            lock.release()
            _until_gone_or_used(name)
        for keeper in self.keepers:
            with suppress(subprocess.TimeoutExpired):
                keeper.wait(0.5)  # else it stays as a zombie where nobody adopts it; others may still use its servers

    def ensure(self) -> None:
        """Returns when every server answers, starting a keeper for those that have none."""
        keeper: subprocess.Popen[bytes] | None = None
        while missing := [name for name in self.names if not _answers(name)]:
            if keeper is not None and keeper.poll():
                raise Trouble(_last_words())
            if keeper is None or keeper.poll() == 0:
                keeper = self.revive(missing)
            time.sleep(0.05)

    def revive(self, names: list[str] | None = None) -> subprocess.Popen[bytes] | None:
        """Starts a keeper for those servers that have none; does not wait."""
        orphans = [name for name in names or self.names if not Lock(paths.keeper_lock(name)).held()]
        if not orphans:
            return None
        keeper = _start_keeper(self.keeper, orphans)
        self.keepers = [one for one in self.keepers if one.poll() is None] + [keeper]
        return keeper

    @property
    def descriptors(self) -> list[int]:
        """Our locks, for children to inherit: the servers then outlive a killed parent until its children have ended."""
        return [lock.fd for lock in self.locks if lock.fd is not None]


@contextmanager
def running(*, migrated: bool = True) -> Iterator[Running]:
    """The embedded servers run within; a fresh database gets its tables first."""
    use = Running()
    try:
        use.begin()
        if migrated and "postgres" in use.names:
            _migrate_if_fresh()
        yield use
    finally:
        use.end()


def _start_keeper(module: str, names: list[str]) -> subprocess.Popen[bytes]:
    with paths.log("keeper").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", module, *names],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=paths.BASE,
            env=os.environ | {"ISNAD_HOME": str(paths.home())},
            start_new_session=True,  # it outlives us as long as others use the servers
        )


def _answers(name: str) -> bool:
    if name == "redis":
        return Redis(paths.home(), paths.redis_socket(), log=paths.log("redis")).answers()
    with suppress(psycopg.OperationalError), closing(_connect()):
        return True
    return False


def _connect() -> psycopg.Connection:
    words = paths.database()
    return psycopg.connect(host=words["HOST"], port=words["PORT"], user=words["USER"], dbname=words["NAME"], connect_timeout=5)


def _last_words() -> str:
    said = paths.log("keeper").read_text(errors="replace").strip().splitlines()
    return said[-1] if said else f"The embedded servers did not start: see {paths.log('keeper').parent}"


def _migrate_if_fresh() -> None:
    lock = Lock(paths.home() / "migrate.lock")
    lock.take(wait=True)
    try:
        with closing(_connect()) as db:
            (made,) = db.execute("SELECT to_regclass('django_migrations') IS NOT NULL").fetchone() or (False,)
        if not made:
            argv = [sys.executable, str(paths.BASE / "manage.py"), "migrate", "--verbosity", "0"]
            if subprocess.run(argv, check=False).returncode:  # noqa: S603
                raise Trouble("The tables could not be made: see above.")
    finally:
        lock.release()


def _until_gone_or_used(name: str, *, seconds: float = 90) -> None:
    until = time.monotonic() + seconds
    users = Lock(paths.users_lock(name))
    while Lock(paths.keeper_lock(name)).held() and time.monotonic() < until:
        if users.take():  # nobody uses it: the keeper is about to see that
            users.release()
        elif not users.held():  # shared: somebody else uses it
            return
        time.sleep(0.05)
