"""What was known then: claims, and the names and dates of their sources, exactly as they were at any moment."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from claims import history, ledger
from claims.api import shown
from claims.models import Position
from claims.statements import SpeakerAsRead
from sources import documents, outlets, speakers
from sources.capture import capture
from sources.models import Outlet, Speaker
from tests import make

pytestmark = pytest.mark.django_db


def now() -> datetime:
    """The moment of the newest position: what is known by then is known for ever."""
    ledger.seal()
    return Position.objects.latest("position").sealed_at


def said_by(speaker: Speaker, **fields):
    return make.recorded(speaker=SpeakerAsRead(type="person", name=speaker.name, id=str(speaker.pk)), **fields)


def test_a_claim_of_then_names_its_outlet_and_dates_as_they_were():
    captured = capture("ستبلغ التجارة مئة مليار", by=make.REPORTER, outlet="تويتر", title="خبر", published="2022-12-30")
    claim = make.recorded(snapshot=str(captured.snapshot.pk), quote="التجارة", start=6, end=13, source="")
    then = now()
    outlets.revise(Outlet.objects.get(), name="إكس", by=make.EDITOR, reason="اسم جديد")
    documents.correct(captured.document, published="2022-12-31", by=make.EDITOR, reason="خطأ")
    old, new = shown.one(history.as_of(claim, then), at=then), shown.one(ledger.state_of(claim))
    assert (old["source"], old["date"]["edtf"]) == ("تويتر", "2022-12-30")
    assert (new["source"], new["date"]["edtf"]) == ("إكس", "2022-12-31")


def test_a_merge_and_its_undoing_are_seen_at_their_time():
    one, two = (speakers.find_or_make(name, "person", by=make.REPORTER) for name in ("سامي", "سامي حداد"))
    claim, alone = said_by(one), now()
    speakers.merge(one, two, by=make.EDITOR)
    merged = now()
    speakers.unmerge(one, by=make.EDITOR, reason="رجلان")
    known = [shown.one(history.as_of(claim, at), at=at)["known_as"]["name"] for at in (alone, merged, now())]
    assert known == ["سامي", "سامي حداد", "سامي"]
    assert shown.one(ledger.state_of(claim))["known_as"]["name"] == "سامي"


def test_a_speaker_that_was_merged_twice_is_followed_to_the_end():
    one, two, three = (speakers.find_or_make(name, "person", by=make.REPORTER) for name in ("a", "b", "c"))
    speakers.merge(one, two, by=make.EDITOR)
    before = now()
    speakers.merge(two, three, by=make.EDITOR)
    assert history.speaker_as_of(one.pk, before)["name"] == "b"
    assert history.speaker_as_of(one.pk, now())["name"] == "c"


def test_a_source_that_was_not_there_yet_is_left_out():
    make.recorded()
    then = now()
    outlet = outlets.find_or_make("الميناء", by=make.REPORTER)
    assert history.sources_as_of([outlet.pk], then) == {}
    assert history.sources_as_of([outlet.pk], now())[outlet.pk]["name"] == "الميناء"


def test_a_revision_of_the_same_second_counts_by_its_position():
    outlet = outlets.find_or_make("1", by=make.REPORTER)
    names = [str(n) for n in range(2, 8)]
    for name in names:
        outlets.revise(outlet, name=name, by=make.EDITOR)
    ledger.seal()
    stamps = list(Position.objects.order_by("position").values_list("sealed_at", flat=True))
    assert [history.sources_as_of([outlet.pk], at)[outlet.pk]["name"] for at in stamps] == ["1", *names]


def test_the_database_says_what_is_to_come():
    with pytest.raises(history.NotYet):
        history.through(timezone.now() + timedelta(seconds=30))
    assert history.through(timezone.now() - timedelta(days=1)) == -1


def test_every_text_is_named_by_the_revision_that_brought_it():
    first = capture("أول", by=make.REPORTER, url="https://example.org/a")
    then = now()
    second = capture("ثان", by=make.REPORTER, url="https://example.org/a")
    again = capture("أول", by=make.REPORTER, url="https://example.org/a")
    assert (first.document, again.new) == (second.document, False)
    document = first.document.pk
    assert history.sources_as_of([document], then)[document]["text"] == first.snapshot.digest
    assert history.sources_as_of([document], now())[document]["text"] == second.snapshot.digest


def test_a_correction_of_a_document_keeps_the_name_of_its_text():
    captured = capture("نص", by=make.REPORTER, title="قديم")
    documents.correct(captured.document, title="جديد", by=make.EDITOR, reason="خطأ")
    assert history.sources_as_of([captured.document.pk], now())[captured.document.pk]["text"] == captured.snapshot.digest


def test_nothing_is_revised_by_capturing_the_same_again():
    capture("نص", by=make.REPORTER, outlet="الميناء")
    before = now()
    capture("نص", by=make.REPORTER, outlet="الميناء")
    assert now() == before
