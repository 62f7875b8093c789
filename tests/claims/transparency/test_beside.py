"""Verification, signing and writing go on beside each other, and nobody is alarmed for nothing."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection

from claims import transparency
from claims.models import Checkpoint, Position
from claims.transparency import checkpoints
from claims.workflow import review
from sources.registry import speakers
from tests import make
from tests.claims.ledger.test_races import at_once


def test_many_signers_make_one_head(committed_db: str):
    for _ in range(5):
        make.recorded()
    made = at_once(checkpoints.make)
    assert {head.size for head in made} == {5}
    assert Checkpoint.objects.count() == 1


def test_nothing_is_found_wrong_while_others_write_and_sign(committed_db: str):
    over, failed = threading.Event(), []

    def until_over(do: Callable[[], Any]) -> None:
        try:
            while not over.is_set():
                do()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    def write() -> None:
        review.accept(make.recorded(), by=make.REVIEWER)
        speakers.find_or_make(f"سامي {Position.objects.count()}", "person", by=make.REPORTER)

    threads = [threading.Thread(target=until_over, args=(do,)) for do in (write, write, checkpoints.make)]
    for thread in threads:
        thread.start()
    try:
        while Position.objects.count() < 300:
            assert transparency.verify() is None
            assert not transparency.verified(whole=False).fault
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not failed
    assert transparency.verify() is None
