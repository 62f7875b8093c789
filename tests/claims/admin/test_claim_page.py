"""A claim's page: its article, its history and its verdicts, in either language."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from claims.domain import events
from claims.domain.choices import Rating
from claims.workflow import linking, publishing, recording, review, verdicts
from sources.models import new_id
from tests import make
from tests.claims.admin.desk import ADMINISTRATOR, COLLEAGUE, QUEUE, page

pytestmark = pytest.mark.django_db


def test_a_claim_stands_in_its_article_with_quote_and_figures_marked(reviewer: Client, claim: UUID) -> None:
    html = reviewer.get(page(claim)).content.decode()
    marked = re.search(r"<mark>(.*?)</mark>", html, re.DOTALL)
    assert marked is not None
    assert marked[1] == 'التجارة ستبلغ <u class="figure">200 مليار دولار</u> في ربيع 2023'
    assert "أعلنت الوزارة أمس نتائج العام." in html
    assert "200,000,000,000" in html


def test_a_script_in_an_article_is_shown_and_not_run(reviewer: Client, said: events.ClaimRecorded) -> None:
    words = "<script>alert(1)</script>"
    odd = replace(said, statement=words, quote=None, start=None, end=None, snapshot=None, notes=words, source=words, criteria=words)
    heard = recording.record(odd, by=ADMINISTRATOR).stream
    quoted = recording.record(said, by=ADMINISTRATOR).stream
    for address in (QUEUE, page(heard), page(quoted)):
        html = reviewer.get(address).content.decode()
        assert "<script>alert" not in html
        assert "&lt;script&gt;alert" in html or address == QUEUE


def test_a_page_shows_what_happened_and_why(reviewer: Client, claim: UUID) -> None:
    review.reject(claim, reason="ليس خبرا", by=COLLEAGUE)
    html = reviewer.get(page(claim)).content.decode()
    assert "Rejected." in html
    assert "ليس خبرا" in html
    assert "colleague" in html


def test_a_page_shows_returned_and_superseded_verdicts(editor: Client, claim: UUID) -> None:
    review.accept(claim, by=ADMINISTRATOR)
    for rating in (Rating.CAME_TRUE, Rating.PARTLY, Rating.DID_NOT):
        verdicts.reach(claim, rating=rating, rationale="because", by=ADMINISTRATOR)
        if rating is Rating.CAME_TRUE:
            verdicts.send_back(claim, reason="too early", by=COLLEAGUE)
            continue
        verdicts.approve(claim, by=COLLEAGUE)
        if rating is Rating.PARTLY:
            publishing.publish(claim, by=COLLEAGUE)
    html = editor.get(page(claim)).content.decode()
    for words in ("sent back", "too early", "superseded", "stands", "Correction issued"):
        assert words in html


def test_the_page_speaks_arabic_from_right_to_left(reviewer: Client, claim: UUID) -> None:
    html = reviewer.get(page(claim), HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert 'dir="rtl"' in html
    assert "العربيّة" in html  # the switcher names each language in itself


def test_an_unknown_claim_sends_back_to_the_front(reviewer: Client) -> None:
    assert reviewer.get(page(new_id())).status_code == 302
    assert reviewer.get(f"{QUEUE}nonsense/change/").status_code == 302


def test_the_language_changes_where_one_stands(reviewer: Client, claim: UUID) -> None:
    response = reviewer.post("/i18n/setlang/", {"language": "ar", "next": page(claim)}, follow=True)
    assert 'dir="rtl"' in response.content.decode()
    assert response.redirect_chain[-1][0] == page(claim)


def test_history_names_other_claims_by_what_they_say_and_leads_to_them(editor: Client, claim: UUID) -> None:
    other = make.recorded(statement="استقبل المرفأ 300 سفينة")
    linking.link(claim, other, relation="updates", by=make.REVIEWER)
    linking.merge(claim, into=other, by=make.EDITOR)
    html = editor.get(page(claim)).content.decode()
    happened = html[html.index('id="happened"') :]
    assert happened.count("“استقبل المرفأ 300 سفينة”") == 2
    assert happened.count(f'<a href="{page(other)}">To that claim</a>') == 2
    assert str(other) not in re.sub(r"<[^>]*>", "", happened[: happened.index("</section>")])
