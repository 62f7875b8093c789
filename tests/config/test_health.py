"""What operators are told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from claims.models import Verification
from sources import jobs


def _verified(*, whole=False, ok=True, ago=0):
    then = timezone.now() - timedelta(hours=ago)
    fault = "" if ok else "event 7 was changed"
    Verification.objects.create(started_at=then, finished_at=then, whole=whole, through=7, ok=ok, fault=fault)


def test_a_process_is_alive_whatever_the_database_does(client):
    assert client.get("/health/live/").json() == {"live": True}


def test_ready_when_everything_answers(client, db):
    answer = client.get("/health/ready/")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": "ok", "migrations": "ok", "redis": "ok", "ledger": "ok"}}


def test_a_missing_migration_is_named(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    answer = client.get("/health/ready/")
    assert answer.status_code == 503
    assert answer.json()["checks"]["migrations"] == "not applied: sessions.0001_initial"


def test_a_redis_that_is_away_is_named_at_once(client, db, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/health/ready/")
    assert (answer.status_code, answer.json()["checks"]["redis"]) == (503, "Redis does not answer")


@pytest.mark.parametrize(
    ("runs", "status"),
    [
        ([{"ok": True}], 200),
        ([{"ok": False}], 503),
        ([{"ok": False, "ago": 1}, {"ok": True}], 200),
        ([{"ok": False, "ago": 1, "whole": True}, {"ok": True}], 503),  # the new part is sound, the whole is not
        ([{"ok": False, "ago": 1, "whole": True}, {"ok": True, "whole": True}], 200),
    ],
)
def test_a_failed_verification_turns_readiness_red(client, db, runs, status):
    for run in runs:
        _verified(**run)
    answer = client.get("/health/ready/")
    assert answer.status_code == status
    assert ("event 7" in answer.json()["checks"]["ledger"]) == (status == 503)


def test_metrics_count_claims_flags_and_work(client, db):
    jobs.owe("read", "read:1")
    page = client.get("/metrics").content.decode()
    for line in (
        'isnad_claims{status="proposed"} 0.0',
        "isnad_flags_open 0.0",
        'isnad_work_owed{kind="read"} 1.0',
        "isnad_events_unsealed 0.0",
        "isnad_events_unsigned 0.0",
    ):
        assert f"\n{line}\n" in page
