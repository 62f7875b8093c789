"""Webhooks over REST: made, changed and deleted by editors, the secret shown once, the same key taken once."""

import pytest
from rest_framework.test import APIClient

from claims import ledger
from claims.models import Webhook
from claims.notifications import signatures, webhooks
from sources import roles
from tests import make


@pytest.fixture
def editor(committed_db):
    client = APIClient()
    client.force_authenticate(make.user(roles.Role.EDITOR))
    return client


ADDRESS = {"url": "https://hooks.example.org/isnad"}


def test_the_secret_is_shown_once(editor):
    made = editor.post("/api/v1/webhooks/", ADDRESS)
    assert made.status_code == 201
    secret = made.json()["secret"]
    assert secret.startswith(signatures.PREFIX)
    for address in (made["Location"], "/api/v1/webhooks/", made["Location"] + "deliveries/"):
        assert secret not in editor.get(address).content.decode()


def test_the_same_key_makes_one_webhook(editor):
    first, second = (editor.post("/api/v1/webhooks/", ADDRESS, headers={"Idempotency-Key": "a"}) for _ in range(2))
    assert first.json() == second.json()
    assert second["Idempotency-Replayed"] == "true"
    other = editor.post("/api/v1/webhooks/", {"url": "https://else.example.org/"}, headers={"Idempotency-Key": "a"})
    assert other.status_code == 409
    assert Webhook.objects.count() == 1


def test_a_webhook_is_changed_and_deleted(editor):
    address = editor.post("/api/v1/webhooks/", ADDRESS)["Location"]
    changed = editor.patch(address, {"types": ["isnad.ClaimPublished"], "active": False}).json()
    assert (changed["types"], changed["active"]) == (["isnad.ClaimPublished"], False)
    assert editor.get("/api/v1/webhooks/").json()["results"] == [changed]
    assert editor.delete(address).status_code == 204
    assert editor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "url"),
        ({"url": "http://192.168.0.1/"}, "url"),
        ({"url": "nonsense"}, "url"),
        (ADDRESS | {"types": ["ClaimEaten"]}, "types.0"),
        (ADDRESS | {"position": 5}, "position"),
    ],
)
def test_what_does_not_fit_is_told_by_field(editor, body, field):
    refused = editor.post("/api/v1/webhooks/", body)
    assert refused.status_code == 400
    assert list(refused.json()["errors"]) == [field]


@pytest.mark.parametrize("role", [None, roles.Role.REPORTER, roles.Role.REVIEWER])
def test_webhooks_are_for_editors_and_administrators(committed_db, role):
    client = APIClient()
    client.force_authenticate(make.user(role))
    assert client.get("/api/v1/webhooks/").status_code == 403
    assert client.post("/api/v1/webhooks/", ADDRESS).status_code == 403
    with pytest.raises(roles.NotAllowed):
        webhooks.make("https://hooks.example.org/", by=make.REVIEWER)
    assert APIClient().get("/api/v1/webhooks/").status_code == 401


def test_keys_are_the_rooms_business_too(committed_db):
    webhooks.make("https://a.example.org/", by=make.EDITOR, key="k")
    with pytest.raises(ledger.KeyReused):
        webhooks.make("https://b.example.org/", by=make.EDITOR, key="k")
