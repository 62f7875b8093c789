"""The queue: what it shows and narrows to, who may see it, and steps for many claims at once."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import flagging
from claims.admin import read_only
from claims.domain import events
from claims.domain.choices import Status
from claims.models import Claim
from claims.workflow import recording, review
from tests.claims.admin.desk import ADMINISTRATOR, COLLEAGUE, QUEUE, page, press, status

pytestmark = pytest.mark.django_db


def test_the_queue_shows_speaker_source_and_date(reviewer: Client, claim: UUID) -> None:
    html = reviewer.get(QUEUE).content.decode()
    assert '<bdi dir="auto">ستبلغ التجارة 200 مليار دولار في ربيع 2023</bdi>' in html
    assert "أحمد السالم" in html
    assert "صحيفة الغد" in html
    assert "spring 2023" in html
    assert "20 November 2022" in html
    assert "(published)" in html  # nobody said when it was said
    assert "Overdue" in html or "overdue" in html


def test_an_empty_queue_says_what_to_do_next(reviewer: Client) -> None:
    html = reviewer.get(QUEUE).content.decode()
    assert "Capture an article" in html
    assert reverse("admin:sources_document_capture") in html


def test_the_queue_asks_as_often_for_many_claims_as_for_one(reviewer: Client, said: events.ClaimRecorded) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert reviewer.get(QUEUE).status_code == 200
        return len(queries)

    recording.record(said, by=ADMINISTRATOR)
    flagging.run()
    asked()  # the first request fills caches
    one = asked()
    for _n in range(8):
        recording.record(said, by=ADMINISTRATOR)
    flagging.run()
    assert asked() == one


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("status__exact=proposed", True), ("status__exact=accepted", False), ("kind__exact=prediction", True), ("kind__exact=event", False),
        ("clock=overdue", True), ("clock=upcoming", False), ("clock=unscheduled", False), ("clock=due", False), ("clock=watch", False),
        ("flagged=yes", True), ("flagged=no", False), ("language=ar", True), ("language=en", False),
    ],
)  # fmt: skip
def test_the_queue_narrows(reviewer: Client, claim: UUID, asked: str, found: bool) -> None:
    flagging.run()
    response = reviewer.get(f"{QUEUE}?{asked}")
    assert (str(claim) in response.content.decode()) is found


def test_nobody_writes_a_claim_past_the_ledger(claim: UUID) -> None:
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))
    assert client.get(f"{QUEUE}add/").status_code == 403
    assert client.post(f"{QUEUE}{claim}/delete/", {"post": "yes"}).status_code == 403
    client.post(page(claim), {"statement": "something else"})
    assert Claim.objects.get(pk=claim).version == 1


def test_a_stranger_sees_nothing(claim: UUID) -> None:
    client = Client()
    client.force_login(User.objects.create_user("stranger"))
    for address in (QUEUE, page(claim)):
        assert client.get(address).status_code == 302
    assert press(client, claim, "accept").status_code == 302
    assert status(claim) == Status.PROPOSED


def test_a_long_queue_says_that_it_stops(reviewer: Client, said: events.ClaimRecorded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_only, "CAP", 2)
    for _n in range(3):
        recording.record(said, by=ADMINISTRATOR)
    assert "Only the first 2 are listed" in reviewer.get(QUEUE).content.decode()


def chosen(action: str, *claims: UUID, **more: str) -> dict[str, Any]:
    return {"action": action, "_selected_action": [str(claim) for claim in claims], **more}


def test_many_are_accepted_and_the_refused_are_named(reviewer: Client, said: events.ClaimRecorded) -> None:
    first, second = (recording.record(replace(said, statement=s), by=ADMINISTRATOR).stream for s in ("the first", "the second"))
    review.accept(second, by=COLLEAGUE)
    html = reviewer.post(QUEUE, chosen("accept", first, second), follow=True).content.decode()
    assert status(first) == Status.ACCEPTED
    assert "1 claim accepted." in html
    assert re.search(r"1 claim was left as it is\..*the second", html)


def test_many_are_rejected_for_one_reason(reviewer: Client, said: events.ClaimRecorded) -> None:
    claims = [recording.record(said, by=ADMINISTRATOR).stream for _n in range(3)]
    asked = reviewer.post(QUEUE, chosen("reject", *claims))
    assert "3 claims are turned down" in asked.content.decode()
    assert reviewer.post(QUEUE, chosen("reject", *claims, reason="")).status_code == 200
    reviewer.post(QUEUE, chosen("reject", *claims, reason="off topic"))
    assert {status(claim) for claim in claims} == {Status.REJECTED}


def test_a_reporter_is_offered_nothing_for_many(reporter: Client, claim: UUID) -> None:
    reporter.post(QUEUE, chosen("accept", claim))
    assert status(claim) == Status.PROPOSED
    assert "Accept the chosen claims" not in reporter.get(QUEUE).content.decode()
