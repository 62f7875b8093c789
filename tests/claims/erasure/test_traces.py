"""Where erased words might hide, and how they might come back."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from urllib.parse import quote

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from claims import erasure, flagging, ledger, transparency
from claims.domain.events import ClaimRevised
from claims.domain.values import Figure, SpeakerAsRead
from claims.erasure.redaction import ErasedWords
from claims.intake import reading
from claims.ledger import rebuild
from claims.ledger.rebuild import folding, fresh
from claims.models import Claim, FeedKey, Flag, Webhook
from claims.workflow import recording
from sources.capturing.capture import capture
from sources.models import ApiToken, Document, Feed, Host, Snapshot, Speaker
from sources.registry import outlets, speakers
from tests import make

NAME = "ليلى الخطيب"


def erase(*words):
    return erasure.erase(words or [NAME], reason="طلبت ذلك.", by=make.EDITOR)


def where(*words):
    """The tables that hold them; Django's own are the project's, too."""
    wanted = ErasedWords(words or [NAME])
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            if wanted.spans(cursor.fetchone()[0]):
                yield table


def test_flags_that_only_the_words_told_apart_stay_two(db):
    figures = tuple(Figure(text=f"40 عند {name}", value="40") for name in ("ليلى", "سلمى"))
    claim = make.recorded(kind="prediction", quantities=figures)
    flagging.run(today=date(2024, 6, 1))
    keys = set(Flag.objects.filter(claim=claim, rule="not-settleable").values_list("key", flat=True))
    assert len(keys) == 2
    erase("ليلى", "سلمى")
    assert list(where("ليلى", "سلمى")) == []
    assert Flag.objects.filter(claim=claim, rule="not-settleable").count() == 2
    assert transparency.verify() is None
    flagging.run(today=date(2024, 6, 2))
    assert transparency.verify() is None


def test_a_rebuild_that_was_begun_before_does_not_bring_the_words_back(committed_db):
    claim = make.recorded(statement=f"قالت {NAME}")
    fresh.prepare(folding.RANGE)
    rebuild.rebuilding.fold_ranges(lambda done, total: None)  # killed here
    erase()
    assert list(where()) == []
    rebuild.rebuild(lambda done, total: None)
    assert NAME not in Claim.objects.get(pk=claim).statement
    assert list(where()) == []
    assert transparency.verify() is None


def test_the_list_of_what_was_done_in_the_admin_holds_no_erased_name(db):
    speaker = speakers.find_or_make(NAME, "person", by=make.EDITOR)
    editor = make.user("editor")
    LogEntry.objects.create(
        user=editor, action_flag=CHANGE, object_repr=str(speaker), object_id=str(speaker.pk), change_message=f"Name: {NAME}"
    )
    erase()
    assert list(where()) == []
    assert LogEntry.objects.get().object_repr == "████ ██████"


@pytest.mark.parametrize(
    "page",
    [
        f'<script type="application/ld+json">{json.dumps({"author": NAME})}</script>',
        f'<a href="/authors/{quote(NAME)}">x</a>',
        f'<a href="/authors/{quote(NAME.replace(" ", "+"), safe="+")}">x</a>',
        f'<a href="/authors/{NAME.replace(" ", "-")}">x</a>',
    ],
    ids=["json", "address", "query", "slug"],
)
def test_bytes_that_hold_the_words_in_another_writing_go_too(page, db):
    held = capture("نص بلا أسماء.", by=make.REPORTER, raw=page.encode(), media_type="text/html").snapshot
    make.recorded(notes=NAME)
    erase()
    assert Snapshot.objects.get(pk=held.pk).raw is None


def test_a_feeds_address_and_a_sites_rules_hold_no_erased_name(db):
    outlet = outlets.find_or_make("صحيفة", by=make.EDITOR)
    Feed.objects.create(outlet=outlet, url=f"https://example.org/feed?author={NAME}")
    now = timezone.now()
    Host.objects.create(name="example.org", free_at=now, queue_at=now, robots=f"User-agent: *\nDisallow: /{NAME}\n")
    make.recorded(notes=NAME)
    erase()
    assert list(where()) == []


def test_a_public_number_of_a_person_can_be_erased(db):
    speaker = speakers.find_or_make(NAME, "person", by=make.EDITOR)
    speakers.revise(speaker, wikidata="Q4115189", by=make.EDITOR)
    erase(NAME, "Q4115189")
    assert list(where(NAME, "Q4115189")) == []
    assert "Q4115189" not in Speaker.objects.get().wikidata
    assert transparency.verify() is None


def test_what_people_called_their_keys_and_webhooks_holds_no_erased_name(db):
    editor = make.user("editor")
    ApiToken.objects.create(user=editor, digest=b"1", name=f"for {NAME}")
    FeedKey.objects.create(user=editor, digest=b"1", name=f"for {NAME}")
    Webhook.objects.create(url=f"https://example.org/{NAME.replace(' ', '-')}", secret="x", made_by="x")
    make.recorded(notes=NAME)
    erase()
    assert list(where()) == []


def test_a_key_that_a_client_made_of_a_name_is_gone(db, client):
    client.force_login(make.user("editor"))
    asked = {"name": NAME, "type": "person"}
    client.post("/api/v1/speakers/", asked, content_type="application/json", headers={"Idempotency-Key": f"speaker {NAME}"})
    recording.record(make.said(notes=NAME), by=make.REPORTER, key=f"told by {NAME}")
    erase()
    assert list(where()) == []
    assert transparency.verify() is None


def test_a_step_that_began_before_an_erasure_writes_nothing_of_what_it_had_read(committed_db):
    claim = make.recorded(notes=NAME)

    def decide(state):
        erase()
        return [ClaimRevised(changes={"notes": f"{state.said.notes}, again"}, reason="x")]

    with pytest.raises(ledger.Conflict):
        ledger.take_step("revise", claim, decide, by=make.REPORTER)
    assert list(where()) == []
    assert transparency.verify() is None


def test_a_text_that_was_erased_while_it_was_read_proposes_nothing_of_what_stood_there(committed_db):
    text = f'قالت {NAME}: "سيستقبل المستشفى 400 جريح في مارس 2023".'
    snapshot = capture(text, by=make.REPORTER, published="2023-01-01").snapshot
    read = reading.read(snapshot)
    assert read.claims
    erase()
    with pytest.raises(ledger.Conflict):
        reading.propose(snapshot, read)
    assert list(where()) == []


def test_an_erasure_and_a_capture_that_hold_what_the_other_wants_both_come_through(committed_db):
    page = capture(f"قالت {NAME} نعم.", by=make.REPORTER, title=NAME, url="https://example.org/a").document
    held, asked = threading.Event(), threading.Event()

    def captures() -> None:
        try:
            with transaction.atomic():
                Document.objects.select_for_update().get(pk=page.pk)  # as a capture does first
                held.set()
                asked.wait(60)
                time.sleep(0.2)
                capture("نص آخر.", by=make.REPORTER, url="https://example.org/a")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        capturing = threads.submit(captures)
        held.wait(60)
        asked.set()
        erase()
        capturing.result()
    assert list(where()) == []
    assert Snapshot.objects.count() == 2
    assert transparency.verify() is None


def test_nothing_is_erased_while_the_tables_are_made_again(committed_db):
    make.recorded(notes=NAME)
    with rebuild.rebuilding._alone(), pytest.raises(erasure.Busy):
        erase()
    erase()
    assert list(where()) == []


def test_letters_that_are_kept_as_files_go_where_they_hold_the_words(db, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    letters = (("خبر", f"قالت {NAME} نعم."), (f"عن {NAME}", "نص"), ("خبر", "نص آخر"))
    writers = [mail.get_connection() for _ in letters]  # all at once: Django names a file by its writer's id
    for (subject, text), writer in zip(letters, writers, strict=True):
        mail.send_mail(subject, text, "a@example.org", ["b@example.org"], html_message=f"<p>{text}</p>", connection=writer)
    assert len(list(tmp_path.iterdir())) == 3
    make.recorded(notes=NAME)
    erase()
    assert len(list(tmp_path.iterdir())) == 1


def test_what_postgresql_plans_with_holds_no_erased_name(committed_db):
    for n in range(5):
        make.recorded(statement=f"{n} {NAME}", speaker=SpeakerAsRead(type="person", name=NAME))
    sampled = "SELECT coalesce(string_agg(concat(most_common_vals, histogram_bounds), ' '), '') FROM pg_stats"
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute(sampled)
        assert NAME in cursor.fetchone()[0]
        erase()
        cursor.execute(sampled)
        assert NAME not in cursor.fetchone()[0]
