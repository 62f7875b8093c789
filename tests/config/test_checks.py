"""The check that finds databases which split Arabic wrongly."""

from contextlib import closing

import psycopg
import pytest
from django.core.checks import run_checks
from django.db import connection, connections

from config.checks import accounts_without_role, arabic_words
from tests import make


def test_our_own_database_is_fine(db):
    assert [found.id for found in run_checks(tags=["database"], databases=["default"]) if found.id == "isnad.W001"] == []


@pytest.fixture
def wrong_database(db, django_db_blocker):
    """A database whose ctype knows no Unicode, as many are made."""
    words = connection.settings_dict
    usual, made = words["NAME"], "without_unicode"
    address = {"host": words["HOST"], "port": words["PORT"], "user": words["USER"], "dbname": "postgres"}
    with closing(psycopg.connect(**address, autocommit=True)) as server:
        server.execute(f"CREATE DATABASE {made} TEMPLATE template0 LOCALE 'C' LOCALE_PROVIDER libc")
        wrong = connections["default"].copy("wrong")
        wrong.settings_dict = words | {"NAME": made}
        connections["wrong"] = wrong
        try:
            yield "wrong"
        finally:
            wrong.close()
            del connections["wrong"]
            server.execute(f"DROP DATABASE {made} WITH (FORCE)")
    assert words["NAME"] == usual


def test_a_database_without_unicode_is_reported(wrong_database):
    (found,) = arabic_words(databases=[wrong_database])
    assert found.id == "isnad.W001"
    assert "Arabic" in found.msg


def test_accounts_that_see_nothing_are_told_to_whoever_upgrades(db):
    make.user(None, "rula")
    make.user(None, "away", is_active=False)
    make.user("reader", "mona")
    (found,) = accounts_without_role(databases=["default"])
    assert (found.id, found.msg) == ("isnad.W002", "These accounts have no role and see nothing of the desk: rula.")
