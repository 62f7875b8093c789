"""A pytest plugin: a throw-away PostgreSQL and Redis for the run, found by the settings through ISNAD_HOME."""

import os
import shutil
import tempfile

import pytest

from config.local import places, postgres, redis

_OURS = "ISNAD_TEST_HOME"
# Imported by `-p` before pytest-django reads the settings, which is why this happens here and not in a hook.
_OURS_TO_SET = "WATCHING DATABASE_URL REDIS_URL DEBUG HTTPS LANGUAGE_CODE TIME_ZONE PUBLIC_READ RULES_OFF OWN_VERDICTS READER_PRECISE"
_OF_THE_LOG = "ISNAD_SIGNING_KEY ISNAD_SIGNING_KEY_FILE ISNAD_ORIGIN ISNAD_CHECKPOINTS"
for _name in (*_OURS_TO_SET.split(), *_OF_THE_LOG.split()):
    os.environ.pop(_name, None)
if _OURS not in os.environ:
    os.environ[_OURS] = tempfile.mkdtemp(prefix="isnad-tests-")
os.environ["ISNAD_HOME"] = os.environ[_OURS]
if _worker := os.environ.get("PYTEST_XDIST_WORKER"):
    # Parallel runs share the server; a database each, else they take each other's messages.
    os.environ["REDIS_URL"] = f"unix://{places.redis_socket()}?db={int(_worker.removeprefix('gw')) + 1}"


class Services:
    """The two servers of a run: started before the first test, stopped after the last."""

    def __init__(self) -> None:
        home, sockets = places.home(), places.sockets()
        self.folders = home, sockets
        self.postgres = postgres.Postgres(home / "postgres", sockets, log=home / "postgres.log", careless=True)
        self.redis = redis.Redis(home / "redis", places.redis_socket(), log=home / "redis.log", careless=True)

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Starts both."""
        if session.config.option.collectonly:
            return
        for folder in (*self.folders, places.home() / "static"):  # whitenoise warns of a static folder that is not there
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.postgres.start()
        self.redis.start()
        self.postgres.wait()
        self.redis.wait()
        self.postgres.make_database()

    def pytest_unconfigure(self) -> None:
        """Stops both and clears up."""
        self.redis.stop()
        self.postgres.stop()
        for folder in self.folders:
            shutil.rmtree(folder, ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Only the run itself has services; its parallel workers find them through the environment."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Services(), "isnad-services")
