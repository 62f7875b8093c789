"""What happens to a page reaches the claims that were read on it or lean on it: as a flag, which clears when it is mended."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from time_machine import travel

from claims import flagging, publishing, reading, recording, review, verdicts
from claims.choices import Stance
from claims.flagging import gathering, pages
from claims.models import Claim, Flag, Look
from claims.statements import Exhibit
from sources import watching, work
from sources.capture import capture
from sources.importers import incoming
from sources.models import Watch
from tests import make
from tests.sources import site as sites
from tests.sources.site import article

pytestmark = pytest.mark.django_db
TEXT = "قال وزير النقل سامي حداد إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف حداد أن العمل في الأرصفة سيكتمل في عام 2024."
EDITED = TEXT.replace("200", "150")
CORRECTED = f"{EDITED}</p><p>تصحيح: العدد الصحيح للسفن هو 150 سفينة."


@pytest.fixture
def site(settings):
    settings.WATCHING_PAUSE = 0.0
    with travel("2023-01-02T08:00:00Z", tick=False) as clock, sites.opened(settings) as opened:
        opened.clock = clock
        yield opened


@pytest.fixture
def claim(site):
    """A claim whose quote holds the figure, read on a page of the web."""
    captured = incoming.take_address(site.says("/news/1", article(TEXT)), by=make.REPORTER)
    reading.read_snapshot(captured.snapshot)
    flagging.run()
    return Claim.objects.get(quote__contains="200 سفينة")


def look(claim):
    owed = work.lease_one(f"watch:{claim.document_id}", 300)
    return watching.do(owed)


def open_flags(claim, rule="source-changed"):
    flagging.run()
    return list(Flag.objects.filter(claim=claim, rule=rule, state="open").values_list("code", flat=True))


def published(claim):
    review.accept(claim.pk, by=make.REVIEWER)
    verdicts.reach(claim.pk, rating="came_true", rationale="حدث", by=make.REVIEWER)
    verdicts.approve(claim.pk, by=make.EDITOR)
    publishing.publish(claim.pk, by=make.EDITOR)


def test_an_edited_page_raises_a_flag_on_the_claims_whose_quotes_it_lost_and_on_no_other(site, claim):
    other = Claim.objects.get(quote__contains="2024")
    site.says("/news/1", article(EDITED))
    assert look(claim) == "changed"
    assert set(Look.objects.filter(on__lt="1000-01-01").values_list("claim", flat=True)) >= {claim.pk, other.pk}
    assert open_flags(claim) == ["quote-gone"]
    assert open_flags(other) == []


def test_quotes_are_never_anchored_anew(site, claim):
    before = (claim.snapshot_id, claim.start, claim.end, claim.quote)
    site.says("/news/1", article(f"مقدمة جديدة للخبر كله من المرفأ.</p><p>{TEXT}"))
    look(claim)
    assert open_flags(claim) == []
    claim.refresh_from_db()
    assert (claim.snapshot_id, claim.start, claim.end, claim.quote) == before


def test_the_flag_clears_when_the_page_goes_back(site, claim):
    site.says("/news/1", article(EDITED))
    look(claim)
    assert open_flags(claim)
    site.says("/news/1", article(TEXT))
    look(claim)
    assert open_flags(claim) == []


def test_a_correction_on_the_page_of_a_published_claim_is_loud_and_named(site, claim):
    published(claim)
    site.says("/news/1", article(CORRECTED))
    look(claim)
    assert open_flags(claim) == ["quote-gone-corrected"]
    flag = Flag.objects.get(rule="source-changed", claim=claim)
    assert (flag.severity, flag.parameters["notice"]) == ("high", "تصحيح: العدد الصحيح للسفن هو 150 سفينة.")


def test_published_verdicts_that_lean_on_the_page_are_asked_about_and_named(site, claim):
    leaning = make.claim(statement="المرفأ سيكون الأكبر")
    review.accept(leaning.pk, by=make.REVIEWER)
    review.add_evidence(leaning.pk, Exhibit(stance=Stance.SUPPORTS, snapshot=str(claim.snapshot_id)), by=make.REPORTER)
    published_without_accept(leaning)
    site.says("/news/1", article(EDITED))
    look(claim)
    assert (open_flags(leaning), open_flags(claim)) == (["evidence"], ["quote-gone-leant-on"])
    assert "المرفأ سيكون الأكبر" in Flag.objects.get(rule="source-changed", claim=claim).parameters["leaning"]


def published_without_accept(claim):
    verdicts.reach(claim.pk, rating="came_true", rationale="حدث", by=make.REVIEWER)
    verdicts.approve(claim.pk, by=make.EDITOR)
    publishing.publish(claim.pk, by=make.EDITOR)


def test_a_page_that_is_gone_for_48_hours_raises_a_flag_that_clears_when_it_is_back(site, claim):
    site.says("/news/1", status=404)
    for expected in ([], [], ["gone"]):
        look(claim)
        assert open_flags(claim, "source-gone") == expected
        site.clock.shift(timedelta(hours=24, minutes=1))
    site.says("/news/1", article(TEXT))
    look(claim)
    assert open_flags(claim, "source-gone") == []


def test_a_later_text_proposes_only_what_the_earlier_one_did_not_say(site, claim):
    before = Claim.objects.count()
    site.says("/news/1", article(f"{TEXT}</p><p>وقالت وزيرة المالية ليلى منصور إن الإيرادات سترتفع 10 في المئة في عام 2023."))
    look(claim)
    reading.read_snapshot(Watch.objects.get().snapshot)
    new = Claim.objects.exclude(snapshot=claim.snapshot_id)
    assert Claim.objects.count() == before + new.count()
    assert [one.quote for one in new if "200 سفينة" in one.quote] == []
    assert any("10 في المئة" in one.quote for one in new)


def test_somebody_who_captures_the_page_anew_makes_the_rules_look_again_too(site, claim):
    site.clock.shift(timedelta(hours=1))
    capture(EDITED, by=make.REPORTER, url=claim.document.url, outlet=claim.document.outlet)
    assert open_flags(claim) == ["quote-gone"]


def test_a_closed_claim_is_left_alone(site, claim):
    review.reject(claim.pk, reason="لا", by=make.REVIEWER)
    site.says("/news/1", article(EDITED))
    look(claim)
    assert open_flags(claim) == []


def test_the_number_of_queries_does_not_grow_with_the_claims(site):
    for number in range(6):
        captured = incoming.take_address(site.says(f"/news/{number}", article(f"{TEXT} ({number})")), by=make.REPORTER)
        place = captured.snapshot.text.index("200")
        read = {"document": str(captured.document.pk), "snapshot": str(captured.snapshot.pk)}
        recording.record(make.said(quote="200", start=place, end=place + 3, **read), by=make.REPORTER)
        site.says(f"/news/{number}", article(EDITED + f" ({number})"))
        work.hasten(f"watch:{captured.document.pk}")
    while watching.take_turn():
        pass
    claims = gathering.gathered(list(Claim.objects.values_list("pk", flat=True)))
    assert len(claims) == 6
    with CaptureQueriesContext(connection) as queries:
        found = pages.around(claims)
    assert (len(found), len(queries)) == (6, 4)
    with CaptureQueriesContext(connection) as fewer:
        pages.around(claims[:1])
    assert len(fewer) == 4


def test_claims_without_a_page_ask_nothing():
    claims = gathering.gathered([make.recorded()])
    with CaptureQueriesContext(connection) as queries:
        assert pages.around(claims) == {}
    assert len(queries) == 0
