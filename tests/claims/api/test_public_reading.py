"""Readers outside are answered from public records alone: what they see, what they may ask, and what is gone."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from claims.domain.choices import Kind, Stance
from claims.domain.values import Exhibit, Figure, SpeakerAsRead
from claims.models import PublicRecord
from claims.workflow import corrections, linking, publishing, recording, review
from sources.capturing.capture import capture
from sources.registry import outlets
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.make import EDITOR, REPORTER, REVIEWER

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"
FIELDS = {
    *("id", "number", "statement", "kind", "language", "quote", "prefix", "suffix", "speaker", "source", "title", "address", "date"),
    *("due", "due_first", "due_last", "clock", "quantities", "criteria", "scheme", "rating", "rationale", "known_since", "evidence"),
    *("published_at", "corrected_at", "reason", "under_review"),
}


@pytest.fixture
def reader(settings):
    settings.PUBLIC_READ = True
    return APIClient()


def at(claim):
    return f"{CLAIMS}{claim}/"


def found(reader, **asked):
    answer = reader.get(CLAIMS, asked)
    assert answer.status_code == 200, answer.content
    return [claim["id"] for claim in answer.json()["results"]]


def test_a_record_is_shown_by_the_names_of_the_contract_and_with_nothing_else(reader):
    document = capture("نص الخبر", by=REPORTER, outlet="الميناء", title="خبر", published="2023-03-01", url="https://example.org/a").document
    figure = Figure(text="200 مليار", value=Decimal(200), unit="USD")
    exhibit = Exhibit(stance=Stance.SUPPORTS, url="https://example.org/b", note="للمكتب")
    claim = make.published(
        document=str(document.pk),
        speaker=SpeakerAsRead(type="person", name="سامي حداد", title="الوزير"),
        quantities=(figure,),
        due="2023-21",
        criteria="أرقام الجمارك",
        evidence=[exhibit],
        known_since=date(2023, 6, 1),
        notes="سر",
        tags=("سر",),
    )
    for shown in (reader.get(at(claim)).json(), reader.get(CLAIMS).json()["results"][0]):
        assert set(shown) == FIELDS
        assert shown["id"] == str(claim)
        assert shown["speaker"] == {"id": None, "type": "person", "name": "سامي حداد", "title": "الوزير"}
        assert (shown["source"], shown["title"], shown["address"]) == ("الميناء", "خبر", "https://example.org/a")
        assert (shown["date"]["edtf"], shown["date"]["basis"]) == ("2023-03-01", "publication")
        assert (shown["due_first"], shown["due_last"], shown["clock"]) == ("2023-03-01", "2023-05-31", "closed")
        assert shown["quantities"] == [
            {"text": "200 مليار", "value": "200", "value_max": None, "unit": "USD", "comparator": "exactly", "role": "level"}
        ]
        assert shown["evidence"] == [{"stance": "supports", "address": "https://example.org/b", "archived": "", "digest": ""}]
        assert (shown["scheme"], shown["rating"], shown["known_since"], shown["number"]) == ("veracity/1", "true", "2023-06-01", 1)
        assert (shown["corrected_at"], shown["reason"], shown["under_review"]) == (None, "", False)


def test_what_is_not_agreed_is_not_shown(reader):
    claim = make.published(statement="كما نُشر")
    recording.revise(claim, {"statement": "كما يُراد"}, reason="أدق", by=REVIEWER)
    assert reader.get(at(claim)).json()["statement"] == "كما نُشر"
    corrections.approve(claim, by=EDITOR)
    after = reader.get(at(claim)).json()
    assert (after["statement"], after["reason"], after["number"]) == ("كما يُراد", "أدق", 2)
    assert after["corrected_at"] > after["published_at"]


def test_a_reopened_claim_stays_public_and_is_marked(reader):
    claim = make.published()
    review.reopen(claim, reason="شك", by=EDITOR)
    assert reader.get(at(claim)).json()["under_review"] is True
    assert found(reader) == [str(claim)]


def test_a_renamed_source_reads_as_it_was_published(reader):
    document = capture("نص", by=REPORTER, outlet="تويتر").document
    claim = make.published(document=str(document.pk))
    outlets.revise(document.outlet, name="إكس", reason="اسم جديد", by=EDITOR)
    assert reader.get(at(claim)).json()["source"] == "تويتر"


def test_what_was_taken_back_is_gone_and_says_nothing_of_what_it_said(reader):
    claim = make.published(statement="خطأ كبير")
    publishing.withdraw(claim, reason="سبب داخلي", by=EDITOR)
    for address in (at(claim), f"/api/v1/public/claims/{claim}/proof/"):
        answer = reader.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (410, "application/problem+json")
        assert answer.json()["cause"] == "withdrawn"
        assert "خطأ" not in answer.content.decode()
        assert "سبب" not in answer.content.decode()
    assert found(reader) == []


def test_a_merged_claim_says_where_to_however_often_it_was_merged(reader):
    first, second, third = make.published(), make.published(), make.published()
    linking.merge(first, into=second, by=EDITOR)
    assert reader.get(at(first)).json()["into"].endswith(at(second))
    linking.merge(second, into=third, by=EDITOR)
    for claim in (first, second):
        answer = reader.get(at(claim))
        assert (answer.status_code, answer.json()["cause"]) == (410, "merged")
        assert answer.json()["into"].endswith(at(third))
    publishing.withdraw(third, reason="خطأ", by=EDITOR)
    assert "into" not in reader.get(at(first)).json()


def test_a_claim_that_was_never_public_is_as_one_that_is_not_there(reader):
    hidden, nowhere = reader.get(at(make.recorded())), reader.get(at("00000000-0000-0000-0000-000000000009"))
    assert hidden.status_code == nowhere.status_code == 404
    assert hidden.content == nowhere.content


def test_filters_ask_what_the_records_show(reader):
    ar = make.published(
        language="ar", kind=Kind.QUANTITY, statement="غرقت السفينة في الميناء", said_on=ImpreciseDate(edtf="2023-05-01"), due="2023-06"
    )
    en = make.published(language="en", kind=Kind.EVENT, statement="Two bridges will open; the harbour quarter waits", rating="false")
    promised = {"kind": Kind.COMMITMENT, "rating": "in_progress", "due": "2099"}
    kept = make.published(language="en", statement="Bridges over the quarter harbour", **promised)
    ids = {"ar": str(ar), "en": str(en), "kept": str(kept)}
    cases = [
        ({"kind": "event"}, ["en"]),
        ({"language": "ar"}, ["ar"]),
        ({"rating": "false"}, ["en"]),
        ({"said_after": "2023-01-01", "said_before": "2023-12-31"}, ["ar"]),
        ({"due_before": "2024-01-01"}, ["ar"]),
        ({"due_after": "2024-01-01"}, ["kept"]),
        ({"clock": "closed"}, ["en", "ar"]),
        ({"clock": "upcoming"}, ["kept"]),
        ({"q": "السفن"}, []),
        ({"q": "سفينة"}, ["ar"]),
        ({"q": "bridge"}, ["kept", "en"]),
        ({"q": '"harbour quarter"'}, ["en"]),
        ({"q": 'bridge -"over"'}, ["en"]),
        ({"q": '"harbour quarter" "bridges will open"'}, ["en"]),
        ({"q": "100%"}, []),
        ({"ordering": "published"}, ["ar", "en", "kept"]),
        ({"ordering": "due"}, ["ar", "kept", "en"]),
        ({"ordering": "-due"}, ["kept", "ar", "en"]),
        ({"ordering": "said", "page_size": 1}, ["ar"]),
    ]
    for asked, expected in cases:
        assert found(reader, **asked) == [ids[name] for name in expected], asked


DESKS = "status outlet document rule flagged assignee tag cluster unit value_min value_max as_of notes"


@pytest.mark.parametrize("name", DESKS.split())
def test_a_filter_of_the_desks_own_is_refused_by_name_whether_or_not_anything_matches(reader, name):
    make.published(tags=("سر",))
    for value in ("سر", "لا شيء", "true", "2023-01-01T00:00:00Z"):
        answer = reader.get(CLAIMS, {name: value})
        assert answer.status_code == 400
        assert list(answer.json()["errors"]) == [name]
    assert reader.get(at(make.published()), {name: "x"}).status_code == 400


@pytest.mark.parametrize("ordering", ["-recorded", "recorded", "relevance", "notes", "assignee"])
def test_an_ordering_of_the_desks_own_is_refused(reader, ordering):
    answer = reader.get(CLAIMS, {"ordering": ordering, "q": "x"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["ordering"])


def test_pages_follow_each_other_in_every_ordering(reader):
    claims = [str(make.published(due=due)) for due in ("2023", None, "2022", "2024")]
    for ordering in ("-published", "published", "due", "-due", "said", "-said"):
        address, seen = f"{CLAIMS}?page_size=2&ordering={ordering}", []
        while address:
            page = reader.get(address).json()
            seen += [claim["id"] for claim in page["results"]]
            address = page["next"]
        assert sorted(seen) == sorted(claims), ordering


def test_a_documents_claims_are_its_public_ones(reader):
    document = capture("نص", by=REPORTER, outlet="الميناء").document
    other = capture("نص آخر", by=REPORTER, outlet="الميناء").document
    claim = make.published(document=str(document.pk))
    make.recorded(document=str(other.pk))
    assert [each["id"] for each in reader.get(f"/api/v1/documents/{document.pk}/claims/").json()["results"]] == [str(claim)]
    hidden, nowhere = (reader.get(f"/api/v1/documents/{id}/claims/") for id in (other.pk, "00000000-0000-0000-0000-000000000009"))
    assert (hidden.status_code, hidden.content) == (nowhere.status_code, nowhere.content)


def test_no_cache_gives_readers_what_the_desk_was_answered(reader):
    claim = make.published()
    desk = APIClient()
    desk.force_login(make.user())
    for address in (CLAIMS, at(claim), f"/api/v1/documents/{claim}/claims/"):
        outside, inside = reader.get(address), desk.get(address)
        for answer in (outside, inside):
            assert {"Authorization", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
        assert (outside["Cache-Control"], inside["Cache-Control"]) == ("public, max-age=0, must-revalidate", "private, no-store")
        assert outside.content != inside.content or inside.status_code == 404


@pytest.mark.parametrize("address", ["events/", "diff/?since=0", "similar/", "origins/", "figures/", "links/", "proof/"])
def test_what_is_the_desks_own_stays_closed(reader, address):
    assert reader.get(f"{at(make.published())}{address}").status_code == 401


def test_a_list_takes_one_query_however_long_it_is(reader):
    counts = []
    for _ in range(2):
        make.published(evidence=[Exhibit(stance=Stance.SUPPORTS, url="https://example.org/b")])
        with CaptureQueriesContext(
            connection,
        ) as asked:
            reader.get(CLAIMS, {"q": "التجارة"})
        counts.append(len(asked))
    assert counts == [1, 1]


def test_the_clock_of_what_is_not_settled_goes_on(reader):
    claim = make.published(kind=Kind.COMMITMENT, rating="in_progress", due="2023-05")
    for today, clock in (("2023-04-01", "upcoming"), ("2023-05-15", "watch"), ("2023-06-02", "due"), ("2023-07-01", "overdue")):
        with time_machine.travel(today):
            assert reader.get(at(claim)).json()["clock"] == clock
            assert found(reader, clock=clock) == [str(claim)]


def test_the_words_follow_the_record(reader):
    claim = make.published(statement="Storm over the harbour")
    recording.revise(claim, {"statement": "Snow over the harbour"}, reason="أدق", by=REVIEWER)
    corrections.approve(claim, by=EDITOR)
    assert found(reader, q="snow") == [str(claim)]
    assert found(reader, q="storm") == []
    assert "snow" in PublicRecord.objects.get().words
