"""A source that is renamed, merged or dated anew changes nothing that readers see; it offers corrections, and old claims get records."""

import pytest

from claims import ledger, records, tasks
from claims.domain import lifecycle
from claims.domain.choices import Kind
from claims.domain.state import RecordState
from claims.domain.values import Hop, SpeakerAsRead
from claims.models import Correction, EventRecord, PublicRecord
from claims.records import first as first_records
from claims.workflow import corrections, linking, offering, publishing, recording, review, verdicts
from sources import roles
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.registry import outlets, speakers
from tests import make
from tests.make import CHIEF, EDITOR, REPORTER, REVIEWER


class Desk:
    """A published claim with an outlet, a document and a speaker of its own."""

    def __init__(self) -> None:
        kept = capture("قال سامي إن التجارة ستبلغ 200 مليار دولار.", by=REPORTER, outlet="الميناء", title="خبر", published="2022-12-30")
        self.document, self.outlet = kept.document, kept.document.outlet
        self.speaker = speakers.find_or_make("سامي", "person", by=REPORTER)
        named = SpeakerAsRead(type="person", name="سامي", id=str(self.speaker.pk))
        self.claim = make.published(
            quote="التجارة",
            start=12,
            end=19,
            snapshot=str(kept.snapshot.pk),
            document=str(self.document.pk),
            speaker=named,
        )
        follow()

    def rename_outlet(self, name="إكس"):
        outlets.revise(self.outlet, name=name, by=EDITOR, reason="اسم جديد")

    @property
    def record(self):
        return PublicRecord.objects.get(claim=self.claim)

    @property
    def correction(self):
        return ledger.state_of(self.claim).correction


def follow():
    """What the workers do after a commit."""
    tasks.deliver_events()
    tasks.offer_corrections()


@pytest.fixture
def desk(committed_db):
    return Desk()


def changes(desk):
    def merged():
        other = speakers.find_or_make("سامي حداد", "person", by=REPORTER)
        speakers.merge(desk.speaker, other, by=EDITOR, reason="واحد")

    return {
        "outlet": desk.rename_outlet,
        "speaker": lambda: speakers.revise(desk.speaker, name="سامي حداد", by=EDITOR, reason="الاسم كاملا"),
        "merge": merged,
        "date": lambda: documents.correct(desk.document, published="2022-12-31", by=EDITOR, reason="خطأ"),
        "title": lambda: documents.correct(desk.document, title="عنوان آخر", by=EDITOR, reason="خطأ"),
    }


@pytest.mark.parametrize("change", ["outlet", "speaker", "merge", "date", "title"])
def test_what_readers_see_waits_for_a_correction_that_another_approves(desk, change):
    before = desk.record.record
    changes(desk)[change]()
    follow()
    assert desk.record.record == before
    assert desk.correction.proposer == EDITOR.name
    with pytest.raises(corrections.OwnCorrection):
        corrections.approve(desk.claim, by=EDITOR)
    corrections.approve(desk.claim, by=CHIEF)
    assert desk.record.record != before
    assert desk.record.number == 2


def test_an_offer_is_made_once_and_replaced_by_a_newer_one(desk):
    desk.rename_outlet()
    follow()
    first = desk.correction.id
    follow()
    assert desk.correction.id == first
    desk.rename_outlet("إكس الجديد")
    follow()
    assert desk.correction.shown.source == "إكس الجديد"
    assert [row.status for row in Correction.objects.filter(claim=desk.claim).order_by("ordinal")] == ["returned", "open"]


def test_an_offer_is_taken_back_where_all_reads_as_before(desk):
    desk.rename_outlet()
    follow()
    desk.rename_outlet("الميناء")
    follow()
    assert desk.correction is None


def test_a_correction_of_a_person_takes_the_place_of_an_offer_and_says_the_same(desk):
    desk.rename_outlet()
    follow()
    recording.revise(desk.claim, {"statement": "صياغة أخرى"}, reason="أدق", by=REVIEWER)
    assert desk.correction.shown.source == "إكس"
    corrections.approve(desk.claim, by=CHIEF)
    follow()
    assert desk.correction is None
    assert desk.record.record["source"] == "إكس"


def test_an_offer_that_a_correction_kept_back_comes_when_it_is_sent_back(desk):
    recording.revise(desk.claim, {"statement": "صياغة أخرى"}, reason="أدق", by=REVIEWER)
    desk.rename_outlet()
    follow()
    assert desk.correction.changes
    corrections.send_back(desk.claim, reason="لا", by=CHIEF)
    follow()
    assert desk.correction.shown.source == "إكس"
    assert desk.correction.proposer == EDITOR.name


def test_a_verdict_shows_the_sources_as_they_were_when_it_was_proposed(committed_db):
    kept = capture("قال سامي إن التجارة ستبلغ 200 مليار دولار.", by=REPORTER, outlet="الميناء")
    claim = make.pending(document=str(kept.document.pk))
    outlets.revise(kept.document.outlet, name="إكس", by=EDITOR, reason="اسم جديد")
    verdicts.approve(claim, by=EDITOR)
    publishing.publish(claim, by=EDITOR)
    assert PublicRecord.objects.get(claim=claim).record["source"] == "الميناء"


def test_a_claim_that_is_not_public_is_offered_nothing(committed_db):
    kept = capture("قال سامي إن التجارة ستبلغ 200 مليار دولار.", by=REPORTER, outlet="الميناء")
    make.recorded(document=str(kept.document.pk))
    outlets.revise(kept.document.outlet, name="إكس", by=EDITOR)
    follow()
    assert not Correction.objects.exists()


# ── claims that were published before there were records


def published_before():
    """As a program without records published it: the same events, and none on the record's stream."""
    from claims.domain.events import ClaimPublished

    claim = make.judged()
    ledger.take_step("publish", claim, lambda state: [ClaimPublished()], by=EDITOR)
    return claim


def test_claims_that_were_published_before_get_their_records_once(committed_db):
    claims = [published_before() for _ in range(3)]
    assert first_records.missing()
    assert first_records.issue() == 3
    assert first_records.issue() == 0
    assert not first_records.missing()
    for claim in claims:
        row, state = PublicRecord.objects.get(claim=claim), ledger.state_of(claim)
        assert (row.number, row.record["cause"]) == (1, "upgrade")
        assert (row.first_issued_at, row.issued_at, row.corrected_at) == (state.published_at, state.published_at, None)


def test_the_worker_issues_what_an_upgrade_owes(committed_db):
    from claims import handlers

    claim = published_before()
    handlers.owe_first_records(None)
    assert tasks.issue_first_records() == 1
    assert PublicRecord.objects.filter(claim=claim).exists()
    assert tasks.issue_first_records() == 0


def test_a_record_at_upgrade_says_when_the_claim_was_corrected(committed_db):
    from claims.domain.events import CorrectionIssued, VerdictApproved

    claim = published_before()
    verdicts.reach(claim, rating="false", rationale="لم يحدث", by=REVIEWER)

    def decide(state):
        return [VerdictApproved(verdict=state.proposal.id), CorrectionIssued(verdict=state.proposal.id, superseded=state.standing.id)]

    ledger.take_step("approve", claim, decide, by=EDITOR)
    first_records.issue()
    row = PublicRecord.objects.get(claim=claim)
    assert row.corrected_at == ledger.state_of(claim).corrected_at
    assert row.record["rating"] == "false"


def test_the_first_records_are_the_programs_own(committed_db):
    claim = published_before()
    first_records.issue()
    stream = records.stream_of(claim)
    assert EventRecord.objects.get(stream=stream).actor == roles.PROGRAM.name
    assert isinstance(lifecycle.fold(ledger.happenings([stream])[stream]), RecordState)


# ── denials that an older reader showed as their opposite


def denied_before(**fields):
    """A published claim as the reader drafted denials once: the quote for the statement, and nothing that says who denies."""
    said = {"quote": "تكون بكين قد زودت روسيا بالأسلحة", "prefix": "ونفى وانغ يي أن ", "suffix": ".", "polarity": "negated", "reader": "2"}
    hops = (Hop(agent="وانغ يي", role="speaker", cue="نفى"),)
    speaker = SpeakerAsRead(type="person", name="وانغ يي")
    also = {"speaker": speaker, "attributions": hops, "language": "ar"}
    return make.published(kind=Kind.EVENT, statement=said["quote"], **(said | also | fields))


def test_a_published_denial_in_the_old_form_is_offered_its_correction_once(committed_db):
    claim = denied_before()
    assert offering.restate() == 1
    assert offering.restate() == 0
    waiting = ledger.state_of(claim).correction
    assert waiting.proposer == roles.PROGRAM.name
    assert waiting.changes["denial"] is True
    assert PublicRecord.objects.get(claim=claim).record["statement"] == "تكون بكين قد زودت روسيا بالأسلحة"
    corrections.approve(claim, by=EDITOR)
    assert PublicRecord.objects.get(claim=claim).record["statement"].startswith("نفى وانغ يي أن")


def test_a_restatement_that_was_sent_back_is_not_offered_again(committed_db):
    claim = denied_before()
    offering.restate()
    corrections.send_back(claim, reason="الأصل صحيح", by=EDITOR)
    assert offering.restate() == 0


def test_the_look_for_old_denials_is_owed_once_after_an_upgrade(committed_db):
    from claims import handlers

    claim = denied_before()
    handlers.owe_first_records(None)
    assert tasks.offer_corrections() == 1
    assert ledger.state_of(claim).correction
    handlers.owe_first_records(None)
    assert tasks.offer_corrections() == 0


def test_a_source_renamed_before_its_claim_was_published_is_offered_once_it_is(desk):
    publishing.withdraw(desk.claim, reason="خطأ", by=EDITOR)
    review.reopen(desk.claim, reason="صحيح", by=EDITOR)
    verdicts.reach(desk.claim, rating="true", rationale="حدث", by=REVIEWER)
    verdicts.approve(desk.claim, by=EDITOR)
    desk.rename_outlet()
    follow()
    assert desk.correction is None  # readers are shown nothing that could be corrected
    publishing.publish(desk.claim, by=EDITOR)
    follow()
    assert desk.record.record["source"] == "الميناء"  # what was approved
    assert desk.correction.shown.source == "إكس"
    assert desk.correction.subject == str(desk.outlet.pk)


def test_a_source_renamed_while_its_claim_was_merged_is_offered_once_it_is_parted(desk):
    other = make.recorded()
    linking.merge(desk.claim, into=other, by=EDITOR)
    desk.rename_outlet()
    follow()
    linking.unmerge(desk.claim, reason="ادعاءان", by=EDITOR)
    follow()
    assert desk.correction.shown.source == "إكس"


def test_an_offer_that_a_person_sent_back_does_not_come_again_by_itself(desk):
    desk.rename_outlet()
    follow()
    corrections.send_back(desk.claim, reason="القراء يعرفونه باسمه القديم", by=CHIEF)
    follow()
    assert desk.correction is None
    desk.rename_outlet("إكس الجديدة")
    follow()
    assert desk.correction.shown.source == "إكس الجديدة"
    desk.rename_outlet()
    follow()
    assert desk.correction is None
    assert desk.record.record["source"] == "الميناء"


def test_a_name_is_not_approved_by_whoever_gave_it_though_somebody_changed_another_since(desk):
    desk.rename_outlet()  # by EDITOR
    follow()
    documents.correct(desk.document, title="خبر آخر", by=CHIEF, reason="العنوان")
    follow()
    assert desk.correction.proposer == CHIEF.name
    for who in (EDITOR, CHIEF):
        with pytest.raises(corrections.OwnCorrection):
            corrections.approve(desk.claim, by=who)
    corrections.approve(desk.claim, by=make.actor("editor"))
    assert (desk.record.record["source"], desk.record.record["title"]) == ("إكس", "خبر آخر")
