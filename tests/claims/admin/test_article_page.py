"""The article's page: every claim marked on the text, why, how far the reading is, and what can be put right."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import tasks
from claims.admin import articles, reading_reasons
from claims.models import Claim
from claims.workflow import recording, review
from sources import jobs
from sources.capturing.capture import capture
from sources.models import Work, new_id
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

TEXT = (
    "🙂 قال وزير التجارة سالم الحربي إن حجم التبادل التجاري سيبلغ 200 مليار دولار في عام 2023.\r\n"
    "<script>alert('x')</script> وأعلنت مديرة الميناء ليلى العمري أن العمل بدأ، وأن 300 عامل عادوا.\r\n"
)


def desk(role=Role.REPORTER):
    own = Client()
    own.force_login(make.user(role))
    return own


@pytest.fixture
def snapshot():
    return capture(TEXT, by=make.REPORTER, outlet="جريدة الميناء", title="نتائج", published="2022-12-31", language="ar").snapshot


@pytest.fixture
def read(snapshot):
    tasks.reading.read_snapshot(snapshot)
    Work.objects.update(done_at="2026-01-01T00:00:00Z")
    return snapshot


def address(snapshot):
    return reverse("admin:sources_document_read", args=[snapshot.document_id])


def article(html):
    """The text of the article as a browser has it."""
    inside = re.search(r'<div class="article-text"[^>]*>(.*?)</div>\n</section>', html, re.DOTALL)[1]
    return unescape(re.sub(r"<[^>]+>", "", inside.replace("&#13;", "\r")))


def press(client, claim, what, **fields):
    row = Claim.objects.get(pk=claim)
    said = {"after": row.version, "key": new_id(), **fields}
    where = reverse("admin:sources_document_mark", args=[row.document_id, row.snapshot_id, row.pk, what])
    return client.post(where, {f"{what}-{name}": value for name, value in said.items()})


def test_the_text_stands_as_captured_with_every_claim_marked(read):
    html = desk().get(address(read)).content.decode()
    assert article(html) == TEXT
    assert "<script>alert" not in html
    for claim in Claim.objects.all():
        assert f'id="mark-{claim.pk}"' in html
        assert f'id="claim-{claim.pk}"' in html
        assert reverse("admin:claims_claim_change", args=[claim.pk]) in html
    for role in ("speaker", "figure", "date"):
        assert re.search(rf'class="(quote )?{role}"', html), role


def test_marks_say_why_and_can_be_reached_by_the_keyboard(read):
    html = desk().get(address(read)).content.decode()
    assert 'aria-describedby="why-1"' in html
    assert 'id="why-1"' in html
    assert "a named speaker" in html
    assert 'aria-label="Claim 1: ' in html


def test_no_script_and_no_style_stands_in_the_page(read):
    answer = desk().get(address(read))
    html = answer.content.decode()
    assert answer["Content-Security-Policy"].startswith("default-src 'self'")
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
    assert "<style" not in html
    assert " style=" not in html
    assert not re.search(r" on[a-z]+=", html)


def test_the_list_of_articles_leads_to_it_and_says_how_far_the_reading_is(snapshot):
    own = desk()
    html = own.get("/admin/sources/document/").content.decode()
    assert address(snapshot) in html
    assert "waiting to be read" in html
    assert address(snapshot) in own.get(f"/admin/sources/document/{snapshot.document_id}/change/").content.decode()


def test_the_list_asks_as_often_for_many_articles_as_for_one(snapshot):
    own = desk()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            own.get("/admin/sources/document/")
        return len(queries)

    asked()
    one = asked()
    for n in range(4):
        capture(f"{TEXT}{n}", by=make.REPORTER)
    assert asked() == one


def test_the_page_asks_as_often_for_many_claims_as_for_few(read):
    own = desk()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            own.get(address(read))
        return len(queries)

    asked()
    few = asked()
    for n in range(5):
        recording.record(make.said(quote=TEXT[n : n + 9], start=n, end=n + 9, snapshot=str(read.pk)), by=make.REPORTER)
    assert asked() == few


# ── how far the reading is


def test_a_text_that_waits_says_so(snapshot):
    html = desk().get(address(snapshot)).content.decode()
    assert "data-waiting" in html
    assert "No claims yet" in html


def test_a_reading_that_failed_says_why_and_an_administrator_has_it_done_again(snapshot):
    (row,) = jobs.lease("read", 1, 60)
    jobs.give_up(row, "ZeroDivisionError: by zero")
    html = desk().get(address(snapshot)).content.decode()
    assert "reading failed" in html
    assert "by zero" in html
    assert "An administrator" in html
    again = reverse("admin:sources_document_again", args=[snapshot.document_id, snapshot.pk])
    assert desk().post(again).status_code == 403
    chief = desk(Role.ADMINISTRATOR)
    assert again in chief.get(address(snapshot)).content.decode()
    chief.post(again)
    assert Work.objects.get(pk=row.pk).gave_up_at is None


def test_a_reading_that_is_tried_again_says_when(snapshot):
    (row,) = jobs.lease("read", 1, 60)
    jobs.retry(row, "ZeroDivisionError: by zero")
    html = desk().get(address(snapshot)).content.decode()
    assert "failed, will be tried again" in html
    assert "The next try is due" in html


def test_a_text_from_another_install_can_be_read(snapshot):
    Work.objects.all().delete()
    chief = desk(Role.ADMINISTRATOR)
    assert "Nobody has asked" in chief.get(address(snapshot)).content.decode()
    chief.post(reverse("admin:sources_document_again", args=[snapshot.document_id, snapshot.pk]))
    assert Work.objects.get(key=f"read:{snapshot.pk}").done_at is None


def test_a_text_in_which_nothing_was_found_says_what_to_do(settings):
    snapshot = capture("سطر لا يقول شيئا", by=make.REPORTER).snapshot
    Work.objects.update(done_at="2026-01-01T00:00:00Z")
    assert "choose its words in the text and propose it" in desk().get(address(snapshot)).content.decode()
    settings.READER_PRECISE = True
    assert "READER_PRECISE" in desk().get(address(snapshot)).content.decode()


# ── putting it right


def test_a_quote_is_changed_and_the_page_comes_back_to_its_claim(read):
    claim = Claim.objects.order_by("start").first()
    words = "حجم التبادل التجاري"
    start = TEXT.index(words)
    answer = press(desk(), claim.pk, "quote", start=start, end=start + len(words), words=words)
    assert answer["Location"].endswith(f"#claim-{claim.pk}")
    claim.refresh_from_db()
    assert (claim.quote, claim.version) == (words, 2)


def test_a_speaker_is_picked_from_those_the_article_names(read):
    first = Claim.objects.exclude(speaker_name="").order_by("start").first()
    other = Claim.objects.filter(speaker_name__contains="العمري").first()
    html = desk().get(address(read)).content.decode()
    assert f'<option value="{other.pk}">ليلى العمري' in html
    press(desk(), first.pk, "speaker", like=other.pk)
    first.refresh_from_db()
    assert first.speaker_id == other.speaker_id


def test_a_stale_page_is_told_so_and_shows_what_was_chosen(read):
    claim = Claim.objects.order_by("start").first()
    recording.revise(claim.pk, {"notes": "x"}, reason="r", by=make.REPORTER)
    answer = press(desk(), claim.pk, "quote", start=2, end=9, after=1)
    assert answer.status_code == 409
    assert 'value="9"' in answer.content.decode()
    assert Claim.objects.get(pk=claim.pk).version == 2


@pytest.mark.parametrize("fields", [{}, {"start": "x", "end": 4}, {"start": 5, "end": 5}, {"start": 1, "end": 10**9}])
def test_nonsense_is_answered_on_the_page(read, fields):
    claim = Claim.objects.order_by("start").first()
    answer = press(desk(), claim.pk, "quote", **fields)
    assert answer.status_code == 400
    assert "errorlist" in answer.content.decode()
    assert Claim.objects.get(pk=claim.pk).version == 1


def test_a_claim_is_proposed_from_the_page(read):
    words = "العمل بدأ"
    start = TEXT.index(words)
    where = reverse("admin:sources_document_propose", args=[read.document_id, read.pk])
    key = new_id()
    for _ in range(2):
        answer = desk().post(where, {"propose-start": start, "propose-end": start + len(words), "propose-words": words, "propose-key": key})
        assert "#claim-" in answer["Location"]
    assert Claim.objects.filter(quote=words, reader="").count() == 1
    assert desk().post(where, {"propose-start": 4, "propose-end": 2, "propose-key": new_id()}).status_code == 400


def test_who_may_only_look_is_offered_nothing_and_changes_nothing(read):
    looker, claim = desk("reader"), Claim.objects.first()
    html = looker.get(address(read)).content.decode()
    assert "place-quote" not in html
    assert "data-toolbar" not in html
    assert press(looker, claim.pk, "quote", start=2, end=9).status_code == 409
    assert Claim.objects.get(pk=claim.pk).version == 1
    assert Client().get(address(read)).status_code == 302


def test_a_claim_that_was_turned_down_is_listed_and_not_marked(read):
    claim = Claim.objects.order_by("start").first()
    review.reject(claim.pk, reason="r", by=make.REVIEWER)
    html = desk().get(address(read)).content.decode()
    assert f'id="mark-{claim.pk}"' not in html
    assert f'id="claim-{claim.pk}"' in html


def test_an_address_of_another_document_is_nowhere(read):
    claim, other = Claim.objects.first(), capture("نص آخر", by=make.REPORTER).snapshot
    own = desk()
    assert own.get(reverse("admin:sources_document_read_text", args=[other.document_id, read.pk])).status_code == 404
    for what, where in (("quote", other), ("nothing", read)):
        wrong = reverse("admin:sources_document_mark", args=[where.document_id, where.pk, claim.pk, what])
        assert own.post(wrong).status_code == 404
    assert own.get(reverse("admin:sources_document_propose", args=[read.document_id, read.pk])).status_code == 405


def test_an_older_text_keeps_its_own_claims(read):
    page = "https://example.org/a"
    old = capture(f"{TEXT}قديم", by=make.REPORTER, url=page).snapshot
    tasks.reading.read_snapshot(old)
    new = capture(f"{TEXT}جديد", by=make.REPORTER, url=page).snapshot
    html = desk().get(address(new)).content.decode()
    there = reverse("admin:sources_document_read_text", args=[old.document_id, old.pk])
    assert there in html
    assert 'id="mark-' not in html
    assert article(desk().get(there).content.decode()).endswith("قديم")


def test_every_reason_that_the_reader_gives_has_its_words(read):
    given = {code for claim in Claim.objects.all() for code in claim.why}
    assert given
    assert given <= reading_reasons.REASONS.keys()


def test_more_claims_than_one_page_marks_are_marked_on_several(read, monkeypatch):
    monkeypatch.setattr(articles, "MOST", 2)
    for n in range(3):
        recording.record(make.said(quote=TEXT[n : n + 9], start=n, end=n + 9, snapshot=str(read.pk)), by=make.REPORTER)
    ids = [str(pk) for pk in Claim.objects.order_by("start", "id").values_list("pk", flat=True)]
    where, own = reverse("admin:sources_document_read_text", args=[read.document_id, read.pk]), desk()

    def marked(query=""):
        return re.findall(r'id="mark-([0-9a-f-]+)"', own.get(f"{where}{query}").content.decode())

    pages = [marked(f"?from={n}") for n in range(0, len(ids), 2)]
    assert [pk for page in pages for pk in page] == ids
    assert "?from=2" in own.get(where).content.decode()
    assert ids[-1] in marked(f"?claim={ids[-1]}")
    assert marked("?from=x") == marked("?claim=nobody") == pages[0]


def test_a_claims_page_leads_to_its_article(read):
    claim = Claim.objects.first()
    html = desk().get(reverse("admin:claims_claim_change", args=[claim.pk])).content.decode()
    assert f"?claim={claim.pk}#mark-{claim.pk}" in html
