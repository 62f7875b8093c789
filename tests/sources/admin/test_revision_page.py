"""In the admin, "History" of a document, an outlet or a speaker shows its revisions from old to new, in both languages."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import erasure
from sources.capturing import documents
from sources.capturing.capture import capture
from sources.models import Document, Outlet, new_id
from sources.registry import outlets, speakers
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    client = Client()
    client.force_login(make.user(Role.REPORTER))
    return client


def address(kind, pk):
    return reverse(f"admin:sources_{kind}_history", args=[pk])


def lines(desk, kind, pk, language="en", **query):
    """Each line as a person reads it, without the isolates; newest first."""
    answer = desk.get(address(kind, pk), query, HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    html = answer.content.decode()
    found = re.findall(r'<li id="revision-\d+">(.*?)</li>', html, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>|[\u2066-\u2069]", " ", line).split()) for line in found]


@pytest.fixture
def article():
    """Captured, captured anew, corrected."""
    first = capture("نص", by=make.REPORTER, url="https://example.org/a", outlet="الميناء", published="2022-12-30", language="ar")
    capture("نص آخر", by=make.REPORTER, url="https://example.org/a", outlet="الميناء")
    return documents.correct(first.document, published="2022-21", title="نتائج العام", by=make.EDITOR, reason="خطأ في التاريخ")


def test_a_document_shows_who_corrected_what_and_why(desk, article):
    corrected, again, made = lines(desk, "document", article.pk)
    assert corrected.startswith("3 Changed. خطأ في التاريخ publication date 30 December 2022 → spring 2022 title none → نتائج العام salma")
    assert re.search(r"text captured .+ \(\s?sha256 \w{8}…\s?\) → captured .+ rana", again)
    assert "First kept." in made
    assert "→" not in made
    assert "outlet الميناء" in made
    assert "language Arabic" in made


def test_in_arabic_it_reads_from_the_right(desk, article):
    corrected, _again, made = lines(desk, "document", article.pk, "ar")
    assert corrected.startswith("3 عُدّل. خطأ في التاريخ تاريخ النشر 30 ديسمبر 2022 ← ربيع 2022")
    assert "اللغة العربية" in made
    assert "الرابط https://example.org/a" in made


def test_an_outlet_shows_its_names_with_the_words_that_differ(desk):
    outlet = outlets.find_or_make("صحيفة الميناء", by=make.REPORTER)
    outlets.revise(outlet, name="جريدة الميناء", by=make.EDITOR, reason="اسمها الجديد")
    assert lines(desk, "outlet", outlet.pk)[0].startswith("2 Changed. اسمها الجديد name صحيفة الميناء → جريدة الميناء salma")
    html = desk.get(address("outlet", outlet.pk)).content.decode()
    assert "<del>صحيفة</del> الميناء" in html
    assert "<ins>جريدة</ins> الميناء" in html


def test_a_speaker_shows_spellings_and_into_whom_it_was_merged(desk):
    one, other = (speakers.find_or_make(name, "person", by=make.REPORTER) for name in ("سامي", "سامي حداد"))
    speakers.revise(one, name="س. حداد", by=make.EDITOR, reason="توقيعه")
    speakers.merge(one, other, by=make.EDITOR, reason="هو نفسه")
    merged, spelled, made = lines(desk, "speaker", one.pk)
    assert "merged into none → سامي حداد" in merged
    assert re.search(r"spellings سامي → س\. حداد\s?, سامي", spelled)
    assert "type person" in made
    assert "<ins>\u2068س. حداد\u2069</ins>" in desk.get(address("speaker", one.pk)).content.decode()


def test_the_button_of_each_leads_there(desk, article):
    speaker = speakers.find_or_make("سامي", "person", by=make.REPORTER)
    for kind, pk in (("document", article.pk), ("outlet", article.outlet_id), ("speaker", speaker.pk)):
        page = desk.get(reverse(f"admin:sources_{kind}_change", args=[pk])).content.decode()
        assert f'href="{address(kind, pk)}"' in page


def test_words_of_others_are_shown_and_not_run(desk):
    outlet = outlets.find_or_make("a <script>alert(1)</script>", by=make.REPORTER)
    outlets.revise(outlet, name="b", by=make.EDITOR, reason="<script>alert(2)</script>")
    html = desk.get(address("outlet", outlet.pk)).content.decode()
    assert "<script>alert" not in html
    assert html.count("&lt;script&gt;") >= 2


def test_a_long_past_is_turned_page_by_page(desk):
    outlet = outlets.find_or_make("0", by=make.REPORTER)
    for number in range(1, 53):
        outlets.revise(outlet, name=f"{number}", by=make.EDITOR)
    first, second = (lines(desk, "outlet", outlet.pk, p=page) for page in (1, 2))
    assert (len(first), len(second)) == (50, 3)
    assert "name 2 → 3" in first[-1]
    assert "name 1 → 2" in second[0]
    assert "?p=2" in desk.get(address("outlet", outlet.pk)).content.decode()


def test_more_revisions_cost_no_more_queries(desk, article):
    others = [outlets.find_or_make(f"وكالة {number}", by=make.REPORTER) for number in range(4)]

    def moved(outlet):
        Document.objects.filter(pk=article.pk).update(outlet=outlet)
        documents.correct(Document.objects.get(pk=article.pk), title=f"خبر {outlet}", by=make.EDITOR, reason="r")

    moved(others[0])
    lines(desk, "document", article.pk)
    with CaptureQueriesContext(connection) as few:
        lines(desk, "document", article.pk)
    for outlet in others[1:]:
        moved(outlet)
    with CaptureQueriesContext(connection) as many:
        assert "وكالة 2 → وكالة 3" in lines(desk, "document", article.pk)[0]
    assert len(many) == len(few)


def test_what_was_erased_stays_struck(desk):
    outlet = outlets.find_or_make("مدونة شاكر الزيتوني", by=make.REPORTER)
    outlets.revise(outlet, name="مدونة الميناء", by=make.EDITOR, reason="كما طلب شاكر الزيتوني")
    erasure.erase(["شاكر الزيتوني"], reason="طلب صاحبه", by=make.EDITOR)
    (changed, _made) = lines(desk, "outlet", outlet.pk)
    assert "████ ████████" in changed
    assert "الزيتوني" not in desk.get(address("outlet", outlet.pk)).content.decode()
    told = desk.get(f"/api/v1/outlets/{outlet.pk}/revisions/").json()["results"][0]
    assert told["changes"] == [{"field": "name", "before": "مدونة ████ ████████", "after": "مدونة الميناء"}]
    assert told["reason"] == "كما طلب ████ ████████"


def test_whoever_may_not_see_the_object_does_not_see_its_history(article):
    stranger = Client()
    user = make.user(None)
    user.is_staff = False
    user.save()
    stranger.force_login(user)
    assert stranger.get(address("document", article.pk)).status_code == 302
    assert Client().get(address("document", article.pk)).status_code == 302


def test_of_what_is_not_there_it_leads_back(desk):
    assert desk.get(address("outlet", new_id())).status_code == 302


def test_a_row_without_a_revision_says_so(desk):
    outlet = Outlet.objects.create(name="a", folded="a")
    assert "No revision of it is kept." in desk.get(address("outlet", outlet.pk)).content.decode()
