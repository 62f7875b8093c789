"""Replay gives the state: whatever people do, in any order, the tables are what the events add up to."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import flagging, ledger
from claims.domain.choices import Stance
from claims.domain.state import ClaimState
from claims.domain.steps import StepNotOpen, open_steps
from claims.domain.values import Exhibit
from claims.ledger import rebuild
from claims.models import Claim
from claims.workflow import corrections, publishing, recording, review, verdicts
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db


def withdraw_first(claim):
    """Withdraws the first piece that stands, or one that there is not."""
    pieces = ledger.state_of(claim).exhibits
    piece = pieces[0].id if pieces else "none"
    return review.withdraw_evidence(claim, evidence=piece, reason="نقلت عن غيرها", by=make.REVIEWER)


def revise_anew(claim):
    """Changes the statement to another one each time."""
    version = ledger.state_of(claim).version
    return recording.revise(claim, {"statement": f"صياغة {version}"}, reason="أوضح", by=make.REVIEWER)


STEPS: dict[str, Any] = {
    "accept": lambda c: review.accept(c, by=make.REVIEWER),
    "reject": lambda c: review.reject(c, reason="لا يهم", by=make.REVIEWER),
    "schedule": lambda c: review.schedule(c, due=ImpreciseDate(edtf="2024-33"), by=make.REVIEWER),
    "revise": lambda c: revise_anew(c),
    "evidence": lambda c: review.add_evidence(c, Exhibit(stance=Stance.REFUTES, url="https://example.org/a"), by=make.REPORTER),
    "withdraw-evidence": lambda c: withdraw_first(c),
    "verdict": lambda c: verdicts.reach(c, rating="partly", rationale="بعضه حدث", by=make.REVIEWER),
    "approve": lambda c: verdicts.approve(c, by=make.EDITOR),
    "approve-correction": lambda c: corrections.approve(c, by=make.EDITOR),
    "return-correction": lambda c: corrections.send_back(c, reason="الأصل صحيح", by=make.EDITOR),
    "return": lambda c: verdicts.send_back(c, reason="ينقصه دليل", by=make.EDITOR),
    "publish": lambda c: publishing.publish(c, by=make.EDITOR),
    "withdraw": lambda c: publishing.withdraw(c, reason="خطأ", by=make.EDITOR),
    "reopen": lambda c: review.reopen(c, reason="جديد", by=make.EDITOR),
    "flag": lambda c: flagging.run(today=date(2024, 6, 1)),
}


def refused(step, claim):
    """Takes a step; the step that was not open, if it was refused."""
    try:
        STEPS[step](claim)
    except StepNotOpen as error:
        return error.step
    return None


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=14))
def test_the_tables_are_what_the_events_add_up_to(steps):
    claim = make.recorded(due="2023-21")
    for step in steps:
        before = ledger.state_of(claim)
        assert isinstance(before, ClaimState)
        assert refused(step, claim) not in open_steps(before)
    assert not list(rebuild.differences(lambda done, total: None))


def test_rebuilding_changes_nothing():
    for edtf in ("2023-21", "2024", None):
        claim = make.recorded(due=ImpreciseDate(edtf=edtf))
        review.accept(claim, by=make.REVIEWER)
        STEPS["evidence"](claim)
        STEPS["verdict"](claim)
    flagging.run(today=date(2024, 6, 1))
    before = list(Claim.objects.order_by("id").values())
    assert before
    rebuild.rebuild(lambda done, total: None)
    assert list(Claim.objects.order_by("id").values()) == before
    assert not list(rebuild.differences(lambda done, total: None))
