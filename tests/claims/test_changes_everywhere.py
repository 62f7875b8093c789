"""What a correction changed is told from old to new: in a claim's history over REST, in the feed, to webhooks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from claims import erasure
from claims.exchange.formats.cloudevents import cloud_events
from claims.ledger import history
from claims.workflow import recording, review
from sources.roles import Role
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    client = APIClient()
    client.force_authenticate(make.user(Role.REVIEWER))
    return client


@pytest.fixture
def claim():
    """Written down, accepted, corrected twice."""
    made = make.recorded(statement="ستبلغ التجارة 200 مليار", tags=("تجارة",))
    review.accept(made, by=make.REVIEWER)
    for changes in ({"statement": "ستبلغ التجارة 300 مليار", "tags": []}, {"statement": "ستبلغ التجارة 250 مليار"}):
        recording.revise(made, changes, reason="الرقم", by=make.REVIEWER)
    return made


def told(client, claim):
    return client.get(f"/api/v1/claims/{claim}/events/").json()["results"]


def test_each_event_lists_the_fields_that_it_changed_before_and_after(reviewer, claim):
    assert [event["changes"] for event in told(reviewer, claim)] == [
        [],
        [],
        [
            {"field": "statement", "before": "ستبلغ التجارة 200 مليار", "after": "ستبلغ التجارة 300 مليار"},
            {"field": "tags", "before": ["تجارة"], "after": []},
        ],
        [{"field": "statement", "before": "ستبلغ التجارة 300 مليار", "after": "ستبلغ التجارة 250 مليار"}],
    ]


def test_dates_are_told_whole_as_everywhere(reviewer, claim):
    review.schedule(claim, due=ImpreciseDate(edtf="2031-21"), reason="ربيعا", by=make.REVIEWER)
    (change,) = told(reviewer, claim)[-1]["changes"]
    assert (change["field"], change["before"]) == ("due", None)
    assert change["after"] == reviewer.get(f"/api/v1/claims/{claim}/").json()["due"]


def test_a_longer_history_asks_the_database_no_more(reviewer, claim):
    reviewer.get(f"/api/v1/claims/{claim}/events/")
    with CaptureQueriesContext(connection) as few:
        told(reviewer, claim)
    for number in range(9):
        recording.revise(claim, {"statement": f"ستبلغ التجارة {number} مليارات"}, reason="الرقم", by=make.REVIEWER)
    with CaptureQueriesContext(connection) as many:
        assert len(told(reviewer, claim)) == 13
    assert len(many) == len(few)


def test_the_feed_tells_it_in_the_data_of_what_can_change_a_claim(reviewer, claim):
    events = [event for event in reviewer.get("/api/v1/events/").json()["results"] if event["subject"] == str(claim)]
    assert ["changed" in event["data"] for event in events] == [False, False, True, True]
    assert [event["data"]["changed"] for event in events[2:]] == [event["changes"] for event in told(reviewer, claim)[2:]]
    assert events[2]["data"]["changes"] == {"statement": "ستبلغ التجارة 300 مليار", "tags": []}  # the event's own, as ever


def test_a_page_of_the_feed_that_begins_after_the_correction_before_knows_what_stood_there(reviewer, claim):
    page = reviewer.get("/api/v1/events/").json()["results"]
    (last,) = reviewer.get("/api/v1/events/", {"after": page[-2]["position"]}).json()["results"]
    assert last["data"]["changed"][0]["before"] == "ستبلغ التجارة 300 مليار"


def test_a_page_of_the_feed_fetches_the_histories_of_its_corrections_at_once_and_of_nothing_else():
    claims = [make.recorded() for _ in range(4)]
    untouched = list(history.feed())
    for made in claims:
        recording.revise(made, {"notes": "ن"}, reason="r", by=make.REVIEWER)
    corrected = list(history.feed())
    with CaptureQueriesContext(connection) as none:
        cloud_events(untouched)
    with CaptureQueriesContext(connection) as one:
        cloud_events(corrected)
    assert (len(none), len(one)) == (0, 1)


def test_what_was_erased_stays_struck_in_what_stood_before(reviewer):
    claim = make.recorded(statement="قال شاكر الزيتوني إن التجارة ستبلغ 200")
    recording.revise(claim, {"statement": "قال الوزير إن التجارة ستبلغ 200"}, reason="بلا اسم", by=make.REVIEWER)
    erasure.erase(["شاكر الزيتوني"], reason="طلب صاحبه", by=make.EDITOR)
    (change,) = told(reviewer, claim)[-1]["changes"]
    assert change["before"] == "قال ████ ████████ إن التجارة ستبلغ 200"
    feed = reviewer.get("/api/v1/events/").content.decode()
    assert "الزيتوني" not in feed
    assert feed.count("████ ████████") == 2  # as recorded, and as it stood before
