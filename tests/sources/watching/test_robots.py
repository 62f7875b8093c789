"""What a site's robots.txt says is heard, kept for a day, and waited for where it cannot be had (RFC 9309)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sources import watching
from sources.fetching import NotFetched
from sources.models import Host
from sources.watching import hosts, polite_fetch, robots
from tests.sources.site import article

pytestmark = pytest.mark.django_db
TEXT = {"Content-Type": "text/plain"}


@pytest.fixture(autouse=True)
def page(site, clock):
    return site.says("/news/1", article("نص"))


def test_a_page_that_it_forbids_us_is_not_asked_for(page, site):
    site.says("/robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: isnad\nDisallow: /news/\n", headers=TEXT)
    with pytest.raises(robots.Denied):
        polite_fetch.fetch_politely(page)
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize("said", ["User-agent: *\nDisallow: /\nAllow: /news/", "User-agent: other\nDisallow: /", "nonsense", "", "\ufeff"])
def test_a_page_that_it_does_not_forbid_us_is_fetched(page, site, said):
    site.says("/robots.txt", said, headers=TEXT)
    assert polite_fetch.fetch_politely(page).data


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_where_there_is_none_all_is_allowed(page, site, status):
    site.says("/robots.txt", "User-agent: *\nDisallow: /", status)
    assert polite_fetch.fetch_politely(page).data


def test_it_is_asked_for_once_a_day(page, site, clock):
    for shift, times in ((0, 1), (23, 1), (2, 2)):
        clock.shift(timedelta(hours=shift))
        polite_fetch.fetch_politely(page)
        assert site.paths.count("/robots.txt") == times


@pytest.mark.parametrize(("status", "said", "wait"), [(500, None, 6), (503, "7200", 2), (429, "3600", 1)])
def test_while_it_cannot_be_had_nothing_is_fetched(page, site, clock, status, said, wait):
    site.says("/robots.txt", status=status, headers={"Retry-After": said})
    with pytest.raises(polite_fetch.Wait) as asked:
        polite_fetch.fetch_politely(page)
    assert asked.value.wait == timedelta(hours=wait)
    with pytest.raises(hosts.Busy) as busy:
        polite_fetch.fetch_politely(page)
    assert busy.value.until >= timezone.now() + timedelta(hours=wait)
    assert site.paths == ["/robots.txt"]


def test_what_was_kept_goes_on_counting_while_it_cannot_be_had(page, site, clock):
    site.says("/robots.txt", "User-agent: *\nDisallow: /private/", headers=TEXT)
    polite_fetch.fetch_politely(page)
    site.says("/robots.txt", status=500)
    clock.shift(timedelta(days=2))
    assert polite_fetch.fetch_politely(page).data
    with pytest.raises(robots.Denied):
        polite_fetch.fetch_politely(f"{site.url}/private/1")
    assert site.paths.count("/robots.txt") == 2


def test_after_a_month_of_errors_it_counts_as_none(page, site, clock):
    site.says("/robots.txt", status=500)
    with pytest.raises(polite_fetch.Wait):
        polite_fetch.fetch_politely(page)
    clock.shift(timedelta(days=30))
    assert polite_fetch.fetch_politely(page).data


def test_a_site_that_is_not_there_is_not_asked_for_its_page(site, settings):
    site.stalls("/robots.txt")
    with pytest.raises(NotFetched):
        polite_fetch.fetch_politely(f"{site.url}/news/1")
    assert site.paths == ["/robots.txt"]


def test_it_is_followed_where_it_has_moved(page, site):
    site.says("/robots.txt", status=301, headers={"Location": "/rules.txt"})
    site.says("/rules.txt", "User-agent: *\nDisallow: /news/", headers=TEXT)
    with pytest.raises(robots.Denied):
        polite_fetch.fetch_politely(page)


def test_an_endless_one_is_read_as_far_as_is_asked_of_us(page, site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /news/\n" + "# more\n" * 200_000, headers=TEXT)
    with pytest.raises(robots.Denied):
        polite_fetch.fetch_politely(page)


@pytest.mark.parametrize(("said", "pause"), [("30", 30), ("0.5", 0.5), ("86400", 300), ("often", 0)])
def test_the_pause_that_it_asks_for_is_kept_within_reason(page, site, clock, said, pause):
    site.says("/robots.txt", f"User-agent: *\nCrawl-delay: {said}", headers=TEXT)
    polite_fetch.fetch_politely(page)
    host = Host.objects.get()
    assert (host.pause, host.free_at) == (pause, timezone.now() + timedelta(seconds=pause))


def test_where_a_page_is_redirected_to_is_asked_too(page, site):
    site.says("/robots.txt", "User-agent: *\nDisallow: /secret", headers=TEXT)
    site.says("/news/1", status=302, headers={"Location": "/secret/1"})
    site.says("/secret/1", article("نص"))
    with pytest.raises(robots.Denied):
        polite_fetch.fetch_politely(page)
    assert site.paths == ["/robots.txt", "/news/1"]


def test_a_page_that_is_forbidden_is_no_failure_and_is_asked_about_again_in_a_week(site):
    from sources.importers import incoming
    from tests.make import REPORTER
    from tests.sources.watching.conftest import due, look, watch_of

    text = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير."
    document = incoming.capture_address(site.says("/news/2", article(text)), by=REPORTER).document
    site.says("/robots.txt", "User-agent: *\nDisallow: /news/", headers=TEXT)
    assert look(document) == "denied"
    assert watch_of(document).failures == 0
    assert due(document) >= timezone.now() + timedelta(days=7)
    assert watching.take_turn() == 0
