"""Lists of claims over REST, page by page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"


@pytest.fixture
def reporter():
    client = APIClient()
    client.force_authenticate(make.user(Role.REPORTER))
    return client


@pytest.mark.parametrize("ordering", ["-recorded", "recorded", "due", "-due", "said", "-said"])
def test_pages_show_every_claim_once_forwards_and_back(reporter, ordering):
    for n in range(7):
        make.recorded(due=f"203{n // 2}") if n % 3 else make.recorded()
    whole = [c["id"] for c in reporter.get(CLAIMS, {"ordering": ordering}).json()["results"]]
    assert len(whole) == 7
    forwards, onward, last = [], f"{CLAIMS}?ordering={ordering}&page_size=2", None
    while onward:
        last = reporter.get(onward).json()
        forwards += [c["id"] for c in last["results"]]
        onward = last["next"]
    assert forwards == whole
    back = [c["id"] for c in last["results"]]
    while last["previous"]:
        last = reporter.get(last["previous"]).json()
        back = [c["id"] for c in last["results"]] + back
    assert back == whole


def test_a_long_list_asks_no_more_than_a_short_one(reporter):
    make.recorded()
    with CaptureQueriesContext(connection) as few:
        reporter.get(CLAIMS)
    for _ in range(9):
        make.recorded()
    with CaptureQueriesContext(connection) as many:
        assert len(reporter.get(CLAIMS).json()["results"]) == 10
    assert len(many) == len(few) <= 3
