"""Words are forgotten everywhere, and the log stays as provable as it was."""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from claims import erasure, ledger, transparency, tree
from claims.domain.events import Erased
from claims.domain.state import ClaimState
from claims.domain.values import SpeakerAsRead
from claims.erasure.redaction import ErasedWords
from claims.ledger import history, rebuild
from claims.models import Claim, EventRecord, Position, Subscription
from claims.similarity import index
from claims.transparency import bundles
from claims.workflow import recording, review
from sources import roles
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import Content, Revision, Snapshot, Speaker, Work
from sources.registry import speakers
from tests import make

pytestmark = pytest.mark.django_db

NAME = "ليلى الخطيب"
TEXT = f"قالت الممرضة {NAME} إن المستشفى استقبل 40 جريحا. وأضافت لَيلى الخطيب أن الدواء نفد."


@pytest.fixture
def told():
    """A claim by a witness, with all that is made of it."""
    speaker = speakers.find_or_make(NAME, "person", by=make.EDITOR)
    snapshot = capture(TEXT, by=make.REPORTER, title=f"شهادة {NAME}", outlet="صحيفة المدينة", raw=TEXT.encode("cp1256", "replace")).snapshot
    start = TEXT.index("المستشفى")
    quote = TEXT[start : TEXT.index(".")]
    said = make.said(
        statement=f"{NAME}: {quote}",
        speaker=SpeakerAsRead(type="person", name=NAME, title="الممرضة", id=str(speaker.id)),
        snapshot=str(snapshot.id),
        quote=quote,
        start=start,
        end=start + len(quote),
    )
    claim = recording.record(said, by=make.REPORTER, key="told-once").stream
    review.accept(claim, by=make.REVIEWER)
    return claim


def erase(*words):
    return erasure.erase(words or [NAME], reason="الشاهدة طلبت ذلك.", by=make.EDITOR)


def everything_kept():
    """All text that PostgreSQL holds in the project's tables."""
    tables = [t for t in connection.introspection.table_names() if t.startswith(("claims_", "sources_"))]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            yield table, cursor.fetchone()[0]


def test_erased_words_stand_nowhere_in_the_database(told):
    erase()
    wanted = ErasedWords([NAME])
    assert [table for table, text in everything_kept() if wanted.spans(text)] == []


@pytest.mark.parametrize("notes", [f"كتبت:\n{NAME}\tبخط يدها", "الاسم:\tليلى\nالخطيب", f'"{NAME}"\r\nثم\\{NAME}'])
def test_words_are_found_beside_a_new_line_and_across_it(notes):
    claim = recording.record(make.said(notes=notes), by=make.REPORTER).stream
    erase()
    kept = Claim.objects.get(pk=claim)
    assert not ErasedWords([NAME]).spans(kept.notes)
    assert len(kept.notes) == len(notes)


def test_a_reason_for_a_revision_is_looked_through_too(told):
    document = Snapshot.objects.get().document
    documents.correct(document, by=make.EDITOR, reason=f"{NAME} asked for it", title="شهادة")
    assert erase().counts()["revisions"]
    assert Revision.objects.filter(reason__contains="asked").get().reason == "████ ██████ asked for it"
    assert transparency.verify() is None


def test_bytes_that_hold_the_words_go_where_the_text_does_not_hold_them():
    page = f"<p>{TEXT.replace(NAME, 'X')}</p><footer>ليلى&nbsp;الخطيب</footer>"
    held = capture("نص بلا أسماء.", by=make.REPORTER, raw=page.encode(), media_type="text/html").snapshot
    other = capture("نص آخر.", by=make.REPORTER, raw=b"<p>other</p>", media_type="text/html").snapshot
    erase()
    assert Snapshot.objects.get(pk=held.pk).raw is None
    assert Snapshot.objects.get(pk=other.pk).raw is not None
    assert transparency.verify() is None


def test_headers_that_hold_the_words_go_with_the_bytes():
    came = {"url": "https://example.org/", "headers": [["Link", f"</a>; title={NAME}"]]}
    held = capture("نص بلا أسماء.", by=make.REPORTER, fetched=came).snapshot
    other = capture("نص آخر.", by=make.REPORTER, fetched={"url": "https://example.org/"}).snapshot
    erase()
    assert Snapshot.objects.get(pk=held.pk).fetched is None
    assert Snapshot.objects.get(pk=other.pk).fetched is not None
    assert transparency.verify() is None


def test_what_failed_quotes_the_words_no_more(told):
    Work.objects.create(kind="read", key="read:1", error=f"ValueError: {NAME} كان هنا")
    Subscription.objects.create(name="follow-up", error="timeout")
    erase()
    assert NAME not in Work.objects.get(key="read:1").error
    assert Work.objects.get(key="read:1").error.startswith("ValueError: ")
    assert Subscription.objects.get().error == "timeout"


def test_the_words_by_which_claims_are_matched_are_gone_too(told):
    index.renew([told])
    erase()
    held = dict(everything_kept())
    assert not [word for word in ("ليلي", "خطيب") for table in held if table.startswith("claims_match") and word in held[table]]


def test_offsets_hold_after_an_erasure(told):
    erase()
    claim = Claim.objects.get(pk=told)
    text = claim.snapshot.text
    assert len(text) == len(TEXT)
    assert text[claim.start : claim.end] == claim.quote


def test_the_log_verifies_after_an_erasure_and_its_root_did_not_move(told):
    ledger.seal()
    leaves = [bytes(leaf) for leaf in Position.objects.order_by("position").values_list("leaf", flat=True)]
    root = tree.root_of(leaves)
    erase()
    assert transparency.verify() is None
    now = [bytes(leaf) for leaf in Position.objects.order_by("position").values_list("leaf", flat=True)]
    assert tree.root_of(now[: len(leaves)]) == root


def test_every_moment_of_the_past_shows_the_redaction(told):
    before = Position.objects.order_by("-position").first() or (ledger.seal() and Position.objects.order_by("-position").first())
    erase()
    then = history.as_of(told, before.sealed_at)
    assert isinstance(then, ClaimState)
    assert NAME not in then.said.statement
    assert then.said.speaker.name == "████ ██████"


def test_the_tables_equal_a_replay_after_an_erasure(told):
    erase()
    assert list(rebuild.differences(erasure.silent)) == []


def test_an_erasure_tells_why_and_by_whom_and_not_what(told):
    erase()
    record = EventRecord.objects.get(type="Erased")
    assert record.actor == make.EDITOR.name
    assert "الشاهدة طلبت ذلك." in record.body
    assert not ErasedWords([NAME]).spans(record.body + record.entry)


def test_the_bytes_a_text_was_made_of_are_gone_with_it(told):
    assert Snapshot.objects.get().raw is not None
    erase()
    assert Snapshot.objects.get().raw is None


def test_a_name_that_was_erased_is_no_name_of_anybody_any_more(told):
    erase()
    assert Speaker.objects.get().name == "████ ██████"
    again = speakers.find_or_make(NAME, "person", by=make.EDITOR)
    assert Speaker.objects.count() == 2
    assert again.name == NAME


def test_an_answer_that_was_kept_for_a_retry_is_purged(told):
    erase()
    with pytest.raises(ledger.KeyReused):
        recording.record(make.said(), by=make.REPORTER, key="told-once")


@pytest.mark.parametrize("spelling", ["ليلى الخطيب", "لَيْلَى الخَطِيب", "ليلي الخطيب", "ليلى  الخطيب"])
def test_every_spelling_is_found(spelling, told):
    assert erasure.find([spelling]).counts()["texts"] == 1


@pytest.mark.parametrize(
    ("words", "text", "struck"),
    [
        (["علي"], "قال علي عليه السلام لعلي وعلي", "قال ███ عليه السلام ل███ و███"),
        (["Ann"], "Ann met Anna and ANN.", "███ met Anna and ███."),
        (["Ann Lee", "Ann"], "Ann Lee, then Ann", "███ ███, then ███"),
    ],
)
def test_whole_words_are_struck_out_and_no_parts_of_others(words, text, struck):
    assert ErasedWords(words).struck(text) == struck


@given(st.text(max_size=80), st.sampled_from([NAME, "Ann", "سعد"]), st.text(max_size=80))
@examples(max_examples=200)
def test_what_is_struck_out_keeps_its_length_and_is_gone(before, name, after):
    wanted = ErasedWords([name])
    text = f"{before} {name} {after}"
    struck = wanted.struck(text)
    assert len(struck) == len(text)
    assert wanted.spans(struck) == []


@pytest.mark.parametrize(("words", "field"), [([], "words"), (["  "], "words"), (["لا"], "words"), (["كلمة لم تقل"], "words")])
def test_what_cannot_be_erased_is_refused_with_the_field(words, field, told):
    with pytest.raises(erasure.Unerasable) as refused:
        erasure.erase(words, reason="سبب", by=make.EDITOR)
    assert field in refused.value.errors
    assert not EventRecord.objects.filter(type="Erased").exists()


@pytest.mark.parametrize("reason", ["", " ", f"{NAME} طلبت"])
def test_a_reason_is_needed_and_must_not_hold_the_words(reason, told):
    with pytest.raises(erasure.Unerasable) as refused:
        erasure.erase([NAME], reason=reason, by=make.EDITOR)
    assert "reason" in refused.value.errors


@pytest.mark.parametrize("by", [make.REPORTER, make.REVIEWER, make.STRANGER])
def test_only_an_editor_erases(by, told):
    with pytest.raises(roles.NotAllowed):
        erasure.erase([NAME], reason="سبب", by=by)


def test_a_second_erasure_may_touch_what_the_first_one_left(told):
    erase()
    erase("المستشفى")
    assert transparency.verify() is None
    assert "المستشفى" not in Snapshot.objects.get().text


# ── nothing else may differ


def refused(statement, *words):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.erasing', 'on', true)")
        with pytest.raises(Error, match="only ever added to"), transaction.atomic():
            cursor.execute(statement, words)


def test_postgresql_refuses_every_change_that_no_erasure_names(told):
    refused("UPDATE claims_event SET body = '{}' WHERE stream = %s", told)
    refused("UPDATE claims_event SET entry = '{}' WHERE stream = %s", told)
    refused("DELETE FROM claims_event WHERE stream = %s", told)
    refused("UPDATE sources_content SET text = 'x'")
    refused("UPDATE sources_revision SET data = '{}'")
    refused("UPDATE sources_snapshot SET raw = NULL")
    erase()
    refused("UPDATE claims_event SET body = '{}' WHERE stream = %s", told)
    refused("UPDATE sources_content SET text = repeat('x', char_length(text))")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE claims_event SET body = replace(body, '█', 'x') WHERE body LIKE '%█%'", "its body"),
        ("UPDATE sources_content SET text = replace(text, '█', 'x') WHERE text LIKE '%█%'", "The text"),
        ("UPDATE sources_revision SET data = replace(data, '█', 'x') WHERE data LIKE '%█%'", "Revision"),
    ],
)
def test_a_superuser_who_changes_what_was_redacted_is_found(told, statement, said):
    erase()
    tables = ("claims_event", "sources_content", "sources_revision")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_keeps_rows, ENABLE ALWAYS TRIGGER {table}_keeps_all")
    fault = transparency.verify()
    assert fault is not None
    assert said in str(fault)


def test_the_erasure_names_exactly_what_it_changed(told):
    found = erase()
    erased = ledger.happenings([EventRecord.objects.get(type="Erased").stream]).popitem()[1][0].event
    assert isinstance(erased, Erased)
    assert set(erased.bodies) == {str(id) for id in found.bodies}
    assert len(erased.texts) == len(found.texts) == Content.objects.filter(text__contains="█").count() == 1
    assert len(erased.revisions) == Revision.objects.filter(data__contains="█").count()


# ── the doors


def test_the_command_counts_first_and_erases_then(told, capsys):
    editor = make.user("editor")
    call_command("erase", NAME, "--dry-run")
    counted = capsys.readouterr().out
    call_command("erase", NAME, "--reason", "الشاهدة طلبت ذلك.", "--by", editor.username)
    assert counted.split(":")[1] == capsys.readouterr().out.split(":")[1]
    assert erasure.find([NAME]).counts() == {"events": 0, "texts": 0, "revisions": 0, "actors": 0}


@pytest.mark.parametrize("by", [[], ["--by", "nobody-here"]])
def test_the_command_needs_somebody_who_decides(by, told):
    with pytest.raises(CommandError, match="--by"):
        call_command("erase", NAME, "--reason", "سبب", *by)


def test_an_editor_erases_over_http(told, client):
    client.force_login(make.user("editor"))
    asked = {"words": [NAME], "reason": "الشاهدة طلبت ذلك."}
    looked = client.post("/api/v1/erasures/", asked | {"dry_run": True}, content_type="application/json")
    done = client.post("/api/v1/erasures/", asked, content_type="application/json")
    assert (looked.status_code, done.status_code) == (200, 201)
    assert looked.json() | {"dry_run": False} == done.json()
    again = client.post("/api/v1/erasures/", asked, content_type="application/json")
    assert again.status_code == 400
    assert "words" in again.json()["errors"]


def test_a_retry_over_http_gives_the_first_answer(told, client):
    client.force_login(make.user("editor"))
    asked = {"words": [NAME], "reason": "الشاهدة طلبت ذلك."}
    first, second = (
        client.post("/api/v1/erasures/", asked, content_type="application/json", headers={"Idempotency-Key": "once"}) for _ in range(2)
    )
    assert second.status_code == 201
    assert first.json() == second.json()
    assert EventRecord.objects.filter(type="Erased").count() == 1


def test_a_key_that_comes_again_with_other_words_is_refused(told, client):
    client.force_login(make.user("editor"))
    asked = {"words": [NAME], "reason": "الشاهدة طلبت ذلك."}
    first, other = (
        client.post("/api/v1/erasures/", body, content_type="application/json", headers={"Idempotency-Key": "once"})
        for body in (asked, asked | {"words": ["المستشفى"]})
    )
    assert (first.status_code, other.status_code) == (201, 409)
    assert EventRecord.objects.filter(type="Erased").count() == 1


def test_a_reviewer_may_not_even_look_for_words(told, client):
    client.force_login(make.user("reviewer"))
    asked = {"words": [NAME], "reason": "سبب", "dry_run": True}
    assert client.post("/api/v1/erasures/", asked, content_type="application/json").status_code == 403


# ── what leaves the house


def test_a_proof_of_a_redacted_claim_says_who_may_differ_and_holds(told):
    erase()
    bundle = bundles.bundle_of(told)
    assert NAME not in str(bundle)
    bundles.check(bundle)
    del bundle["erasures"]
    with pytest.raises(bundles.BadProof, match="body of event 1"):
        bundles.check(bundle)


def test_an_erasure_that_was_changed_proves_nothing(told):
    erase()
    bundle = bundles.bundle_of(told)
    bundle["erasures"][0]["body"] = bundle["erasures"][0]["body"].replace("الشاهدة", "الشاهد")
    with pytest.raises(bundles.BadProof, match="erasure"):
        bundles.check(bundle)


def test_the_stand_alone_script_takes_a_redacted_proof(told, tmp_path):
    erase()
    file = tmp_path / "proof.json"
    file.write_text(json.dumps(bundles.bundle_of(told)), encoding="utf-8")
    script = settings.BASE_DIR / "docs" / "check_proof.py"
    done = subprocess.run([sys.executable, script, file], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    assert "(redacted)" in done.stdout
