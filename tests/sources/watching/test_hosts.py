"""One visit at a time for each site, with a pause after it, however many workers there are."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.utils import timezone

from sources import watching
from sources.importers import incoming
from sources.models import Host, Watch, Work
from sources.watching import hosts
from tests.make import REPORTER
from tests.sources.site import article, opened

TEXT = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له."


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://Example.org/a", "example.org"),
        ("https://example.org:443/", "example.org"),
        ("https://example.org.:8443/", "example.org:8443"),
        ("http://خبر.example/", "xn--ngblk.example"),
    ],
)
def test_a_site_is_its_name_however_it_is_written(url, name):
    assert hosts.name_of(url) == name


@pytest.mark.django_db
def test_who_comes_while_somebody_is_there_is_sent_to_a_place_in_the_queue(settings, clock):
    settings.WATCHING_PAUSE = 10
    now = timezone.now()
    with hosts.visiting() as visit:
        visit.enter("http://a.example/1")
        visit.enter("http://a.example/2")  # the same visit
        visit.enter("http://b.example/")
        for place in (1, 2, 3):
            with pytest.raises(hosts.Busy) as busy, hosts.visiting() as another:
                another.enter("https://a.example/3")
            assert (busy.value.until - now).total_seconds() == place * 10
    clock.shift(9)
    with pytest.raises(hosts.Busy), hosts.visiting() as early:
        early.enter("http://a.example/")
    clock.shift(1)
    with hosts.visiting() as next_one:
        next_one.enter("http://a.example/")
    assert Host.objects.get(name="a.example").lease is None


@pytest.mark.django_db
def test_a_visitor_who_never_left_is_taken_for_dead(settings, clock):
    Host.objects.create(name="a.example", free_at=timezone.now(), queue_at=timezone.now(), busy_until=timezone.now() + timedelta(minutes=5))
    with pytest.raises(hosts.Busy), hosts.visiting() as visit:
        visit.enter("http://a.example/")
    clock.shift(timedelta(minutes=5))
    with hosts.visiting() as visit:
        visit.enter("http://a.example/")


def test_ten_workers_on_one_site_come_one_after_the_other_with_a_pause(committed_db, settings):
    """Threads with connections of their own, on a clock that runs."""
    settings.FETCH_SECONDS, settings.WATCHING_PAUSE = 5, 0.0
    with opened(settings) as site:
        for number in range(12):
            incoming.capture_address(site.says(f"/{number}", article(f"{TEXT} {number}.")), by=REPORTER)
        Work.objects.filter(kind="watch").update(due_at=timezone.now())
        Watch.objects.update(checked_at=None)
        site.requests.clear()
        site.slowly, settings.WATCHING_PAUSE = 0.02, 0.15

        def work_until_done(number):
            until = time.monotonic() + 90
            try:
                while Watch.objects.filter(checked_at=None).exists() and time.monotonic() < until:
                    if not watching.take_turn():
                        time.sleep(0.02)
            finally:
                connection.close()

        with ThreadPoolExecutor(10) as workers:
            list(workers.map(work_until_done, range(10)))
        assert not Watch.objects.filter(checked_at=None).exists()
        robots, *visits = sorted(site.requests, key=lambda request: request.began)
    assert robots.path == "/robots.txt"
    assert sorted(request.path for request in visits) == sorted(f"/{number}" for number in range(12))
    assert all(later.began >= sooner.answered for sooner, later in pairwise([robots, *visits]))
    assert min(later.began - sooner.answered for sooner, later in pairwise(visits)) >= 0.14


def test_two_sites_are_asked_side_by_side(settings, clock, db):
    with hosts.visiting() as one, hosts.visiting() as other:
        one.enter("http://a.example/")
        other.enter("http://b.example/")
