"""The rule `watch-opened`: a span of days has begun."""

from datetime import date

import pytest

from claims.rules.context import ALONE
from claims.rules.watch_opened import turning_days, watch_opened
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("due", "today", "found"),
    [
        ("2023-21", date(2023, 2, 28), False),
        ("2023-21", date(2023, 3, 1), True),
        ("2023-21", date(2023, 5, 31), True),
        ("2023-21", date(2023, 6, 1), False),
        ("2023-03-01", date(2023, 3, 1), False),
        ("../2023", date(2023, 3, 1), False),
    ],
)
def test_spring_opens_its_watch_on_the_first_of_march(due, today, found):
    assert bool(list(watch_opened(make.claim(due=due), ALONE, today, {}))) is found


def test_it_says_on_which_days_to_ask_again():
    assert list(turning_days(make.claim(due="2023-21"), {})) == [date(2023, 3, 1), date(2023, 6, 1)]
