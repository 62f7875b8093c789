"""The rule `due-soon`: the last days of the span."""

from datetime import date

import pytest

from claims.rules.context import ALONE
from claims.rules.due_soon import due_soon, turning_days
from tests import make

pytestmark = pytest.mark.django_db
PARAMETERS = {"days": 7}


@pytest.mark.parametrize(
    ("today", "found"),
    [(date(2023, 5, 23), False), (date(2023, 5, 24), True), (date(2023, 5, 31), True), (date(2023, 6, 1), False)],
)
def test_it_tells_in_the_last_days(today, found):
    assert bool(list(due_soon(make.claim(due="2023-21"), ALONE, today, PARAMETERS))) is found


def test_it_says_on_which_days_to_ask_again():
    assert list(turning_days(make.claim(due="2023-21"), PARAMETERS)) == [date(2023, 5, 24), date(2023, 6, 1)]


def test_a_claim_without_a_date_is_never_nearly_due():
    assert not list(due_soon(make.claim(), ALONE, date(2023, 5, 31), PARAMETERS))
