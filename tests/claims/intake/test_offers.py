"""Another version of the reader reads a text: what people touched is offered and not changed."""

from dataclasses import replace

import pytest

from claims import flagging, tasks
from claims.domain import events
from claims.domain.choices import Relation
from claims.domain.steps import StepNotOpen
from claims.models import Flag
from claims.workflow import linking, recording, review
from sources import roles
from sources.capturing import documents
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.claims.intake.steps import NEW, TEXT, accepted, claim, due, last, reread, shorter, version, written

# ── what people touched


def in_review(row):
    accepted(row)
    review.assign(row.pk, to=make.user().username, by=make.REVIEWER)


def published(row):
    accepted(row)
    make.publish(row.pk, "kept")


def registered(row):
    review.register(row.pk, criteria="بيانات الميناء", by=make.REVIEWER)


def judged_beside(row):
    linking.link(row.pk, claim("الجسر").pk, relation=Relation.NOT_SAME, by=make.REVIEWER)


@pytest.mark.parametrize("touch", [accepted, in_review, published, registered, judged_beside])
def test_what_people_worked_on_is_only_offered(snapshot, monkeypatch, touch):
    touch(claim("سفينة"))
    before = claim("سفينة")
    version(monkeypatch, "b", due("2024"))
    (change,) = reread(snapshot).changed
    after = claim("سفينة")
    assert change.changed == {}
    assert set(change.offered) == {"due"}
    assert (after.due, after.reader, after.status) == (before.due, "a", before.status)
    assert after.offered_reading["changes"]["due"]["edtf"] == "2024"
    assert after.changed_at == before.changed_at  # it waits for people as long as before
    assert not reread(snapshot)


def test_a_field_that_a_person_set_is_offered_and_the_others_follow(snapshot, monkeypatch):
    row = claim("سفينة")
    review.schedule(row.pk, due=ImpreciseDate(edtf="2030"), by=make.REVIEWER)
    version(monkeypatch, "b", lambda drafts: [replace(d, kind="event") for d in due("2024")(drafts)])
    reread(snapshot)
    row = claim("سفينة")
    assert (row.due["edtf"], row.kind) == ("2030", "event")
    assert row.offered_reading["changes"]["due"]["edtf"] == "2024"


def test_what_a_person_made_of_a_reading_is_not_asked_about_where_the_reading_is_the_same(snapshot, monkeypatch):
    recording.revise(claim("سفينة").pk, {"statement": "سيستقبل الميناء 300 سفينة"}, reason="أوضح", by=make.REPORTER)
    version(monkeypatch, "b")
    assert not reread(snapshot)


def test_an_offer_that_was_answered_is_not_made_again(snapshot, monkeypatch):
    accepted(claim("سفينة"))
    version(monkeypatch, "b", due("2024"))
    reread(snapshot)
    recording.revise(claim("سفينة").pk, {"due": {"edtf": "2031"}}, reason="سألناها", by=make.REVIEWER)
    assert claim("سفينة").offered_reading is None
    assert not reread(snapshot)
    assert claim("سفينة").offered_reading is None


def test_a_later_version_takes_back_what_an_earlier_one_offered(snapshot, monkeypatch):
    accepted(claim("سفينة"))
    version(monkeypatch, "b", due("2024"))
    reread(snapshot)
    version(monkeypatch, "c")
    reread(snapshot)
    assert claim("سفينة").offered_reading is None
    assert last(claim("سفينة").pk) == events.ClaimRereadingOffered(changes={}, reader="c")
    before = written()
    reread(snapshot)
    assert written() == before


def test_an_offer_is_taken_in_one_step_and_its_flag_clears(snapshot, monkeypatch):
    row = claim("سفينة")
    accepted(row)
    with pytest.raises(StepNotOpen):
        recording.take_reading(row.pk, by=make.REVIEWER)
    version(monkeypatch, "b", lambda drafts: shorter(due("2024")(drafts)))
    reread(snapshot)
    flagging.run()
    flag = Flag.objects.get(claim=row, rule="read-anew")
    assert flag.parameters == {"reader": "b", "fields": "3"}  # due, quote, statement
    with pytest.raises(roles.NotAllowed):
        recording.take_reading(row.pk, by=make.REPORTER)
    recording.take_reading(row.pk, by=make.REVIEWER)
    after = claim("سفينة")
    assert (after.due["edtf"], TEXT[after.start : after.end], after.offered_reading) == ("2024", after.quote, None)
    flagging.run()
    flag.refresh_from_db()
    assert flag.state == "cleared"
    assert not reread(snapshot)


def test_what_was_judged_is_offered_and_not_taken_by_the_step(snapshot, monkeypatch):
    row = claim("سفينة")
    published(row)
    version(monkeypatch, "b", due("2024"))
    reread(snapshot)
    flagging.run()
    assert Flag.objects.get(claim=row, rule="read-anew").code == "judged"
    with pytest.raises(StepNotOpen):
        recording.take_reading(row.pk, by=make.EDITOR)


# ── dates that hang on the publication date


def correct(snapshot, published=NEW):
    documents.correct(snapshot.document, published=published, reason="r", by=make.EDITOR)
    return tasks.redate_claims()


def test_a_corrected_date_leaves_alone_what_another_version_read(snapshot, monkeypatch):
    version(monkeypatch, "b", lambda drafts: [replace(d, due=ImpreciseDate(edtf="2040")) for d in drafts])
    correct(snapshot)
    row = claim("المصنع")
    assert row.due["edtf"] == "2023-01-01"
    assert row.said_on["edtf"] == NEW  # the publication date itself: no reader read it
    assert "due" not in (row.offered or {})


def test_after_a_rereading_dates_follow_the_publication_date_again(snapshot, monkeypatch):
    version(monkeypatch, "b")
    assert not reread(snapshot)
    told = last(claim("المصنع").pk)
    assert told == events.ClaimReread(changes={}, reader="b", before_reader="a")
    assert isinstance(last(claim("سفينة").pk), events.ClaimRecorded)  # its date hangs on nothing
    correct(snapshot)
    assert claim("المصنع").due["edtf"] == "2022-12-21"


def test_a_corrected_date_takes_back_no_offer_of_another_kind(snapshot, monkeypatch):
    accepted(claim("المصنع"))
    correct(snapshot)
    version(monkeypatch, "b", lambda drafts: [replace(d, kind="event") for d in drafts])
    reread(snapshot)
    correct(snapshot, "2022-12-25")
    row = claim("المصنع")
    assert row.offered["due"]["edtf"] == "2022-12-21"  # of that version; it is read again before it is counted again
    assert row.offered["said_on"]["edtf"] == "2022-12-25"
    assert row.offered_reading["changes"] == {"kind": "event"}


def test_a_draft_with_evidence_keeps_its_date_and_gets_an_offer(snapshot):
    row = claim("المصنع")
    review.add_evidence(row.pk, make.Exhibit(stance=make.Stance.CONTEXT, url="https://example.org/a"), by=make.REPORTER)
    correct(snapshot)
    assert claim("المصنع").due["edtf"] == "2023-01-01"
    assert claim("المصنع").offered["due"]["edtf"] == "2022-12-21"
