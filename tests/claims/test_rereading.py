"""A text read by another version of the reader: nothing is proposed twice, nothing that people touched is changed."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims import erasure, extraction, flagging, handlers, ledger, tasks, transparency
from claims.domain import events, overlap, untouched
from claims.domain.choices import Relation, Status
from claims.domain.steps import StepNotOpen
from claims.handlers import READ
from claims.intake import annotation, differences, reader_metrics, reading
from claims.intake import reread as rereading
from claims.ledger import history, rebuild, subscriptions
from claims.models import Claim, EventRecord, Flag
from claims.workflow import linking, publishing, recording, review, verdicts
from sources import roles
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import Revision, Speaker, Work
from sources.roles import PROGRAM, Role
from sources.text.edtf import ImpreciseDate
from tests import make

TEXT = (
    "قال وزير التجارة سالم الحربي إن المصنع سيفتتح أبوابه غدا.\n\n"
    "وقالت مديرة الميناء ليلى العمري إن الميناء سيستقبل 300 سفينة في عام 2035.\n\n"
    "وقال وزير النقل نبيل الشامي إن الجسر سيفتح في عام 2026.\n"
)
OLD, NEW = "2022-12-31", "2022-12-20"
REAL = extraction.read


def version(monkeypatch, name, edit=lambda drafts: drafts):
    """From now on the reader is this version, and makes of the drafts what `edit` does."""

    def read(text, **options):
        found = REAL(text, **options)
        return replace(found, claims=edit(list(found.claims)))

    monkeypatch.setattr(extraction, "READER_VERSION", name)
    monkeypatch.setattr(extraction, "read", read)


def captured(text=TEXT, **about):
    return capture(text, by=make.REPORTER, **({"outlet": "جريدة الميناء", "published": OLD, "language": "ar"} | about)).snapshot


@pytest.fixture
def snapshot(committed_db, monkeypatch):
    version(monkeypatch, "a")
    kept = captured()
    reading.read_snapshot(kept)
    Work.objects.update(done_at="2026-01-01T00:00:00Z")
    assert Claim.objects.count() == 3
    return kept


def claim(word):
    return Claim.objects.get(quote__contains=word)


def due(when):
    """An edit: the claim about the ships is due then."""
    return lambda drafts: [replace(d, due=ImpreciseDate(edtf=when)) if "سفينة" in d.quote else d for d in drafts]


def without(word):
    return lambda drafts: [d for d in drafts if word not in d.quote]


def shorter(drafts):
    """Every quote without its last word."""
    cut = [d.quote.rpartition(" ")[0] for d in drafts]
    return [replace(d, quote=words, end=d.start + len(words)) for d, words in zip(drafts, cut, strict=True)]


def last(claim):
    return ledger.happenings([claim])[claim][-1].event


def written():
    return EventRecord.objects.count(), Revision.objects.count(), Speaker.objects.count(), Claim.objects.count()


def reread(snapshot, **options):
    return rereading.reread(snapshot.document_id, **options)


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


# ── what people touched


def accepted(row):
    review.accept(row.pk, by=make.REVIEWER)


def in_review(row):
    accepted(row)
    review.assign(row.pk, to=make.user().username, by=make.REVIEWER)


def published(row):
    accepted(row)
    verdicts.reach(row.pk, rating="kept", rationale="حدث", by=make.REVIEWER)
    verdicts.approve(row.pk, by=make.EDITOR)
    publishing.publish(row.pk, by=make.EDITOR)


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


# ── the rest of the house sees it


def test_tables_proofs_and_the_past_agree_after_it(snapshot, monkeypatch):
    accepted(claim("الجسر"))
    ledger.seal()
    at = history.newest()
    row = claim("سفينة")
    version(monkeypatch, "b", lambda drafts: shorter(due("2024")(drafts)))
    reread(snapshot)
    assert list(rebuild.differences(lambda done, total: None)) == []
    assert transparency.verify() is None
    assert history.as_of(row.pk, at).said.due.edtf == "2035"


def test_what_is_offered_is_erased_with_the_rest(snapshot, monkeypatch):
    row = claim("سفينة")
    accepted(row)
    version(monkeypatch, "b", lambda drafts: [replace(d, speaker_title="مستشارة ليلى العمري") for d in drafts])
    reread(snapshot)
    assert "العمري" in str(claim("سفينة").offered_reading)
    erasure.erase(["العمري"], reason="طلب", by=make.EDITOR)
    assert "العمري" not in str(claim("سفينة").offered_reading)
    assert claim("سفينة").offered_reading["reader"] == "b"
    assert transparency.verify() is None
    assert list(rebuild.differences(lambda done, total: None)) == []


def test_the_words_a_claim_is_found_by_follow(snapshot, monkeypatch):
    version(
        monkeypatch,
        "b",
        lambda drafts: [replace(d, quote=d.quote.split(" ", 1)[1], start=d.start + d.quote.index(" ") + 1) for d in drafts],
    )
    ledger.seal()
    reread(snapshot)
    for consumer in handlers.CONSUMERS.values():
        subscriptions.deliver(consumer)

    with connection.cursor() as cursor:
        cursor.execute("SELECT plain FROM claims_match_text WHERE claim = %s", [claim("سفينة").pk])
        (plain,) = cursor.fetchone()
    assert "الميناء" not in plain.split()[0]


def test_how_good_the_reader_is_counts_a_rereading_for_the_version_that_people_saw(snapshot, monkeypatch):
    version(monkeypatch, "b", due("2024"))
    reread(snapshot)
    accepted(claim("سفينة"))
    told = reader_metrics.report(reader_metrics.whole_ledger())
    assert {name: reader.proposals for name, reader in told.readers.items()} == {"a": 1, "b": 2}
    assert told.readers["b"].fields["due"].edited == 0


def test_an_integrator_sees_the_offer_and_takes_it(snapshot, monkeypatch):
    row = claim("سفينة")
    accepted(row)
    version(monkeypatch, "b", due("2024"))
    reread(snapshot)
    desk = Client()
    desk.force_login(make.user(Role.REVIEWER))
    address = f"/api/v1/claims/{row.pk}/"
    shown = desk.get(address).json()
    assert shown["offered_reading"]["reader"] == "b"
    assert shown["offered_reading"]["changes"]["due"]["edtf"] == "2024"
    assert "reread" in shown["steps"]
    taken = desk.post(f"{address}reread/", {}, content_type="application/json")
    assert taken.status_code == 200
    assert (taken.json()["due"]["edtf"], taken.json()["offered_reading"]) == ("2024", None)
    assert desk.post(f"{address}reread/", {}, content_type="application/json").status_code == 409


def test_the_desk_shows_what_is_offered_and_takes_it(snapshot, monkeypatch):
    row = claim("سفينة")
    accepted(row)
    version(monkeypatch, "b", lambda drafts: [replace(d, speaker_title="<b>") if "سفينة" in d.quote else d for d in due("2024")(drafts)])
    reread(snapshot)
    desk = Client()
    desk.force_login(make.user(Role.REVIEWER))
    html = desk.get(reverse("admin:claims_claim_change", args=[row.pk])).content.decode()
    assert "Take the new reading" in html
    assert "due: \u20682024\u2069, and not \u20682035\u2069" in html
    assert "&lt;b&gt;" in html
    step = reverse("admin:claims_claim_step", args=[row.pk, "reread"])
    fields = {"reread-after": claim("سفينة").version, "reread-key": "6f1c9c3e-6c1f-5f0a-9d2b-8f1f5e0c7a13", "reread-reason": ""}
    assert desk.post(step, fields).status_code == 302
    assert claim("سفينة").due["edtf"] == "2024"


# ── the command


def run(*names, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("reread", *names, stdout=out, stderr=err, **options)
    return out.getvalue() + err.getvalue()


def test_the_command_shows_each_field_old_and_new_and_counts(snapshot, monkeypatch):
    version(monkeypatch, "b", lambda drafts: without("الجسر")(due("2024")(drafts)))
    before = written()
    shown = run(dry_run=True)
    assert "due: 2035 → 2024" in shown
    assert f"lost  {claim('الجسر').pk}" in shown
    assert "lost 1, gained 0, changed 1, offered 0, the same 1" in shown
    assert "Nothing was changed." in shown
    assert written() == before
    assert "due: 2035 → 2024" in run()
    assert claim("سفينة").due["edtf"] == "2024"
    assert "lost 1, gained 0, changed 0, offered 0, the same 2" in run()


def test_the_command_prints_one_json_document(snapshot, monkeypatch):
    captured(TEXT.replace("300", "400"), outlet="صحيفة أخرى")
    tasks.read_snapshots()
    version(monkeypatch, "b", due("2024"))
    told = json.loads(run("--json"))
    assert (told["reader"], told["dry_run"], len(told["documents"])) == ("b", False, 2)
    assert told["counts"] == {"documents": 2, "lost": 0, "gained": 0, "changed": 2, "offered": 0, "same": 4, "skipped": 0}
    assert told["documents"][0]["changed"][0]["changed"]["due"]["new"]["edtf"] == "2024"
    assert json.loads(run("--json"))["documents"] == []


def test_only_documents_that_were_named_are_read(snapshot, monkeypatch):
    other = captured(TEXT.replace("300", "400"), outlet="صحيفة أخرى")
    tasks.read_snapshots()
    version(monkeypatch, "b", due("2024"))
    run(str(other.document_id))
    assert claim("300").due["edtf"] == "2035"
    assert claim("400").due["edtf"] == "2024"
    with pytest.raises(CommandError, match="no document"):
        run("00000000-0000-7000-8000-000000000000")


def test_killed_between_two_documents_it_goes_on_where_it_was(snapshot, monkeypatch):
    captured(TEXT.replace("300", "400"), outlet="صحيفة أخرى")
    tasks.read_snapshots()
    version(monkeypatch, "b", due("2024"))
    first, whole = [], rereading.reread

    def killed(document, **options):
        if first:
            raise KeyboardInterrupt
        first.append(whole(document, **options))
        return first[0]

    with monkeypatch.context() as patch:
        patch.setattr(rereading, "reread", killed)
        with pytest.raises(KeyboardInterrupt):
            run()
    assert sorted(Claim.objects.filter(quote__contains="سفينة").values_list("due__edtf", flat=True)) == ["2024", "2035"]
    assert "changed 1" in run()
    before = written()
    assert "changed 0" in run()
    assert written() == before


def test_killed_within_a_document_nothing_of_it_is_done(committed_db, monkeypatch):
    version(monkeypatch, "a", without("الجسر"))
    kept = captured()
    reading.read_snapshot(kept)
    version(monkeypatch, "b", due("2024"))
    before = written()

    def killed(*args, **options):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rereading.reading, "propose_new", killed)  # what was changed is written by then
        with pytest.raises(KeyboardInterrupt):
            reread(kept)
    assert written() == before
    assert len(reread(kept).gained) == 1


def test_who_comes_in_between_is_waited_for_and_the_other_documents_are_read(snapshot, monkeypatch):
    captured(TEXT.replace("300", "400"), outlet="صحيفة أخرى")
    tasks.read_snapshots()
    version(monkeypatch, "b", due("2024"))
    whole = rereading._reread

    def contended(document):
        if document == snapshot.document_id:
            raise ledger.Conflict
        return whole(document)

    with monkeypatch.context() as patch:
        patch.setattr(rereading, "_reread", contended)
        told = run()
    assert "skipped 1" in told
    assert (claim("300").due["edtf"], claim("400").due["edtf"]) == ("2035", "2024")


# ── fields


def test_every_field_that_the_reader_reads_can_be_shown():
    said = untouched.plain(make.said(due="2035"))
    assert said.keys() >= differences.NAMES
    for name in differences.NAMES:
        assert differences.in_words(name, said[name])
    assert (
        differences.in_words("quantities", [{"comparator": "more_than", "value": "2000", "value_max": None, "unit": "جندي"}])
        == "more_than 2000 جندي"
    )
