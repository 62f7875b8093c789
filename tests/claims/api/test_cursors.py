"""Pages by place: the index starts at the place, however deep it is, and every row is shown once."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from rest_framework.test import APIRequestFactory

from claims.api.filters import ORDERINGS
from claims.api.flags import COLUMNS, WORK_LIST
from claims.domain.choices import FlagStatus, Severity
from claims.models import Claim, Flag
from sources.api import pagination
from sources.models import new_id
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def flags():
    """Flags of three urgencies, many of them raised in one moment."""
    claim = make.recorded()
    raised = "2026-01-01T00:00:00Z"
    common = {"version": 1, "claim_id": claim, "code": "x", "severity": Severity.INFO, "state": FlagStatus.OPEN, "raised_at": raised}
    ids = [new_id() for _ in range(30)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        Flag._base_manager.bulk_create([Flag(id=id, rule=f"r{n}", key="k", urgency=n % 3, **common) for n, id in enumerate(ids)])
        cursor.execute("SELECT set_config('isnad.writing', 'off', true)")
    return sorted(ids, key=lambda each: (ids.index(each) % 3, each))


def listed(address):
    return pagination.paginate(_request(address), Flag.objects.filter(state="open").values(*COLUMNS), WORK_LIST)


def _request(address):
    from rest_framework.views import APIView

    return APIView().initialize_request(APIRequestFactory().get(address, SERVER_NAME="127.0.0.1"))


def test_every_flag_is_shown_once_forwards_and_back(flags):
    seen, onward, last = [], "/api/v1/flags/?page_size=7", None
    while onward:
        last = listed(onward)
        seen += [row["id"] for row in last.results]
        onward = last.next
    assert seen == flags
    back = [row["id"] for row in last.results]
    while last.previous:
        last = listed(last.previous)
        back = [row["id"] for row in last.results] + back
    assert back == flags


def test_the_work_list_starts_at_its_place_in_the_index(flags):
    middle = Flag.objects.get(pk=flags[15])
    place = [middle.urgency, middle.raised_at, UUID(str(middle.pk))]
    rows = (
        Flag.objects.filter(state="open")
        .filter(pagination._after(WORK_LIST, place, backwards=False))
        .order_by("urgency", "raised_at", "id")
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = rows.explain()
    assert "Index Cond: (ROW(urgency, raised_at, id) > ROW(" in plan
    assert "Filter: (ROW" not in plan


@pytest.mark.parametrize("ordering", ["due", "-due", "said", "-said"])
def test_lists_by_a_date_that_may_be_missing_show_every_claim_once_forwards_and_back(ordering):
    column = "due_last" if "due" in ordering else "said_first"
    days = [None, "2031-05", "2030", None, "2031-05", "2032-01-09", None, "2030", "2029"]
    for day in days:
        make.recorded(**{"due" if "due" in ordering else "said_on": day and ImpreciseDate(edtf=day, basis="text")})
    rows = list(Claim.objects.values_list("id", column))
    down = ordering.startswith("-")
    dated = sorted((r for r in rows if r[1]), key=lambda r: (r[1], r[0]), reverse=down)
    expected = [id for id, _ in [*dated, *sorted((r for r in rows if not r[1]), reverse=down)]]
    for size in (1, 2, 4, 9):
        seen, onward, last = [], f"/api/v1/claims/?page_size={size}", None
        while onward:
            last = pagination.paginate(_request(onward), Claim.objects.values("id", column), ORDERINGS[ordering])
            seen += [row["id"] for row in last.results]
            onward = last.next
        assert seen == expected
        back = [row["id"] for row in last.results]
        while last.previous:
            last = pagination.paginate(_request(last.previous), Claim.objects.values("id", column), ORDERINGS[ordering])
            back = [row["id"] for row in last.results] + back
        assert back == expected


@pytest.mark.parametrize(("ordering", "compared"), [("due", ">"), ("-due", "<")])
def test_what_waits_is_listed_by_when_it_is_due_from_its_place_in_the_index(ordering, compared):
    claim = make.recorded(due=ImpreciseDate(edtf="2031-05", basis="text"))
    rows = Claim.objects.waiting().values("id", "due_last")
    place = [date(2031, 5, 31), claim]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        first, further, empty = (
            next(pagination._parts(rows, ORDERINGS[ordering], start, backwards=False)).explain() for start in (None, place, [None, claim])
        )
    assert f"Index Cond: ((due_last IS NOT NULL) AND (ROW(due_last, id) {compared} ROW(" in further
    assert all("claim_due" in plan and "Sort" not in plan for plan in (first, further))
    assert f"Index Cond: (id {compared} " in empty
    assert "Sort" not in empty


@pytest.mark.parametrize(
    ("ordering", "column", "compared"),
    [("due", "due_last", ">"), ("-due", "due_last", "<"), ("said", "said_first", ">"), ("-said", "said_first", "<")],
)
def test_all_claims_are_listed_by_their_days_from_a_place_in_an_index(ordering, column, compared):
    claim = make.recorded(due=ImpreciseDate(edtf="2031-05", basis="text"))
    rows = Claim.objects.values("id", column)
    place = [date(2031, 5, 31), claim]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
        first, further, empty = (
            next(pagination._parts(rows, ORDERINGS[ordering], start, backwards=False)).explain() for start in (None, place, [None, claim])
        )
    assert f"Index Cond: (({column} IS NOT NULL) AND (ROW({column}, id) {compared} ROW(" in further
    assert all(f"claim_order_{ordering.strip('-')}" in plan and "Sort" not in plan for plan in (first, further))
    assert "Sort" not in empty
