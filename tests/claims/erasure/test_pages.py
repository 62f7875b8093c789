"""What was erased does not come back from the web."""

import pytest

from claims import erasure
from claims.erasure.redaction import ErasedWords
from sources import jobs, watching
from sources.importers import incoming
from sources.models import FeedEntry, Snapshot, Watch, Work
from sources.watching import feeds
from tests import make
from tests.claims.erasure.test_erasure import everything_kept
from tests.sources import site as sites
from tests.sources.site import article

pytestmark = pytest.mark.django_db
NAME = "ليلى الخطيب"
TEXT = f"قالت الممرضة {NAME} إن المستشفى استقبل 40 جريحا في يوم واحد. وأضافت أن الدواء نفد من المستودعات كلها."
OTHER = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."


@pytest.fixture
def site(settings):
    settings.WATCHING_PAUSE = 0.0
    with sites.opened(settings) as opened:
        yield opened


def test_a_page_whose_text_was_erased_is_watched_no_longer_and_other_pages_are(site):
    told = incoming.capture_address(site.says("/news/1", article(TEXT)), by=make.REPORTER).document
    other = incoming.capture_address(site.says("/news/2", article(OTHER)), by=make.REPORTER).document
    erasure.erase([NAME], reason="طلبت ذلك", by=make.EDITOR)
    assert (Watch.objects.get(document=told).attention, Watch.objects.get(document=other).attention) == ("stopped", "on")
    site.says("/news/1", article(f"{TEXT} وزادت."))
    Work.objects.filter(kind="watch").update(due_at="2000-01-01T00:00:00Z")
    while watching.take_turn():
        pass
    assert Snapshot.objects.filter(document=told).count() == 1
    assert [table for table, kept in everything_kept() if ErasedWords([NAME]).spans(kept)] == []


def test_words_in_an_entry_that_waits_and_beside_a_page_are_gone_too(site):
    item = f"<item><title>{NAME}</title><link>{site.url}/news/3</link><description>{TEXT}</description></item>"
    url = site.says("/feed", f"<rss version='2.0'><channel><title>م</title>{item}</channel></rss>", headers={"Content-Type": "text/xml"})
    feed = feeds.add(url, "المرفأ", by=make.REVIEWER)
    watching.do(jobs.lease_one(watching.key_of(feed), 300))
    page = incoming.capture_address(site.says("/news/2", article(OTHER)), by=make.REPORTER).document
    Watch.objects.filter(document=page).update(detail=f"moved to {NAME}")
    incoming.capture_bytes(f"وصلت {NAME} أمس.".encode(), by=make.REPORTER)
    erasure.erase([NAME], reason="طلبت ذلك", by=make.EDITOR)
    assert FeedEntry.objects.get().told is None
    assert Watch.objects.get(document=page).attention == "on"
    assert [table for table, kept in everything_kept() if ErasedWords([NAME]).spans(kept)] == []
