"""A claim's history comes in pages, first to last, and says of each event what it changed, whatever page it is on."""

import pytest
from rest_framework.test import APIClient

from claims.workflow import recording
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = make.recorded(statement="The bridge has 0 lanes")
    for n in range(1, 8):
        recording.revise(claim, {"statement": f"The bridge has {n} lanes"}, reason="counted again", by=make.REPORTER)
    return claim


@pytest.fixture
def get():
    client = APIClient()
    client.force_authenticate(make.user("reporter"))
    return client.get


def test_the_pages_of_a_history_are_its_events_in_order(get, claim):
    whole = get(f"/api/v1/claims/{claim}/events/").json()
    assert (whole["next"], whole["previous"], len(whole["results"])) == (None, None, 8)
    for size in (1, 3, 8):
        seen, onward = [], f"/api/v1/claims/{claim}/events/?page_size={size}"
        while onward:
            last = get(onward).json()
            seen += last["results"]
            onward = last["next"]
        assert seen == whole["results"]
        back = last["results"]
        while last["previous"]:
            last = get(last["previous"]).json()
            back = last["results"] + back
        assert back == whole["results"]


def test_an_event_of_a_later_page_says_what_stood_there_before(get, claim):
    first = get(f"/api/v1/claims/{claim}/events/?page_size=5").json()
    (change,) = get(first["next"]).json()["results"][0]["changes"]
    assert (change["before"], change["after"]) == ("The bridge has 4 lanes", "The bridge has 5 lanes")


@pytest.mark.parametrize("asked", [{"page": "2"}, {"page_size": "0"}, {"cursor": "x"}])
def test_what_cannot_be_asked_is_named(get, claim, asked):
    answer = get(f"/api/v1/claims/{claim}/events/", asked)
    assert answer.status_code == 400
    assert set(asked) == set(answer.json()["errors"])
