"""What needs follow-up is flagged: once, escalated in time, cleared when its cause has ended."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims import flagging, ledger, transparency
from claims.domain.choices import FlagStatus, Kind
from claims.domain.steps import StepNotOpen
from claims.flagging import raise_and_clear, rule_runs
from claims.flagging.raise_and_clear import Outcome
from claims.models import Claim, EventRecord, Flag
from claims.rules import RULES, Rule
from claims.workflow import review
from sources import roles
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db
SPRING_OVER = date(2023, 6, 3)


def test_a_flag_is_raised_once_however_often_the_rules_run():
    make.claim(due="2023-21")
    assert flagging.run("due", today=SPRING_OVER).raised == 1
    assert flagging.run("due", today=SPRING_OVER).raised == 0
    assert Flag.objects.count() == 1


def test_a_flag_never_raises_its_claims_version():
    claim = make.claim(due="2023-21")
    flagging.run(today=SPRING_OVER)
    assert Claim.objects.get(pk=claim.pk).version == 1


def test_downtime_loses_nothing_and_the_flag_escalates():
    make.claim(due="2023-21")
    for days, code in [(0, "due"), (10, "overdue"), (40, "long-overdue")]:
        flagging.run("due", today=SPRING_OVER + timedelta(days=days))
        assert Flag.objects.get().code == code


def test_a_flag_clears_itself_when_its_cause_has_ended():
    id = make.recorded(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    review.schedule(id, due=ImpreciseDate(edtf="2099"), by=make.REVIEWER)
    assert flagging.run("no-horizon").cleared == 1
    assert Flag.objects.get().state == FlagStatus.CLEARED


def test_a_cause_that_returns_opens_the_same_flag_again():
    id = make.recorded(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    review.schedule(id, due=ImpreciseDate(edtf="2099"), by=make.REVIEWER)
    flagging.run("no-horizon")
    review.schedule(id, due=None, by=make.REVIEWER)
    flagging.run("no-horizon")
    assert Flag.objects.get().state == FlagStatus.OPEN


def test_flags_of_a_claim_that_no_longer_waits_are_cleared():
    id = make.recorded(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    review.reject(id, reason="off the beat", by=make.REVIEWER)
    flagging.run("no-horizon")
    assert Flag.objects.get().state == FlagStatus.CLEARED


def test_what_was_dismissed_stays_dismissed():
    make.claim(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    flagging.dismiss(Flag.objects.get().pk, reason="it is a slogan", by=make.REVIEWER)
    assert flagging.run("no-horizon").raised == 0
    assert Flag.objects.get().state == FlagStatus.DISMISSED


def test_a_snoozed_flag_wakes_on_its_day():
    make.claim(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    until = timezone.localdate() + timedelta(days=5)
    flagging.snooze(Flag.objects.get().pk, until=until, by=make.REVIEWER)
    assert flagging.run("no-horizon", today=until - timedelta(days=1)).raised == 0
    assert flagging.run("no-horizon", today=until).raised == 1
    assert Flag.objects.get().state == FlagStatus.OPEN


def test_dismissing_needs_a_reason_and_snoozing_a_day_to_come():
    make.claim(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    flag = Flag.objects.get().pk
    with pytest.raises(flagging.Unflaggable):
        flagging.dismiss(flag, reason=" ", by=make.REVIEWER)
    with pytest.raises(flagging.Unflaggable):
        flagging.snooze(flag, until=timezone.localdate(), by=make.REVIEWER)


@pytest.mark.parametrize("somebody", [make.STRANGER, make.REPORTER])
def test_only_a_reviewer_may_settle_a_flag(somebody):
    make.claim(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    with pytest.raises(roles.NotAllowed):
        flagging.resolve(Flag.objects.get().pk, by=somebody)


def test_a_settled_flag_cannot_be_settled_again():
    make.claim(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    flag = Flag.objects.get().pk
    flagging.resolve(flag, by=make.REVIEWER)
    with pytest.raises(StepNotOpen):
        flagging.resolve(flag, by=make.REVIEWER)


def test_many_claims_are_flagged_in_batches(monkeypatch):
    monkeypatch.setattr(rule_runs, "BATCH", 3)
    for _number in range(10):
        make.recorded(kind=Kind.PREDICTION)
    assert flagging.run("no-horizon").raised == 10


def test_a_rule_can_be_switched_off(settings):
    settings.RULES_OFF = ["no-horizon"]
    make.claim(kind=Kind.PREDICTION)
    flagging.run()
    assert not Flag.objects.filter(rule="no-horizon").exists()
    with pytest.raises(flagging.NoSuchRule, match="due"):
        flagging.run("no-horizon")


def test_a_rule_that_fails_does_not_stop_the_others(monkeypatch, caplog):
    def broken(claim, around, today, parameters):
        raise ZeroDivisionError

    flagging.rules.all_rules()
    monkeypatch.setitem(RULES, "broken", Rule("broken", broken, {}, {}))
    make.claim(kind=Kind.PREDICTION)
    flagging.run()
    assert Flag.objects.filter(rule="no-horizon").exists()
    assert "broken failed" in caplog.text


def test_every_flag_is_an_event_in_the_ledger():
    make.claim(kind=Kind.PREDICTION)
    flagging.run("no-horizon")
    assert EventRecord.objects.filter(stream=Flag.objects.get().pk, type="FlagRaised").count() == 1


def test_a_batch_skips_what_another_worker_raised_first_and_keeps_the_rest(monkeypatch):
    ids = [make.recorded(kind=Kind.PREDICTION) for _ in range(40)]
    raise_and_clear.settle(
        list(Claim.objects.for_rules().filter(pk__in=[ids[7], ids[30]])), SPRING_OVER, flagging.chosen("no-horizon"), Outcome()
    )
    assert Flag.objects.count() == 2
    monkeypatch.setattr(raise_and_clear, "flags_of", lambda claims: [])  # what this worker had read before
    appends = []
    append = ledger.append
    monkeypatch.setattr(ledger, "append", lambda *args, **more: (appends.append(1), append(*args, **more))[1])
    assert flagging.run("no-horizon").raised == 38
    assert len(appends) <= 25
    assert Flag.objects.count() == EventRecord.objects.filter(type="FlagRaised").count() == 40
    assert transparency.verify() is None
