"""What a page of a list costs: as much among a million claims as among ten thousand, at the front and in the middle."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from rest_framework.request import Request
from rest_framework.test import APIClient

from claims.api.filters import ORDERINGS
from claims.api.flags import WORK_LIST
from claims.models import Claim, Flag
from sources.api import pagination
from tests.bench import filling
from tests.bench.rounds import Line, Notice, Slice, rates

FLAGGED = 10  # every tenth claim has an open flag
CONTROL = "one claim"  # asked for in the same rounds: the machine's mood is taken out of the comparison
# Flags of all degrees, raised through a year, as those that a rule finds.
_FLAGS = """
INSERT INTO claims_flag (id, version, claim_id, rule, key, code, parameters, severity, urgency, raised_at, state, assignee, reason, by)
SELECT gen_random_uuid(), 1, c.id, 'no-horizon', 'bench', 'no-horizon', '{}', (ARRAY['high', 'warning', 'info'])[1 + n %% 3], n %% 3,
       now() - n %% 365 * interval '1 day', 'open', '', '', ''
FROM (SELECT id, row_number() OVER (ORDER BY id) n FROM claims_claim) c
WHERE n %% %(each)s = 0 AND NOT EXISTS (SELECT FROM claims_flag f WHERE f.claim_id = c.id AND f.key = 'bench')
"""
Get = Callable[[], Any]


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """Pages of `claims/` and `flags/` and of the desk's two lists, at both sizes."""
    small, large, rounds, seconds = (500, 2_000, 2, 0.05) if quick else (10_000, 1_000_000, 15, 0.3)
    took, queries, whole = {}, {}, 0
    for size in (small, large):
        _keep(size, notice)
        pages = _pages()
        for get in pages.values():
            get()  # what is loaded once is loaded
        measured = rates({name: _slice(get) for name, get in pages.items()}, rounds=rounds, seconds=seconds, notice=notice)
        took[size] = {name: [a / b for a, b in zip(measured[CONTROL], each, strict=True)] for name, each in measured.items()}
        asked = {name: _asked(get) for name, get in pages.items()}
        queries[size], whole = {name: len(each) for name, each in asked.items()}, sum(_read_whole(each) for each in asked.values())
        milliseconds = {name: statistics.median(1000 / rate for rate in each) for name, each in measured.items()}
        notice(f"{size:,}: {milliseconds}")
    ratios = {name: statistics.median(took[large][name]) / statistics.median(took[small][name]) for name in pages if name != CONTROL}
    more = max(queries[large][name] - queries[small][name] for name in pages)
    return [
        *[
            Line(f"time of {large:,} claims / of {small:,}: {name}", ratio, 1.5, at_most=True, detail=f"{milliseconds[name]:.0f} ms")
            for name, ratio in ratios.items()
        ],
        Line(f"queries more for any page, {large:,} claims", more, 0, at_most=True, detail=str(queries[large])),
        Line(f"whole tables read for any page, {large:,} claims", whole, 0, at_most=True),
    ]


def _keep(size: int, notice: Notice) -> None:
    filling.fill(size, notice)
    notice("raising flags")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        cursor.execute(_FLAGS, {"each": FLAGGED})
        cursor.execute("SELECT set_config('isnad.writing', 'off', true)")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_claim, claims_flag, claims_quantity")  # as autovacuum does


def _pages() -> dict[str, Get]:
    person = User.objects.get_or_create(username="bench-reader", is_superuser=True, is_staff=True)[0]
    rest, desk = APIClient(SERVER_NAME="127.0.0.1"), Client(SERVER_NAME="127.0.0.1")
    rest.force_authenticate(person)
    desk.force_login(person)
    claim = _middle(Claim.objects.order_by("id"), "id")
    flag = _middle(Flag.objects.filter(state="open").order_by("urgency", "raised_at", "id"), "urgency", "raised_at", "id")
    due = _middle(Claim.objects.order_by("due_last", "id"), "due_last", "id")
    api = "/api/v1/"
    return {
        CONTROL: _get(rest, f"{api}claims/{claim[0]}/"),
        "claims/, first page": _get(rest, f"{api}claims/"),
        "claims/, from the middle": _get(rest, _from(f"{api}claims/", ORDERINGS["-recorded"], claim)),
        "claims/ by when they are due, from the middle": _get(rest, _from(f"{api}claims/?ordering=due", ORDERINGS["due"], due)),
        "claims/ of one status": _get(rest, f"{api}claims/", status="accepted"),
        "flags/, first page": _get(rest, f"{api}flags/"),
        "flags/, from the middle": _get(rest, _from(f"{api}flags/", WORK_LIST, flag)),
        "the desk's queue": _get(desk, "/admin/claims/claim/"),
        "the desk's queue, page 9": _get(desk, "/admin/claims/claim/", p=9),
        "the desk's work list": _get(desk, "/admin/claims/flag/"),
    }


def _middle(rows: Any, *columns: str) -> list[Any]:
    return list(rows.values_list(*columns)[rows.count() // 2])


def _from(address: str, keys: list[pagination.Key], place: list[Any]) -> str:
    return pagination.address(Request(RequestFactory(SERVER_NAME="127.0.0.1").get(address)), keys, place)


def _get(client: Client, address: str, **asked: Any) -> Get:
    whole = f"{address}?{urlencode(asked)}" if asked else address

    def get() -> Any:
        answer = client.get(whole)
        assert answer.status_code == 200, (whole, answer.status_code, answer.content[:500])
        return answer

    return get


def _slice(get: Get) -> Slice:
    def once() -> int:
        get()
        return 1

    return once


def _asked(get: Get) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        get()
    return [query["sql"] for query in asked.captured_queries if query["sql"].startswith("SELECT")]


def _read_whole(queries: list[str]) -> int:
    with connection.cursor() as cursor:
        plans = []
        for sql in queries:
            cursor.execute(f"EXPLAIN {sql}")
            plans += [line for (line,) in cursor.fetchall()]
    return sum("Seq Scan on claims_claim" in line or "Seq Scan on claims_flag" in line for line in plans)
