"""Two beats or ten workers raise each flag once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections, transaction

from claims import flagging, transparency
from claims.domain.choices import FlagStatus
from claims.flagging import rule_runs
from claims.flagging.raise_and_clear import Outcome
from claims.models import EventRecord, Flag, Rounds
from tests import make

DAY = date(2031, 3, 1)


def days(number):
    return DAY + timedelta(days=number)


@pytest.mark.parametrize("workers", [2, 6])
def test_many_workers_at_once_raise_each_flag_once(workers, committed_db):
    for number in range(60):
        make.recorded(due=days(number % 3).isoformat())
    failed = []

    def work():
        try:
            flagging.run(today=days(10))
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not failed
    assert Flag.objects.filter(rule="due", state=FlagStatus.OPEN).count() == 60
    raised = EventRecord.objects.filter(type="FlagRaised")
    assert raised.count() == raised.values("stream").distinct().count() == Flag.objects.count()
    assert Rounds.objects.get().day == days(10)


def due_claims(number):
    for each in range(number):
        make.recorded(due=days(each % 3).isoformat())


def test_two_hands_do_what_one_does_and_each_flag_is_raised_once(monkeypatch, committed_db):
    monkeypatch.setattr(rule_runs, "BATCH", 5)
    due_claims(60)
    hands = set()
    look = rule_runs._look

    def seen(*args):
        hands.add(threading.get_ident())
        return look(*args)

    monkeypatch.setattr(rule_runs, "_look", seen)
    outcome = flagging.run(today=days(4))
    assert len(hands) == 2
    assert Flag.objects.filter(rule="due", state=FlagStatus.OPEN).count() == 60
    raised = EventRecord.objects.filter(type="FlagRaised")
    assert outcome.raised == raised.count() == raised.values("stream").distinct().count() == Flag.objects.count()
    assert flagging.run(today=days(4)) == Outcome()
    assert transparency.verify() is None
    flagging.run(today=days(11))
    assert Flag.objects.filter(rule="due", code="overdue", version=2).count() == 60
    assert transparency.verify() is None


@pytest.mark.parametrize("failing", ["first", "other"])
def test_where_one_hand_fails_the_other_ends_with_its_batch_and_the_next_run_does_the_rest(failing, monkeypatch, committed_db):
    monkeypatch.setattr(rule_runs, "BATCH", 5)
    due_claims(60)
    look, here = rule_runs._look, threading.get_ident()
    looked = []

    def failing_once(*args):
        looked.append(1)
        if len(looked) > 1 and (threading.get_ident() == here) == (failing == "first"):
            raise ZeroDivisionError
        return look(*args)

    monkeypatch.setattr(rule_runs, "_look", failing_once)
    with pytest.raises(ZeroDivisionError):
        flagging.run(today=days(10))
    monkeypatch.setattr(rule_runs, "_look", look)
    flagging.run(today=days(10))
    assert Flag.objects.filter(rule="due", state=FlagStatus.OPEN).count() == 60


def test_in_somebodys_transaction_one_hand_does_it_all(monkeypatch, committed_db):
    monkeypatch.setattr(rule_runs, "BATCH", 5)
    with transaction.atomic():
        due_claims(12)
        flagging.run(today=days(10))
        assert Flag.objects.filter(rule="due").count() == 12
