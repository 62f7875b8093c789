"""Pages by place: the index starts at the place, however deep it is, and every row is shown once."""

from uuid import UUID

import pytest
from django.db import connection
from rest_framework.test import APIRequestFactory

from claims.api import keyset
from claims.api.flags import COLUMNS, WORK_LIST
from claims.choices import FlagStatus, Severity
from claims.models import Flag
from sources.models import new_id
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
    return keyset.page(_request(address), Flag.objects.filter(state="open").values(*COLUMNS), WORK_LIST)


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
    rows = Flag.objects.filter(state="open").filter(keyset._after(WORK_LIST, place, backwards=False)).order_by("urgency", "raised_at", "id")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        plan = rows.explain()
    assert "Index Cond: (ROW(urgency, raised_at, id) > ROW(" in plan
    assert "Filter: (ROW" not in plan
