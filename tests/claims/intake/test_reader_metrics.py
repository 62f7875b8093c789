"""What became of the reader's proposals: unchanged, edited, rejected, waiting; by field and by version."""

import json
from datetime import timedelta

import msgspec
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin import reader
from claims.domain.choices import Kind
from claims.domain.values import Figure, Hop, SpeakerAsRead
from claims.intake import annotation, reader_metrics, reading, redate
from claims.models import Claim
from claims.workflow import linking, publishing, recording, review
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.roles import Role
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db
READER = {"reader": "7", "due": "2023"}


def told(**options):
    return reader_metrics.report(reader_metrics.whole_ledger(), **options)


def of(report, field, version="7"):
    count = report.readers[version].fields[field]
    return count.unchanged, count.edited, count.rejected, count.waiting


def test_a_proposal_waits_until_somebody_decides():
    claim = make.recorded(**READER)
    assert of(told(), "speaker") == (0, 0, 0, 1)
    review.accept(claim, by=make.REVIEWER)
    assert of(told(), "speaker") == (1, 0, 0, 0)


def test_a_rejected_proposal_is_rejected_in_every_field():
    review.reject(make.recorded(**READER), reason="r", by=make.REVIEWER)
    report = told()
    assert {of(report, name) for name in reader_metrics.FIELDS} == {(0, 0, 1, 0)}
    assert report.readers["7"].whole.right == 0


def test_an_edited_field_counts_as_edited_and_the_others_as_they_are():
    claim = make.recorded(**READER)
    recording.revise(claim, {"kind": "event"}, reason="r", by=make.REPORTER)
    review.accept(claim, by=make.REVIEWER)
    report = told()
    assert of(report, "kind") == (0, 1, 0, 0)
    assert of(report, "speaker") == (1, 0, 0, 0)
    assert (report.together.whole.edited, report.together.whole.unchanged) == (1, 0)
    assert (report.together.fields["kind"].kept, report.together.fields["speaker"].kept) == (0, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"speaker": {"type": "person", "name": "غيره"}}, "speaker"), ({"said_on": {"edtf": "2022"}}, "said_on"),
        ({"scope": {"edtf": "2022"}}, "scope"), ({"polarity": "negated"}, "polarity"), ({"superlative": True}, "superlative"),
        ({"quantities": [{"text": "5", "value": "5"}]}, "figures"), ({"attributions": [{"agent": "أ", "role": "agency"}]}, "attribution"),
        ({"statement": "غيره"}, "statement"),
    ],
)  # fmt: skip
def test_each_field_is_counted_by_itself(changes, field):
    claim = make.recorded(**READER)
    recording.revise(claim, _whole(changes), reason="r", by=make.REPORTER)
    assert {name for name, count in told().readers["7"].fields.items() if count.edited} == {field}


KINDS = {"speaker": SpeakerAsRead, "quantities": tuple[Figure, ...], "attributions": tuple[Hop, ...]}


def _whole(changes):
    """The changes with every field of their parts, as the desk sends them."""
    return {name: msgspec.to_builtins(msgspec.convert(value, KINDS[name])) if name in KINDS else value for name, value in changes.items()}


def test_a_due_date_set_by_an_editor_is_an_edit_and_the_same_one_is_none():
    other, same = make.recorded(**READER), make.recorded(**READER)
    review.schedule(other, due=ImpreciseDate(edtf="2024"), by=make.REVIEWER)
    review.schedule(same, due=ImpreciseDate(edtf="2023"), by=make.REVIEWER)
    assert of(told(), "due") == (0, 1, 0, 1)


def test_a_change_taken_back_is_no_edit():
    claim = make.recorded(**READER)
    for kind in ("event", "prediction"):
        recording.revise(claim, {"kind": kind}, reason="r", by=make.REPORTER)
    assert of(told(), "kind") == (0, 0, 0, 1)


def test_another_wording_of_the_statement_is_no_mistake_of_the_reader():
    claim = make.recorded(**READER)
    recording.revise(claim, {"statement": "صياغة"}, reason="r", by=make.REPORTER)
    review.accept(claim, by=make.REVIEWER)
    report = told()
    assert of(report, "statement") == (0, 1, 0, 0)
    assert report.readers["7"].whole.unchanged == 1


def test_what_was_set_aside_says_nothing_and_what_was_reopened_was_taken():
    publishing.withdraw(make.recorded(**READER), reason="r", by=make.EDITOR)
    again = make.recorded(**READER)
    review.reject(again, reason="r", by=make.REVIEWER)
    review.reopen(again, reason="r", by=make.EDITOR)
    whole = told().readers["7"].whole
    assert (whole.set_aside, whole.unchanged, whole.rejected) == (1, 1, 0)
    assert whole.right == 1


def test_a_proposal_that_was_merged_and_parted_again_waits():
    parted, withdrawn = make.recorded(**READER), make.recorded(**READER)
    kept = make.recorded()
    linking.merge(parted, into=kept, by=make.EDITOR)
    linking.unmerge(parted, reason="r", by=make.EDITOR)
    linking.merge(withdrawn, into=kept, by=make.EDITOR)
    publishing.withdraw(withdrawn, reason="r", by=make.EDITOR)
    linking.unmerge(withdrawn, reason="r", by=make.EDITOR)
    whole = told().readers["7"].whole
    assert (whole.waiting, whole.set_aside) == (1, 1)


def test_versions_are_told_apart_and_added_up():
    make.recorded(reader="1")
    make.recorded(reader="2")
    report = told()
    assert {version: reader.proposals for version, reader in report.readers.items()} == {"1": 1, "2": 1}
    assert report.together.proposals == 2


def test_what_people_recorded_is_not_the_readers_and_marks_in_texts_are_counted():
    make.recorded()
    text = "قال الوزير سالم الحربي إن العمل بدأ."
    snapshot = capture(text, by=make.REPORTER).snapshot
    annotation.propose(snapshot, start=0, end=10, by=make.REPORTER)
    report = told()
    assert not report.readers
    assert report.by_people == 1


def test_a_quote_marked_anew_is_an_edited_span():
    text = "قال الوزير سالم الحربي إن العمل في الميناء بدأ في عام 2022."
    snapshot = capture(text, by=make.REPORTER).snapshot
    (receipt, *_rest) = reading.read_snapshot(snapshot)
    start = text.index("العمل في")
    annotation.quote(receipt.stream, start=start, end=start + 16, by=make.REPORTER)
    report = told()
    assert report.together.fields["span"].edited == 1
    assert report.together.fields["kind"].edited == 0


def test_what_the_program_counted_anew_is_no_edit():
    text = "قال الوزير سالم الحربي إن المصنع سيفتتح أبوابه غدا."
    snapshot = capture(text, by=make.REPORTER, published="2022-12-31").snapshot
    reading.read_snapshot(snapshot)
    documents.correct(snapshot.document, published="2022-12-20", reason="r", by=make.EDITOR)
    redate.redate(snapshot.document_id, 2)
    assert Claim.objects.get().due["edtf"] == "2022-12-21"
    assert told().together.fields["due"].edited == 0


def test_since_counts_what_was_proposed_from_then_on():
    with time_machine.travel("2026-03-01 12:00:00+00:00", tick=False):
        make.recorded(reader="1")
    make.recorded(reader="2")
    assert set(told(since=timezone.now() - timedelta(hours=1)).readers) == {"2"}


def test_streams_that_lie_across_pages_are_counted_whole(monkeypatch):
    monkeypatch.setattr(reader_metrics, "PAGE", 3)
    for number in range(5):
        claim = make.recorded(**READER)
        recording.revise(claim, {"kind": "event"}, reason="r", by=make.REPORTER)
        if number % 2:
            review.accept(claim, by=make.REVIEWER)
    report = told()
    assert report.together.proposals == 5
    assert of(report, "kind") == (0, 5, 0, 0)


def test_the_log_is_read_once_a_page_at_a_time(monkeypatch):
    monkeypatch.setattr(reader_metrics, "PAGE", 4)
    for _ in range(10):
        make.recorded(**READER)
    seen = []
    with CaptureQueriesContext(connection) as queries:
        reader_metrics.report(reader_metrics.whole_ledger(seen.append))
    assert len(queries) == 3
    assert seen == [4, 8, 10]


# ── the command and the page


def test_stats_reader_prints_a_table(capsys):
    review.accept(make.recorded(**READER), by=make.REVIEWER)
    call_command("stats", "reader")
    printed = capsys.readouterr().out
    assert "Reader 7: 1 proposal" in printed
    assert "100.0%" in printed


def test_stats_reader_prints_json(capsys):
    review.accept(make.recorded(**READER), by=make.REVIEWER)
    call_command("stats", "reader", "--json", "--since", "2020-01-01")
    printed = json.loads(capsys.readouterr().out)
    assert printed["since"] == "2020-01-01"
    assert printed["readers"][0]["fields"]["span"] == {
        "unchanged": 1,
        "edited": 0,
        "rejected": 0,
        "waiting": 0,
        "set_aside": 0,
        "kept": 1.0,
    }


def test_an_empty_install_is_told_what_to_do(capsys):
    call_command("stats", "reader")
    assert "capture a text" in capsys.readouterr().out


@pytest.mark.parametrize("given", [["reader", "--since", "soon"], ["--since", "2026-01-01"]])
def test_nonsense_is_answered_with_one_sentence(given):
    with pytest.raises(CommandError):
        call_command("stats", *given)


def test_the_other_figures_are_still_there(capsys):
    make.claim(kind=Kind.EVENT)
    call_command("stats")
    assert "proposed" in capsys.readouterr().out
    call_command("stats", "--json")
    assert json.loads(capsys.readouterr().out)["claims"]["proposed"]["event"] == 1


def test_the_desk_has_a_page_of_it():
    review.accept(make.recorded(**READER), by=make.REVIEWER)
    desk = Client()
    desk.force_login(make.user(Role.REPORTER))
    html = desk.get("/admin/claims/claim/reader/").content.decode()
    assert "100%" in html
    assert "/admin/claims/claim/reader/" in desk.get("/admin/sources/document/").content.decode()
    assert Client().get("/admin/claims/claim/reader/").status_code == 302


def test_the_page_reads_no_more_than_the_newest(monkeypatch):
    monkeypatch.setattr(reader, "NEWEST", 3)
    for _ in range(5):
        make.recorded(**READER)
    assert reader_metrics.report(reader_metrics.newest(3)).together.proposals == 3
