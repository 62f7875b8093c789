"""A webhook that was switched off is not forgotten: the front page and /metrics tell of it until somebody acts."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from claims.models import Webhook
from claims.notifications import webhooks
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
ADDRESS = "https://hooks.example.org/isnad"


def hook(**fields):
    made, _new = webhooks.make(ADDRESS, by=make.EDITOR)
    Webhook.objects.filter(pk=made.pk).update(**fields)
    return made


def switched_off():
    return hook(active=False, disabled_at=timezone.now(), failures=40, error="The receiver answered 500.")


def page(role=Role.EDITOR, language="en"):
    own = Client(headers={"accept-language": language})
    own.force_login(make.user(role))
    return own.get("/admin/").content.decode()


def metrics():
    return Client().get("/metrics").content.decode()


def test_it_is_told_on_the_front_page_with_the_way_there_until_somebody_acts():
    made = switched_off()
    told = page()
    assert "A webhook was switched off on" in told
    assert "The receiver answered 500." in told
    assert f'href="/admin/claims/webhook/{made.pk}/change/"' in told
    assert "isnad_webhooks_switched_off 1.0" in metrics()
    webhooks.try_again(made, by=make.EDITOR)
    told = page()
    assert ADDRESS not in told
    assert "switched off" not in told
    assert "isnad_webhooks_switched_off 0.0" in metrics()


def test_whoever_may_not_see_addresses_is_told_that_something_is_silent():
    switched_off()
    told = page(Role.REVIEWER)
    assert ADDRESS not in told
    assert "⚠ 1 webhook was switched off" in told


def test_one_that_fails_is_told_before_it_is_switched_off():
    hook(failures=3, failing_since=timezone.now() - timedelta(hours=2))
    assert "⚠ 1 webhook fails and is tried again" in page()
    assert "isnad_webhooks_failing 1.0" in metrics()


def test_what_people_switched_off_is_no_trouble():
    made = hook(failures=2)
    webhooks.change(made, by=make.EDITOR, active=False)
    assert "⚠ 1 webhook" not in page()
    assert "isnad_webhooks_switched_off 0.0" in metrics()
    assert "isnad_webhooks_failing 0.0" in metrics()


def test_the_notice_speaks_arabic():
    switched_off()
    told = page(language="ar")
    assert "أُوقف خطّاف ويب" in told
    assert "خطّاف ويب واحد موقوف" in told
    assert "webhook was" not in told
