"""The whole road once: an article goes in over REST, a worker reads it, people judge it, the verdict is out."""

import time
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group
from rest_framework.test import APIClient

from sources.api import tokens
from sources.roles import Role
from tests import make

ARTICLE = """\
قال وزير التجارة سامي حداد، يوم الأربعاء، إن التبادل التجاري بين البلدين سيصل إلى 200 مليار دولار في عام 2023.

وأضاف حداد أن الصادرات نمت بنسبة 25 في المئة تقريبا، مشيرا إلى أن الحكومة أرسلت أكثر من 2000 جندي لحماية الموانئ.

وتوقع الوزير أن يزور الرئيس العاصمة في ربيع عام 2023.
"""


def person(role: Role, name: str) -> APIClient:
    """A client that signs in with a token, as somebody in a role."""
    Group.objects.get_or_create(name=role.value)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(make.user(role.value, name), 'story')}")
    return client


def eventually(look: Callable[[], Any], seconds: float = 60) -> Any:
    """What `look` gives once it gives something; a worker needs a moment."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.2)
    raise AssertionError("it never came")


def test_an_article_becomes_a_published_verdict(committed_db, worker):
    reporter, reviewer, editor = person(Role.REPORTER, "rana"), person(Role.REVIEWER, "yusuf"), person(Role.EDITOR, "salma")

    posted = reporter.post(
        "/api/v1/documents/",
        {"title": "تجارة البلدين", "text": ARTICLE, "outlet": "صحيفة الميناء", "published": "2022-12-31"},
        HTTP_IDEMPOTENCY_KEY="story-document",
    )
    assert posted.status_code == 201, posted.content
    address = f"/api/v1/documents/{posted.json()['id']}/"
    eventually(lambda: reporter.get(address).json()["reading"] == "done")

    claims = reporter.get(f"{address}claims/").json()["results"]
    visit = next(c for c in claims if (c["due"] or {}).get("edtf") == "2023-21")
    assert (visit["kind"], visit["status"]) == ("prediction", "proposed")
    assert visit["source"] == "صحيفة الميناء"
    claim = f"/api/v1/claims/{visit['id']}/"

    assert reporter.post(f"{claim}accept/", {}).status_code == 403
    assert reviewer.post(f"{claim}accept/", {}).status_code == 200
    judged = {"rating": "did_not", "rationale": "لم تحدث الزيارة حتى نهاية الربيع."}
    assert reviewer.post(f"{claim}verdict/", judged).status_code == 200
    assert reviewer.post(f"{claim}approve/", {}).status_code == 403
    assert editor.post(f"{claim}approve/", {}, HTTP_IF_MATCH=editor.get(claim)["ETag"]).status_code == 200
    assert editor.post(f"{claim}publish/", {}).status_code == 200

    now = reporter.get(claim).json()
    assert (now["status"], now["rating"], now["version"]) == ("published", "did_not", 5)
    told = [event["type"] for event in reporter.get(f"{claim}events/").json()["results"]]
    assert told == ["ClaimRecorded", "ClaimAccepted", "VerdictProposed", "VerdictApproved", "ClaimPublished"]
