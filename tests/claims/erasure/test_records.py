"""Words that readers were shown are struck out of records, and readers are told: a new record is issued by the program."""

from claims import erasure, ledger, records, transparency
from claims.ledger import rebuild
from claims.models import EventRecord, PublicRecord
from claims.workflow import corrections, publishing, recording, review
from sources import roles
from sources.registry.names import STRUCK
from tests import make
from tests.make import published

NAME = "ليلى الخطيب"


def erase(word=NAME):
    return erasure.erase([word], reason="طلب", by=make.EDITOR)


def told(claim):
    stream = records.stream_of(claim)
    return ledger.happenings([stream])[stream]


def test_an_erasure_strikes_the_record_says_so_and_issues_a_new_one(committed_db):
    claim = published(statement=f"قالت {NAME} إن التجارة ستنمو")
    erase()
    first, erased, now = told(claim)
    assert STRUCK in first.event.statement
    assert erased.event.bodies.keys() == {str(first.id)}
    assert (now.event.number, now.event.cause) == (2, "erasure")
    assert STRUCK in now.event.statement
    assert {h.actor for h in (erased, now)} == {roles.PROGRAM.name}
    row = PublicRecord.objects.get(claim=claim)
    assert NAME not in str(row.record)
    assert row.corrected_at == row.issued_at


def test_the_digests_told_on_the_public_stream_are_those_of_the_bodies_now(committed_db):
    from claims.ledger import codec

    claim = published(statement=f"قالت {NAME} إن التجارة ستنمو")
    erase()
    first, erased, _now = told(claim)
    row = EventRecord.objects.get(id=first.id)
    assert erased.event.bodies[str(first.id)] == codec.body_digest(bytes(row.salt), row.body)


def test_a_word_that_only_an_older_record_held_is_struck_without_a_new_record(committed_db):
    claim = published(statement=f"قالت {NAME} إن التجارة ستنمو")
    recording.revise(claim, {"statement": "التجارة ستنمو"}, reason="أدق", by=make.REVIEWER)
    corrections.approve(claim, by=make.CHIEF)
    erase()
    assert [h.event.type for h in told(claim)] == ["PublicRecordIssued", "PublicRecordIssued", "PublicRecordErased"]
    assert PublicRecord.objects.get(claim=claim).number == 2


def test_a_record_that_was_taken_back_is_struck_and_not_issued_again(committed_db):
    claim = published(statement=f"قالت {NAME} إن التجارة ستنمو")
    publishing.withdraw(claim, reason="خطأ", by=make.EDITOR)
    erase()
    assert [h.event.type for h in told(claim)][-1] == "PublicRecordErased"
    assert NAME not in str(PublicRecord.objects.get(claim=claim).record)


def test_a_record_under_review_stays_marked(committed_db):
    claim = published(statement=f"قالت {NAME} إن التجارة ستنمو")
    review.reopen(claim, reason="شك", by=make.EDITOR)
    erase()
    assert PublicRecord.objects.get(claim=claim).under_review


def test_what_a_proposal_froze_of_the_sources_is_struck_too(committed_db):
    from sources.capturing.capture import capture

    kept = capture("نص", by=make.REPORTER, outlet=f"صحيفة {NAME}", title=f"خبر {NAME}")
    claim = published(document=str(kept.document.pk))
    assert NAME in str(PublicRecord.objects.get(claim=claim).record)
    erase()
    assert NAME not in str(PublicRecord.objects.get(claim=claim).record)
    assert not EventRecord.objects.filter(body__contains=NAME).exists()


def test_after_it_the_ledger_is_sound_and_a_rebuild_gives_the_same(committed_db, log_of_its_own):
    claim = published(statement=f"قالت {NAME} إن التجارة ستنمو", notes=NAME)
    published()
    erase()
    assert transparency.verify() is None
    before = PublicRecord.objects.get(claim=claim).record
    assert rebuild.rebuild(lambda done, total: None).mended == 0
    assert PublicRecord.objects.get(claim=claim).record == before
