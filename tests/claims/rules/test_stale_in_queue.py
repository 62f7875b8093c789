"""The rule `stale-in-queue`: nothing waits unseen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Claim
from claims.rules.context import ALONE
from claims.rules.stale_in_queue import stale_in_queue
from claims.workflow import publishing
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "found"), [(0, 0), (3, 0), (4, 1), (400, 1)])
def test_it_asks_after_three_days_of_silence(days, found):
    claim = make.claim()
    today = timezone.localdate(claim.changed_at) + timedelta(days=days)
    assert len(list(stale_in_queue(claim, ALONE, today, {"days": 3}))) == found


def test_the_days_are_a_setting():
    claim = make.claim()
    today = timezone.localdate(claim.changed_at) + timedelta(days=2)
    assert len(list(stale_in_queue(claim, ALONE, today, {"days": 1}))) == 1


def test_what_was_withdrawn_waits_for_nobody():
    id = make.recorded()
    publishing.withdraw(id, reason="a mistake", by=make.EDITOR)
    assert not list(stale_in_queue(Claim.objects.get(pk=id), ALONE, timezone.localdate() + timedelta(days=30), {"days": 3}))
