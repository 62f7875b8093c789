"""What happens when several people, or one impatient client, do the same at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import connection

from claims import ledger
from claims.models import Claim, EventRecord, Position
from claims.workflow import recording, review
from tests import make

AT_ONCE = 8


def at_once(do: Callable[[], Any]) -> list[Any]:
    """What `do` gives in several threads at once; an exception is an answer, too."""

    def one(_: int) -> Any:
        try:
            return do()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(one, range(AT_ONCE)))


def test_one_key_from_many_threads_keeps_one_claim(committed_db):
    said = make.said()
    answers = at_once(lambda: recording.record(said, by=make.REPORTER, key="impatient"))
    assert {answer.stream for answer in answers} == {Claim.objects.get().pk}
    assert sum(not answer.replayed for answer in answers) == 1


def test_of_many_who_accept_one_claim_exactly_one_does(committed_db):
    claim = make.recorded()
    answers = at_once(lambda: review.accept(claim, by=make.REVIEWER))
    assert sum(isinstance(answer, ledger.Receipt) for answer in answers) == 1
    assert list(EventRecord.objects.filter(stream=claim).order_by("version").values_list("version", flat=True)) == [1, 2]


def test_many_sealers_leave_no_gap_and_no_double(committed_db):
    for _ in range(20):
        make.recorded()
    at_once(ledger.seal)
    assert list(Position.objects.order_by("position").values_list("position", flat=True)) == list(range(20))
