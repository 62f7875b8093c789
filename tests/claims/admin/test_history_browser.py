"""From old to new in a real Chromium: the way of reading decides on which side the new stands, and nothing sticks out."""

import pytest
from django.urls import reverse

from claims.workflow import recording
from sources.capturing import documents
from sources.capturing.capture import capture
from tests import make
from tests.claims.admin.test_article_browser import browser, pytestmark, site
from tests.claims.admin.test_similar_browser import claim_page, opened

__all__ = ["browser", "opened", "pytestmark", "site"]

LONG = "قال الوزير إن الحكومة ستعرض الخطة على البرلمان بعد أن تنتهي اللجنة من عملها، وإن التجارة ستبلغ 200 مليار دولار. " * 4


# Of both at one moment: what is fetched later moves the page.
BOXES = "row => ['.was', '.now'].map(name => row.querySelector(name).getBoundingClientRect().toJSON())"


@pytest.fixture
def claim(site):
    """Corrected in many fields."""
    made = make.recorded(statement="ستبلغ التجارة 200 مليار", notes=LONG, tags=("تجارة",), due="2023-21", language="ar")
    changes = {"statement": "ستبلغ التجارة 300 مليار", "kind": "event", "notes": LONG.replace("200", "300"), "due": None, "language": "en"}
    recording.revise(made, changes, reason="الرقم", by=make.REPORTER)
    return made


@pytest.mark.parametrize(("language", "arrow"), [("en", "→"), ("ar", "←")])
def test_the_arrow_points_from_old_to_new(opened, claim, language, arrow):
    page = opened(claim_page(claim), language=language)
    row = page.locator(".field-changes dd:not(.long)").first
    old, new = row.evaluate(BOXES)
    assert row.locator(".became").inner_text() == arrow
    assert (old["x"] < new["x"]) == (arrow == "→")
    assert old["y"] == new["y"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_long_wording_stands_above_what_it_became(opened, claim, language):
    long = opened(claim_page(claim), language=language).locator(".field-changes dd.long")
    old, new = long.evaluate(BOXES)
    assert (long.count(), long.locator(".became").inner_text()) == (1, "↓")
    assert old["y"] + old["height"] <= new["y"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_nothing_sticks_out_of_either_history(opened, claim, language):
    text = capture("نص", by=make.REPORTER, url="https://example.org/a-long-address-of-a-page/that-goes-on-and-on-and-on", outlet="الميناء")
    documents.correct(text.document, title=LONG[:300], published="2022-12-31", by=make.EDITOR, reason="العنوان كما في الصفحة")
    for address in (claim_page(claim), reverse("admin:sources_document_history", args=[text.document.pk])):
        page = opened(address, language=language, width=390)
        assert page.locator(".field-changes").count()
        assert page.evaluate("document.documentElement.scrollWidth") == 390
