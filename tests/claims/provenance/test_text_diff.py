"""Two texts of a document compared, on the page and over REST."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from rest_framework.test import APIClient

from claims.admin import versions as page
from claims.provenance import text_diff
from claims.provenance.text_diff import Compared
from claims.workflow import review
from sources.capturing.capture import capture
from sources.models import Content, Document, Snapshot, Watch
from sources.roles import Role
from sources.text.changes import changes
from tests import make

URL = "https://example.org/article"
OLD = "قال الوزير إن الصادرات ارتفعت 12 في المئة.\nوأضاف أن الميناء سيعمل في الربيع.\nوختم بأن <b>العمل</b> بدأ، في عرض موجز للسنة."
NEW = "تصحيح: كانت النسبة خاطئة.\nقال الوزير إن الصادرات ارتفعت 9 في المئة.\nوختم بأن <b>العمل</b> بدأ، في عرض موجز للسنة."
NEW += "\nوقال المدير إن الميناء سيعمل في الربيع، كما أعلن."


def text(words, url=URL):
    return capture(words, by=make.REPORTER, url=url, outlet="جريدة الميناء", title="أرقام", language="ar").snapshot


def quoting(snapshot, words):
    start = snapshot.text.index(words)
    return make.recorded(quote=words, start=start, end=start + len(words), snapshot=str(snapshot.pk), document=str(snapshot.document_id))


@pytest.fixture
def two(db):
    return text(OLD), text(NEW)


@pytest.fixture
def quotes(two):
    gone, moved, stands = "الصادرات ارتفعت 12 في المئة", "الميناء سيعمل في الربيع", "العمل</b> بدأ"
    return [quoting(two[0], words) for words in (gone, moved, stands)]


def shown(two, role=Role.REPORTER, **query):
    client = Client()
    client.force_login(make.user(role))
    return client.get(reverse("admin:sources_document_changes", args=[two[0].document_id]), query)


def told(html):
    inside = re.search(r'<div class="article-text changes"[^>]*>(.*?)</div>\n', html, re.DOTALL)[1]
    came, went = (re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", inside, re.DOTALL) for tag in ("ins", "del"))
    return inside, *(["".join(unescape(re.sub(r"<[^>]+>", "", each)) for each in some) for some in (came, went)])


def test_what_came_and_what_went_is_marked_and_nothing_is_believed_to_be_html(two):
    inside, came, went = told(shown(two).content.decode())
    assert came.startswith("تصحيح: كانت النسبة خاطئة.\n9")
    assert went.startswith("12وأضاف أن")
    assert "&lt;b&gt;" in inside
    assert "<b>" not in inside


def test_each_quote_is_told_to_stand_to_have_moved_or_to_be_gone(two, quotes):
    html = shown(two).content.decode()
    assert re.findall(r'class="mark (q-\w+)"', html) == ["q-gone", "q-moved", "q-standing"]
    inside, *_ = told(html)
    assert inside.count('class="q-moved"') == 2  # where it stood, and where it is now
    assert all(reverse("admin:claims_claim_change", args=[claim]) in html for claim in quotes)


def test_a_claim_that_was_turned_down_leans_on_no_quote(two, quotes):
    review.reject(quotes[0], reason="لا", by=make.REVIEWER)
    assert {quote.claim.pk for quote in text_diff.compare(*two).quotes} == set(quotes[1:])


def test_any_two_texts_may_be_compared_either_way_round(two):
    back = told(shown(two, **{"from": two[1].pk, "to": two[0].pk}).content.decode())
    forth = told(shown(two, to=two[1].pk).content.decode())
    assert (back[1], back[2]) == (forth[2], forth[1])
    assert shown(two, to="nonsense").status_code == 404
    assert shown(two, to=text("نص لوثيقة أخرى", url="https://example.org/b").pk).status_code == 404


def test_one_text_alone_says_so(db):
    one = text(OLD)
    response = shown([one])
    assert response.status_code == 200
    assert "There is one text" in response.content.decode()


def test_a_text_beyond_the_list_may_be_compared(db, monkeypatch):
    monkeypatch.setattr(page, "LISTED", 2)
    texts = [text(f"النص رقم {n}") for n in range(4)]
    quoting(texts[0], "النص")
    response = shown(texts, **{"from": texts[0].pk, "to": texts[3].pk})
    assert response.status_code == 200
    listed = response.context["texts"]
    assert [row["pk"] for row in listed] == [texts[3].pk, texts[2].pk, texts[0].pk]
    assert [row["claims"] for row in listed] == [0, 0, 1]
    html = response.content.decode()
    assert all(reverse("admin:sources_document_read_text", args=[texts[0].document_id, row["pk"]]) in html for row in listed)


def test_a_long_article_shows_what_happened_and_leaves_out_the_rest(db):
    long = "\n".join(f"فقرة {n} لا يتغير فيها شيء أبدا." for n in range(5000))
    pair = text(long), text(long.replace("فقرة 2500 ", "قسم 2500 ") + "\nخاتمة" * 30_000)
    html = shown(pair).content.decode()
    assert len(html) < 120_000
    inside, came, went = told(html)
    assert went == "فقرة"
    assert came.startswith("قسم")
    assert "characters …" in inside


def test_more_changes_than_a_page_holds_are_counted(db, monkeypatch):
    monkeypatch.setattr(page, "MOST", 2)
    pair = text("ا 1 ب ثابت هنا ا 2 ب ثابت هنا ا 3 ب"), text("ا 4 ب ثابت هنا ا 5 ب ثابت هنا ا 6 ب")
    assert "1 more change is not shown" in shown(pair).content.decode()


@given(old=st.text("اب \n.", max_size=80), new=st.text("اب \n.", max_size=80))
def test_the_pieces_are_both_texts(old, new):
    document = Document()
    sides = [Snapshot(document=document, content=Content(text=words)) for words in (old, new)]
    pieces = page.pieces(Compared(*sides, changes(old, new), ()))
    for words, left_away in ((old, "new"), (new, "old")):
        assert "".join(piece.text for piece in pieces if piece.how != left_away) == words


def answer(document, role=Role.REPORTER, **query):
    client = APIClient()
    client.force_authenticate(make.user(role))
    return client.get(f"/api/v1/documents/{document}/changes/", query)


def test_the_changes_over_rest_make_the_new_text_of_the_old(two, quotes):
    said = answer(two[0].document_id).json()
    assert (said["from"]["id"], said["to"]["id"]) == (str(two[0].pk), str(two[1].pk))
    made = OLD
    for hunk in reversed(said["changes"]):
        assert made[hunk["start_old"] : hunk["end_old"]] == hunk["old"]
        assert NEW[hunk["start_new"] : hunk["end_new"]] == hunk["new"]
        made = made[: hunk["start_old"]] + hunk["new"] + made[hunk["end_old"] :]
    assert made == NEW
    assert [(q["standing"], q["claim"]) for q in said["quotes"]] == list(zip(["gone", "moved", "standing"], map(str, quotes), strict=True))
    moved = said["quotes"][1]
    assert NEW[moved["start_new"] :].startswith(moved["quote"])
    assert OLD[moved["start_old"] :].startswith(moved["quote"])


def test_what_is_not_there_is_refused_by_name(two):
    other = text("نص لوثيقة أخرى", url="https://example.org/b")
    assert answer(two[0].document_id, to=other.pk).json()["errors"].keys() == {"to"}
    assert answer(two[0].document_id, since="x").status_code == 400
    assert answer(other.pk).status_code == 404
    assert answer(other.document_id).json()["changes"] == []
    assert APIClient().get(f"/api/v1/documents/{other.document_id}/changes/").status_code in (401, 403)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (OLD.replace("وختم", "ثم ختم"), "and the quote stands where it stood"),
        ("تصحيح: مقدمة جديدة.\nوقال المدير إن الصادرات ارتفعت 12 في المئة كما أعلن.", "and the quote stands elsewhere in it"),
        (NEW, "the quote no longer stands in it"),
    ],
)
def test_a_claims_page_says_what_became_of_its_quote(db, client, now, told):
    first = text(OLD)
    claim = quoting(first, "الصادرات ارتفعت 12 في المئة")
    client.force_login(make.user(Role.REVIEWER))
    address = reverse("admin:claims_claim_change", args=[claim])
    assert "The article has" not in client.get(address).content.decode()
    newer = text(now)
    html = client.get(address).content.decode()
    assert told in html
    compared = f"{reverse('admin:sources_document_changes', args=[first.document_id])}?from={first.pk}&amp;to={newer.pk}"
    assert compared in html
    assert client.get(unescape(compared)).status_code == 200


def test_a_claims_page_says_that_its_page_went_back_or_is_gone(db, client):
    first = text(OLD)
    claim = quoting(first, "الصادرات ارتفعت 12 في المئة")
    text(NEW)
    now = timezone.now()
    watch = Watch.objects.create(document=first.document, snapshot=first, seen_at=now)
    client.force_login(make.user(Role.REVIEWER))
    address = reverse("admin:claims_claim_change", args=[claim])
    assert "it shows this text now" in client.get(address).content.decode()
    Watch.objects.filter(pk=watch.pk).update(gone_since=now, failing_since=now)
    assert "The page cannot be reached since" in client.get(address).content.decode()
