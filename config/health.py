"""What operators ask: does this process answer, can it do its work, what are the figures."""

from collections.abc import Callable
from contextlib import closing
from functools import cache

import redis
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from claims.models import Verification
from config.metrics import CONTENT_TYPE, render_metrics
from sources import outages

_PATIENCE = 3  # seconds: a probe that hangs helps nobody


@never_cache
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """This process answers; it asks nobody else, so that a database's trouble does not restart the web server."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Each thing that the work needs, with what is wrong with it; 503 as long as anything is."""
    wrong = {name: fault for name, look in _LOOKS.items() if (fault := look())}
    checks = {name: wrong.get(name, "ok") for name in _LOOKS}
    return JsonResponse({"ready": not wrong, "checks": checks}, status=503 if wrong else 200)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The figures, in Prometheus' format; while PostgreSQL cannot be asked, what is the matter with it and nothing else."""
    found = outage()
    return HttpResponse(render_metrics(found), content_type=CONTENT_TYPE)


# More than work_mem holds, so that it is written to the disk that the tables are on: a full one is found before somebody loses their work.
_SPILL = "WITH spilt AS MATERIALIZED (SELECT repeat('x', 1000) FROM generate_series(1, 300)) SELECT count(*) FROM spilt"
_TROUBLES = {
    outages.AWAY: "PostgreSQL does not answer",
    outages.CONNECTIONS: "PostgreSQL has no connection left",
    outages.DISK_FULL: "PostgreSQL's disk is full",
    outages.MEMORY: "PostgreSQL is out of memory, or of what its settings allow",
    outages.READ_ONLY: "PostgreSQL takes no changes",
    outages.BUSY: "PostgreSQL is too busy to answer in time",
}


def outage() -> outages.Outage | None:
    """What is the matter with PostgreSQL; None where it serves."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64kB'")
            cursor.execute(_SPILL)
            cursor.execute("SHOW transaction_read_only")
            return outages.READ_ONLY if cursor.fetchone() == ("on",) else None
    except DatabaseError as error:
        return outages.outage_of(error) or outages.AWAY


def _database() -> str:
    found = outage()
    return _TROUBLES[found] if found else ""


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _migrations() -> str:
    try:
        missing = _known_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except DatabaseError:
        return "unknown: PostgreSQL does not answer"
    return f"not applied: {', '.join(sorted('.'.join(one) for one in missing))}" if missing else ""


def _redis() -> str:
    try:
        client = redis.Redis.from_url(
            settings.REDIS_URL, retry=Retry(NoBackoff(), 0), socket_connect_timeout=_PATIENCE, socket_timeout=_PATIENCE
        )
        with closing(client):
            client.ping()
    except redis.RedisError:
        return "Redis does not answer"
    return ""


def _ledger() -> str:
    """The newest check of each sort: an hourly one that looks at new events only must not hide what the nightly one found."""
    try:
        newest = [runs.order_by("-finished_at").first() for runs in (Verification.objects.all(), Verification.objects.filter(whole=True))]
    except DatabaseError:
        return "unknown: PostgreSQL does not answer, or has no tables yet"
    return next((f"the last verification failed: {run.fault}" for run in newest if run and not run.ok), "")


_LOOKS: dict[str, Callable[[], str]] = {"database": _database, "migrations": _migrations, "redis": _redis, "ledger": _ledger}
