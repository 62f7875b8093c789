"""Who is told what, seen and mended on the desk."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from claims.models import Digest, Webhook, Wish
from claims.models.notifications import Often, Sending
from claims.notifications import webhooks
from sources.models import Work
from sources.roles import Role
from tests import make

LIST = "admin:claims_webhook_changelist"


def chosen(action, row):
    return {"action": action, "_selected_action": [str(row.pk)]}


@pytest.fixture
def editor(client, db):
    client.force_login(make.user(Role.EDITOR))
    return client


def test_a_webhook_is_made_and_its_secret_is_shown_once(editor):
    form = {"url": "https://hooks.example.org/", "types": ["isnad.ClaimPublished"], "active": "on"}
    page = editor.post(reverse("admin:claims_webhook_add"), form, follow=True)
    webhook = Webhook.objects.get()
    assert webhook.types == ["isnad.ClaimPublished"]
    assert webhook.secret in page.content.decode()
    for address in (reverse(LIST), reverse("admin:claims_webhook_change", args=[webhook.pk])):
        again = editor.get(address)
        assert again.status_code == 200
        assert webhook.secret not in again.content.decode()


def test_an_address_inside_is_refused_beside_its_field(editor):
    page = editor.post(reverse("admin:claims_webhook_add"), {"url": "http://10.0.0.1/", "active": "on"})
    assert "10.0.0.1 is not on the public internet." in page.content.decode()
    assert not Webhook.objects.exists()


def test_a_failing_webhook_says_why_and_is_tried_again(editor):
    webhook, _new = webhooks.make("https://hooks.example.org/", by=make.EDITOR)
    why = {"failures": 40, "failing_since": timezone.now(), "error": "The receiver answered 500."}
    Webhook.objects.update(active=False, disabled_at=timezone.now(), **why)
    Work.objects.update(done_at=timezone.now())
    text = editor.get(reverse(LIST)).content.decode()
    assert "switched off after days of failure" in text
    assert "The receiver answered 500." in text
    editor.post(reverse(LIST), chosen("again", webhook))
    webhook.refresh_from_db()
    assert (webhook.active, webhook.disabled_at, webhook.error) == (True, None, "")
    assert Work.objects.get(kind=webhooks.WEBHOOK).done_at is None
    editor.post(reverse(LIST), chosen("switch_off", webhook))
    webhook.refresh_from_db()
    assert not webhook.active


def test_webhooks_are_not_shown_to_reviewers(client, db):
    client.force_login(make.user(Role.REVIEWER))
    assert client.get(reverse(LIST)).status_code == 403


def test_everybody_sets_their_own_digest_and_sees_no_others(client, db):
    mona, other = make.user(Role.REVIEWER), make.user(Role.REVIEWER)
    theirs = Wish.objects.create(user=other)
    client.force_login(mona)
    client.post(reverse("admin:claims_wish_add"), {"often": "daily", "weekday": "6", "hour": "6", "language": "ar"})
    assert Wish.objects.get(user=mona).often == Often.DAILY
    assert str(other) not in client.get(reverse("admin:claims_wish_changelist")).content.decode()
    client.post(reverse("admin:claims_wish_change", args=[theirs.pk]), {"often": "daily", "weekday": "6", "hour": "6", "language": "ar"})
    theirs.refresh_from_db()
    assert theirs.often == Often.OFF


def test_a_doubtful_digest_is_shown_and_sent_again_only_when_asked(client, db):
    now = timezone.now()
    made = {"user": make.user(), "day": date(2026, 3, 10), "since": now, "until": now, "counts": {"due": 2}}
    digest = Digest.objects.create(state=Sending.DOUBTFUL, error="Whoever sent it never came back.", **made)
    client.force_login(make.user(Role.ADMINISTRATOR))
    address = reverse("admin:claims_digest_changelist")
    text = client.get(address).content.decode()
    assert "perhaps sent" in text
    assert "Due: 2" in text
    client.post(address, chosen("again", digest))
    digest.refresh_from_db()
    assert digest.state == Sending.WAITING
    assert Work.objects.get(kind="digest").key.endswith(":2026-03-10")
    client.force_login(make.user(Role.EDITOR))
    assert client.get(address).status_code == 403
