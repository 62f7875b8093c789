"""Public feeds and the desk's own are made of the same records: what moves, what is told of a correction, and who is told nothing."""

import re
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

import feedparser
import icalendar
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from claims import handlers, ledger, records
from claims.api import record_entries
from claims.domain import events
from claims.domain.choices import Kind, Stance
from claims.domain.values import Figure, ShownExhibit, SpeakerAsRead
from claims.ledger import Authored, history
from claims.models import PublicRecord, Webhook
from claims.notifications import webhooks
from claims.records import first
from claims.workflow import corrections, linking, publishing, recording, review
from sources.roles import PROGRAM
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.make import EDITOR, REVIEWER

pytestmark = pytest.mark.django_db
PUBLISHED, CORRECTIONS, DUE = (f"/api/v1/public/{name}" for name in ("published.atom", "corrections.atom", "due.ics"))
DESKS = {PUBLISHED: "/api/v1/feeds/published.atom", CORRECTIONS: "/api/v1/feeds/corrections.atom"}


@pytest.fixture
def reader(settings):
    settings.PUBLIC_READ = True
    return APIClient()


def corrected(claim, reason="أدق", **changes):
    recording.revise(claim, changes, reason=reason, by=REVIEWER)
    corrections.approve(claim, by=EDITOR)


def entries(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return feedparser.parse(answer.content).entries


def told(entry):
    return (entry.id, entry.title, entry.summary, entry.updated)


@pytest.mark.parametrize("address", [PUBLISHED, CORRECTIONS, DUE])
def test_public_feeds_are_open_with_public_read_alone_and_take_no_filter(db, settings, address):
    assert APIClient().get(address).status_code == 401
    settings.PUBLIC_READ = True
    answer = APIClient().get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "public, max-age=0, must-revalidate")
    assert APIClient().get(address, {"assignee": "mona"}).status_code == 400
    assert APIClient().get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_the_desks_feeds_and_the_public_ones_tell_the_same(reader):
    claim = make.published()
    make.published()
    corrected(claim, statement="صياغة أخرى")
    desk = APIClient()
    desk.force_authenticate(make.user())
    for public, own in DESKS.items():
        assert [told(entry) for entry in entries(reader, public)] == [told(entry) for entry in entries(desk, own)]
    assert entries(reader, PUBLISHED)[1].id == f"urn:uuid:{claim}"


def test_updated_moves_with_each_record_but_the_first(reader):
    start = timezone.now()
    with time_machine.travel(start):
        claim = make.published()
    seen = [entries(reader, PUBLISHED)[0].updated]
    for days, changes in ((1, {"statement": "صياغة"}), (2, {"language": "ar"}), (3, {"criteria": "أرقام الجمارك"})):
        with time_machine.travel(start + timedelta(days=days)):
            corrected(claim, **changes)
            review.schedule(make.recorded(), due=None, by=REVIEWER)
        seen.append(entries(reader, PUBLISHED)[0].updated)
        assert PublicRecord.objects.get().corrected_at > start + timedelta(days=days - 1)
    assert seen == sorted(set(seen))
    assert len(seen) == 4
    assert entries(reader, PUBLISHED)[0].published == seen[0]


def test_a_correction_tells_old_and_new_and_the_reason_and_no_other_words(reader):
    claim = make.published(statement="قيل كذا", notes="سر", due="2023")
    corrected(claim, reason="أخطأنا", statement="قيل كيت", notes="سر آخر")
    [entry] = entries(reader, CORRECTIONS)
    assert "statement, before: قيل كذا; now: قيل كيت" in entry.summary
    assert "Reason: أخطأنا" in entry.summary
    assert "سر" not in entry.summary
    make.judge(claim, "false", rationale="لم يحدث")
    newest, oldest = entries(reader, CORRECTIONS)
    assert oldest.id == entry.id
    assert "The verdict was: true. It is now: false." in newest.summary
    assert "قيل كذا" not in newest.summary


def test_corrections_of_what_was_taken_back_go_with_it_and_come_again_with_it(reader):
    claim, other = make.published(), make.published()
    corrected(claim, statement="صياغة أخرى")
    linking.merge(claim, into=other, by=EDITOR)
    assert entries(reader, CORRECTIONS) == []
    linking.unmerge(claim, reason="خطأ", by=EDITOR)
    assert len(entries(reader, CORRECTIONS)) == 2
    assert "public again" in entries(reader, CORRECTIONS)[0].summary
    publishing.withdraw(claim, reason="خطأ", by=EDITOR)
    assert entries(reader, CORRECTIONS) == []


ABOUT_ITSELF = {"claim", "number", "cause", "reason", "under_review", "first_published_at", "last_corrected_at"}
SHOWN_WHOLE = {"scheme", "rationale", "prefix", "suffix"}  # of the verdict, which each entry ends with; and around the quote
CHANGED = {
    "statement": "قيل كيت",
    "kind": Kind.EVENT,
    "language": "en",
    "quote": "كيت",
    "speaker": SpeakerAsRead(type="person", name="غيره"),
    "source": "أخرى",
    "title": "عنوان",
    "address": "https://example.org/x",
    "said_on": ImpreciseDate(edtf="2022"),
    "publication": ImpreciseDate(edtf="2021"),
    "due": ImpreciseDate(edtf="2024"),
    "figures": (Figure(text="خمسة", value=Decimal(5)),),
    "criteria": "أرقام",
    "rating": None,
    "known_since": date(2024, 1, 1),
    "exhibits": (ShownExhibit(stance=Stance.REFUTES, address="https://example.org/e"),),
}


@pytest.mark.parametrize("name", sorted({f.name for f in fields(events.PublicRecordIssued)} - ABOUT_ITSELF - SHOWN_WHOLE))
def test_every_difference_of_a_record_is_told(name):
    before = records.state_of(make.published(due="2023")).record
    assert len(list(record_entries.differences(before, replace(before, **{name: CHANGED[name]})))) == 1
    assert not list(record_entries.differences(before, replace(before, number=2, reason="x", cause="correction")))


def test_feeds_take_as_many_queries_however_much_they_tell(reader):
    counts = {PUBLISHED: [], CORRECTIONS: [], DUE: []}
    for _ in range(2):
        claim = make.published()
        corrected(claim, statement="صياغة أخرى")
        make.published(kind=Kind.COMMITMENT, rating="in_progress", due="2099")
        for address, seen in counts.items():
            with CaptureQueriesContext(connection) as asked:
                reader.get(address)
            seen.append(len(asked))
    # the position of what was last known to happen is asked by each
    assert counts == {PUBLISHED: [2, 2], CORRECTIONS: [3, 3], DUE: [3, 3]}


def test_the_public_calendar_holds_what_is_still_to_come(reader):
    promised = make.published(kind=Kind.COMMITMENT, rating="in_progress", due="2099-05", notes="سر")
    make.published(kind=Kind.COMMITMENT, rating="kept", due="2099-05")
    make.published(due="2099-05")
    make.recorded(due="2099-05")
    answer = reader.get(DUE)
    [event] = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["URL"]).endswith(f"/api/v1/claims/{promised}/")
    assert str(event["UID"]) != f"{promised}@isnad"  # of the desk's own calendar
    before = event["SEQUENCE"]
    corrected(promised, due={"edtf": "2099-06", "text": None, "start": None, "end": None, "basis": "context"})
    [event] = icalendar.Calendar.from_ical(reader.get(DUE).content).walk("VEVENT")
    assert event["SEQUENCE"] > before
    assert event.decoded("DTSTART").month == 6
    make.judge(promised, "kept")
    assert not icalendar.Calendar.from_ical(reader.get(DUE).content).walk("VEVENT")


def upgraded():
    """A claim that was published, and its record made by an upgrade, as the state of an older install has it."""
    claim = make.recorded(kind=Kind.QUANTITY)
    review.accept(claim, by=REVIEWER)
    make.judge(claim, "true")
    state = ledger.state_of(claim)
    ledger.append({claim: (state, [events.ClaimPublished()])}, by=EDITOR)
    assert first.missing()
    first.issue()
    return claim


def test_what_an_upgrade_issues_stands_in_the_feed_and_is_told_to_nobody_as_new(reader):
    claim = upgraded()
    assert [entry.id for entry in entries(reader, PUBLISHED)] == [f"urn:uuid:{claim}"]
    assert entries(reader, CORRECTIONS) == []
    ledger.seal()
    of_the_upgrade = [each for each in history.sealed(-1, 100) if each.type == "PublicRecordIssued"]
    for types in ([], ["isnad.PublicRecordIssued"]):
        assert [webhooks._is_for(Webhook(types=types), each) for each in of_the_upgrade] == [False]
    make.published()
    ledger.seal()
    *_, new = (each for each in history.sealed(-1, 100) if each.type == "PublicRecordIssued")
    assert webhooks._is_for(Webhook(types=["isnad.PublicRecordIssued"]), new)
    assert not webhooks._is_for(Webhook(types=["isnad.ClaimAccepted"]), new)


def test_an_erasure_that_is_told_on_the_record_says_so_and_repeats_nothing(reader):
    claim = make.published()
    state = records.state_of(claim)
    struck = replace(state.record, statement="██████")
    changes = records.issued(struck, "erasure")
    ledger.append(changes, by=PROGRAM)
    assert all(isinstance(each, Authored) for _state, told in changes.values() for each in told)
    [entry] = entries(reader, CORRECTIONS)
    assert "Words were made unreadable." in entry.summary
    assert re.search("█", entry.title)
    assert handlers.PROVE
