"""Fixtures for everybody: a database to commit in, and a real Celery worker on it."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from tests.databases import elsewhere, migrated_database

_numbers = itertools.count(1)

settings.PASSWORD_HASHERS = ["tests.passwords.Quick"]

# The same examples in every run, however busy the machine is; `--hypothesis-profile=default` tries others.
hypothesis.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
hypothesis.load_profile("steady")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs are left out unless asked for with `-m`."""
    if "soak" not in config.option.markexpr:
        long = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in long]
        config.hook.pytest_deselected(items=long)


@pytest.fixture(scope="session")
def django_db_setup(
    servers: None, django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[None]:
    """The test database, migrated always: pytest-django's own does so only where a chosen test asks for `db`, not `committed_db`."""
    with django_db_blocker.unblock(), migrated_database(), django_db_blocker.block():
        yield


@pytest.fixture(scope="session")
def migrated_template(django_db_setup: None, django_db_blocker: Any) -> str:
    """The name of a migrated database that nobody connects to: copies are made of it."""
    with django_db_blocker.unblock():
        source = connection.settings_dict["NAME"]
        connections.close_all()
        with closing(elsewhere()) as db:
            db.execute(f'CREATE DATABASE "{source}_template" TEMPLATE "{source}"')
    return f"{source}_template"


@pytest.fixture
def committed_db(migrated_template: str, django_db_blocker: Any) -> Iterator[str]:
    """For tests that commit: a database of the test's own, dropped afterwards, since the ledger refuses TRUNCATE."""
    with django_db_blocker.unblock(), own_database(migrated_template) as own:
        yield own


@contextmanager
def own_database(migrated_template: str) -> Iterator[str]:
    """An empty, migrated database, to which every connection goes meanwhile."""
    usual, own = connection.settings_dict["NAME"], f"{migrated_template}_{next(_numbers)}"
    connections.close_all()
    with closing(elsewhere()) as db:
        _insist(db, f'CREATE DATABASE "{own}" TEMPLATE "{migrated_template}"')
    connection.settings_dict["NAME"] = own  # one dict for all threads' connections
    try:
        yield own
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = usual
        with closing(elsewhere()) as db:
            _insist(db, f'DROP DATABASE "{own}" WITH (FORCE)')


def _insist(db: psycopg.Connection, statement: str) -> None:
    """PostgreSQL's own vacuuming may be in a database just then: it cannot be turned out, and is soon gone."""
    until = time.monotonic() + 20
    while True:
        try:
            db.execute(statement)
        except (psycopg.errors.InsufficientPrivilege, psycopg.errors.ObjectInUse):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


@pytest.fixture(autouse=True)
def log_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each test begins with an empty log: what another test kept outside the database, and its key, are not this one's."""
    folder = tmp_path_factory.getbasetemp() / f"log{next(_numbers)}"  # made by whoever writes there
    settings.SIGNING_KEY, settings.SIGNING_KEY_FILE, settings.CHECKPOINTS = "", folder / "signing_key", folder / "checkpoints"
    return folder


@pytest.fixture(autouse=True)
def own_language() -> None:
    """Each test begins in English: a request in Arabic leaves its language behind for whoever comes after it."""
    translation.activate("en")


@pytest.fixture
def committed_env(committed_db: str, log_of_its_own: Path) -> dict[str, str]:
    """The environment in which another process works on the test's own database and queue."""
    words = connection.settings_dict
    url = f"postgresql:///{committed_db}?host={quote(words['HOST'], safe='')}&port={words['PORT']}&user={words['USER']}"
    log = {"ISNAD_CHECKPOINTS": str(log_of_its_own / "checkpoints")}
    return os.environ | {"DATABASE_URL": url, "REDIS_URL": settings.REDIS_URL} | log


@pytest.fixture
def worker(request: pytest.FixtureRequest, committed_env: dict[str, str], tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker process (solo; or as the test's `indirect` parameter says), ready."""
    pool = getattr(request, "param", "solo")
    _forget_messages()
    log = tmp_path / "worker.log"
    argv = [sys.executable, "-m", "celery", "-A", "config.celery", "worker", "-P", pool, "-c", "2", "-l", "INFO"]
    argv += ["--without-gossip", "--without-mingle"]
    with log.open("wb") as output:
        process = subprocess.Popen(argv, env=committed_env, stdout=output, stderr=output, cwd=settings.BASE_DIR)
    try:
        _wait_until_ready(process, log)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _forget_messages() -> None:
    import redis

    with closing(redis.Redis.from_url(settings.REDIS_URL)) as client:
        client.flushdb()


def _wait_until_ready(process: subprocess.Popen[bytes], log: Path, *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while b" ready." not in log.read_bytes():
        if process.poll() is not None or time.monotonic() > until:
            pytest.fail(f"the worker is not ready:\n{log.read_text(errors='replace')}")
        time.sleep(0.05)
