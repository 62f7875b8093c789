"""A real worker finds what is near a claim, and the rules say so, without anybody calling them."""

import time

import pytest

from claims import flagging
from claims.handlers import FLAG, NEAR
from claims.models import Flag, Near
from sources.models import Work
from tests.claims.similarity.test_neighbours import CLOSED_BRIDGE, others, said


def until(found, seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while not found() and time.monotonic() < end:
        time.sleep(0.1)
    return bool(found())


@pytest.mark.usefixtures("worker")
def test_a_worker_searches_what_is_near_an_accepted_claim():
    others()
    one, two = said(CLOSED_BRIDGE, "2031-03-01"), said(CLOSED_BRIDGE, "2031-03-05")
    assert until(lambda: Near.objects.filter(claim=one, other=two).exists())
    assert until(lambda: not Work.objects.filter(kind=NEAR, done_at=None).exists())
    assert Work.objects.filter(kind=FLAG, done_at=None).exists()  # owed for the end of the minute
    flagging.run()
    assert list(Flag.objects.filter(rule="said-before").values_list("claim", "code")) == [(two, "said")]
