"""Judgements over REST: taken, shown from both ends, taken back; clusters, and what is like a claim."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db

FLEET = "قال وزير النقل إن أسطول الشاحنات في مرفأ صور سيبلغ 200 شاحنة في عام 2031"
MORE = "قال وزير النقل إن أسطول الشاحنات في مرفأ صور سيبلغ 320 شاحنة في عام 2031"


def client(role: str) -> APIClient:
    made = APIClient()
    made.force_authenticate(make.user(role))
    return made


@pytest.fixture
def reviewer() -> APIClient:
    return client(Role.REVIEWER)


@pytest.fixture
def editor() -> APIClient:
    return client(Role.EDITOR)


def address(claim: UUID, step: str = "") -> str:
    return f"/api/v1/claims/{claim}/{step}/" if step else f"/api/v1/claims/{claim}/"


def follow() -> None:
    for name in ("matching", "clusters"):
        subscriptions.deliver(CONSUMERS[name])


def test_a_judgement_is_taken_and_read_from_both_ends(reviewer):
    one, other = make.recorded(), make.recorded()
    body = {"other": str(other), "relation": "denies", "reason": "قال العكس"}
    answer = reviewer.post(address(one, "link"), body, headers={"Idempotency-Key": "a", "If-Match": '"1"'})
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    again = reviewer.post(address(one, "link"), body, headers={"Idempotency-Key": "a", "If-Match": '"1"'})
    assert again["Idempotency-Replayed"] == "true"
    here, there = (reviewer.get(address(claim, "links")).json()["results"] for claim in (one, other))
    assert [(row["other"], row["relation"], row["outward"]) for row in here] == [(str(other), "denies", True)]
    assert [(row["other"], row["relation"], row["outward"]) for row in there] == [(str(one), "denies", False)]
    assert (here[0]["reason"], here[0]["status"]) == ("قال العكس", "proposed")
    assert reviewer.get(address(other)).json()["links"][0]["other"] == str(one)
    stale = reviewer.post(address(one, "link"), body, headers={"If-Match": '"1"'})
    assert stale.status_code == 412


def test_a_judgement_is_taken_back_and_was_there_then(reviewer):
    one, other = make.recorded(), make.recorded()
    reviewer.post(address(one, "link"), {"other": str(other), "relation": "same"})
    reviewer.get("/api/v1/events/")
    then = timezone.now()
    assert reviewer.post(address(other, "unlink"), {"other": str(one), "reason": "سهو"}).json()["links"] == []
    assert reviewer.get(address(one, "links")).json()["results"] == []
    was = reviewer.get(address(one), {"as_of": then.isoformat()}).json()
    assert [link["relation"] for link in was["links"]] == ["same"]
    assert was["cluster"] == str(min(one, other))
    changed = reviewer.get(address(one, "diff"), {"since": "2"}).json()["results"]
    assert [(change["type"], change["after"]) for change in changed if change["field"].startswith("links.")] == [("ClaimUnlinked", None)]


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("link", {"relation": "same"}, "other"),
        ("link", {"relation": "likes", "other": "HERE"}, "relation"),
        ("link", {"relation": "same", "other": "HERE"}, "other"),
        ("link", {"relation": "same", "other": "0190a5a0-0000-7000-8000-000000000000"}, "other"),
        ("unlink", {"other": "HERE", "reason": "r"}, None),
        ("unmerge", {"reason": "r"}, None),
        ("unmerge", {}, "reason"),
    ],
)
def test_what_does_not_fit_is_told_by_field(editor, step, body, field):
    claim = make.recorded()
    body = json.loads(json.dumps(body).replace("HERE", str(claim)))
    answer = editor.post(address(claim, step), body, format="json")
    assert answer.status_code == (400 if field else 409)
    if field:
        assert answer.json()["errors"].keys() == {field}


def test_who_may_do_what(reviewer, editor):
    one, other = make.recorded(), make.recorded()
    assert client(Role.REPORTER).post(address(one, "link"), {"other": str(other), "relation": "same"}).status_code == 403
    assert reviewer.post(address(one, "merge"), {"into": str(other)}).status_code == 403
    assert editor.post(address(one, "merge"), {"into": str(other)}).json()["status"] == "duplicate"
    assert reviewer.post(address(one, "unmerge"), {"reason": "اثنان"}).status_code == 403
    assert editor.get(address(other)).json()["duplicates"] == [str(one)]
    parted = editor.post(address(one, "unmerge"), {"reason": "اثنان"}).json()
    assert (parted["status"], parted["merged_into"]) == ("proposed", None)
    assert APIClient().get(address(one, "links")).status_code == 401
    assert APIClient().get(address(one, "similar")).status_code == 401


def test_a_cluster_is_a_filter_and_a_field(reviewer, settings):
    a, b, c = sorted(make.recorded() for _ in range(3))
    reviewer.post(address(c, "link"), {"other": str(b), "relation": "repeats"})
    reviewer.post(address(b, "link"), {"other": str(a), "relation": "same"})
    reviewer.post(address(a, "link"), {"other": str(c), "relation": "not_same"})
    lone = make.recorded()
    follow()
    listed = reviewer.get("/api/v1/claims/", {"cluster": str(a)}).json()["results"]
    assert {(row["id"], row["cluster"]) for row in listed} == {(str(claim), str(a)) for claim in (a, b, c)}
    assert reviewer.get(address(lone)).json()["cluster"] is None
    told: Any = reviewer.get(address(b, "links")).json()["cluster"]
    assert told == {"id": str(a), "claims": [str(a), str(b), str(c)], "conflicts": [[str(a), str(c)]]}


def test_what_is_like_a_claim_leaves_out_what_was_judged(reviewer):
    one, two = make.recorded(statement=FLEET), make.recorded(statement=MORE)
    follow()
    [near] = reviewer.get(address(one, "similar")).json()["results"]
    assert (near["claim"], near["judged"], near["why"]["figures"]) == (str(two), None, "differ")
    reviewer.post(address(two, "link"), {"other": str(one), "relation": "not_same"})
    assert reviewer.get(address(one, "similar")).json()["results"] == []
    [near] = reviewer.get(address(one, "similar"), {"judged": "1"}).json()["results"]
    assert near["judged"] == {"relation": "not_same", "outward": False}
    assert reviewer.get(address(one, "similar"), {"limit": 0}).status_code == 400
    assert reviewer.get(address(one, "similar"), {"likes": 1}).status_code == 400
