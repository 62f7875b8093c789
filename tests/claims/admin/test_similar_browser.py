"""Claims like one in a real Chromium: one key judges, the next one is in hand, and the same key set undoes it."""

import pytest
from django.test import Client
from django.urls import reverse

from claims import ledger
from claims.domain.choices import Polarity
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.models import Claim, Link
from claims.workflow import recording
from sources.roles import Role
from tests import make
from tests.claims.admin.test_article_browser import browser, pytestmark, site
from tests.claims.admin.test_similar_panel import DENIED, FLEET, MORE, address, fleet

__all__ = ["browser", "pytestmark", "site"]


@pytest.fixture
def claims(site):
    """A claim and two that are like it."""
    made = fleet(200, FLEET), fleet(320, MORE), fleet(200, DENIED, polarity=Polarity.NEGATED)
    subscriptions.deliver(CONSUMERS["matching"])
    return made


@pytest.fixture
def opened(browser, site):
    """Opens an address as a reviewer; whatever the browser complains of fails the test."""
    contexts, complaints = [], []

    def open_page(where, *, language="en", width=1280, **words):
        client = Client()
        client.force_login(make.user(Role.REVIEWER))
        context = browser.new_context(locale=language, viewport={"width": width, "height": 900}, **words)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(site + where)
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A browser asks for /favicon.ico by itself, and tells of every refusal.
    assert not [told for told in complaints if "404" not in told and "409" not in told]


def claim_page(claim):
    return reverse("admin:claims_claim_change", args=[claim])


def panel(page):
    page.locator("[data-similar]").scroll_into_view_if_needed()
    page.locator(".near").wait_for()
    return page.locator(".near")


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-labelledby')")


def test_one_key_judges_and_the_next_claim_is_in_hand(opened, claims):
    one, more, denied = claims
    page = opened(claim_page(one))
    near = panel(page)
    rows = near.locator("[data-row]")
    assert rows.count() == 2
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    second = focused(page)
    page.keyboard.press("ArrowUp")
    first = focused(page)
    assert {first, second} == {f"near-{more}", f"near-{denied}"}
    page.keyboard.press("4")
    page.locator("[data-undo]").wait_for()
    assert Link.objects.get(claim=one).relation == "updates"
    assert (rows.count(), focused(page)) == (1, second)
    page.keyboard.press("8")
    page.locator("[data-empty]").wait_for()
    assert sorted(Link.objects.filter(claim=one).values_list("relation", flat=True)) == ["not_same", "updates"]
    assert page.evaluate("document.activeElement.hasAttribute('data-empty')")
    page.keyboard.press("u")
    page.locator("[data-row]").wait_for()
    assert Link.objects.filter(claim=one).count() == 1
    assert focused(page) == second


def test_what_was_judged_here_leaves_the_other_forms_of_the_page_fresh(opened, claims):
    page = opened(claim_page(claims[0]))
    near = panel(page)
    near.locator("[data-row]").first.focus()
    page.keyboard.press("1")
    page.locator("[data-undo]").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Accept").click()
    assert Claim.objects.get(pk=claims[0]).status == "accepted"
    assert ledger.state_of(claims[0]).version == 3


def test_what_a_colleague_did_meanwhile_makes_them_stale(opened, claims):
    page = opened(claim_page(claims[0]))
    panel(page).locator("[data-row]").first.focus()
    recording.revise(claims[0], {"notes": "x"}, reason="r", by=make.REPORTER)
    page.keyboard.press("1")
    page.locator(".refused").wait_for()
    assert not Link.objects.exists()
    page.locator("[data-row]").first.focus()
    page.keyboard.press("1")  # now that the newest version was seen
    page.locator("[data-undo]").wait_for()
    with page.expect_navigation():
        page.get_by_role("button", name="Accept").click()
    assert Claim.objects.get(pk=claims[0]).status == "proposed"


def test_arabic_digits_judge_and_the_page_is_mirrored(opened, claims):
    page = opened(claim_page(claims[0]), language="ar")
    near = panel(page)
    assert page.evaluate("document.documentElement.dir") == "rtl"
    row = near.locator("[data-row]").first
    head, word = row.bounding_box(), row.locator(".near-facts bdi").first.bounding_box()
    assert word["x"] + word["width"] > head["x"] + head["width"] - 30  # begins at the right
    assert "هذا الادعاء" in row.inner_text()
    row.focus()
    page.evaluate(
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '٢', code: '', bubbles: true, cancelable: true}))"
    )
    page.locator("[data-undo]").wait_for()
    assert Link.objects.get(claim=claims[0]).relation == "repeats"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_a_phone_nothing_sticks_out(opened, claims, language):
    page = opened(claim_page(claims[0]), language=language, width=390)
    panel(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_without_a_script_a_page_of_its_own_does_the_same(opened, claims):
    one = claims[0]
    page = opened(claim_page(one), java_script_enabled=False)
    page.locator("[data-similar] a").click()
    assert page.url.endswith(address(one))
    page.get_by_role("button", name="contradicts").first.click()
    assert Link.objects.get(claim=one).relation == "contradicts"
    assert page.locator("[data-row]").count() == 1
    page.get_by_role("button", name="Undo").click()
    assert page.locator("[data-row]").count() == 2
    assert not Link.objects.exists()
