"""Another version of the reader reads a text: nothing is proposed twice, and what nobody touched follows."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connections
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import ledger, tasks
from claims.domain import events, overlap
from claims.domain.choices import Status
from claims.handlers import READ
from claims.intake import annotation, reading
from claims.intake import reread as rereading
from claims.models import Claim
from claims.workflow import linking, publishing, review
from sources.models import Speaker, Work
from sources.roles import PROGRAM
from tests import make
from tests.claims.intake.steps import REAL, TEXT, captured, claim, due, reread, shorter, version, without, written

# ── a reading that another version began


def test_what_one_version_read_another_one_proposes_nothing_beside(snapshot, monkeypatch):
    version(monkeypatch, "b", shorter)
    before = written()
    assert reading.read_snapshot(snapshot) == []
    assert written() == before


def test_a_reading_that_an_upgrade_interrupted_is_not_doubled(committed_db, monkeypatch):
    version(monkeypatch, "a", without("الجسر"))
    kept = captured()
    reading.read_snapshot(kept)  # the worker dies before it has struck the work off
    version(monkeypatch, "b", shorter)
    assert tasks.read_snapshots() == 1
    assert Claim.objects.count() == 2
    assert set(Claim.objects.values_list("reader", flat=True)) == {"a"}
    assert Work.objects.get(key=f"{READ}:{kept.pk}").done_at


def test_drafts_are_written_down_under_the_version_that_read_them(committed_db, monkeypatch):
    version(monkeypatch, "a")
    kept = captured()
    read = reading.read(kept)
    version(monkeypatch, "b")
    assert {receipt.state.said.reader for receipt in reading.propose(kept, read)} == {"a"}


def test_a_later_text_of_the_document_is_no_news_for_being_read_with_other_borders(committed_db, monkeypatch):
    about = {"url": "https://example.org/port"}
    version(monkeypatch, "a")
    reading.read_snapshot(captured(**about))
    version(monkeypatch, "b", shorter)
    later = captured(TEXT + "\nوقال وزير المالية هاني الزين إن الضريبة سترتفع في عام 2027.\n", **about)
    (new,) = reading.read_snapshot(later)
    assert "الضريبة" in new.state.said.quote


def test_two_versions_side_by_side_in_an_upgrade_propose_each_claim_once(committed_db, monkeypatch):
    kept = captured()
    version(monkeypatch, "a")
    readings = [reading.read(kept)]
    version(monkeypatch, "b", shorter)
    readings.append(reading.read(kept))
    together = Barrier(2)

    def propose(read):
        try:
            together.wait(timeout=60)
            return len(reading.propose(kept, read))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        assert sorted(workers.map(propose, readings)) == [0, 3]
    assert Claim.objects.values("reader").distinct().count() == 1


@pytest.mark.parametrize("close", ["reject", "withdraw", "merge", "move", "mark"])
def test_what_people_closed_moved_or_marked_is_not_proposed_again(snapshot, monkeypatch, close):
    old = claim("سفينة")
    match close:
        case "reject":
            review.reject(old.pk, reason="r", by=make.REVIEWER)
        case "withdraw":
            publishing.withdraw(old.pk, reason="r", by=make.EDITOR)
        case "merge":
            linking.merge(old.pk, into=claim("الجسر").pk, by=make.EDITOR)
        case "move":
            annotation.quote(old.pk, start=old.end - 8, end=old.end, by=make.REPORTER)
        case "mark":
            annotation.propose(snapshot, start=TEXT.index("وزير النقل"), end=TEXT.index(" إن الجسر"), by=make.REPORTER)
    before = written()[0]
    version(monkeypatch, "b", shorter)
    assert reread(snapshot).gained == []
    assert Claim.objects.count() == (4 if close == "mark" else 3)
    assert written()[0] > before  # the others have other borders now


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), max_size=6).map(lambda pairs: [(a, a + n) for a, n in pairs])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(SPANS, st.sampled_from(["read", "reread", "mark", "reject"])), min_size=2, max_size=4))
def test_no_reading_proposes_what_overlaps_a_claim(db, monkeypatch, rounds):
    """Whatever versions read, in whatever order, and whatever people do in between."""
    model = REAL(TEXT, language="ar").claims[0]
    text = TEXT[:125]
    kept = captured(text, title=repr(rounds))
    known = set()
    for n, (spans, how) in enumerate(rounds):

        def drafts(_, spans=spans):
            return [replace(model, quote=text[a:b], start=a, end=b, quantities=[]) for a, b in spans if text[a:b].strip()]

        version(monkeypatch, str(n), drafts)
        before = _spans(kept)
        if how == "mark" and spans and text[slice(*spans[0])].strip():
            known.add(annotation.propose(kept, start=spans[0][0], end=spans[0][1], by=make.REPORTER).stream)
        elif how == "reject" and before:
            waiting = [id for id in before if ledger.state_of(id).status is Status.PROPOSED]
            if waiting:
                review.reject(waiting[0], reason="r", by=make.REVIEWER)
        elif how == "read":
            reading.read_snapshot(kept)
        else:
            rereading.reread(kept.document_id)
        for id, span in _spans(kept).items():
            if id not in before and id not in known:
                others = [other for one, other in _spans(kept).items() if one != id]
                assert not overlap.taken(span, others)
        known |= _spans(kept).keys()


def _spans(kept):
    return {id: (start, end) for id, start, end in Claim.objects.filter(snapshot=kept).values_list("pk", "start", "end")}


# ── what is shown, and done


def test_a_dry_run_tells_what_a_wet_run_does_and_changes_nothing(snapshot, monkeypatch):
    version(monkeypatch, "b", lambda drafts: without("المصنع")(due("2024")(drafts)))
    before = written()
    dry = reread(snapshot, dry=True)
    assert written() == before
    wet = reread(snapshot)
    assert [lost.statement for lost in dry.lost] == [claim("المصنع").statement]
    assert (dry.lost, dry.changed, dry.same) == (wet.lost, wet.changed, wet.same)
    (change,) = dry.changed
    old, new = change.changed["due"]
    assert (old["edtf"], new["edtf"], change.offered) == ("2035", "2024", {})
    assert claim("سفينة").due["edtf"] == "2024"


def test_a_dry_run_leaves_no_speaker_behind(snapshot, monkeypatch):
    version(monkeypatch, "b", lambda drafts: [replace(d, speaker_name="سالم بن علي الحربي") for d in drafts])
    before = written()
    assert len(reread(snapshot, dry=True).changed) == 3
    assert written() == before
    reread(snapshot)
    assert Speaker.objects.filter(name="سالم بن علي الحربي").count() == 1
    assert set(Claim.objects.values_list("speaker_name", flat=True)) == {"سالم بن علي الحربي"}


def test_a_draft_nobody_touched_takes_the_new_reading_by_an_event_of_the_program(snapshot, monkeypatch):
    version(monkeypatch, "b", shorter)
    reread(snapshot)
    row = claim("سفينة")
    happened = ledger.happenings([row.pk])[row.pk][-1]
    assert isinstance(happened.event, events.ClaimReread)
    assert (happened.actor, happened.event.reader, happened.event.before_reader) == (PROGRAM.name, "b", "a")
    assert TEXT[row.start : row.end] == row.quote
    assert row.suffix.startswith(" 2035")
    assert row.statement == row.quote
    assert row.reader == "b"


def test_the_same_again_changes_nothing(snapshot, monkeypatch):
    review.accept(claim("الجسر").pk, by=make.REVIEWER)
    version(monkeypatch, "b", lambda drafts: shorter(due("2024")(drafts)))
    reread(snapshot)
    before = written()
    again = reread(snapshot)
    assert not again
    assert again.same == 3
    assert written() == before


def test_what_was_lost_stays_and_is_listed_until_a_person_rejects_it(snapshot, monkeypatch):
    version(monkeypatch, "b", without("سفينة"))
    for _ in range(2):
        (lost,) = reread(snapshot).lost
        assert lost.claim == claim("سفينة").pk
    assert claim("سفينة").status == Status.PROPOSED
    review.reject(lost.claim, reason="ليس ادعاء", by=make.REVIEWER)
    assert reread(snapshot).lost == []


def test_what_was_gained_is_proposed_once(committed_db, monkeypatch):
    version(monkeypatch, "a", without("الجسر"))
    kept = captured()
    reading.read_snapshot(kept)
    version(monkeypatch, "b")
    (shown,) = reread(kept, dry=True).gained
    (gained,) = reread(kept).gained
    assert (shown.claim, shown.statement) == (None, gained.statement)
    assert (claim("الجسر").pk, claim("الجسر").reader) == (gained.claim, "b")
    assert reread(kept).gained == []


def test_high_precision_loses_nothing_and_gains_only_what_is_explicit(committed_db, monkeypatch, settings):
    text = TEXT + "\nوسيصل القطار إلى المدينة في عام 2026.\n"
    version(monkeypatch, "a", without("القطار"))
    kept = captured(text)
    reading.read_snapshot(kept)
    settings.READER_PRECISE = True
    version(monkeypatch, "b")
    assert not reread(kept, dry=True)
    settings.READER_PRECISE = False
    assert len(reread(kept, dry=True).gained) == 1


def test_claims_that_people_wrote_down_are_neither_lost_nor_changed(snapshot, monkeypatch):
    start = TEXT.index("مديرة الميناء")
    theirs = annotation.propose(snapshot, start=start, end=start + 13, by=make.REPORTER).stream
    version(monkeypatch, "b", lambda drafts: [])
    assert theirs not in {lost.claim for lost in reread(snapshot).lost}
