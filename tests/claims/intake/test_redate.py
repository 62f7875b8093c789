"""A document's date is corrected: drafts follow, reviewed claims get an offer, and a person takes it in one step."""

import time

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import flagging, ledger, tasks, transparency
from claims.domain import events
from claims.domain.choices import FlagStatus
from claims.domain.steps import StepNotOpen
from claims.handlers import REDATE
from claims.intake import reading
from claims.intake import redate as redating
from claims.ledger import history, rebuild
from claims.models import Claim, EventRecord, Flag
from claims.workflow import corrections, recording, review, verdicts
from claims.workflow import publishing as houses
from sources import jobs, roles
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import Work
from sources.roles import PROGRAM, Role
from sources.text.edtf import ImpreciseDate
from tests import make

TEXT = (
    "قال وزير التجارة سالم الحربي إن المصنع سيفتتح أبوابه غدا.\n\n"
    "وقالت مديرة الميناء ليلى العمري إن الميناء سيستقبل 300 سفينة في عام 2025.\n"
)
OLD, NEW = "2022-12-31", "2022-12-20"


@pytest.fixture
def snapshot(committed_db):
    kept = capture(TEXT, by=make.REPORTER, outlet="جريدة الميناء", published=OLD, language="ar").snapshot
    reading.read_snapshot(kept)
    Work.objects.update(done_at="2026-01-01T00:00:00Z")
    return kept


def tomorrow():
    """The claim whose date hangs on the publication date."""
    return Claim.objects.get(quote__contains="المصنع")


def correct(snapshot, published=NEW, *, do=True):
    documents.correct(snapshot.document, published=published, reason="كان الخلاصة متأخرة", by=make.EDITOR)
    return tasks.redate_claims() if do else None


def last(claim):
    return ledger.happenings([claim.pk])[claim.pk][-1]


def test_a_draft_nobody_has_reviewed_follows_the_corrected_date(snapshot):
    before = tomorrow()
    assert (before.due["edtf"], before.due["basis"]) == ("2023-01-01", "relative")
    assert correct(snapshot) == 1
    claim = tomorrow()
    assert claim.due == before.due | {"edtf": "2022-12-21"}  # its words and their place are kept
    assert claim.said_on["edtf"] == NEW
    told = last(claim)
    assert isinstance(told.event, events.ClaimRedated)
    assert (told.actor, told.event.before, told.event.published) == (PROGRAM.name, OLD, NEW)
    assert told.event.reason == "كان الخلاصة متأخرة"


def test_a_date_that_hangs_on_nothing_stays(snapshot):
    correct(snapshot)
    assert Claim.objects.get(quote__contains="سفينة").due["edtf"] == "2025"


def test_what_was_known_before_stays_known(snapshot):
    claim = tomorrow()
    ledger.seal()
    at = timezone.now()
    correct(snapshot)
    assert history.as_of(claim.pk, at).said.due.edtf == "2023-01-01"
    assert history.as_of(claim.pk, timezone.now()).said.due.edtf == "2022-12-21"


def test_a_reviewed_claim_gets_an_offer_and_a_flag_and_keeps_its_date(snapshot):
    claim = tomorrow()
    review.accept(claim.pk, by=make.REVIEWER)
    correct(snapshot)
    claim.refresh_from_db()
    assert claim.due["edtf"] == "2023-01-01"
    assert claim.offered["due"]["edtf"] == "2022-12-21"
    flagging.run()
    flag = Flag.objects.get(claim=claim, rule="dates-moved", code="due")
    assert flag.parameters == {"old": "2023-01-01", "new": "2022-12-21"}


def test_an_offer_is_taken_in_one_step_and_its_flag_clears(snapshot):
    claim = tomorrow()
    review.accept(claim.pk, by=make.REVIEWER)
    correct(snapshot)
    flagging.run()
    with pytest.raises(roles.NotAllowed):
        recording.redate(claim.pk, by=make.REPORTER)
    recording.redate(claim.pk, by=make.REVIEWER)
    claim.refresh_from_db()
    assert (claim.due["edtf"], claim.said_on["edtf"], claim.offered) == ("2022-12-21", NEW, None)
    assert last(claim).event.reason
    with pytest.raises(StepNotOpen):
        recording.redate(claim.pk, by=make.REVIEWER)
    flagging.run()
    assert set(Flag.objects.filter(claim=claim, rule="dates-moved").values_list("state", flat=True)) == {FlagStatus.CLEARED}


def test_a_published_claim_is_flagged_too(snapshot):
    claim = tomorrow()
    review.accept(claim.pk, by=make.REVIEWER)
    verdicts.reach(claim.pk, rating="came_true", rationale="حدث", by=make.REVIEWER)
    verdicts.approve(claim.pk, by=make.EDITOR)
    houses.publish(claim.pk, by=make.EDITOR)
    correct(snapshot)
    flagging.run()
    flag = Flag.objects.get(claim=claim, rule="dates-moved", code="due")
    flagging.run()
    flag.refresh_from_db()
    assert flag.state == FlagStatus.OPEN
    recording.redate(claim.pk, by=make.REVIEWER)
    flagging.run()
    flag.refresh_from_db()
    assert flag.state == FlagStatus.OPEN
    corrections.approve(claim.pk, by=make.EDITOR)
    flagging.run()
    flag.refresh_from_db()
    assert flag.state == FlagStatus.CLEARED


def test_a_date_that_a_person_set_on_a_draft_is_not_overwritten(snapshot):
    claim = tomorrow()
    review.schedule(claim.pk, due=ImpreciseDate(edtf="2024"), by=make.REVIEWER)
    correct(snapshot)
    claim.refresh_from_db()
    assert claim.due["edtf"] == "2024"
    assert claim.said_on["edtf"] == NEW  # that field nobody has set


def test_a_change_that_changed_nothing_is_no_date_that_a_person_set(snapshot):
    claim = tomorrow()
    recording.revise(claim.pk, {"due": claim.due}, reason="نظرت فيه", by=make.REPORTER)
    correct(snapshot)
    claim.refresh_from_db()
    assert claim.due["edtf"] == "2022-12-21"


def test_a_quote_that_a_person_moved_keeps_its_date_in_step(snapshot):
    claim = tomorrow()
    start = TEXT.index("سيفتتح")
    recording.revise(claim.pk, {"quote": TEXT[start : claim.end], "start": start}, reason="r", by=make.REPORTER)
    correct(snapshot)
    claim.refresh_from_db()
    assert claim.due["edtf"] == "2022-12-21"


def test_a_claim_that_was_turned_down_is_left_alone(snapshot):
    claim = tomorrow()
    review.reject(claim.pk, reason="r", by=make.REVIEWER)
    version = Claim.objects.get(pk=claim.pk).version
    correct(snapshot)
    assert Claim.objects.get(pk=claim.pk).version == version


def test_a_date_corrected_back_takes_the_offer_back(snapshot):
    claim = tomorrow()
    review.accept(claim.pk, by=make.REVIEWER)
    correct(snapshot)
    flagging.run()
    correct(snapshot, OLD)
    claim.refresh_from_db()
    assert (claim.offered, claim.due["edtf"]) == (None, "2023-01-01")
    flagging.run()
    assert not Flag.objects.filter(claim=claim, rule="dates-moved", state=FlagStatus.OPEN).exists()


def test_two_corrections_end_at_the_last_date_in_whatever_order_they_are_done(snapshot):
    correct(snapshot, "2022-12-10", do=False)
    correct(snapshot, NEW, do=False)
    numbers = sorted(int(key.rsplit(":", 1)[1]) for key in Work.objects.filter(kind=REDATE).values_list("key", flat=True))
    for number in reversed(numbers):
        redating.redate(snapshot.document_id, number)
    assert tomorrow().due["edtf"] == "2022-12-21"


def test_a_date_that_comes_late_makes_what_was_unstated_known(committed_db):
    kept = capture(TEXT, by=make.REPORTER, language="ar").snapshot
    reading.read_snapshot(kept)
    assert tomorrow().due["edtf"] is None
    correct(kept)
    assert tomorrow().due["edtf"] == "2022-12-21"
    assert tomorrow().said_on["edtf"] == NEW


# ── owed as work


def test_only_a_corrected_publication_date_owes_another_look(snapshot):
    documents.correct(snapshot.document, title="عنوان آخر", reason="r", by=make.EDITOR)
    assert not Work.objects.filter(kind=REDATE).exists()
    correct(snapshot, do=False)
    assert Work.objects.filter(kind=REDATE, done_at=None).count() == 1


def test_the_same_work_twice_changes_nothing_more(snapshot):
    review.accept(Claim.objects.get(quote__contains="سفينة").pk, by=make.REVIEWER)
    correct(snapshot)
    events_then = EventRecord.objects.count()
    number = int(Work.objects.get(kind=REDATE).key.rsplit(":", 1)[1])
    redating.redate(snapshot.document_id, number)
    assert EventRecord.objects.count() == events_then


def test_what_fails_is_tried_again_and_leaves_nothing_half_done(snapshot, monkeypatch):
    correct(snapshot, do=False)
    before = EventRecord.objects.count()

    def broken(work):
        raise ZeroDivisionError("by zero")

    with monkeypatch.context() as patch:
        patch.setattr(tasks.jobs, "complete", broken)  # the worker dies between the effect and its completion
        tasks.redate_claims()
    assert EventRecord.objects.count() == before
    assert "by zero" in Work.objects.get(kind=REDATE).error
    Work.objects.filter(kind=REDATE).update(due_at="2026-01-01T00:00:00Z", leased_until=None)
    assert tasks.redate_claims() == 1
    assert tomorrow().due["edtf"] == "2022-12-21"


def test_a_worker_does_it(worker, snapshot):
    correct(snapshot, do=False)
    end = time.monotonic() + 120
    while not Work.objects.filter(kind=REDATE, done_at__isnull=False).exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert tomorrow().due["edtf"] == "2022-12-21"


def test_the_log_and_the_tables_still_agree(snapshot):
    review.accept(tomorrow().pk, by=make.REVIEWER)
    correct(snapshot)
    assert tomorrow().offered
    assert list(rebuild.differences(lambda done, total: None)) == []
    assert transparency.verify() is None


def test_work_of_another_kind_is_left_alone(snapshot):
    jobs.owe("read", "read:x")
    assert tasks.redate_claims() == 0


def test_the_desk_offers_the_step_and_tells_what_happened(snapshot):
    claim = tomorrow()
    review.accept(claim.pk, by=make.REVIEWER)
    correct(snapshot)
    flagging.run()
    desk = Client()
    desk.force_login(make.user(Role.REVIEWER))
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    html = desk.get(page).content.decode()
    assert "Take the new dates" in html
    assert "Other dates offered" in html
    version = Claim.objects.get(pk=claim.pk).version
    step = reverse("admin:claims_claim_step", args=[claim.pk, "redate"])
    fields = {"redate-after": version, "redate-key": "6f1c9c3e-6c1f-5f0a-9d2b-8f1f5e0c7a12", "redate-reason": ""}
    assert desk.post(step, fields).status_code == 302
    assert tomorrow().due["edtf"] == "2022-12-21"
    assert "Take the new dates" not in desk.get(page).content.decode()


def test_an_integrator_sees_the_offer_and_takes_it(snapshot):
    claim = tomorrow()
    review.accept(claim.pk, by=make.REVIEWER)
    correct(snapshot)
    desk = Client()
    desk.force_login(make.user(Role.REVIEWER))
    address = f"/api/v1/claims/{claim.pk}/"
    shown = desk.get(address).json()
    assert shown["offered"]["due"]["edtf"] == "2022-12-21"
    assert "redate" in shown["steps"]
    taken = desk.post(f"{address}redate/", {"reason": "صحيح"}, content_type="application/json")
    assert taken.status_code == 200
    assert (taken.json()["due"]["edtf"], taken.json()["offered"]) == ("2022-12-21", {})
    assert desk.post(f"{address}redate/", {}, content_type="application/json").status_code == 409


# ── strict bounds: «قبل العام المقبل» falls due on the last day before it


BOUND = "قال وزير التجارة سالم الحربي إن المصنع سيفتتح أبوابه قبل العام المقبل."


@pytest.fixture
def bound(committed_db):
    kept = capture(BOUND, by=make.REPORTER, outlet="جريدة الميناء", published=OLD, language="ar").snapshot
    reading.read_snapshot(kept)
    Work.objects.update(done_at="2026-01-01T00:00:00Z")
    return kept


def test_a_strict_bound_follows_the_corrected_date_to_the_eve_of_what_it_names(bound):
    assert tomorrow().due["edtf"] == "2022-12-31"
    correct(bound, "2024-05-01")
    assert tomorrow().due["edtf"] == "2024-12-31"


def test_a_due_date_that_a_person_set_beside_a_strict_bound_stays_and_another_is_not_even_offered(bound):
    claim = tomorrow()
    review.schedule(claim.pk, due=ImpreciseDate(edtf="2023-06"), reason="طلب المحرر", by=make.REVIEWER)
    correct(bound, "2024-05-01")
    claim.refresh_from_db()
    assert claim.due["edtf"] == "2023-06"
    assert "due" not in (claim.offered or {})


def test_a_date_that_its_words_never_came_to_is_not_counted_from_them(bound):
    """Somebody chose another day for the words that were read: the words do not tell what it should be now."""
    claim, words = tomorrow(), "العام المقبل"
    place = {"start": BOUND.index(words), "end": BOUND.index(words) + len(words)}
    recording.revise(claim.pk, {"due": claim.due | place | {"edtf": "2030-06", "text": words}}, reason="طلب المحرر", by=make.EDITOR)
    correct(bound, "2024-05-01")
    claim.refresh_from_db()
    assert claim.due["edtf"] == "2030-06"
    assert "due" not in (claim.offered or {})
