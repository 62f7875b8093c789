"""An old backup in the place of the log is noticed; and two processes verify what one does."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection

from claims import transparency
from claims.transparency import checkpoints, external_copy, log
from tests import make
from tests.claims.transparency.test_proofs import behind_the_back
from tests.conftest import elsewhere


@pytest.fixture
def backup(committed_db: str) -> Iterator[str]:
    """The name of a copy of the database made at nine events; the log went on to twelve afterwards, and was signed."""
    for _ in range(9):
        make.recorded()
    checkpoints.make()
    connection.close()
    name = f"{committed_db}_backup"
    with closing(elsewhere()) as db:
        db.execute(f'CREATE DATABASE "{name}" TEMPLATE "{committed_db}"')
    for _ in range(3):
        make.recorded()
    checkpoints.make()
    yield name
    connection.close()
    connection.settings_dict["NAME"] = committed_db
    with closing(elsewhere()) as db:
        db.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_an_old_backup_is_noticed_and_not_signed_over(backup: str):
    assert transparency.verify() is None
    connection.close()
    connection.settings_dict["NAME"] = backup
    fault = transparency.verify()
    assert fault is not None
    assert fault.position == 9
    assert str(external_copy.folder()) in str(fault)
    for _ in range(4):  # and it goes on: longer than the log was, and another
        make.recorded()
    fault = transparency.verify()
    assert fault is not None
    assert fault.position == 9
    with pytest.raises(checkpoints.Contradicted):
        checkpoints.make()


def test_two_processes_find_what_one_finds(committed_db: str, monkeypatch):
    for _ in range(40):
        make.recorded()
    monkeypatch.setattr(log, "MANY", 1)
    monkeypatch.setattr(log, "CHUNK", 16)
    checkpoints.make()
    assert transparency.verify(processes=2) is None
    behind_the_back("UPDATE claims_event SET actor = 'sally' WHERE number = (SELECT number FROM claims_position WHERE position = 33)")
    assert transparency.verify(processes=2) == transparency.verify(processes=1)
    assert transparency.verify(processes=2).position == 33
