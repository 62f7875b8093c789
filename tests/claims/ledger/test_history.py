"""What was known then: claims, and the names and dates of their sources, exactly as they were at any moment."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims import flagging, ledger
from claims.api import presenters
from claims.domain.values import SpeakerAsRead
from claims.ledger import history
from claims.models import Position
from claims.workflow import recording, review, verdicts
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import Outlet, Speaker
from sources.registry import outlets, speakers
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
    old, new = presenters.present_claim(history.as_of(claim, then), at=then), presenters.present_claim(ledger.state_of(claim))
    assert (old["source"], old["date"]["edtf"]) == ("تويتر", "2022-12-30")
    assert (new["source"], new["date"]["edtf"]) == ("إكس", "2022-12-31")


def test_a_merge_and_its_undoing_are_seen_at_their_time():
    one, two = (speakers.find_or_make(name, "person", by=make.REPORTER) for name in ("سامي", "سامي حداد"))
    claim, alone = said_by(one), now()
    speakers.merge(one, two, by=make.EDITOR)
    merged = now()
    speakers.unmerge(one, by=make.EDITOR, reason="رجلان")
    known = [presenters.present_claim(history.as_of(claim, at), at=at)["known_as"]["name"] for at in (alone, merged, now())]
    assert known == ["سامي", "سامي حداد", "سامي"]
    assert presenters.present_claim(ledger.state_of(claim))["known_as"]["name"] == "سامي"


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


def test_a_moment_long_gone_needs_no_seal_and_one_just_gone_does():
    claim = make.recorded()
    then = now()
    make.recorded()
    now()
    review.accept(claim, by=make.REVIEWER)  # has no place yet
    with CaptureQueriesContext(connection) as queries:
        assert history.as_of(claim, then).version == 1
    assert len(queries) == 1, "one question, and nothing is sealed"
    assert history.as_of(claim, now()).version == 2


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


# ── what changed


def changed(*places, claim):
    return {change.field: (change.before, change.after, change.by, change.version) for change in history.diff(claim, *places)}


def test_a_diff_says_what_changed_from_what_to_what_and_who_did_it():
    claim = make.recorded(statement="أول", tags=("تجارة",))
    review.accept(claim, by=make.REVIEWER)
    recording.revise(claim, {"statement": "ثان"}, reason="أوضح", by=make.REVIEWER)
    recording.revise(claim, {"statement": "ثالث"}, reason="أصح", by=make.EDITOR)
    assert changed(1, 4, claim=claim) == {
        "statement": ("أول", "ثالث", "salma", 4),
        "status": ("proposed", "accepted", "yusuf", 2),
    }
    assert changed(2, 3, claim=claim) == {"statement": ("أول", "ثان", "yusuf", 3)}
    assert changed(3, 3, claim=claim) == {}
    assert changed(0, 1, claim=claim)["tags"] == (None, ["تجارة"], "rana", 1)


def test_a_diff_between_two_moments_is_one_between_what_was_known_then():
    claim = make.recorded()
    start = now()
    verdict = review.accept(claim, by=make.REVIEWER)
    verdicts.reach(claim, rating="true", rationale="نعم", by=make.REVIEWER, scheme="veracity/1")
    end = now()
    verdicts.approve(claim, by=make.EDITOR)
    found = changed(start, end, claim=claim)
    assert {name.split(".")[0] for name in found} == {"status", "verdicts"}
    assert found["status"][:2] == ("proposed", "in_review")
    assert changed(start - timedelta(days=1), start, claim=claim).keys() >= {"statement", "status"}
    assert verdict.version == 2


def test_what_was_changed_back_is_no_change():
    claim = make.recorded(notes="قديم")
    for text in ("جديد", "قديم"):
        recording.revise(claim, {"notes": text}, reason="تصحيح", by=make.REPORTER)
    assert changed(1, 3, claim=claim) == {}


@pytest.mark.parametrize("places", [(2, 1), (0, 9), (-1, 1)])
def test_a_version_that_is_not_there_is_refused(places):
    with pytest.raises(history.NoSuchVersion):
        history.diff(make.recorded(), *places)


# ── lists of then


def test_the_claims_of_then_are_listed_as_they_were():
    captured = capture("ستبلغ التجارة", by=make.REPORTER, outlet="تويتر", title="خبر")
    first = make.recorded(snapshot=str(captured.snapshot.pk), quote="التجارة", start=6, end=13, source="", due="2023")
    second = make.recorded()
    flagging.run("due")
    then = now()
    outlets.revise(Outlet.objects.get(), name="إكس", by=make.EDITOR)
    review.reject(first, reason="لا يهم", by=make.REVIEWER)
    third = make.recorded()
    places = history.recorded(then)
    assert [stream for _position, stream in places] == [second, first]
    states = history.states_as_of([first, second], then)
    item = presenters.present_list_as_of([states[first]], then)[0]
    assert (item["source"], item["status"], item["flags"]) == ("تويتر", "proposed", 1)
    assert [stream for _position, stream in history.recorded(now(), limit=2)] == [third, second]
    assert [stream for _position, stream in history.recorded(now(), before=places[0][0])] == [first]


def test_a_longer_list_of_then_asks_no_more_often():
    def asked(count: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            found = history.recorded(then, limit=count)
            states = history.states_as_of([stream for _position, stream in found], then)
            assert len(presenters.present_list_as_of(list(states.values()), then)) == count
        return len(queries)

    for n in range(9):
        captured = capture(f"ستبلغ التجارة {n}", by=make.REPORTER, outlet=f"صحيفة {n}")
        make.recorded(snapshot=str(captured.snapshot.pk), quote="التجارة", start=6, end=13)
    then = now()
    assert asked(9) == asked(2)
