"""Two beats or ten workers raise each flag once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connections

from claims import flagging
from claims.choices import FlagStatus
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
