"""A pytest plugin: a PostgreSQL and a Redis for tests, found by the settings through ISNAD_HOME, started when a test first needs them.

Each process of a run says that it uses them (`servers`); whoever comes first starts the process that keeps them (`tests.keeper`),
which ends them with the last user. ISNAD_KEEP_SERVERS=1 keeps them for the next run.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing

import pytest
from redis import Redis

from config.embedded import paths
from config.embedded.locks import Lock
from config.embedded.servers import Running
from tests import keeper

_OURS = "ISNAD_TEST_HOME"
# Imported by `-p` before pytest-django reads the settings, which is why this happens here and not in a hook.
_OURS_TO_SET = "WATCHING DATABASE_URL REDIS_URL DEBUG HTTPS LANGUAGE_CODE TIME_ZONE PUBLIC_READ RULES_OFF OWN_VERDICTS READER_PRECISE"
_OF_THE_LOG = "ISNAD_SIGNING_KEY ISNAD_SIGNING_KEY_FILE ISNAD_ORIGIN ISNAD_CHECKPOINTS"
for _name in (*_OURS_TO_SET.split(), *_OF_THE_LOG.split()):
    os.environ.pop(_name, None)
_run = Lock(keeper.KEPT_HOME / "run.lock")  # held by a run as long as it lasts: two on the same databases would disturb each other


def _home() -> str:
    """Where the servers of this run keep their data: a throw-away folder, unless they are kept and no other run has them."""
    if keeper.kept_between_runs():
        keeper.KEPT_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _run.take():
            return str(keeper.KEPT_HOME)
        del os.environ["ISNAD_KEEP_SERVERS"]
    return tempfile.mkdtemp(prefix="isnad-tests-")


if _OURS not in os.environ:
    os.environ[_OURS] = _home()
os.environ["ISNAD_HOME"] = os.environ[_OURS]
_redis_number = 0
if _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Parallel runs share the server; a database each, else they take each other's messages.
    _redis_number = int(_worker.removeprefix("gw")) + 1
    os.environ["REDIS_URL"] = f"unix://{paths.redis_socket()}?db={_redis_number}"


@pytest.fixture(scope="session")
def servers() -> Iterator[None]:
    """The two servers, from the first test that needs them to the end of the run."""
    use = Running(["postgres", "redis"], keeper="tests.keeper")
    use.begin()
    with closing(Redis(unix_socket_path=str(paths.redis_socket()), db=_redis_number)) as client:
        client.flushdb()  # what a killed run left
    yield
    if keeper.kept_between_runs():
        for lock in use.locks:  # without waiting for their end
            lock.release()
    else:
        use.end()
    for process in use.keepers:
        if process.returncode is None:
            process.returncode = 0  # it goes on for others: Python need not warn of that


def pytest_configure(config: pytest.Config) -> None:
    """Makes the folders that the settings name: whitenoise warns of a static folder that is not there."""
    paths.make_folders()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Clears up after the last process of the run."""
    if not hasattr(config, "workerinput") and not keeper.kept_between_runs():
        for folder in (paths.home(), paths.sockets()):
            shutil.rmtree(folder, ignore_errors=True)
