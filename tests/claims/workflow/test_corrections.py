"""What was judged stays judged: how a change of a claim is made depends on what was decided of it."""

from datetime import date

import pytest

from claims import ledger, records
from claims.domain.choices import CorrectionStatus, Kind, Relation, Stance, Status
from claims.domain.steps import StepNotOpen
from claims.domain.values import Exhibit, SpeakerAsRead
from claims.models import Claim, Correction, PublicRecord
from claims.workflow import corrections, linking, publishing, recording, review, verdicts
from sources import roles
from sources.models import new_id
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.make import CHIEF, EDITOR, REPORTER, REVIEWER, accepted, judged, pending, published, reopened

pytestmark = pytest.mark.django_db

CHANGES = {
    "statement": "صياغة أخرى",
    "kind": "event",
    "speaker": {"type": "person", "name": "غيره", "title": "", "id": None, "mention_start": None, "mention_end": None},
    "polarity": "negated",
    "source": "صحيفة أخرى",
    "language": "ar",
    "criteria": "أرقام الجمارك",
    "said_on": {"edtf": "2022-12-30", "text": None, "start": None, "end": None, "basis": "context"},
    "due": {"edtf": "2024", "text": None, "start": None, "end": None, "basis": "context"},
    "scope": {"edtf": "2023", "text": None, "start": None, "end": None, "basis": "context"},
    "superlative": True,
    "quantities": [
        {"text": "5", "value": "5", "unit": None, "comparator": "exactly", "value_max": None, "role": "level", "start": None, "end": None}
    ],
}


def types(claim):
    return [happened.event.type for happened in ledger.happenings([claim])[claim]]


def state(claim):
    return ledger.state_of(claim)


def revise(claim, by=REVIEWER, **changes):
    return recording.revise(claim, changes or {"statement": "صياغة أخرى"}, reason="أدق", by=by)


def record(claim):
    return PublicRecord.objects.get(claim=claim)


@pytest.mark.parametrize("name", sorted(CHANGES))
@pytest.mark.parametrize("made", [judged, published, reopened])
def test_a_field_of_a_judged_claim_changes_only_by_a_correction_that_another_approves(made, name):
    claim = made()
    before = getattr(state(claim).said, name)
    revise(claim, **{name: CHANGES[name]})
    assert getattr(state(claim).said, name) == before
    corrections.approve(claim, by=EDITOR)
    assert getattr(state(claim).said, name) != before
    assert types(claim)[-3:] == ["CorrectionProposed", "ClaimRevised", "CorrectionIssued"]


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_change_of_what_a_pending_verdict_judges_is_taken_and_sends_it_back(name):
    claim = pending()
    revise(claim, **{name: CHANGES[name]})
    assert types(claim)[-2:] == ["ClaimRevised", "VerdictReturned"]
    assert state(claim).proposal is None
    *_, last = ledger.happenings([claim])[claim]
    assert last.actor == roles.PROGRAM.name
    assert "صياغة" not in last.event.reason


def test_the_reason_of_a_verdict_that_went_back_names_the_fields():
    claim = pending()
    revise(claim, statement="صياغة أخرى", criteria="أرقام")
    *_, last = ledger.happenings([claim])[claim]
    assert "statement" in last.event.reason
    assert "how it will be settled" in last.event.reason


@pytest.mark.parametrize("made", [pending, judged, published, reopened])
@pytest.mark.parametrize("change", [{"notes": "للمكتب"}, {"tags": ["تجارة"]}])
def test_notes_and_tags_stay_free(made, change):
    claim = made()
    proposal = state(claim).proposal
    revise(claim, by=REPORTER, **change)
    assert types(claim)[-1] == "ClaimRevised"
    assert state(claim).proposal == proposal


def test_a_change_of_notes_and_statement_splits():
    claim = published()
    revise(claim, statement="صياغة أخرى", notes="للمكتب")
    assert types(claim)[-2:] == ["ClaimRevised", "CorrectionProposed"]
    assert state(claim).said.notes == "للمكتب"
    assert state(claim).correction.changes == {"statement": "صياغة أخرى"}


def test_a_reporter_puts_right_what_is_proposed_and_nothing_after_that():
    claim = make.recorded()
    revise(claim, by=REPORTER)
    review.accept(claim, by=REVIEWER)
    with pytest.raises(roles.NotAllowed):
        revise(claim, by=REPORTER, statement="ثالثة")
    revise(claim, by=REVIEWER, statement="ثالثة")


@pytest.mark.parametrize("made", [make.recorded, accepted, pending, judged, published])
def test_a_change_that_changes_nothing_makes_no_event(made):
    claim = made()
    said, version = state(claim).said, state(claim).version
    receipt = revise(claim, statement=said.statement, tags=list(said.tags), kind=said.kind.value)
    assert receipt.version == version
    assert state(claim).version == version


@pytest.mark.parametrize("made", [judged, published, reopened])
def test_scheduling_a_judged_claim_is_a_correction(made):
    claim = made(due="2023")
    review.schedule(claim, due=ImpreciseDate(edtf="2024"), reason="سنة أخرى", by=REVIEWER)
    assert state(claim).said.due.edtf == "2023"
    assert state(claim).correction.changes["due"]["edtf"] == "2024"
    corrections.approve(claim, by=EDITOR)
    assert state(claim).said.due.edtf == "2024"


def test_registering_a_reopened_claim_is_a_correction():
    claim = accepted(kind=Kind.PREDICTION, due="2090", criteria="أرقام الجمارك")
    verdicts.reach(claim, rating="came_true", rationale="حدث", by=REVIEWER)
    verdicts.approve(claim, by=EDITOR)
    review.reopen(claim, reason="شك", by=EDITOR)
    review.register(claim, by=REVIEWER)
    assert state(claim).registered is None
    corrections.approve(claim, by=EDITOR)
    assert state(claim).registered.due.edtf == "2090"


def test_evidence_that_a_verdict_rests_on_is_withdrawn_by_a_correction():
    claim = accepted()
    url = Exhibit(stance=Stance.SUPPORTS, url="https://example.org/b")
    kept = make.state(review.add_evidence(claim, url, by=REPORTER)).evidence[0].id
    verdicts.reach(claim, rating="true", rationale="حدث", evidence=(kept,), by=REVIEWER)
    verdicts.approve(claim, by=EDITOR)
    publishing.publish(claim, by=EDITOR)
    other = make.state(review.add_evidence(claim, url, by=REPORTER)).evidence[1].id
    review.withdraw_evidence(claim, evidence=other, reason="مكرر", by=REVIEWER)
    assert types(claim)[-1] == "EvidenceWithdrawn"
    review.withdraw_evidence(claim, evidence=kept, reason="مزور", by=REVIEWER)
    assert types(claim)[-1] == "CorrectionProposed"
    assert [each["address"] for each in record(claim).record["exhibits"]] == ["https://example.org/b"]
    corrections.approve(claim, by=CHIEF)
    assert state(claim).exhibits == ()
    assert record(claim).record["exhibits"] == []
    assert record(claim).record["reason"] == "مزور"


def test_evidence_that_a_pending_verdict_rests_on_sends_it_back_when_it_goes():
    claim = accepted()
    url = Exhibit(stance=Stance.SUPPORTS, url="https://example.org/b")
    kept = make.state(review.add_evidence(claim, url, by=REPORTER)).evidence[0].id
    verdicts.reach(claim, rating="true", rationale="حدث", by=REVIEWER)
    review.withdraw_evidence(claim, evidence=kept, reason="مزور", by=REVIEWER)
    assert types(claim)[-2:] == ["EvidenceWithdrawn", "VerdictReturned"]


def test_evidence_added_after_a_verdict_enters_the_record_with_a_new_verdict():
    claim = published()
    review.add_evidence(claim, Exhibit(stance=Stance.REFUTES, url="https://example.org/c"), by=REPORTER)
    revise(claim)
    corrections.approve(claim, by=EDITOR)
    assert record(claim).record["exhibits"] == []
    verdicts.reach(claim, rating="false", rationale="لم يحدث", by=REVIEWER)
    verdicts.approve(claim, by=EDITOR)
    assert [each["address"] for each in record(claim).record["exhibits"]] == ["https://example.org/c"]


def test_publishing_and_approving_wait_while_a_correction_is_open():
    claim = judged()
    revise(claim)
    with pytest.raises(StepNotOpen, match="correction waits"):
        publishing.publish(claim, by=EDITOR)
    corrections.send_back(claim, reason="الأصل صحيح", by=EDITOR)
    publishing.publish(claim, by=EDITOR)
    verdicts.reach(claim, rating="false", rationale="لا", by=REVIEWER)
    revise(claim)
    with pytest.raises(StepNotOpen, match="correction waits"):
        verdicts.approve(claim, by=EDITOR)


def test_a_correction_that_is_approved_sends_a_pending_verdict_back():
    claim = published()
    verdicts.reach(claim, rating="false", rationale="لا", by=REVIEWER)
    revise(claim)
    corrections.approve(claim, by=EDITOR)
    assert state(claim).proposal is None
    assert types(claim)[-1] == "VerdictReturned"
    assert state(claim).standing.rating == "true"


def test_nobody_approves_their_own_correction(settings):
    claim = published()
    revise(claim, by=EDITOR)
    with pytest.raises(corrections.OwnCorrection):
        corrections.approve(claim, by=EDITOR)
    settings.OWN_VERDICTS = True
    corrections.approve(claim, by=EDITOR)


def test_a_second_correction_waits_for_the_first():
    claim = published()
    revise(claim)
    with pytest.raises(StepNotOpen, match="correction waits"):
        revise(claim, statement="ثالثة")


def test_a_correction_that_was_sent_back_changes_nothing_and_says_why():
    claim = published()
    said = state(claim).said
    revise(claim)
    corrections.send_back(claim, reason="الأصل صحيح", by=EDITOR)
    assert state(claim).said == said
    row = Correction.objects.get(claim=claim)
    assert (row.status, row.returned_because, row.decided_by) == (CorrectionStatus.RETURNED, "الأصل صحيح", EDITOR.name)


def test_a_correction_names_the_one_that_was_looked_at():
    claim = published()
    revise(claim)
    with pytest.raises(corrections.Incorrigible):
        corrections.approve(claim, correction=new_id(), by=EDITOR)


# ── what readers are shown


def test_each_approved_correction_issues_a_record_with_its_reason():
    claim = published()
    assert (record(claim).number, record(claim).corrected_at) == (1, None)
    revise(claim, statement="صياغة أخرى")
    assert record(claim).record["statement"] != "صياغة أخرى"
    corrections.approve(claim, by=EDITOR)
    now = record(claim)
    assert (now.number, now.record["statement"], now.record["reason"], now.record["cause"]) == (2, "صياغة أخرى", "أدق", "correction")
    assert now.corrected_at == now.issued_at


def test_a_correction_before_publishing_issues_no_record():
    claim = judged()
    revise(claim)
    corrections.approve(claim, by=EDITOR)
    assert not PublicRecord.objects.exists()
    publishing.publish(claim, by=EDITOR)
    assert record(claim).record["statement"] == "صياغة أخرى"


def test_a_superseding_verdict_issues_a_record():
    claim = published()
    verdicts.reach(claim, rating="false", rationale="لم يحدث", by=REVIEWER)
    assert record(claim).rating == "true"
    verdicts.approve(claim, by=EDITOR)
    assert (record(claim).rating, record(claim).number, record(claim).record["cause"]) == ("false", 2, "verdict")


def test_a_reopened_claim_stays_public_and_is_marked_until_it_is_published_again():
    claim = reopened()
    now = record(claim)
    assert (now.under_review, now.withdrawn_at, now.number) == (True, None, 1)
    revise(claim)
    corrections.approve(claim, by=EDITOR)
    assert (record(claim).under_review, record(claim).number) == (True, 2)
    verdicts.reach(claim, rating="false", rationale="لا", by=REVIEWER)
    verdicts.approve(claim, by=EDITOR)
    assert (record(claim).rating, record(claim).under_review) == ("true", True)
    publishing.publish(claim, by=EDITOR)
    assert (record(claim).rating, record(claim).under_review) == ("false", False)


def test_a_correction_between_a_new_verdict_and_its_publication_shows_readers_nothing_of_that_verdict():
    claim = reopened()
    verdicts.reach(claim, rating="false", rationale="سري", by=REVIEWER)
    verdicts.approve(claim, by=EDITOR)
    revise(claim)
    corrections.approve(claim, by=EDITOR)
    assert record(claim).number == 1
    assert "سري" not in str(record(claim).record)


def test_withdrawing_and_merging_take_the_record_back_and_parting_restores_it():
    gone, merged, kept = published(), published(), published()
    publishing.withdraw(gone, reason="خطأ", by=EDITOR)
    assert (record(gone).withdrawn_cause, record(gone).into) == ("withdrawn", "")
    linking.merge(merged, into=kept, by=EDITOR)
    assert (record(merged).withdrawn_cause, record(merged).into) == ("merged", str(kept))
    linking.unmerge(merged, reason="غيرها", by=EDITOR)
    assert (record(merged).withdrawn_at, record(merged).number, record(merged).record["cause"]) == (None, 2, "restored")


def test_a_merge_into_a_claim_that_is_not_public_names_it_not():
    merged, kept = published(), make.recorded()
    linking.merge(merged, into=kept, by=EDITOR)
    assert record(merged).into == ""


def test_the_program_issues_records_not_a_person():
    claim = published()
    [first] = ledger.happenings([records.stream_of(claim)])[records.stream_of(claim)]
    assert first.actor == roles.PROGRAM.name
    assert EDITOR.name not in str(record(claim).record)
    assert REVIEWER.name not in str(record(claim).record)


def test_what_goes_with_a_step_stands_in_its_context():
    claim = published()
    one, other = (ledger.happenings([s])[s][-1].context for s in (claim, records.stream_of(claim)))
    assert one == other


def test_publishing_a_newer_verdict_after_a_claim_was_reopened_corrects_the_older_one():
    claim = reopened()
    verdicts.reach(claim, rating="false", rationale="لا", by=REVIEWER)
    verdicts.approve(claim, by=EDITOR)
    assert Claim.objects.get(pk=claim).corrected_at is None
    publishing.publish(claim, by=EDITOR)
    assert types(claim)[-2:] == ["ClaimPublished", "CorrectionIssued"]
    assert Claim.objects.get(pk=claim).corrected_at == record(claim).corrected_at


# ── the rest


def test_a_due_date_before_the_day_it_was_said_is_refused():
    said_on = ImpreciseDate(edtf="2023-05-01")
    claim = make.recorded(said_on=said_on)
    with pytest.raises(review.Unreviewable) as refused:
        review.schedule(claim, due=ImpreciseDate(edtf="2023-04"), by=REVIEWER)
    assert "due" in refused.value.errors
    with pytest.raises(recording.Unrecordable):
        make.recorded(said_on=said_on, due="2022")
    with pytest.raises(recording.Unrecordable):
        revise(claim, due={"edtf": "2022", "text": None, "start": None, "end": None, "basis": "context"})
    review.schedule(claim, due=ImpreciseDate(edtf="2023-05"), by=REVIEWER)


def test_a_verdict_may_say_since_when_it_was_known():
    claim = accepted()
    with pytest.raises(verdicts.Unjudgeable):
        verdicts.reach(claim, rating="true", rationale="حدث", known_since=date(2999, 1, 1), by=REVIEWER)
    verdicts.reach(claim, rating="true", rationale="حدث", known_since=date(2024, 2, 1), by=REVIEWER)
    verdicts.approve(claim, by=EDITOR)
    publishing.publish(claim, by=EDITOR)
    assert Claim.objects.get(pk=claim).verdicts.get().known_since == date(2024, 2, 1)
    assert record(claim).record["known_since"] == "2024-02-01"


def test_what_is_linked_to_others_stays_free():
    one, other = published(), published()
    linking.link(one, other, relation=Relation.SAME, by=REVIEWER)
    assert state(one).status is Status.PUBLISHED
    assert state(one).links


def test_what_was_never_published_is_not_called_corrected():
    claim = judged()
    recording.revise(claim, {"statement": "صياغة أخرى"}, reason="أدق", by=REVIEWER)
    corrections.approve(claim, by=CHIEF)
    publishing.publish(claim, by=EDITOR)
    row, record = Claim.objects.get(pk=claim), PublicRecord.objects.get(claim=claim)
    assert (row.corrected_at, record.corrected_at, record.number) == (None, None, 1)
    recording.revise(claim, {"statement": "صياغة ثالثة"}, reason="أدق", by=REVIEWER)
    corrections.approve(claim, by=CHIEF)
    row, record = Claim.objects.get(pk=claim), PublicRecord.objects.get(claim=claim)
    assert row.corrected_at == record.corrected_at is not None


@pytest.mark.parametrize("name", ["due", "speaker"])
def test_a_date_or_a_speaker_repeated_without_its_place_in_the_text_changes_nothing(name):
    due = ImpreciseDate(edtf="2023-12-31", text="قبل عام 2024", start=30, end=42)
    who = SpeakerAsRead(type="person", name="سامي", mention_start=4, mention_end=8)
    claim = published(due=due, speaker=who)
    before = types(claim)
    bare = {"due": {"edtf": "2023-12-31", "basis": "context"}, "speaker": {"type": "person", "name": "سامي"}}
    recording.revise(claim, {name: bare[name]}, reason="كما هو", by=REVIEWER)
    assert types(claim) == before
    other = {"due": {"edtf": "2023", "basis": "context"}, "speaker": {"type": "person", "name": "سالم"}}
    recording.revise(claim, {name: other[name]}, reason="غيره", by=REVIEWER)
    assert types(claim) == [*before, "CorrectionProposed"]
