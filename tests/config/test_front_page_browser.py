"""The front page in a real Chromium: what is late is seen, in both languages, and on a phone nothing sticks out."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from claims.domain.choices import Kind
from config.celery import app
from sources import jobs
from sources.jobs import heartbeats
from sources.roles import Role
from tests import make
from tests.claims.admin.test_article_browser import browser, pytestmark, site

__all__ = ["browser", "pytestmark", "site"]


def trouble():
    """A worker that stands still: a task is late, one failed, work was given up."""
    for number, entry in enumerate(app.conf.beat_schedule.values()):
        then = timezone.now() - (timedelta(hours=3) if number == 1 else timedelta(seconds=5))
        heartbeats.ended(entry["task"], started_at=then, ended_at=then, error="OperationalError: the server closed" if number == 2 else "")
    for number in range(3):
        jobs.owe("read", f"read:{number}", timezone.now() - timedelta(hours=2))
    first, second = jobs.lease("read", 2, 60)
    jobs.retry(first, "broken")
    jobs.give_up(second, "broken")
    make.recorded(kind=Kind.PREDICTION, due=timezone.localdate().isoformat())


@pytest.mark.parametrize(("language", "late"), [("en", "1 periodic task is late"), ("ar", "مهمة دورية واحدة متأخرة")])
@pytest.mark.parametrize("width", [1280, 390])
def test_what_is_late_is_seen_and_nothing_sticks_out(browser, site, language, late, width, tmp_path):
    trouble()
    client = Client()
    client.force_login(make.user(Role.REVIEWER))
    context = browser.new_context(locale=language, viewport={"width": width, "height": 900})
    try:
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])
        page = context.new_page()
        page.goto(f"{site}/admin/")
        assert page.locator(".machinery .mark.trouble", has_text=late).is_visible()
        assert page.locator(".machinery tr.trouble").count() == 3
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        box = page.locator(".machinery").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        wide = (
            "[...document.querySelectorAll('.machinery table')].filter(t => t.getBoundingClientRect().width > t.parentElement.clientWidth)"
        )
        assert page.evaluate(f"{wide}.length") == 0
        page.screenshot(path=str(Path(tmp_path) / "front.png"), full_page=True)
    finally:
        context.close()
