"""What the rest of the program shows of a text that was read anew, and the command that does it."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from claims import erasure, handlers, ledger, tasks, transparency
from claims.domain import untouched
from claims.intake import differences, reader_metrics, reading
from claims.intake import reread as rereading
from claims.ledger import history, rebuild, subscriptions
from claims.models import Claim
from sources.roles import Role
from tests import make
from tests.claims.intake.steps import TEXT, accepted, captured, claim, due, reread, shorter, version, without, written

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
