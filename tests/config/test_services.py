"""The servers and fixtures that every other test stands on."""

import subprocess

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import connection

from config.celery import app
from config.embedded import postgres


def test_the_database_splits_arabic_at_its_comma(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsvector('simple', 'قال الرئيس، أمس')::text")
        assert "'الرئيس'" in cursor.fetchone()[0]


def test_we_are_no_superuser_so_that_triggers_bind_us(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committed_database_begins_empty_every_time(committed_db, time):
    assert not User.objects.exists()
    User.objects.create(username="reem")
    with psycopg.connect(_conninfo()) as other:
        assert other.execute("SELECT username FROM auth_user").fetchall() == [("reem",)]


def _conninfo():
    words = connection.settings_dict
    return psycopg.conninfo.make_conninfo(host=words["HOST"], port=words["PORT"], user=words["USER"], dbname=words["NAME"])


@pytest.mark.parametrize("worker", ["solo", "prefork"], indirect=True)
def test_a_real_worker_answers(worker: subprocess.Popen[bytes]):
    assert app.control.ping(timeout=60, limit=1)


@pytest.mark.parametrize(("memory", "pages"), [(512, 128), (2048, 256), (8192, 1024), (65536, 4096)])
def test_the_embedded_postgresql_holds_pages_in_an_eighth_of_the_memory_within_bounds(memory, pages):
    assert postgres.buffers(memory * 1024**2) == pages * 1024**2
