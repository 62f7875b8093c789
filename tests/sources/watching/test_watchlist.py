"""People say which pages are watched: one by one, and an outlet's all together."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from sources import watching
from sources.capturing.capture import capture
from sources.importers import incoming
from sources.models import Watch, Work
from sources.roles import NotAllowed
from tests.make import REPORTER, REVIEWER, STRANGER
from tests.sources.site import article
from tests.sources.watching.conftest import due, look, watch_of

pytestmark = pytest.mark.django_db
TEXT = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."


@pytest.fixture
def page(site, clock):
    return incoming.capture_address(site.says("/news/1", article(TEXT)), by=REPORTER).document


def test_a_page_that_was_given_as_a_text_is_watched_when_somebody_asks_for_it(site, clock):
    url = site.says("/news/1", article(TEXT))
    document = capture(TEXT, by=REPORTER, url=url).document
    watching.begin(document, by=REVIEWER)
    assert due(document) == timezone.now()
    look(document)
    assert watch_of(document).checked_at == timezone.now()


def test_what_has_no_address_cannot_be_watched():
    with pytest.raises(watching.NoPage):
        watching.begin(capture(TEXT, by=REPORTER).document, by=REVIEWER)


def test_a_page_rests_until_its_day(page, site, clock):
    watching.pause(watch_of(page), date(2023, 1, 9), by=REVIEWER)
    assert look(page) == "resting"
    assert due(page).isoformat() == "2023-01-09T00:00:00+00:00"
    clock.move_to(due(page))
    assert look(page) == "unchanged"


def test_a_page_that_was_stopped_is_left_alone_until_somebody_wants_it_again(page, site, clock):
    watching.stop(watch_of(page), by=REVIEWER)
    watch = watch_of(page)
    assert (watch.attention, watch.set_by, watch.next_at) == ("stopped", "yusuf", None)
    assert look(page) == "resting"
    assert due(page) is None
    with pytest.raises(watching.NotWatched):
        watching.check_soon(watch, by=REPORTER)
    watching.resume(watch, by=REVIEWER)
    assert look(page) == "unchanged"


def test_a_page_that_was_stopped_stays_so_when_it_is_captured_again(page, site, clock):
    watching.stop(watch_of(page), by=REVIEWER)
    look(page)
    incoming.capture_address(page.url, by=REPORTER, outlet=page.outlet.name)
    assert due(page) is None


def test_an_outlet_rests_with_all_its_pages(page, site, clock):
    watching.set_outlet(page.outlet, "stopped", by=REVIEWER)
    assert watching.resting(watch_of(page))
    assert look(page) == "resting"
    watching.set_outlet(page.outlet, "on", by=REVIEWER)
    assert timezone.now() <= due(page) <= timezone.now() + timedelta(hours=1)
    assert look(page) == "unchanged"


def test_an_outlet_rests_until_its_day_though_a_page_is_watched_sooner(page, clock):
    watching.pause(watch_of(page), date(2023, 1, 5), by=REVIEWER)
    watching.set_outlet(page.outlet, "paused", date(2023, 1, 20), by=REVIEWER)
    look(page)
    assert due(page).date() == date(2023, 1, 20)


def test_a_page_is_looked_at_soon_where_somebody_asks(page, clock):
    assert due(page) > timezone.now()
    watching.check_soon(watch_of(page), by=REPORTER)
    assert due(page) == timezone.now()
    assert watching.take_turn() == 1


def test_it_takes_a_reviewer_to_say_what_is_watched(page):
    for step in (watching.stop, watching.resume):
        with pytest.raises(NotAllowed):
            step(watch_of(page), by=REPORTER)
    with pytest.raises(NotAllowed):
        watching.set_outlet(page.outlet, "stopped", by=REPORTER)
    with pytest.raises(NotAllowed):
        watching.check_soon(watch_of(page), by=STRANGER)


def test_the_worked_example_is_not_watched(db):
    """Nothing goes out to the network from an install that nobody has asked for a page."""
    from django.core.management import call_command

    call_command("example")
    assert not Watch.objects.exists()
    assert not Work.objects.filter(kind__in=("watch", "poll", "entry")).exists()
