"""Rules about pages are tried on what the pages showed on each day: edited, gone back, gone, back again."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims import flagging
from claims.domain.choices import FlagStatus
from claims.domain.values import Exhibit
from claims.models import Flag
from claims.rules import all_rules
from claims.workflow import corrections, review
from sources.importers import incoming
from sources.models import Document, PageTurn
from tests import make
from tests.sources.site import article
from tests.sources.watching.conftest import clock, look, site

__all__ = ["clock", "site"]
pytestmark = pytest.mark.django_db
FIRST = "قال وزير النقل إن المرفأ سيستقبل 200 سفينة في الربيع. وأضاف أن العمل يسير كما خطط له منذ العام الماضي."
EDITED = FIRST.replace("200", "150")
QUOTE = "المرفأ سيستقبل 200 سفينة"
RULES = ("source-changed", "source-gone")


@pytest.fixture
def page(site, clock) -> Document:
    return incoming.capture_address(site.says("/news/1", article(FIRST)), by=make.REPORTER).document


def claim_on(page: Document) -> UUID:
    snapshot = page.snapshots.get()
    start = snapshot.text.index(QUOTE)
    return make.recorded(snapshot=str(snapshot.pk), quote=QUOTE, start=start, end=start + len(QUOTE), source="")


def lean(claim: UUID, page: Document) -> str:
    """Names the page's first text as evidence."""
    text = page.snapshots.earliest("captured_at")
    return make.state(review.add_evidence(claim, Exhibit(stance="supports", snapshot=str(text.pk)), by=make.REPORTER)).evidence[-1].id


def live() -> set[tuple[UUID, str, str]]:
    """What the rules ask about now."""
    flagging.run()
    rows = Flag.objects.filter(rule__in=RULES, state=FlagStatus.OPEN)
    return set(rows.values_list("claim_id", "rule", "code"))


def tried(day: date) -> set[tuple[UUID, str, str]]:
    only = [rule for name, rule in all_rules().items() if name in RULES]
    return {(each.claim.pk, each.rule.name, each.finding.code) for _, each in flagging.tried(only, day, day)}


def next_day(clock, day: int) -> None:
    clock.move_to(f"2023-01-{day:02}T08:00:00Z")


def test_what_is_tried_on_a_day_is_what_was_asked_on_it(page, site, clock):
    one, leaning = claim_on(page), make.recorded()
    review.accept(leaning, by=make.REVIEWER)
    lean(leaning, page)
    says = {3: (EDITED, 200), 4: (FIRST, 200), 5: (EDITED, 200), 12: (EDITED, 200), 14: (FIRST, 200)}
    says |= dict.fromkeys((6, 7, 9), (EDITED, 404))
    asked: dict[date, set] = {}
    for day in range(2, 16):
        next_day(clock, day)
        if day in says:
            text, status = says[day]
            site.says("/news/1", article(text), status=status)
            look(page)
        asked[date(2023, 1, day)] = live()
    codes = {day.day: {code for _, _, code in found} for day, found in asked.items()}
    assert codes[2] == codes[4] == codes[14] == set()
    assert codes[3] == {"quote-gone", "evidence"}
    assert codes[9] == codes[11] == codes[3] | {"gone", "evidence-gone"}
    assert codes[12] == codes[3]
    assert {claim for found in asked.values() for claim, _, _ in found} == {one, leaning}
    assert {day: tried(day) for day in asked} == asked


def test_the_published_verdicts_that_leaned_on_it_are_those_of_the_day(page, site, clock):
    one, leaning = claim_on(page), make.accepted(statement="المرفأ يتسع", kind="event")
    piece = lean(leaning, page)
    next_day(clock, 3)
    site.says("/news/1", article(EDITED))
    look(page)
    next_day(clock, 5)
    make.publish(leaning)
    next_day(clock, 8)
    review.withdraw_evidence(leaning, evidence=piece, reason="نقلت عن غيرها", by=make.REVIEWER)
    corrections.approve(leaning, by=make.EDITOR)
    next_day(clock, 9)
    codes = {day: {code for claim, _, code in tried(date(2023, 1, day)) if claim == one} for day in (2, 4, 6, 9)}
    assert codes == {2: set(), 4: {"quote-gone"}, 6: {"quote-gone-leant-on"}, 9: {"quote-gone"}}


def test_a_page_that_changed_on_the_day_of_its_capture_is_asked_about_from_that_day_on(page, site, clock):
    one = claim_on(page)
    site.says("/news/1", article(EDITED))
    look(page)
    assert tried(date(2023, 1, 2)) == {(one, "source-changed", "quote-gone")} == live()


def test_before_turns_were_kept_captures_and_what_is_gone_now_are_known(page, site, clock):
    one = claim_on(page)
    next_day(clock, 3)
    site.says("/news/1", article(EDITED))
    look(page)
    site.says("/news/1", status=404)
    for day in (4, 5, 7):
        next_day(clock, day)
        look(page)
    PageTurn.objects.all().delete()
    assert [tried(date(2023, 1, day)) for day in (2, 3, 6)] == [set(), *[{(one, "source-changed", "quote-gone")}] * 2]
    assert tried(date(2023, 1, 7)) == {(one, "source-changed", "quote-gone"), (one, "source-gone", "gone")}


def test_trying_asks_no_more_often_for_more_pages(site, clock):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            tried(date(2023, 1, 2))
        return len(queries)

    counts = []
    for number in range(6):
        text = FIRST.replace("الربيع", f"الربيع {number}")
        document = incoming.capture_address(site.says(f"/news/{number}", article(text)), by=make.REPORTER).document
        claim_on(document)
        site.says(f"/news/{number}", article(text.replace("200", "150")))
        look(document)
        counts.append(asked())
    assert counts[1] == counts[-1]


def test_no_rule_is_left_out_of_a_try():
    assert flagging.forgetful(all_rules().values()) == []
