"""What is owed after something happened."""

import time_machine

from claims import flagging, ledger
from claims.domain.choices import Stance
from claims.domain.values import Exhibit
from claims.handlers import CONSUMERS, FLAG
from claims.ledger import subscriptions
from claims.workflow import review
from sources.models import Work
from tests import make


def test_many_changes_in_one_minute_owe_one_look_by_the_rules(committed_db):
    with time_machine.travel("2026-03-01 12:00:05+00:00", tick=False):
        for _ in range(3):
            make.recorded()
            subscriptions.deliver(CONSUMERS["follow-up"])
    look = Work.objects.get(kind=FLAG)
    assert (look.key, f"{look.due_at:%H:%M:%S}") == ("flag:after:2026-03-01T12:01", "12:01:00")


def test_a_flag_owes_no_further_look(committed_db):
    make.recorded()
    subscriptions.deliver(CONSUMERS["follow-up"])
    Work.objects.all().delete()
    raised = flagging.run().raised
    assert raised
    assert subscriptions.deliver(CONSUMERS["follow-up"]) == raised
    assert not Work.objects.filter(kind=FLAG).exists()


def test_evidence_and_its_withdrawal_owe_a_look(committed_db):
    claim = make.recorded()
    exhibit = Exhibit(stance=Stance.SUPPORTS, url="https://example.org/a")
    steps = [
        lambda: review.add_evidence(claim, exhibit, by=make.REPORTER),
        lambda: review.withdraw_evidence(claim, evidence=ledger.state_of(claim).evidence[0].id, reason="نقلت عن غيرها", by=make.REVIEWER),
    ]
    for step in steps:
        subscriptions.deliver(CONSUMERS["follow-up"])
        Work.objects.all().delete()
        step()
        subscriptions.deliver(CONSUMERS["follow-up"])
        assert Work.objects.filter(kind=FLAG).count() == 1
