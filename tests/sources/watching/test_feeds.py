"""Feeds are polled, and what is new in them becomes documents."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sources import jobs, watching
from sources.importers import incoming
from sources.models import Document, Feed, FeedEntry, Snapshot, Watch, Work
from sources.roles import NotAllowed
from sources.watching import feeds
from tests.make import REPORTER, REVIEWER
from tests.sources.site import article

pytestmark = pytest.mark.django_db
TEXT = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."


def rss(site, *numbers, text="موجز الخبر."):
    """A feed with these entries, newest first."""
    items = "".join(
        f"<item><title>خبر {n}</title><link>{site.url}/news/{n}</link><guid>n{n}</guid>"
        f"<pubDate>Sun, 01 Jan 2023 08:00:00 GMT</pubDate><description>{text}</description></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>المرفأ</title><language>ar</language>{items}</channel></rss>'


def publish(site, *numbers, **words):
    """The feed has these entries now, each with a page."""
    for number in numbers:
        if f"/news/{number}" not in site.answers:
            site.says(f"/news/{number}", article(f"{TEXT} خبر {number}.", title=f"صفحة {number}"))
    return site.says("/feed", rss(site, *numbers, **words), headers={"Content-Type": "application/rss+xml"})


@pytest.fixture
def feed(site, clock):
    return feeds.add(publish(site, 2, 1), "المرفأ", by=REVIEWER)


def turn(kind):
    """Does what is due of this kind; what came of each."""
    told = []
    while taken := jobs.lease(kind, 10, 300):
        told += [watching.do(owed) for owed in taken]
    return told


def test_new_entries_become_documents_from_their_pages_and_are_watched(feed, site):
    assert turn("poll") == ["changed"]
    assert turn("entry") == ["changed", "changed"]
    first, second = Document.objects.order_by("created_at")
    assert (first.title, second.title, first.outlet.name, first.language) == ("خبر 1", "خبر 2", "المرفأ", "ar")
    assert first.published["edtf"] == "2023-01-01"
    assert TEXT in first.snapshots.get().text
    assert Watch.objects.count() == 2
    assert Work.objects.filter(kind="read").count() == 2


def test_what_was_there_is_not_taken_again_and_nothing_of_it_is_kept_beside(feed, site, clock):
    turn("poll")
    turn("entry")
    assert not FeedEntry.objects.exclude(told=None).exists()
    publish(site, 3, 2)
    clock.shift(timedelta(hours=1))
    assert turn("poll") == ["changed"]
    assert turn("entry") == ["changed"]
    assert Document.objects.count() == 3


def test_a_document_that_somebody_captured_before_is_known(feed, site):
    incoming.capture_address(f"{site.url}/news/1", by=REPORTER, outlet="المرفأ")
    turn("poll")
    assert len(turn("entry")) == 1
    assert Document.objects.count() == 2


def test_without_news_it_is_polled_more_rarely_and_with_news_as_asked_for(feed, site, clock):
    turn("poll")
    first = Feed.objects.get()
    assert timedelta(minutes=30) <= first.next_at - timezone.now() <= timedelta(minutes=33)
    clock.move_to(first.next_at)
    assert turn("poll") == ["unchanged"]
    assert Feed.objects.get().next_at - timezone.now() >= timedelta(hours=1)
    publish(site, 4)
    clock.move_to(Feed.objects.get().next_at)
    turn("poll")
    assert Feed.objects.get().next_at - timezone.now() <= timedelta(minutes=33)


def test_a_feed_that_has_not_changed_is_not_sent_again(site, clock):
    url = site.knows("/feed", rss(site, 1), etag='"1"')
    feeds.add(url, "المرفأ", by=REVIEWER)
    turn("poll")
    clock.shift(timedelta(hours=1))
    assert turn("poll") == ["unchanged"]
    assert Feed.objects.get().status == 304


def test_where_a_page_is_forbidden_or_gone_what_the_feed_carries_is_taken(feed, site, clock):
    site.says("/robots.txt", "User-agent: *\nDisallow: /news/1$", headers={"Content-Type": "text/plain"})
    site.says("/news/2", status=404)
    turn("poll")
    assert sorted(turn("entry")) == ["answered", "denied"]
    assert Document.objects.get().title == "خبر 1"
    for _ in range(2):
        clock.shift(timedelta(minutes=2))
        turn("entry")
    assert {snapshot.text for snapshot in Snapshot.objects.all()} == {"موجز الخبر."}
    assert (Document.objects.count(), Watch.objects.count(), Work.objects.filter(kind="entry", done_at=None).count()) == (2, 0, 0)


def test_an_entry_that_is_erased_while_its_page_is_fetched_is_not_kept(feed, site, monkeypatch):
    turn("poll")
    asked = feeds.fetch_politely

    def erased_meanwhile(*args, **words):
        found = asked(*args, **words)
        FeedEntry.objects.update(told=None)
        return found

    monkeypatch.setattr(feeds, "fetch_politely", erased_meanwhile)
    assert turn("entry") == ["gone_away", "gone_away"]
    assert not Document.objects.exists()


def test_a_feed_may_carry_all_that_is_wanted(site, clock):
    feeds.add(publish(site, 1, text=TEXT), "المرفأ", by=REVIEWER, pages=False)
    turn("poll")
    turn("entry")
    assert Snapshot.objects.get().text == TEXT
    assert site.paths == ["/robots.txt", "/feed"]


def test_an_archive_is_not_taken_whole(site, clock):
    feeds.add(site.says("/feed", rss(site, *range(500, 0, -1)), headers={"Content-Type": "application/rss+xml"}), "المرفأ", by=REVIEWER)
    turn("poll")
    assert FeedEntry.objects.count() == feeds.MOST


@pytest.mark.parametrize(
    ("said", "status", "outcome"), [("no feed", 200, "no_feed"), ("", 404, "answered"), ("<rss></rss>", 200, "no_feed")]
)
def test_a_feed_that_fails_is_tried_again_and_told(feed, site, said, status, outcome):
    site.says("/feed", said, status)
    assert turn("poll") == [outcome]
    feed.refresh_from_db()
    assert (feed.outcome, feed.failures) == (outcome, 1)
    assert feed.next_at - timezone.now() >= timedelta(minutes=15)


def test_a_feed_is_added_once_by_who_may(feed):
    with pytest.raises(feeds.FeedThere):
        feeds.add(feed.url, "آخر", by=REVIEWER)
    with pytest.raises(NotAllowed):
        feeds.add("https://example.org/feed", "المرفأ", by=REPORTER)
    with pytest.raises(feeds.BadPace):
        feeds.add("https://example.org/feed", "المرفأ", by=REVIEWER, every=1)


def test_a_feed_that_was_removed_leaves_its_documents_and_owes_nothing(feed, site):
    turn("poll")
    feeds.remove(feed, by=REVIEWER)
    assert not Work.objects.filter(kind__in=("poll", "entry")).exists()
    assert not FeedEntry.objects.exists()


def test_a_feed_that_rests_is_left_alone(feed, site, clock):
    watching.stop(feed, by=REVIEWER)
    assert turn("poll") == ["resting"]
    watching.resume(feed, by=REVIEWER)
    assert turn("poll") == ["changed"]
