"""The clock and the steps."""

from datetime import date

import pytest

from claims.domain.choices import Clock, Status
from claims.domain.lifecycle import clock
from sources.text.edtf import ImpreciseDate


@pytest.mark.parametrize(
    ("today", "says"),
    [
        ("2023-02-28", Clock.UPCOMING),
        ("2023-03-01", Clock.WATCH),
        ("2023-05-31", Clock.WATCH),
        ("2023-06-01", Clock.DUE),
        ("2023-06-07", Clock.DUE),
        ("2023-06-08", Clock.OVERDUE),
    ],
)
def test_spring_2023_opens_in_march_is_due_in_june_and_overdue_a_week_later(today, says):
    assert clock(ImpreciseDate(edtf="2023-21"), Status.ACCEPTED, date.fromisoformat(today)) is says


def test_without_a_horizon_a_claim_is_unscheduled():
    assert clock(ImpreciseDate(edtf=None, basis="unstated"), Status.PROPOSED, date(2023, 1, 1)) is Clock.UNSCHEDULED


def test_a_judged_claim_has_no_clock():
    assert clock(ImpreciseDate(edtf="2020"), Status.JUDGED, date(2023, 1, 1)) is Clock.CLOSED
