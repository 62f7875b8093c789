"""What is watched, over HTTP."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from sources import jobs, watching
from sources.capturing.capture import capture
from sources.importers import incoming
from sources.models import Feed, Watch
from sources.roles import Role
from tests import make
from tests.sources.site import article
from tests.sources.watching.conftest import look, watch_of

pytestmark = pytest.mark.django_db
TEXT = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."


@pytest.fixture
def page(site, clock):
    return incoming.capture_address(site.says("/news/1", article(TEXT)), by=make.REPORTER).document


def client(role=Role.REVIEWER):
    asking = APIClient()
    asking.force_authenticate(make.user(role))
    return asking


def test_a_pages_looks_are_told(page, site):
    site.says("/news/1", status=404)
    look(page)
    told = client().get(f"/api/v1/documents/{page.pk}/watch/").json()
    assert (told["attention"], told["resting"], told["outcome"], told["status"], told["failures"]) == ("on", False, "answered", 404, 1)
    assert (told["document"], told["url"], told["snapshot"]) == (str(page.pk), page.url, str(watch_of(page).snapshot_id))
    assert told["told"]
    arabic = client().get(f"/api/v1/documents/{page.pk}/watch/", headers={"Accept-Language": "ar"}).json()
    assert arabic["told"] != told["told"]


def test_a_page_is_paused_stopped_and_watched_again(page):
    asking, address = client(), f"/api/v1/documents/{page.pk}/watch/"
    paused = asking.patch(address, {"attention": "paused", "off_until": "2023-02-01"}).json()
    assert (paused["attention"], paused["off_until"], paused["resting"]) == ("paused", "2023-02-01", True)
    assert asking.patch(address, {"attention": "stopped"}).json()["next_at"] is None
    assert asking.post(f"/api/v1/documents/{page.pk}/check/").status_code == 409
    assert asking.patch(address, {"attention": "on"}).json()["resting"] is False
    assert asking.patch(address, {"attention": "asleep"}).status_code == 400
    assert asking.patch(address, {"attention": "on", "off_until": "2023-02-01"}).status_code == 400


def test_a_page_that_was_never_watched_is_none_until_somebody_watches_it(site):
    document = capture(TEXT, by=make.REPORTER, url=site.says("/news/2", article(TEXT))).document
    bare = capture("نص بلا عنوان على الويب.", by=make.REPORTER).document
    asking = client()
    assert asking.get(f"/api/v1/documents/{document.pk}/watch/").status_code == 404
    assert asking.patch(f"/api/v1/documents/{document.pk}/watch/", {"attention": "on"}).status_code == 200
    assert asking.patch(f"/api/v1/documents/{bare.pk}/watch/", {"attention": "on"}).status_code == 409


def test_a_look_is_asked_for(page, clock):
    answer = client(Role.REPORTER).post(f"/api/v1/documents/{page.pk}/check/", headers={"Idempotency-Key": "look-1"})
    assert answer.status_code == 202
    assert watching.take_turn() == 1


def test_it_takes_a_reviewer(page):
    reporter = client(Role.REPORTER)
    assert reporter.patch(f"/api/v1/documents/{page.pk}/watch/", {"attention": "stopped"}).status_code == 403
    assert reporter.patch(f"/api/v1/outlets/{page.outlet_id}/watch/", {"attention": "stopped"}).status_code == 403
    assert reporter.post("/api/v1/feeds/incoming/", {"url": "https://example.org/feed", "outlet": "المرفأ"}).status_code == 403
    assert APIClient().get("/api/v1/watches/").status_code in (401, 403)


def test_an_outlet_rests_with_all_its_pages(page):
    asking, address = client(), f"/api/v1/outlets/{page.outlet_id}/watch/"
    assert asking.get(address).json()["attention"] == "on"
    assert asking.patch(address, {"attention": "stopped"}).json()["attention"] == "stopped"
    assert asking.get(f"/api/v1/documents/{page.pk}/watch/").json()["resting"] is True


def test_pages_are_listed_by_how_they_stand(page, site):
    other = incoming.capture_address(site.says("/news/2", article(f"{TEXT} وزاد.")), by=make.REPORTER).document
    site.says("/news/2", status=410)
    look(other)
    asking = client()

    def listed(**words):
        return [row["document"] for row in asking.get("/api/v1/watches/", words).json()["results"]]

    assert listed() == [str(other.pk), str(page.pk)]
    with CaptureQueriesContext(connection) as queries:
        listed()
    assert len([query for query in queries if "sources_outletwatch" in query["sql"]]) == 1
    assert listed(standing="failing") == [str(other.pk)]
    assert listed(standing="gone") == []
    assert listed(outlet=str(page.outlet_id)) == listed()
    assert asking.get("/api/v1/watches/", {"standing": "well"}).status_code == 400
    assert asking.get("/api/v1/watches/", {"outlet": "1"}).status_code == 400


def test_feeds_are_added_changed_polled_and_removed(site, clock):
    asking = client()
    url = site.says("/feed", "<rss></rss>")
    made = asking.post("/api/v1/feeds/incoming/", {"url": url, "outlet": "المرفأ", "every": 60}, headers={"Idempotency-Key": "feed-1"})
    assert made.status_code == 201
    told = made.json()
    assert (told["source"], told["every"], told["pages"], told["attention"]) == ("المرفأ", 60, True, "on")
    address = f"/api/v1/feeds/incoming/{told['id']}/"
    again = asking.post("/api/v1/feeds/incoming/", {"url": url, "outlet": "المرفأ", "every": 60}, headers={"Idempotency-Key": "feed-1"})
    assert again.json()["id"] == told["id"]
    assert asking.post("/api/v1/feeds/incoming/", {"url": url, "outlet": "المرفأ"}).status_code == 409
    assert asking.post("/api/v1/feeds/incoming/", {"url": "feed", "outlet": "المرفأ"}).status_code == 400
    assert asking.patch(address, {"every": 1}).status_code == 400
    assert asking.patch(address, {"every": 90, "pages": False}).json()["every"] == 90
    assert asking.post(f"{address}check/").status_code == 202
    watching.do(jobs.lease_one(f"poll:{told['id']}", 300))
    assert asking.get(address).json()["outcome"] == "no_feed"
    assert asking.patch(address, {"attention": "paused", "off_until": "2023-03-01"}).json()["resting"] is True
    assert [row["id"] for row in asking.get("/api/v1/feeds/incoming/").json()["results"]] == [told["id"]]
    assert asking.delete(address).status_code == 204
    assert not Feed.objects.exists()


def test_nothing_is_watched_by_looking(page):
    before = Watch.objects.get().next_at
    client().get("/api/v1/watches/")
    assert Watch.objects.get().next_at == before
