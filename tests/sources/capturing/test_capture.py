"""A text is kept once, exactly as it read, and PostgreSQL refuses to change it."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from sources import signals
from sources.capturing import capture
from sources.fetching.addresses import NotAnAddress
from sources.models import Content, Document, Revision, Snapshot
from sources.registry.languages import UnknownLanguage
from sources.roles import Actor, NotAllowed, Role

REPORTER = Actor("amal", roles=frozenset({Role.REPORTER}))
TEXT = "قال الرئيس إن التبادل التجاري سيبلغ 200 مليار دولار.\r\n\u200fنص ثانٍ 😀\n"


@pytest.mark.django_db
def test_a_text_is_kept_exactly_as_it_read():
    document, snapshot, new = capture.capture(TEXT, by=REPORTER, title="قمة", outlet="وكالة", published="2022-12-31", language="ar")
    kept = Snapshot.objects.get(pk=snapshot.pk)
    assert new
    assert kept.text == TEXT
    assert kept.digest == snapshot.digest
    assert kept.captured_by == "amal"
    assert (document.published_on, document.outlet.name) == (date(2022, 12, 31), "وكالة")


@pytest.mark.django_db
def test_the_same_text_of_the_same_document_is_one_snapshot(django_capture_on_commit_callbacks):
    told = []
    listener = lambda **words: told.append(words["snapshot"])  # noqa: E731
    signals.snapshot_captured.connect(listener)
    first = capture.capture(TEXT, by=REPORTER, outlet="وكالة")
    again = capture.capture(TEXT, by=REPORTER, outlet=" وكالة ")
    signals.snapshot_captured.disconnect(listener)
    assert (first.new, again.new) == (True, False)
    assert first.snapshot == again.snapshot
    assert told == [first.snapshot]


@pytest.mark.django_db
def test_two_outlets_with_one_text_are_two_documents_that_share_it():
    one = capture.capture(TEXT, by=REPORTER, outlet="AP")
    two = capture.capture(TEXT, by=REPORTER, outlet="Reuters")
    assert one.document != two.document
    assert one.snapshot != two.snapshot
    assert Content.objects.count() == 1


@pytest.mark.django_db
def test_a_page_that_changed_is_a_second_snapshot_of_one_document():
    one = capture.capture("Trade will grow.", by=REPORTER, outlet="AP", url="https://AP.example/a?utm_source=x#top")
    two = capture.capture("Trade may grow.", by=REPORTER, outlet="AP", url="http://ap.example/a")
    assert one.document == two.document
    assert one.snapshot != two.snapshot


@pytest.mark.django_db
def test_what_was_unknown_is_filled_in_and_what_was_known_stays():
    capture.capture(TEXT, by=REPORTER, title="First")
    document = capture.capture(TEXT, by=REPORTER, title="Second", published="2022-12").document
    assert document.title == "First"
    assert document.published_last == date(2022, 12, 31)
    assert Revision.objects.filter(subject_id=document.pk).count() == 2


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ({"text": ""}, capture.EmptyText),
        ({"text": " \n\ufeff"}, capture.EmptyText),
        ({"text": "a\x00b"}, capture.BinaryText),
        ({"text": "a\ud800b"}, capture.NotUTF8),
        ({"text": "ا" * 600}, capture.TextTooLong),
        ({"text": "a", "title": "t" * 1001}, capture.TitleTooLong),
        ({"text": "a", "language": "klingon"}, UnknownLanguage),
        ({"text": "a", "language": "qj"}, UnknownLanguage),
        ({"text": "a", "url": "javascript:alert(1)"}, NotAnAddress),
        ({"text": "a", "published": "31/12/2022"}, capture.NotADate),
        ({"text": "a", "published": "2022-02-30"}, capture.NotADate),
    ],
)
@pytest.mark.django_db
def test_bad_input_is_refused_and_changes_nothing(words, error, settings):
    settings.MAX_TEXT_BYTES = 1024
    with pytest.raises(error):
        capture.capture(**words, by=REPORTER)
    assert not Document.objects.exists()
    assert not Content.objects.exists()


@pytest.mark.django_db
def test_a_stranger_captures_nothing():
    with pytest.raises(NotAllowed):
        capture.capture("a", by=Actor("stranger"))


KEPT = {"sources_content": "text", "sources_snapshot": "media_type", "sources_revision": "data"}


@pytest.mark.parametrize("table", KEPT)
@pytest.mark.parametrize(
    "change",
    ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}", "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE"],
)
@pytest.mark.django_db
def test_what_is_kept_cannot_be_changed(table, change):
    capture.capture(TEXT, by=REPORTER)
    with pytest.raises(DatabaseError, match="is only ever added to"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change.format(table=table, column=KEPT[table]))


@pytest.mark.django_db
def test_no_setting_of_a_connection_switches_the_guards_off():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal", [list(KEPT)])
        assert [enabled for (enabled,) in cursor.fetchall()] == ["A"] * 6
