"""`manage.py watch` and `manage.py feed`."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from sources.capturing.capture import capture
from sources.importers import incoming
from sources.models import Document, Feed, FeedEntry, Snapshot, Watch
from tests.make import REPORTER
from tests.sources.site import article
from tests.sources.watching.conftest import watch_of

pytestmark = pytest.mark.django_db
TEXT = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."


def run(*words):
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


@pytest.fixture
def page(site):
    return incoming.capture_address(site.says("/news/1", article(TEXT)), by=REPORTER).document


def test_pages_are_shown_without_being_looked_at(page, site):
    asked = len(site.requests)
    assert "1 page, 0 of them gone." in run("watch")
    assert len(site.requests) == asked


def test_all_pages_are_looked_at_now_though_watching_is_off(page, site, settings):
    settings.WATCHING = False
    other = incoming.capture_address(site.says("/news/2", article(f"{TEXT} وزاد.")), by=REPORTER).document
    site.says("/news/1", article(TEXT.replace("200", "150")))
    site.says("/news/2", status=404)
    told = run("watch", "--now")
    assert "WATCHING=0" in told
    assert (watch_of(page).outcome, watch_of(other).outcome, Snapshot.objects.count()) == ("changed", "answered", 3)


def test_a_site_that_wants_its_pause_is_waited_for(page, site, settings):
    settings.WATCHING_PAUSE = 0.3
    incoming.capture_address(site.says("/news/2", article(f"{TEXT} وزاد.")), by=REPORTER)
    run("watch", "--now")
    assert set(Watch.objects.values_list("outcome", flat=True)) == {"unchanged"}
    assert site.paths.count("/news/1") == site.paths.count("/news/2") == 2


def test_a_page_is_named_by_its_id_or_its_address_and_watched_from_then_on(site):
    url = site.says("/news/3", article(TEXT))
    document = capture(TEXT, by=REPORTER, url=url).document
    assert "1 page, " in run("watch", url)
    run("watch", "--now", str(document.pk))
    assert watch_of(document).outcome == "changed"  # a page says more than what somebody copied of it
    assert (watch_of(document).attention, Document.objects.count()) == ("on", 1)


def test_pages_that_came_from_the_web_are_adopted_after_a_load(page):
    capture(TEXT, by=REPORTER, url="https://example.org/given")
    Watch.objects.all().delete()
    assert "1 page, " in run("watch", "--adopt")
    assert watch_of(page).attention == "on"


def test_what_cannot_be_watched_is_told_in_a_sentence(db):
    document = capture(TEXT, by=REPORTER).document
    for said in ("https://nowhere.example/", "0191d5d0-0000-7000-8000-000000000000", str(document.pk)):
        with pytest.raises(CommandError):
            run("watch", said)


def test_a_feed_is_added_polled_shown_and_removed(site):
    assert "No feed" in run("feed")
    item = f"<item><title>خبر</title><link>{site.url}/news/1</link></item>"
    url = site.says("/feed", f"<rss version='2.0'><channel><title>م</title>{item}</channel></rss>", headers={"Content-Type": "text/xml"})
    run("feed", "add", url, "--outlet", "المرفأ", "--every", "60")
    assert "changed" in run("feed", "poll")
    assert (Feed.objects.get().every, FeedEntry.objects.count()) == (60, 1)
    assert "المرفأ" in run("feed")
    for wrong in (
        ["add", url, "--outlet", "المرفأ"],
        ["add", url],
        ["add", "nonsense", "--outlet", "م"],
        ["poll", "https://other.example/"],
    ):
        with pytest.raises(CommandError):
            run("feed", *wrong)
    run("feed", "remove", url)
    assert not Feed.objects.exists()
