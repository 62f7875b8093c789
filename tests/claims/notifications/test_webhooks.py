"""Webhooks get the feed's events signed, in order and at least once, from receivers that stall, fail and come back."""

import base64
import hashlib
import hmac
import json
import random
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from claims import tasks
from claims.handlers import CONSUMERS
from claims.ledger import history, subscriptions
from claims.models import Delivery, Webhook
from claims.notifications import http_client, webhooks
from claims.notifications.webhooks import WEBHOOK
from claims.workflow import review
from sources import jobs, roles
from sources.models import Work
from tests import make
from tests.claims.notifications.receiver import receiving


@pytest.fixture
def receiver(settings):
    settings.WEBHOOKS_PRIVATE = True
    with receiving() as there:
        yield there


def hook(receiver, **fields):
    return webhooks.make(receiver.url, by=make.actor(roles.Role.EDITOR), **fields)[0]


def pass_on():
    """What the clock and the workers do, once."""
    subscriptions.deliver(CONSUMERS["webhooks"])
    return tasks.deliver_webhooks()


def all_due():
    Work.objects.filter(kind=WEBHOOK, done_at=None).update(due_at=timezone.now())


def test_every_event_is_sent_in_order_as_the_feed_has_it(committed_db, receiver):
    make.recorded()
    webhook = hook(receiver)
    for _ in range(3):
        make.recorded()
    assert pass_on() == 3
    client = APIClient()
    client.force_authenticate(make.user())
    assert receiver.got == client.get("/api/v1/events/?after=0").json()["results"]
    assert pass_on() == 0
    webhook.refresh_from_db()
    assert (webhook.position, webhook.failures, webhook.error) == (3, 0, "")
    assert list(webhook.deliveries.values_list("position", "status")) == [(3, 200), (2, 200), (1, 200)]


def test_a_webhook_tells_nothing_once_its_owner_has_no_role_until_somebody_else_takes_it_over(committed_db, receiver):
    owner = make.user(roles.Role.EDITOR)
    webhook = webhooks.make(receiver.url, by=roles.actor_of(owner))[0]
    make.recorded()
    assert pass_on() == 1
    for lost in ({"groups": []}, {"is_active": False}):
        owner.groups.set(lost.get("groups", [make.Group.objects.get(name="editor")]))
        type(owner).objects.filter(pk=owner.pk).update(is_active=lost.get("is_active", True))
        make.recorded()
        assert pass_on() == 0
        webhook.refresh_from_db()
        assert (webhook.active, webhook.position, webhook.failures) == (False, len(receiver.got) - 1, 0)
        assert "no role" in webhook.error
        new = make.actor(roles.Role.EDITOR)
        webhooks.try_again(webhook, by=new)
        assert tasks.deliver_webhooks() == 1
        assert str(Webhook.objects.get().owner_id) == new.id
        Webhook.objects.update(owner=owner)
    owner.delete()
    make.recorded()
    assert pass_on() == 0
    assert len(receiver.got) == 3


def test_the_message_is_signed_over_its_id_its_time_and_its_body(committed_db, receiver):
    webhook = hook(receiver)
    make.recorded()
    pass_on()
    headers, body = receiver.headers[0], receiver.bodies[0]
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-id"] == json.loads(body)["id"]
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert headers["content-type"].startswith("application/cloudevents+json")


def test_only_the_events_asked_for_are_sent_and_the_position_passes_the_others(committed_db, receiver):
    webhook = hook(receiver, types=["isnad.ClaimAccepted"])
    claims = [make.recorded() for _ in range(3)]
    review.accept(claims[1], by=make.REVIEWER)
    make.recorded()
    assert pass_on() == 1
    assert [event["subject"] for event in receiver.got] == [str(claims[1])]
    webhook.refresh_from_db()
    assert webhook.position == history.newest()


def test_a_receiver_that_fails_and_comes_back_misses_nothing_and_gets_all_in_order(committed_db, receiver):
    webhook = hook(receiver)
    for _ in range(6):
        make.recorded()
    receiver.answer = lambda number: 503 if number in (2, 3) else 200
    assert pass_on() == 2
    webhook.refresh_from_db()
    assert (webhook.position, webhook.failures, webhook.error) == (1, 1, "The receiver answered 503.")
    assert pass_on() == 0  # not before its time
    all_due()
    assert pass_on() == 0
    all_due()
    assert pass_on() == 4
    assert receiver.positions == list(range(6))
    webhook.refresh_from_db()
    assert (webhook.failures, webhook.failing_since) == (0, None)


def test_what_fails_waits_ever_longer_up_to_an_hour_and_never_all_alike():
    waits = [[webhooks.delay(failures).total_seconds() for _ in range(50)] for failures in range(14)]
    for failures, some in enumerate(waits):
        middle = min(15 * 2**failures, 3600)
        assert middle * 0.75 <= min(some) < max(some) <= middle * 1.25


def test_failures_are_not_given_up_after_a_few(committed_db, receiver):
    webhook, receiver.answer = hook(receiver), 500
    make.recorded()
    for _ in range(9):
        pass_on()
        all_due()
    webhook.refresh_from_db()
    assert (webhook.active, webhook.failures) == (True, 9)
    assert Work.objects.get(kind=WEBHOOK).gave_up_at is None


def test_after_days_of_failure_it_is_switched_off_with_a_notice_and_goes_on_where_it_was(committed_db, receiver):
    webhook, receiver.answer = hook(receiver), 500
    make.recorded()
    with time_machine.travel(timezone.now() - timedelta(days=3, minutes=1)):
        Work.objects.filter(kind=WEBHOOK).update(due_at=timezone.now())
        pass_on()
    all_due()
    pass_on()
    webhook.refresh_from_db()
    assert not webhook.active
    assert webhook.disabled_at
    client = APIClient()
    client.force_authenticate(make.user(roles.Role.EDITOR))
    shown = client.get(f"/api/v1/webhooks/{webhook.pk}/").json()
    assert (shown["active"], shown["error"]) == (False, "The receiver answered 500.")
    receiver.answer, asked = 200, receiver.asked
    make.recorded()
    pass_on()
    assert receiver.asked == asked
    assert client.patch(f"/api/v1/webhooks/{webhook.pk}/", {"active": True}).json()["disabled_at"] is None
    assert pass_on() == 2
    assert receiver.positions == [0, 1]


def test_a_receiver_that_says_gone_is_left_alone_at_once(committed_db, receiver):
    webhook, receiver.answer = hook(receiver), 410
    make.recorded()
    pass_on()
    webhook.refresh_from_db()
    assert not webhook.active


@pytest.mark.parametrize("how", ["stall", "drip", "silence"])
def test_a_receiver_that_stalls_is_not_waited_for_long(committed_db, receiver, monkeypatch, how):
    monkeypatch.setattr(http_client, "SECONDS", 1.0)
    webhook = hook(receiver)
    if how == "silence":  # takes the connection, and nobody answers
        with socket.create_server(("127.0.0.1", 0)) as deaf:
            Webhook.objects.update(url=f"http://127.0.0.1:{deaf.getsockname()[1]}/")
            make.recorded()
            began = time.monotonic()
            pass_on()
    else:
        receiver.stall, receiver.drip = (30.0 if how == "stall" else 0.0), how == "drip"
        make.recorded()
        began = time.monotonic()
        pass_on()
    assert time.monotonic() - began < 15  # a second, and what a busy machine adds; they would stall for thirty, or for ever
    webhook.refresh_from_db()
    assert webhook.error == "The receiver did not answer within 1 second."
    assert Delivery.objects.get().status is None


def test_one_that_fails_keeps_no_other_waiting(committed_db, receiver):
    with receiving() as other:
        other.answer = 500
        hook(other)
        hook(receiver)
        make.recorded()
        pass_on()
        assert (receiver.positions, other.asked) == ([0], 1)


def test_redirections_are_not_followed(committed_db, receiver):
    webhook, receiver.answer = hook(receiver), 302
    make.recorded()
    pass_on()
    webhook.refresh_from_db()
    assert (receiver.asked, webhook.error) == (1, "The receiver answered 302; redirections are not followed.")


@pytest.mark.parametrize(
    "url",
    [
        *("http://127.0.0.1:8000/", "http://127.1/", "http://2130706433/", "http://localhost/", "http://a.localhost/x", "http://[::1]/"),
        *("http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[fe80::1]/", "http://[::ffff:192.168.1.1]/", "http://0.0.0.0/"),
        *("ftp://example.org/", "https://", "nonsense", "https://name:word@example.org/"),
    ],
)
def test_addresses_of_this_machine_and_its_neighbours_are_refused(db, settings, url):
    settings.WEBHOOKS_PRIVATE = False
    with pytest.raises(webhooks.Untellable):
        webhooks.make(url, by=make.EDITOR)


def test_a_name_that_leads_inside_is_refused_when_something_is_sent(committed_db, receiver, settings):
    webhook = hook(receiver)
    name = socket.gethostname()
    Webhook.objects.update(url=f"http://{name}:{receiver.port}/")
    settings.WEBHOOKS_PRIVATE = False
    make.recorded()
    pass_on()
    webhook.refresh_from_db()
    assert receiver.asked == 0
    assert webhook.failures == 1


def test_it_goes_on_from_any_position(committed_db, receiver):
    for _ in range(4):
        make.recorded()
    webhook = hook(receiver, position=1)
    assert tasks.deliver_webhooks() == 2
    webhooks.change(webhook, by=make.EDITOR, position=-1)
    assert tasks.deliver_webhooks() == 4
    assert receiver.positions == [2, 3, 0, 1, 2, 3]
    with pytest.raises(webhooks.Untellable):
        webhooks.change(webhook, by=make.EDITOR, position=99)


def test_what_happens_while_it_is_sent_is_sent_too(committed_db, receiver):
    hook(receiver)
    make.recorded()

    def another(number):
        if number < 3:
            make.recorded()
            subscriptions.deliver(CONSUMERS["webhooks"])
            connection.close()  # the receiver's own thread
        return 200

    receiver.answer = another
    pass_on()
    while Work.objects.filter(kind=WEBHOOK, done_at=None).exists():
        tasks.deliver_webhooks()
    assert receiver.positions == [0, 1, 2, 3]


def test_who_lost_the_lease_does_not_move_the_position(committed_db, receiver):
    webhook = hook(receiver)
    make.recorded()
    subscriptions.deliver(CONSUMERS["webhooks"])
    (late,) = jobs.lease(WEBHOOK, 1, 0)
    (other,) = jobs.lease(WEBHOOK, 1, 60)
    webhooks.deliver(late)
    webhook.refresh_from_db()
    assert webhook.position == -1
    webhooks.deliver(other)
    webhook.refresh_from_db()
    assert webhook.position == 0
    assert receiver.positions == [0, 0]  # at least once


def test_only_the_newest_deliveries_are_kept(committed_db, receiver, monkeypatch):
    monkeypatch.setattr(webhooks, "REMEMBERED", 3)
    hook(receiver)
    for _ in range(5):
        make.recorded()
    pass_on()
    assert list(Delivery.objects.values_list("position", flat=True)) == [4, 3, 2]


SENDER = """
import sys, time, django
django.setup()
from claims import tasks
from claims.notifications import webhooks
webhooks.LEASE = 0.05
print("ready", flush=True)
while True:
    tasks.deliver_webhooks()
    time.sleep(0.005)
"""


def test_a_sender_that_is_killed_at_any_moment_leaves_nothing_out(committed_db, committed_env, receiver):
    """Some events may come twice, none is missing, and what comes for the first time comes in order."""
    hook(receiver)
    env = committed_env | {"DJANGO_SETTINGS_MODULE": "config.settings", "WEBHOOKS_PRIVATE": "1"}
    chance = random.Random(7)

    def sender():
        process = subprocess.Popen([sys.executable, "-c", SENDER], env=env, cwd=django_settings.BASE_DIR, stdout=subprocess.PIPE)
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        return process

    def end(process):
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()

    for _ in range(6):
        for _ in range(10):
            make.recorded()
        subscriptions.deliver(CONSUMERS["webhooks"])
        process = sender()
        try:
            time.sleep(0.02 + chance.random() * 0.12)
        finally:
            end(process)
        Work.objects.filter(kind=WEBHOOK).update(attempts=0)  # one that is killed again and again is given up: another test's matter
    process = sender()
    try:
        until = time.monotonic() + 90
        while len(set(receiver.positions)) < 60 and time.monotonic() < until:
            time.sleep(0.05)
    finally:
        end(process)
    first_times = list(dict.fromkeys(receiver.positions))
    assert first_times == list(range(60))


def test_a_worker_sends_what_was_committed_at_once(committed_db, settings, monkeypatch, request):
    monkeypatch.setenv("WEBHOOKS_PRIVATE", "1")
    settings.WEBHOOKS_PRIVATE = True
    request.getfixturevalue("worker")
    with receiving() as there:
        hook(there)
        began = time.monotonic()
        make.recorded()
        while not there.got:
            assert time.monotonic() - began < 60, "nobody was told"
            time.sleep(0.02)
