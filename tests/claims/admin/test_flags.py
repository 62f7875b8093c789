"""Flags on the claim's page and in the work list."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from claims import flagging
from claims.domain import events
from claims.domain.choices import FlagStatus
from claims.domain.values import SpeakerAsRead
from claims.models import Flag
from claims.workflow import recording
from sources.models import new_id
from tests.claims.admin.desk import ADMINISTRATOR, page

pytestmark = pytest.mark.django_db


def flag_of(claim: UUID) -> Flag:
    flagging.run("due")
    return Flag.objects.get(claim=claim, rule="due")


def press_flag(client: Client, flag: Flag, step: str, **said: Any) -> Any:
    address = reverse("admin:claims_claim_flag", args=[flag.claim_id, flag.pk, step])
    return client.post(address, {f"{step}-{n}": v for n, v in {"after": flag.version, "key": new_id(), **said}.items()})


@pytest.mark.parametrize(
    ("step", "given", "state"),
    [
        ("resolve", {}, FlagStatus.RESOLVED),
        ("assign", {"to": "rami"}, FlagStatus.OPEN),
        ("dismiss", {"reason": "known"}, FlagStatus.DISMISSED),
        ("snooze", {"until": date.today() + timedelta(days=3)}, FlagStatus.SNOOZED),
    ],
)
def test_a_flag_is_followed_up_on_the_claims_page(reviewer: Client, claim: UUID, step: str, given: Any, state: str) -> None:
    flag = flag_of(claim)
    assert "and nobody has judged it" in reviewer.get(page(claim)).content.decode()
    assert press_flag(reviewer, flag, step, **given).status_code == 302
    assert Flag.objects.get(pk=flag.pk).state == state
    assert reviewer.get(page(claim)).status_code == 200


def test_a_flag_does_not_sleep_until_yesterday(reviewer: Client, claim: UUID) -> None:
    response = press_flag(reviewer, flag_of(claim), "snooze", until=date.today() - timedelta(days=3))
    assert "Choose a day to come." in response.content.decode()


def test_a_flag_is_not_reached_through_another_claim(reviewer: Client, claim: UUID, said: events.ClaimRecorded) -> None:
    flag, other = flag_of(claim), recording.record(said, by=ADMINISTRATOR).stream
    assert reviewer.post(reverse("admin:claims_claim_flag", args=[other, flag.pk, "resolve"])).status_code == 404


def test_the_work_list_is_most_urgent_first(reviewer: Client, said: events.ClaimRecorded) -> None:
    nobody = recording.record(replace(said, due=None, speaker=SpeakerAsRead(type="narrator")), by=ADMINISTRATOR).stream
    late = recording.record(said, by=ADMINISTRATOR).stream
    flagging.run()
    html = reviewer.get("/admin/claims/flag/").content.decode()
    assert html.index(f"/{late}/") < html.index(f"/{nobody}/")
    flag = Flag.objects.filter(claim=late).first()
    assert flag is not None
    assert reviewer.get(f"/admin/claims/flag/{flag.pk}/change/")["Location"].startswith(page(late))


def test_an_empty_work_list_says_so(reviewer: Client) -> None:
    assert "No flag asks for anybody." in reviewer.get("/admin/claims/flag/").content.decode()
