"""The databases of a test run: one is migrated, the others are copies of it."""

import hashlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
import psycopg
from django.apps import apps
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases

from config.embedded import paths
from config.embedded.locks import Lock

_MIGRATED = "migrated_"  # and what it was made of


def elsewhere() -> psycopg.Connection:
    """A connection to no test's database, where databases are made and dropped."""
    words = connection.settings_dict
    return psycopg.connect(host=words["HOST"], port=words["PORT"], user=words["USER"], dbname="postgres", autocommit=True)


@contextmanager
def migrated_database() -> Iterator[None]:
    """The database of this process's tests, migrated: by itself in the first process that comes, then as a copy.

    `migrate` runs over a copy too: it finds nothing to do, and what listens to its end does its work.
    """
    lock = Lock(paths.home() / "migrated.lock")
    lock.take(wait=True)
    try:
        copied = _copy_of_the_migrated_one()
        made = setup_databases(verbosity=0, interactive=False, keepdb=copied, aliases={"default"}, serialized_aliases=set())
        if not copied:
            _keep_migrated(connection.settings_dict["NAME"])
    finally:
        lock.release()
    yield
    teardown_databases(made, verbosity=0)


def _copy_of_the_migrated_one() -> bool:
    """Whether one could be made, in the place of what a killed run left."""
    name = connection.creation._get_test_db_name()  # type: ignore[attr-defined]
    with closing(elsewhere()) as db:
        left = db.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [f"{name}_template"]).fetchall()
        for (old,) in [*left, (name,)]:
            db.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)')
        if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [_migrated()]).fetchone():
            return False
        db.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_migrated()}"')
    return True


def _keep_migrated(source: str) -> None:
    connections.close_all()
    with closing(elsewhere()) as db:
        for (old,) in db.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_MIGRATED]).fetchall():
            db.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        db.execute(f'CREATE DATABASE "{_migrated()}" TEMPLATE "{source}"')


def _migrated() -> str:
    """Its name holds a digest of all migrations, so that servers that are kept between runs never serve an old one."""
    digest = hashlib.sha256(django.__version__.encode())
    for app in sorted(apps.get_app_configs(), key=lambda app: app.name):
        for file in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(f"{app.name}/{file.name}".encode() + file.read_bytes())
    return _MIGRATED + digest.hexdigest()[:16]
