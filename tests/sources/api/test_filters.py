"""Speakers, outlets and documents are found by words, in whatever spelling, by an index and in pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from sources.api import filters
from sources.capturing import documents
from sources.models import Document, Outlet, Speaker
from sources.registry import outlets, speakers
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    client = APIClient()
    client.force_authenticate(make.user("editor"))
    return client


def names(desk, address, **asked):
    answer = desk.get(f"/api/v1/{address}/", asked)
    assert answer.status_code == 200, answer.json()
    return [row.get("name") or row["title"] for row in answer.json()["results"]]


def person(name):
    return speakers.find_or_make(name, "person", by=make.EDITOR)


@pytest.mark.parametrize("query", ["أحمد", "احمد", "أَحْمَد", "السالم أحمد", "احمد السالم"])
def test_a_speaker_is_found_however_it_is_spelt(desk, query):
    person("أحمد السالم"), person("Ahmad Nasser")
    assert names(desk, "speakers", q=query) == ["أحمد السالم"]


def test_a_speaker_is_found_by_a_spelling_of_whoever_was_merged_into_it(desk):
    one, two, three = person("Dana Haddad"), person("دانا حداد"), person("D. Haddad-Saleh")
    speakers.merge(three, two, by=make.EDITOR)
    speakers.merge(two, one, by=make.EDITOR)
    assert names(desk, "speakers", q="saleh") == ["D. Haddad-Saleh", "دانا حداد", "Dana Haddad"]
    assert names(desk, "speakers", q="dana") == ["Dana Haddad"]


@pytest.mark.parametrize(
    ("query", "found"), [("ANHAR", ["Al-Anhar Daily"]), ("daily anhar", ["Al-Anhar Daily"]), ("الانباء", ["وكالة الأنباء"]), ("anh", [])]
)
def test_an_outlet_is_found_by_its_words(desk, query, found):
    for name in ("Al-Anhar Daily", "وكالة الأنباء"):
        outlets.find_or_make(name, by=make.EDITOR)
    assert names(desk, "outlets", q=query) == found


def test_a_document_is_found_by_the_words_of_its_title(desk):
    kept = make.capture("نص أول", by=make.REPORTER, title="إعلانُ القمّة الأولى", language="ar").document
    make.capture("a text", by=make.REPORTER, title="Summit in Basra", language="en")
    assert names(desk, "documents", q="القمة اعلان") == ["إعلانُ القمّة الأولى"]
    documents.correct(kept, by=make.EDITOR, reason="a slip", title="بيان الوزراء")
    assert names(desk, "documents", q="القمة") == []
    assert names(desk, "documents", q="بيان") == ["بيان الوزراء"]


def test_documents_are_narrowed_by_outlet_language_and_day(desk):
    first = make.capture("one", by=make.REPORTER, title="One", outlet="Harbour News", language="EN", published="2024-05-03").document
    make.capture("two", by=make.REPORTER, title="Two", outlet="Harbour News", language="fr", published="2024-05")
    make.capture("three", by=make.REPORTER, title="Three", language="en")
    assert names(desk, "documents", outlet=first.outlet_id) == ["Two", "One"]
    assert names(desk, "documents", language="EN") == ["Three", "One"]
    assert names(desk, "documents", published_after="2024-05-02") == ["One"]
    assert names(desk, "documents", published_after="2024-05-01", language="fr", outlet=first.outlet_id, q="two") == ["Two"]


@pytest.mark.parametrize(
    ("address", "asked", "field"),
    [
        ("speakers", {"q": "!?"}, "q"),
        ("speakers", {"q": ""}, "q"),
        ("speakers", {"name": "Dana"}, "name"),
        ("outlets", {"outlet": "x"}, "outlet"),
        ("documents", {"outlet": "x"}, "outlet"),
        ("documents", {"language": "e n"}, "language"),
        ("documents", {"published_after": "soon"}, "published_after"),
        ("documents", {"q": "a" * 301}, "q"),
    ],
)
def test_what_cannot_be_asked_is_named(desk, address, asked, field):
    answer = desk.get(f"/api/v1/{address}/", asked)
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_what_is_found_comes_in_pages_that_keep_the_search(desk):
    people = [person(f"Haddad {n}").name for n in range(5)]
    person("Somebody Else")
    seen, onward = [], "/api/v1/speakers/?q=haddad&page_size=2"
    while onward:
        page = desk.get(onward).json()
        seen += [row["name"] for row in page["results"]]
        onward = page["next"]
    assert seen == people[::-1]


def test_a_longer_list_asks_no_more_queries(desk):
    person("Haddad 0")
    counts = []
    for more in (1, 20):
        for n in range(more):
            person(f"Haddad {more} {n}")
        with CaptureQueriesContext(connection) as asked:
            names(desk, "speakers", q="haddad")
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("form", "model", "asked", "index"),
    [
        (filters.SpeakerFilters, Speaker, {"q": ["haddad"]}, "spelling_words"),
        (filters.OutletFilters, Outlet, {"q": ["anhar"]}, "outlet_words"),
        (filters.DocumentFilters, Document, {"q": ["summit"]}, "document_words"),
        (filters.DocumentFilters, Document, {"outlet": "01a22dba-d8e6-7726-9b78-3efb12beeab8"}, "document_of_outlet"),
        (filters.DocumentFilters, Document, {"language": "fr"}, "document_in_language"),
        (filters.DocumentFilters, Document, {"published_after": "2024-05-01"}, "document_published"),
        (filters.SpeakerFilters, Speaker, {}, "speaker_newest"),
        (filters.OutletFilters, Outlet, {}, "outlet_newest"),
    ],
)
def test_every_filter_has_an_index(form, model, asked, index):
    rows = form.narrowed(model.objects.order_by("-created_at", "-id"), asked)
    # What an index by another column would give is out of the question, as it is in a long list.
    others = [name for name in ("document_newest", "document_of_outlet", "document_in_language") if name != index]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        if index.endswith("_words"):  # of few rows any index will do to read them all
            cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off")
        for name in others:
            cursor.execute(f"DROP INDEX {name}")
        plan = rows.explain()
    assert index in plan
    assert "Seq Scan" not in plan
