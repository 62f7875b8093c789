"""A database that cannot serve is nobody's input: 503, when to ask again, and the cause for operators."""

import json
from contextlib import closing, contextmanager

import pytest
from django.db import connection
from rest_framework.test import APIClient

from sources import outages
from sources.api import tokens
from sources.roles import Role
from tests import make
from tests.databases import elsewhere


@pytest.fixture
def desk(committed_db):
    """An editor's program: what it sends is written and committed."""
    client = APIClient(raise_request_exception=False)
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(make.user(Role.EDITOR))}")
    client.get("/health/ready/")  # what is looked up once in a process has been
    return client


@contextmanager
def altered(name, change, back):
    """The database with another setting, from the next connection on."""
    with closing(elsewhere()) as db:
        connection.close()
        db.execute(f'ALTER DATABASE "{name}" {change}')
        try:
            yield
        finally:
            db.execute(f'ALTER DATABASE "{name}" {back}')
            connection.close()


@contextmanager
def elsewhere_than(folder):
    """A database looked for where there is none."""
    connection.close()
    known, connection.settings_dict["HOST"] = connection.settings_dict["HOST"], str(folder)
    try:
        yield
    finally:
        connection.settings_dict["HOST"] = known
        connection.close()


def must_be_out(answer, cause):
    """503 as a problem, with when to ask again."""
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(answer.content)["type"] == f"urn:isnad:{cause}"
    assert int(answer["Retry-After"]) > 0


def cause_of(client):
    """What /metrics says is the matter; None for nothing."""
    lines = client.get("/metrics").content.decode().splitlines()
    told = [
        line.partition('cause="')[2].partition('"')[0]
        for line in lines
        if line.startswith("isnad_database_outage") and line.endswith(" 1.0")
    ]
    assert len(told) <= 1
    return told[0] if told else None


def said_of_the_database(client):
    """What readiness says of it."""
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    return answer.json()["checks"]["database"]


def test_a_database_that_serves_is_out_of_nothing(desk):
    assert cause_of(desk) is None
    assert desk.get("/health/ready/").json()["checks"]["database"] == "ok"


def test_a_database_that_is_away_is_503_on_every_address(desk, tmp_path):
    with elsewhere_than(tmp_path):
        must_be_out(desk.get("/api/v1/claims/"), "away")
        must_be_out(desk.post("/api/v1/outlets/", {"name": "a"}), "away")
        must_be_out(desk.get("/api/v1/public/published.atom"), "away")
        assert (cause_of(desk), said_of_the_database(desk)) == ("away", "PostgreSQL does not answer")
        assert desk.get("/api/v1/nonsense/").status_code == 404  # nobody had to be asked
        arabic = desk.get("/api/v1/claims/", HTTP_ACCEPT_LANGUAGE="ar").json()
    assert arabic["title"] == "الخدمة غير متاحة"
    assert arabic["detail"] == "لا يمكن الوصول إلى قاعدة البيانات الآن: حاول ثانية بعد لحظات."
    assert desk.get("/api/v1/claims/").status_code == 200


def test_pages_for_people_are_503_too(desk, tmp_path):
    desk.credentials()
    desk.force_login(make.user(Role.EDITOR))
    with elsewhere_than(tmp_path):
        page = desk.get("/admin/", HTTP_ACCEPT_LANGUAGE="ar")
    assert (page.status_code, page["Retry-After"]) == (503, str(outages.AWAY.retry_after))
    assert "قاعدة البيانات" in page.content.decode()


def test_a_database_without_a_connection_left_is_503(desk, committed_db):
    with altered(committed_db, "CONNECTION LIMIT 0", "CONNECTION LIMIT -1"):
        must_be_out(desk.get("/api/v1/claims/"), "connections")
        assert (cause_of(desk), said_of_the_database(desk)) == ("connections", "PostgreSQL has no connection left")
    assert desk.get("/api/v1/claims/").status_code == 200


def test_a_database_that_takes_no_changes_still_reads(desk, committed_db):
    with altered(committed_db, "SET default_transaction_read_only = on", "RESET default_transaction_read_only"):
        assert desk.get("/api/v1/outlets/").status_code == 200
        must_be_out(desk.post("/api/v1/outlets/", {"name": "المنار"}), "read-only")
        assert (cause_of(desk), said_of_the_database(desk)) == ("read-only", "PostgreSQL takes no changes")


@pytest.mark.parametrize(
    ("state", "cause"), [("53100", "disk-full"), ("53200", "memory"), ("57P01", "away"), ("55P03", "busy"), ("40001", "busy")]
)
def test_what_postgresql_says_while_it_writes_is_503(desk, state, cause):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{state}'; END $$"
        )
        cursor.execute("CREATE TRIGGER fails BEFORE INSERT ON sources_outlet FOR EACH ROW EXECUTE FUNCTION fails()")
    must_be_out(desk.post("/api/v1/outlets/", {"name": "المنار"}), cause)


def test_what_is_wrong_with_the_program_is_500_as_a_problem(desk):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sources_outlet RENAME COLUMN homepage TO elsewhere")
    answer = desk.get("/api/v1/outlets/", HTTP_ACCEPT_LANGUAGE="ar")
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert json.loads(answer.content)["title"] == "خطأ داخلي في الخادم"
    assert "homepage" not in answer.content.decode()


def test_an_error_that_is_not_the_databases_is_no_outage():
    assert outages.outage_of(ValueError("too many clients")) is None
