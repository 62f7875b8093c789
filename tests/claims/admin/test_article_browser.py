"""The article's page in a real Chromium: words are chosen with the mouse, and what is kept is what was chosen."""

import shutil
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from claims import ledger
from claims.intake import reading
from claims.models import Claim
from sources.capturing.capture import capture
from sources.models import Work
from sources.roles import Role
from tests import make
from tests.web_server import development, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")]
# No sandbox: tests may run as root; no background networking: it looks up hosts that a closed network refuses.
FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
TEXT = (
    "👨‍👩‍👧 🙂 نشرة المساء\r\n"
    "قال وزير التجارة سالم الحربي إنّ حجمَ التبادل سيبلغ 200 مليار دولار في عام 2023 🎉 مقابل 150 مليار يورو.\r\n"
    "وأعلنت مديرة الميناء ليلى العمري أن العمل بدأ، وأن 300 عامل عادوا.\r\n"
)
# Chooses what lies between two places of the text, as a mouse does: boundaries in the text's nodes, UTF-16 units.
CHOOSE = """([from, to]) => {
  const root = document.getElementById("article-text");
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), places = [];
  let seen = 0;
  for (let node; (node = walker.nextNode()); seen += node.length)
    for (const at of [from, to]) if (at >= seen && at <= seen + node.length) places[at] = [node, at - seen];
  getSelection().setBaseAndExtent(...places[from], ...places[to]);
}"""


@pytest.fixture
def site(committed_env):
    """A web server on the test's own database."""
    with serving(committed_env, command=development) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def browser():
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread, in which Django would refuse to ask the database.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        yield started
        started.close()


@pytest.fixture
def snapshot(site):
    kept = capture(TEXT, by=make.REPORTER, outlet="جريدة الميناء", published="2022-12-31", language="ar").snapshot
    reading.read_snapshot(kept)
    Work.objects.update(done_at="2026-01-01T00:00:00Z")
    return kept


@pytest.fixture
def page(browser, site, snapshot):
    """A reporter's page of the article; whatever the browser complains of fails the test."""
    client = Client()
    client.force_login(make.user(Role.REPORTER))
    context = browser.new_context(locale="en-GB")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
    opened, complaints = context.new_page(), []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.goto(site + reverse("admin:sources_document_read", args=[snapshot.document_id]))
    yield opened
    context.close()
    assert not [told for told in complaints if "404" not in told]  # a browser asks for /favicon.ico by itself


def units(words, text=TEXT):
    """Where words stand, in UTF-16 units."""
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    return [start, start + len(words.encode("utf-16-le")) // 2]


def press(page, words, what):
    """Chooses the words and presses a button of the toolbar; the page comes back."""
    page.evaluate(CHOOSE, units(words))
    page.locator("[data-toolbar]").wait_for(state="visible")
    with page.expect_navigation():
        page.locator(f"[data-do={what}]").click()


def of_the_minister():
    return Claim.objects.get(start__lte=TEXT.index("سيبلغ"), end__gt=TEXT.index("سيبلغ"))


def test_chosen_words_become_a_quote_a_speaker_and_a_claim(page):
    assert page.evaluate("document.getElementById('article-text').textContent") == TEXT
    words = "التبادل سيبلغ 200 مليار دولار في عام 2023 🎉 مقابل 150 مليار يورو"
    claim = of_the_minister()
    press(page, words, "quote")  # of the claim that stands there, without being told
    assert page.url.endswith(f"?claim={claim.pk}#claim-{claim.pk}")
    claim.refresh_from_db()
    assert (claim.quote, claim.start) == (words, TEXT.index(words))
    assert [happened.event.type for happened in ledger.happenings([claim.pk])[claim.pk]] == ["ClaimRecorded", "ClaimRevised"]
    assert page.locator("mark").filter(has_text="🎉").count() == 1
    page.evaluate(CHOOSE, units("ليلى العمري"))
    page.locator("[data-toolbar]").wait_for(state="visible")
    page.locator("[data-target]").select_option(str(claim.pk))
    with page.expect_navigation():
        page.locator("[data-do=speaker]").click()
    claim.refresh_from_db()
    assert claim.speaker_name == "ليلى العمري"
    press(page, "نشرة المساء", "propose")
    assert Claim.objects.get(quote="نشرة المساء", reader="").start == TEXT.index("نشرة المساء")


def test_the_keyboard_moves_a_border_and_hears_why(page):
    popup = page.locator("[data-popup]")
    page.locator("#article-text mark").first.hover()
    popup.wait_for(state="visible")
    assert popup.locator(".reason").count()
    page.keyboard.press("Escape")
    assert popup.is_hidden()
    page.locator("#article-text .n").first.focus()
    assert popup.is_visible()
    claim = of_the_minister()
    page.locator(f"#claim-{claim.pk} summary").press("Enter")
    form = page.locator(f"#quote-{claim.pk}")
    form.get_by_role("button", name="one word earlier").last.press("Enter")
    shorter = claim.quote.rsplit(" ", 1)[0]
    assert form.locator("output").inner_text() == shorter
    with page.expect_navigation():
        form.get_by_role("button", name="Make this the quote").press("Enter")
    claim.refresh_from_db()
    assert claim.quote == shorter


# text, chosen from and to in UTF-16 units, what must come of it in code points
WHERE = [
    ("plain words", 0, 5, (0, 5)),
    ("blanks   around", 6, 9, (9, 9)),
    (" one two ", 0, 9, (1, 8)),
    ("🙂🎉 x", 2, 4, (1, 2)),
    ("🙂🎉 x", 1, 3, (0, 2)),  # halves of a pair become whole
    ("👨‍👩‍👧 x", 0, 2, (0, 5)),  # a family is one letter
    ("سَلَّم x", 0, 1, (0, 2)),  # a letter keeps its marks
    ("e\u0301te", 1, 3, (0, 3)),
    ("عام 2023 🎉 ثم", 4, 11, (4, 10)),
]


def test_units_become_code_points_and_no_letter_is_cut(browser, site_static):
    page = browser.new_page()
    page.goto(site_static)
    script = """async ([text, start, end]) => {
      const { fitted, points, units } = await import("/offsets.js");
      const [a, b] = fitted(text, start, end);
      const place = [points(text.slice(0, a)), points(text.slice(0, b))];
      if (units(text, place[0]) !== a || units(text, place[1]) !== b) throw new Error("not the same back");
      return place;
    }"""
    assert [(text, tuple(page.evaluate(script, [text, start, end]))) for text, start, end, _ in WHERE] == [
        (text, expected) for text, _start, _end, expected in WHERE
    ]
    page.close()


@pytest.fixture(scope="module")
def site_static():
    """The page's own scripts, served as they are."""
    folder = str(settings.BASE_DIR / "claims" / "static" / "claims")
    with serving(command=lambda port: [sys.executable, "-m", "http.server", "--bind", "127.0.0.1", "-d", folder, str(port)]) as port:
        yield f"http://127.0.0.1:{port}/"
