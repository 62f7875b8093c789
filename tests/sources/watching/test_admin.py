"""What is watched, in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from config import metrics
from sources import jobs, watching
from sources.capturing.capture import capture
from sources.importers import incoming
from sources.models import Feed, OutletWatch
from sources.roles import Role
from tests import make
from tests.sources.site import article
from tests.sources.watching.conftest import hours, look, watch_of

pytestmark = pytest.mark.django_db
TEXT = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."


@pytest.fixture
def page(site, clock):
    return incoming.capture_address(site.says("/news/1", article(TEXT)), by=make.REPORTER).document


@pytest.fixture
def desk(client):
    def sign_in(role=Role.REVIEWER):
        client.force_login(make.user(role))
        return client

    return sign_in


def shown(client, document):
    return client.get(reverse("admin:sources_document_change", args=[document.pk])).content.decode()


def step(client, document, **words):
    return client.post(reverse("admin:sources_document_watch", args=[document.pk]), words, follow=True)


def gone(page, site, clock):
    site.says("/news/1", status=404)
    for _ in range(3):
        look(page)
        clock.shift(hours(25))


def test_a_document_tells_how_its_page_stands(page, site, clock, desk):
    told = shown(desk(), page)
    assert "It is watched." in told
    assert "Look now" in told
    gone(page, site, clock)
    told = shown(desk(), page)
    assert "Gone: every look has failed since" in told
    assert "HTTP 404" in told


def test_a_page_is_looked_at_paused_stopped_and_watched_again(page, clock, desk):
    client = desk()
    step(client, page, attention="check")
    assert watching.take_turn() == 1
    step(client, page, attention="paused", off_until="2023-02-01")
    assert watch_of(page).off_until.isoformat() == "2023-02-01"
    assert "It rests until 1 February 2023." in shown(client, page)
    assert "is no day" in step(client, page, attention="paused", off_until="soon").content.decode()
    step(client, page, attention="stopped")
    assert watch_of(page).attention == "stopped"
    assert "Look now" not in shown(client, page)
    step(client, page, attention="on")
    assert watch_of(page).attention == "on"
    assert client.get(reverse("admin:sources_document_watch", args=[page.pk])).status_code == 405


def test_a_decision_that_is_none_changes_nothing(page, desk):
    before = watch_of(page).attention
    assert [step(desk(), page, **words).status_code for words in ({}, {"attention": "nonsense"})] == [404, 404]
    assert watch_of(page).attention == before == "on"


def test_a_text_that_was_given_is_watched_where_somebody_asks_for_it(site, desk):
    document = capture(TEXT, by=make.REPORTER, url=site.says("/news/2", article(TEXT))).document
    client = desk()
    assert "It is not watched" in shown(client, document)
    step(client, document, attention="on")
    assert watch_of(document).attention == "on"


def test_who_may_not_is_offered_nothing_and_refused(page, desk):
    client = desk(Role.REPORTER)
    assert "Stop watching" not in shown(client, page)
    assert step(client, page, attention="stopped").status_code == 403
    assert watch_of(page).attention == "on"


def test_watched_pages_are_listed_narrowed_and_seen_to(page, site, clock, desk):
    client, address = desk(), reverse("admin:sources_watch_changelist")
    assert page.title in client.get(address).content.decode()
    assert page.title not in client.get(address, {"standing": "gone"}).content.decode()
    for action, attention in (("stop_watching", "stopped"), ("watch_again", "on"), ("look_now", "on")):
        client.post(address, {"action": action, "_selected_action": [str(page.pk)]})
        assert watch_of(page).attention == attention
    gone(page, site, clock)
    assert page.title in client.get(address, {"standing": "gone"}).content.decode()
    assert client.get(reverse("admin:sources_watch_change", args=[page.pk])).status_code == 200


def test_an_outlet_is_taken_off_the_watch(page, desk):
    client, address = desk(), reverse("admin:sources_outlet_changelist")
    client.post(address, {"action": "stop_all", "_selected_action": [str(page.outlet_id)]})
    assert OutletWatch.objects.get().attention == "stopped"
    assert "no longer watched" in client.get(address).content.decode()
    client.post(address, {"action": "watch_all", "_selected_action": [str(page.outlet_id)]})
    assert OutletWatch.objects.get().attention == "on"


def test_a_feed_is_added_changed_polled_and_removed(site, clock, desk):
    client = desk()
    url = site.says("/feed", "<rss></rss>")
    client.post(reverse("admin:sources_feed_add"), {"url": url, "source": "المرفأ", "every": 60, "pages": "on"})
    feed = Feed.objects.get()
    assert (feed.outlet.name, feed.every, feed.pages) == ("المرفأ", 60, True)
    address = reverse("admin:sources_feed_change", args=[feed.pk])
    assert url in client.get(address).content.decode()
    client.post(address, {"every": 90})
    feed.refresh_from_db()
    assert (feed.every, feed.pages, feed.url) == (90, False, url)
    again = client.post(reverse("admin:sources_feed_add"), {"url": url, "source": "المرفأ", "every": 60})
    assert (again.status_code, Feed.objects.count()) == (200, 1)
    assert client.post(reverse("admin:sources_feed_add"), {"url": "https://a.example/", "source": "م", "every": 1}).status_code == 200
    watching.do(jobs.lease_one(f"poll:{feed.pk}", 300))
    assert "this is no feed" in client.get(reverse("admin:sources_feed_changelist")).content.decode()
    client.post(reverse("admin:sources_feed_changelist"), {"action": "remove", "_selected_action": [feed.pk]})
    assert not Feed.objects.exists()


def test_a_reporter_adds_no_feed(desk):
    assert desk(Role.REPORTER).get(reverse("admin:sources_feed_add")).status_code == 403


def test_the_front_page_and_the_figures_count_what_is_watched(page, site, clock, desk, settings):
    gone(page, site, clock)
    client = desk()
    told = client.get(reverse("admin:index")).content.decode()
    assert f'{reverse("admin:sources_watch_changelist")}?standing=gone">1<' in told
    page_of_figures = metrics.render_metrics().decode()
    assert 'isnad_watched_pages{standing="gone"} 1.0' in page_of_figures
    assert 'isnad_watched_feeds{standing="on"} 0.0' in page_of_figures
    settings.WATCHING = False
    assert "switched off (WATCHING=0)" in client.get(reverse("admin:index")).content.decode()


def test_the_list_of_pages_asks_the_same_number_of_queries_however_many(site, clock, desk):
    client, asked = desk(), []
    for number in range(4):
        incoming.capture_address(site.says(f"/news/{number}", article(f"{TEXT} ({number})")), by=make.REPORTER)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("admin:sources_watch_changelist"))
        asked.append(len(queries))
    assert asked[1] == asked[3]
