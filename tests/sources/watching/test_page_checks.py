"""A page that was captured from the web is looked at again: edited, deleted, moved, back again."""

import gzip
import time
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from sources import jobs, signals, tasks, watching
from sources.capturing.capture import capture
from sources.importers import incoming
from sources.models import Document, Snapshot, Watch, Work
from sources.watching import page_checks
from tests.make import REPORTER, REVIEWER
from tests.sources.site import article
from tests.sources.watching.conftest import due, hours, look, watch_of

pytestmark = pytest.mark.django_db
FIRST = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."
EDITED = "قال وزير النقل إن المرفأ سيستقبل 150 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."


@pytest.fixture
def page(site, clock):
    """A page that was fetched: its document."""
    return incoming.capture_address(site.says("/news/1", article(FIRST)), by=REPORTER).document


@pytest.fixture
def turned():
    """The documents of which it was told that their page is another, gone or back."""
    heard = []

    def listen(sender, *, document, **words):
        heard.append(document)

    signals.page_turned.connect(listen)
    yield heard
    signals.page_turned.disconnect(listen)


def test_a_page_that_came_from_the_web_is_watched_from_then_on(page):
    watch = watch_of(page)
    assert (watch.snapshot, watch.attention, watch.outcome) == (Snapshot.objects.get(), "on", "unchanged")
    assert due(page) == watch.next_at == timezone.now() + hours(1)


def test_a_text_that_somebody_gave_is_not_watched_though_it_has_an_address():
    capture(FIRST, by=REPORTER, url="https://example.org/news/1")
    incoming.capture_bytes(article(FIRST).encode(), by=REPORTER, url="https://example.org/news/2", media_type="text/html")
    assert not Watch.objects.exists()
    assert not Work.objects.filter(kind="watch").exists()


def test_what_has_not_changed_is_looked_at_later_and_later(page, site, clock, turned):
    for pace in (2, 4, 8):
        clock.move_to(due(page))
        assert look(page) == "unchanged"
        assert hours(pace) <= due(page) - timezone.now() <= hours(pace) * 1.1
    assert (Snapshot.objects.count(), turned, watch_of(page).seen_at) == (1, [], timezone.now())


def test_a_changed_text_is_a_new_snapshot_with_its_bytes_and_headers(page, site, clock, turned):
    clock.shift(hours(1))
    site.says("/news/1", article(EDITED), headers={"Server": "harbour"})
    assert look(page) == "changed"
    old, new = page.snapshots.order_by("captured_at")
    assert ("150 سفينة" in new.text, "200 سفينة" in old.text) == (True, True)
    assert bytes(new.raw) == article(EDITED).encode()
    assert ["Server", "harbour"] in new.fetched["headers"]
    watch = watch_of(page)
    assert (watch.snapshot, watch.changed_at, turned) == (new, timezone.now(), [page])
    assert due(page) - timezone.now() < hours(1.2)


def test_a_change_beside_the_article_is_none(page, site, turned):
    site.says("/news/1", article(FIRST).replace("</body>", "<footer>now</footer></body>"))
    assert look(page) == "unchanged"
    assert (Snapshot.objects.count(), turned) == (1, [])


def test_a_page_that_goes_back_to_what_it_said_shows_its_first_snapshot_again(page, site, clock, turned):
    first = watch_of(page).snapshot
    site.says("/news/1", article(EDITED))
    look(page)
    clock.shift(hours(1))
    site.says("/news/1", article(FIRST))
    assert look(page) == "changed"
    assert (watch_of(page).snapshot, Snapshot.objects.count(), turned) == (first, 2, [page, page])


def test_a_page_without_an_outlet_stays_the_same_document(site, clock):
    url = site.says("/plain", FIRST, headers={"Content-Type": "text/plain; charset=utf-8"})
    document = incoming.capture_address(url, by=REPORTER).document
    site.says("/plain", article(EDITED))
    assert look(document) == "changed"
    assert Document.objects.get().snapshots.count() == 2


def test_a_server_that_knows_its_pages_is_asked_for_changes_only(site, clock):
    url = site.knows("/news/1", article(FIRST), etag='"v1"', modified="Mon, 02 Jan 2023 00:00:00 GMT")
    document = incoming.capture_address(url, by=REPORTER).document
    assert look(document) == "unchanged"
    assert watch_of(document).status == 304
    site.knows("/news/1", article(EDITED), etag='"v2"')
    assert look(document) == "changed"
    asked = [request.headers for request in site.requests if request.path == "/news/1"]
    assert [headers.get("if-none-match") for headers in asked] == [None, '"v1"', '"v1"']
    assert asked[1]["if-modified-since"] == "Mon, 02 Jan 2023 00:00:00 GMT"
    assert watch_of(document).etag == '"v2"'


# ── gone, and back


@pytest.mark.parametrize("status", [404, 410, 500])
def test_what_fails_three_times_over_48_hours_is_gone_and_is_told_once(page, site, clock, turned, status):
    site.says("/news/1", status=status)
    began = timezone.now()
    while timezone.now() < began + hours(48):
        assert look(page) == "answered"
        assert watch_of(page).gone_since is None
        clock.move_to(due(page))
    assert turned == []
    assert look(page) == "answered"
    watch = watch_of(page)
    assert watch.gone_since == timezone.now() >= began + hours(48)
    assert (watch.failing_since, watch.status, turned) == (began, status, [page])
    clock.move_to(due(page))
    look(page)
    assert (watch_of(page).gone_since, turned) == (watch.gone_since, [page])


def test_two_failures_are_not_enough_however_long(page, site, clock, turned):
    site.says("/news/1", status=404)
    look(page)
    clock.shift(hours(500))  # nothing ran meanwhile
    look(page)
    assert watch_of(page).gone_since is None
    clock.shift(timedelta(minutes=1))
    look(page)
    assert watch_of(page).gone_since


def gone(page, site, clock):
    site.says("/news/1", status=410)
    for _ in range(3):
        look(page)
        clock.shift(hours(24))
    site.says("/news/1", article(FIRST))


def test_what_comes_back_is_told_and_nothing_of_its_failures_counts_any_more(page, site, clock, turned):
    gone(page, site, clock)
    assert watch_of(page).gone_since
    assert look(page) == "unchanged"
    watch = watch_of(page)
    assert (watch.gone_since, watch.failures, watch.failing_since, turned) == (None, 0, None, [page, page])
    site.says("/news/1", status=404)
    look(page)
    assert (watch_of(page).failures, watch_of(page).gone_since) == (1, None)


def test_a_page_that_leads_to_the_front_page_now_has_failed(page, site):
    site.says("/", article("أخبار اليوم كلها في صفحة واحدة. " * 20))
    site.says("/news/1", status=302, headers={"Location": "/"})
    assert look(page) == "front_page"
    assert (watch_of(page).failures, Snapshot.objects.count()) == (1, 1)


def test_a_page_that_has_moved_is_followed(page, site):
    site.says("/archive/1", article(EDITED))
    site.says("/news/1", status=301, headers={"Location": "/archive/1"})
    assert look(page) == "changed"
    assert watch_of(page).snapshot.fetched["redirects"] == [f"{site.url}/news/1"]


def test_a_page_without_an_article_has_failed_and_what_was_kept_stays(page, site):
    site.says("/news/1", "<!doctype html><html><body></body></html>")
    assert look(page) == "unread"
    assert (watch_of(page).failures, watch_of(page).snapshot) == (1, Snapshot.objects.get())


def test_what_the_web_does_is_a_failure_of_the_page_and_none_of_ours(page, site, settings):
    settings.MAX_TEXT_BYTES = 100_000
    began = time.monotonic()
    for what, outcome in [
        (lambda: site.says("/news/1", status=302, headers={"Location": "/news/1"}), "redirects"),
        (lambda: site.says("/news/1", status=302, headers={"Location": "http://10.0.0.1/"}), "inside"),
        (lambda: site.stalls("/news/1", after=b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n", drop=b"x"), "timeout"),
        (lambda: site.says("/news/1", article(EDITED), headers={"Content-Length": "9999"}), "broken"),
        (lambda: site.says("/news/1", article(EDITED), headers={"Content-Length": "99"}), "broken"),
        (lambda: site.says("/news/1", gzip.compress(b"\0" * 50_000_000), headers={"Content-Encoding": "gzip"}), "too_large"),
        (lambda: site.says("/news/1", b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "unread"),
    ]:
        what()
        assert look(page) == outcome
        assert watch_of(page).outcome == outcome
    assert (watch_of(page).failures, Snapshot.objects.count()) == (7, 1)
    assert Work.objects.get(kind="watch").error == ""
    assert time.monotonic() - began < 30  # two on an idle machine; one of them would stall for ever


def test_a_name_that_leads_inside_now_leads_nowhere(site, clock):
    settings_port = site.port
    site.says("/news/1", article(FIRST))
    document = incoming.capture_address(f"http://127.0.0.1:{settings_port}/news/1", by=REPORTER).document
    Document.objects.filter(pk=document.pk).update(url=f"http://rebound.example:{settings_port}/news/1")
    assert look(document, lambda host, port: ["10.0.0.1"]) == "inside"
    assert look(document, lambda host, port: ["127.0.0.1"]) == "unchanged"


# ── asked to wait


@pytest.mark.parametrize(("status", "said", "wait"), [(429, "1800", 0.5), (503, "7200", 2), (429, None, 1 / 6)])
def test_a_site_that_asks_to_come_back_later_is_left_alone_so_long_whatever_page_of_it(page, site, clock, status, said, wait):
    other = incoming.capture_address(site.says("/news/2", article(FIRST)), by=REPORTER).document
    site.says("/news/1", status=status, headers={"Retry-After": said})
    assert look(page) == "later"
    watch = watch_of(page)
    assert (watch.failures, watch.status) == (0, status)
    assert hours(wait) <= due(page) - timezone.now() <= hours(wait) * 1.1
    asked = len(site.requests)
    assert look(other) == "busy"
    assert (due(other) >= timezone.now() + hours(wait), len(site.requests)) == (True, asked)
    clock.move_to(due(other))
    assert look(other) == "unchanged"


def test_a_busy_server_that_does_not_say_for_how_long_has_failed(page, site):
    site.says("/news/1", status=503)
    assert look(page) == "answered"
    assert watch_of(page).failures == 1


# ── work


def test_nothing_is_looked_at_while_watching_is_switched_off(page, site, settings):
    settings.WATCHING = False
    asked = len(site.requests)
    assert look(page) == "resting"
    assert (len(site.requests), due(page)) == (asked, timezone.now() + hours(1))


def test_a_worker_that_comes_too_late_changes_nothing(page, site, clock):
    owed = jobs.lease_one(f"watch:{page.pk}", 300)
    clock.shift(timedelta(seconds=301))
    assert look(page) == "unchanged"
    before = watch_of(page)
    site.says("/news/1", article(EDITED))
    assert watching.do(owed) == "lost"
    assert (watch_of(page).checked_at, Snapshot.objects.count()) == (before.checked_at, 1)


def test_a_page_that_is_taken_off_the_watch_while_it_is_fetched_is_not_kept(page, site, monkeypatch):
    site.says("/news/1", article(EDITED))
    fetched = page_checks._look

    def stopped_meanwhile(watch, look_up):
        found = fetched(watch, look_up)
        watching.stop(watch_of(page), by=REVIEWER)
        return found

    monkeypatch.setattr(page_checks, "_look", stopped_meanwhile)
    assert look(page) == "resting"
    assert (Snapshot.objects.count(), due(page), watch_of(page).next_at) == (1, None, None)


def test_a_page_that_is_captured_once_more_by_somebody_is_seen_too(page, site, clock, turned):
    clock.shift(hours(1))
    site.says("/news/1", article(EDITED))
    captured = incoming.capture_address(page.url, by=REPORTER, outlet="مرصد الميناء")
    assert captured.document == page
    assert (watch_of(page).snapshot, turned) == (captured.snapshot, [page])


def test_what_is_due_is_done_in_turns(page, site, clock):
    assert watching.take_turn() == 0
    clock.shift(hours(1))
    assert watching.take_turn() == 1
    assert watch_of(page).checked_at == timezone.now()


def test_the_workers_task_does_what_is_due_in_the_queue_for_watching(page, clock, settings):
    clock.move_to(due(page))
    assert tasks.watch_pages() == 1
    assert watch_of(page).checked_at == timezone.now()
    assert {settings.CELERY_TASK_ROUTES[tasks.WAKERS[kind]] for kind in (watching.WATCH, watching.POLL, watching.ENTRY)} == {"watching"}


def test_a_page_is_never_without_a_next_time(page):
    watching.check_soon(watch_of(page), by=REVIEWER)
    assert isinstance(due(page), datetime)
