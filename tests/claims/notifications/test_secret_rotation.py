"""A webhook's secret is replaced, and for a while both sign: a receiver that knows either takes every message."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from claims.models import Webhook
from claims.notifications import secret_rotation, signatures, webhooks
from sources.roles import NotAllowed, Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def hook() -> Webhook:
    return webhooks.make("https://hooks.example.org/isnad", by=make.actor(Role.EDITOR))[0]


def signed(hook: Webhook) -> list[str]:
    """The signatures of one message, sent now."""
    secrets = secret_rotation.signing_secrets(Webhook.objects.get(pk=hook.pk))
    return signatures.headers(secrets, "id", 1, b"{}")["webhook-signature"].split(" ")


def by(secret: str) -> str:
    return signatures.headers([secret], "id", 1, b"{}")["webhook-signature"]


def editor() -> APIClient:
    own = APIClient()
    own.force_authenticate(make.user(Role.EDITOR))
    return own


def rotated(hook: Webhook, **body: Any) -> Any:
    return editor().post(f"/api/v1/webhooks/{hook.pk}/rotate/", body)


def test_both_secrets_sign_during_a_day_and_then_the_new_one_alone(hook):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        answer = rotated(hook)
        new = answer.json()["secret"]
        assert new.startswith(signatures.PREFIX)
        assert new != hook.secret
        assert signed(hook) == [by(new), by(hook.secret)]
        clock.shift(timedelta(hours=23, minutes=59))
        assert signed(hook) == [by(new), by(hook.secret)]
        clock.shift(timedelta(minutes=1))
        assert signed(hook) == [by(new)]


def test_whoever_lost_the_answer_and_asks_again_cuts_nobody_off(hook):
    first, second = (rotated(hook).json()["secret"] for _ in range(2))
    assert signed(hook) == [by(second), by(first), by(hook.secret)]


def test_without_an_overlap_what_was_signed_with_is_gone_at_once(hook):
    rotated(hook)
    answer = rotated(hook, overlap_hours=0).json()
    assert (signed(hook), answer["former_until"]) == ([by(answer["secret"])], None)
    assert Webhook.objects.get(pk=hook.pk).former_secrets == []


def test_however_often_it_is_rotated_few_secrets_sign(hook):
    for _ in range(8):
        rotated(hook)
    assert len(signed(hook)) == secret_rotation.MOST


def test_secrets_are_in_the_one_answer_and_in_no_other(hook):
    new = rotated(hook).json()["secret"]
    own = editor()
    for address in ("", f"{hook.pk}/", f"{hook.pk}/deliveries/"):
        shown = own.get(f"/api/v1/webhooks/{address}").content.decode()
        assert new not in shown
        assert hook.secret not in shown


def test_the_same_key_rotates_once(hook):
    own = editor()
    first, second = (own.post(f"/api/v1/webhooks/{hook.pk}/rotate/", {}, headers={"Idempotency-Key": "r"}) for _ in range(2))
    assert first.json() == second.json()
    assert len(signed(hook)) == 2


@pytest.mark.parametrize("hours", [-1, 721, "soon", None, 1.5])
def test_an_overlap_that_cannot_be_is_refused(hook, hours):
    answer = rotated(hook, overlap_hours=hours)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["overlap_hours"])
    assert signed(hook) == [by(hook.secret)]


def test_only_those_who_set_webhooks_up_rotate_their_secrets(hook):
    with pytest.raises(NotAllowed):
        secret_rotation.rotate(hook, by=make.actor(Role.REVIEWER))
    assert signed(hook) == [by(hook.secret)]


def test_the_desk_shows_a_new_secret_once(hook):
    desk = Client()
    desk.force_login(make.user(Role.EDITOR))
    at = "/admin/claims/webhook/"
    page = desk.post(at, {"action": "rotate", "_selected_action": [str(hook.pk)]}, follow=True).content.decode()
    new = Webhook.objects.get(pk=hook.pk).secret
    assert new != hook.secret
    assert new in page
    assert new not in desk.get(at).content.decode()
