"""Readers and calendars subscribe to what was published, what was corrected and what is due."""

import hashlib
import re
import string
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from claims.api import feeds, record_entries
from claims.domain.choices import Kind
from claims.exchange.formats import atom, calendar
from claims.models import Claim, FeedKey
from claims.workflow import publishing, review
from sources import roles
from sources.text.edtf import ImpreciseDate
from tests import make

PUBLISHED, CORRECTIONS, DUE = (f"/api/v1/feeds/{name}" for name in ("published.atom", "corrections.atom", "due.ics"))
SPACE = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def desk(committed_db):
    client = APIClient()
    client.force_authenticate(make.user())
    return client


def published(**fields):
    return make.published(kind=Kind.PREDICTION, rating="came_true", **fields)


def test_published_claims_are_a_sound_feed_newest_first(desk):
    first, second = published(statement="قال <إن> & كذا"), published()
    make.recorded()
    answer = desk.get(PUBLISHED)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    read = feedparser.parse(answer.content)
    assert not read.bozo
    assert [entry.id for entry in read.entries] == [f"urn:uuid:{second}", f"urn:uuid:{first}"]
    assert read.entries[1].title == "قال <إن> & كذا"
    assert "came true" in read.entries[0].summary
    root = ElementTree.fromstring(answer.content)
    for parent in (root, *root.findall(f"{SPACE}entry")):  # what RFC 4287 asks of each (4.1.1, 4.1.2)
        assert all(len(parent.findall(SPACE + name)) == 1 for name in ("id", "title", "updated"))
    assert root.find(f"{SPACE}author/{SPACE}name") is not None
    assert root.find(f"{SPACE}link[@rel='self']").get("href") == root.find(f"{SPACE}id").text == "http://127.0.0.1:8000" + PUBLISHED


def test_a_correction_is_an_entry_of_its_own_and_freshens_the_published_one(desk):
    claim = published()
    before = feedparser.parse(desk.get(PUBLISHED).content).entries[0]
    assert not feedparser.parse(desk.get(CORRECTIONS).content).entries
    make.judge(claim, "did_not", rationale="لم يحدث")
    make.judge(claim, "partly", rationale="حدث بعضه")
    entries = feedparser.parse(desk.get(CORRECTIONS).content).entries
    assert len({entry.id for entry in entries}) == 2
    assert "was: did not come true" in entries[0].summary.lower()
    assert "now: partly came true" in entries[0].summary.lower()
    after = feedparser.parse(desk.get(PUBLISHED).content).entries[0]
    assert after.id == before.id
    assert after.updated >= before.updated
    assert "partly came true" in after.summary
    publishing.withdraw(claim, reason="خطأ", by=make.EDITOR)
    assert not feedparser.parse(desk.get(CORRECTIONS).content).entries
    assert not feedparser.parse(desk.get(PUBLISHED).content).entries


def test_no_notes_and_no_names_of_the_desk_go_out(desk):
    published(notes="سر")
    text = desk.get(PUBLISHED).content.decode()
    assert "سر" not in text
    assert make.REVIEWER.name not in text


@pytest.mark.parametrize("address", [PUBLISHED, CORRECTIONS, DUE])
def test_readers_outside_get_what_public_read_allows(committed_db, settings, address):
    assert APIClient().get(address).status_code == 401
    settings.PUBLIC_READ = True
    answer = APIClient().get(address)
    assert answer.status_code == (401 if address == DUE else 301)
    assert address == DUE or APIClient().get(answer["Location"]).status_code == 200


@pytest.mark.parametrize("address", [PUBLISHED, CORRECTIONS, DUE])
def test_what_has_not_changed_is_not_sent_again(desk, address):
    published(due="2027")
    make.recorded(due="2027-05")
    first = desk.get(address)
    assert first["Last-Modified"]
    assert desk.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert desk.get(address, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    claim = published(due="2028")
    make.judge(claim, "partly")
    make.recorded(due="2027-06")
    assert desk.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_feeds_have_an_end(desk, monkeypatch):
    monkeypatch.setattr(record_entries, "ENTRIES", 2)
    claims = [published() for _ in range(3)]
    assert [entry.id for entry in feedparser.parse(desk.get(PUBLISHED).content).entries] == [f"urn:uuid:{c}" for c in reversed(claims[1:])]


@pytest.mark.parametrize("accepted", ["text/calendar", "text/html", "application/rss+xml, text/xml", "*/*", "nonsense"])
def test_whatever_type_is_asked_for_there_is_one(desk, accepted):
    assert desk.get(DUE, headers={"Accept": accepted}).status_code == 200


def test_due_claims_are_whole_days_over_their_span(desk):
    claim = make.claim(statement="Spring; trade, \\ and «ربيع»\nmore", due="2027-21")
    make.recorded()
    done = published(due="2027")
    answer = desk.get(DUE)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (date(2027, 3, 1), date(2027, 6, 1))
    assert str(event["SUMMARY"]) == "Spring; trade, \\ and «ربيع»\nmore"
    assert str(event["UID"]) == f"{claim.pk}@isnad"
    assert str(done) not in answer.content.decode()
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    assert b"\n" not in answer.content.replace(b"\r\n", b"")


def test_its_uid_stays_and_its_sequence_grows_when_it_is_scheduled_anew(desk):
    claim = make.recorded(due="2027")
    before = icalendar.Calendar.from_ical(desk.get(DUE).content).walk("VEVENT")[0]
    review.schedule(claim, due=ImpreciseDate(edtf="2028"), by=make.REVIEWER)
    after = icalendar.Calendar.from_ical(desk.get(DUE).content).walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTSTART") == date(2028, 1, 1)


def test_overdue_claims_stay_and_the_calendar_has_an_end(desk, monkeypatch):
    monkeypatch.setattr(feeds, "COMING", 2)
    monkeypatch.setattr(feeds, "PASSED", 1)
    with time_machine.travel("2027-01-15"):
        for due in ("2025", "2026", "2027", "2028", "2029"):
            make.recorded(due=due)
        years = [event.decoded("DTSTART").year for event in icalendar.Calendar.from_ical(desk.get(DUE).content).walk("VEVENT")]
    assert years == [2026, 2027, 2028]


def test_one_persons_claims_can_be_asked_for(desk):
    make.user(name="mona")
    claim = make.recorded(due="2027")
    make.recorded(due="2027")
    review.accept(claim, by=make.REVIEWER)
    review.assign(claim, to="mona", by=make.REVIEWER)
    (event,) = icalendar.Calendar.from_ical(desk.get(f"{DUE}?assignee=mona").content).walk("VEVENT")
    assert str(claim) in event["UID"]


def test_a_calendar_comes_in_with_a_token_in_its_address_and_nowhere_else(desk):
    made = desk.post("/api/v1/feeds/tokens/", {"name": "phone"}).json()
    words, address = made["token"], made["due"].removeprefix("http://127.0.0.1:8000")
    assert bytes(FeedKey.objects.get().digest) == hashlib.sha256(words.encode()).digest()
    outside = APIClient()
    assert outside.get(address).status_code == 200
    assert outside.get(f"{PUBLISHED}?token={words}").status_code == 200
    assert outside.get(f"/api/v1/claims/?token={words}").status_code == 401
    assert outside.get("/api/v1/claims/", headers={"Authorization": f"Bearer {words}"}).status_code == 401
    assert outside.get(f"{DUE}?token=feed_other").status_code == 401
    assert words not in desk.get("/api/v1/feeds/tokens/").content.decode()
    stranger = APIClient()
    stranger.force_authenticate(make.user(roles.Role.REPORTER))
    assert stranger.delete(f"/api/v1/feeds/tokens/{made['id']}/").status_code == 404
    assert desk.delete(f"/api/v1/feeds/tokens/{made['id']}/").status_code == 204
    assert outside.get(address).status_code == 401


def test_a_colleague_who_left_takes_the_key_along(desk):
    address = desk.post("/api/v1/feeds/tokens/", {}).json()["due"].removeprefix("http://127.0.0.1:8000")
    user = FeedKey.objects.get().user
    user.is_active = False
    user.save()
    assert APIClient().get(address).status_code == 401


NOW = datetime(2026, 1, 1, tzinfo=UTC)
ANY = st.text(st.characters(codec="utf-8"), max_size=200) | st.text(string.printable + "،؛é🕊", max_size=200)


@given(ANY, ANY)
def test_any_text_can_stand_in_a_calendar(summary, description):
    entry = calendar.Entry("a@isnad", date(2026, 1, 1), date(2026, 1, 31), NOW, 1, summary, description)
    written = calendar.dump("x", [entry])
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    written.decode()
    unfolded = written.replace(b"\r\n ", b"").decode()
    line = next(line for line in unfolded.split("\r\n") if line.startswith("SUMMARY:"))
    plain = calendar._CONTROL.sub("", summary.replace("\r\n", "\n").replace("\r", "\n"))
    read = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line.removeprefix("SUMMARY:"))
    assert read == plain


@given(ANY, ANY)
def test_any_text_can_stand_in_a_feed(title, paragraph):
    entry = atom.Entry("urn:x", title, "https://example.org/", NOW, NOW, (paragraph,), (title[:5],))
    ElementTree.fromstring(atom.dump([entry], title=title, id="https://example.org/f", link="https://example.org/", language="ar"))


def test_the_last_day_of_all_can_be_written():
    entry = calendar.Entry("a@isnad", date.max - timedelta(days=1), date.max, NOW, 1, "x")
    assert b"DTEND" not in calendar.dump("x", [entry])
    assert Claim._meta.get_field("due_last")
