"""That something did not happen can be said only once its window is over, by whatever name it is said."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from claims.domain.events import ClaimScheduled
from claims.workflow import verdicts
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db
LATER = (timezone.localdate() + timedelta(days=400)).isoformat()


def judged(claim, rating, scheme=""):
    return verdicts.reach(claim, rating=rating, scheme=scheme, rationale="r", by=make.REVIEWER)


@pytest.mark.parametrize(
    ("kind", "rating", "scheme"),
    [
        ("prediction", "did_not", ""),
        ("prediction", "false", "veracity/1"),
        ("prediction", "mostly_false", "veracity/1"),
        ("commitment", "broken", ""),
        ("commitment", "false", "veracity/1"),
        ("commitment", "did_not", "forecast/1"),
    ],
)
def test_it_is_refused_by_any_name_while_it_may_still_happen(kind, rating, scheme):
    with pytest.raises(verdicts.Unjudgeable) as refused:
        judged(make.accepted(kind=kind, due=LATER), rating, scheme)
    assert "rating" in refused.value.errors


def test_what_was_said_to_be_so_now_may_be_false_now():
    judged(make.accepted(kind="quantity", due=LATER), "false", "veracity/1")


@pytest.mark.parametrize("due", ["2020/..", f"{date.today().year}/.."])
def test_a_window_without_an_end_is_never_over(due):
    claim = make.accepted(kind="prediction", due=due)
    with pytest.raises(verdicts.Unjudgeable) as refused:
        judged(claim, "did_not")
    assert "rating" in refused.value.errors
    judged(claim, "came_true")


def test_a_verdict_that_has_become_too_early_is_not_approved():
    claim = make.accepted(kind="prediction", due="2022")
    judged(claim, "did_not")
    make.as_before(claim, ClaimScheduled(due=ImpreciseDate(edtf=LATER), reason="أُجّل"))
    with pytest.raises(verdicts.Unjudgeable) as refused:
        verdicts.approve(claim, by=make.EDITOR)
    assert "rating" in refused.value.errors
    verdicts.send_back(claim, reason="مبكر", by=make.EDITOR)
