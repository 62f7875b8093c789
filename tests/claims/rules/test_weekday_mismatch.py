"""The rule `weekday-mismatch`: 29 December 2022 was a Thursday."""

from datetime import date

import pytest

from claims.rules.context import ALONE
from claims.rules.weekday_mismatch import weekday_mismatch
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "edtf", "found"),
    [
        ("الجمعة 29 ديسمبر 2022", "2022-12-29", True),
        ("الخميس 29 ديسمبر 2022", "2022-12-29", False),
        ("الخَميس 29 ديسمبر", "2022-12-29", False),
        ("Friday, December 29, 2022", "2022-12-29", True),
        ("Thursday, December 29, 2022", "2022-12-29", False),
        ("29 ديسمبر 2022", "2022-12-29", False),
        ("الجمعة من ديسمبر 2022", "2022-12", False),
    ],
)
def test_a_named_weekday_must_be_the_days_own(text, edtf, found):
    claim = make.claim(said_on=ImpreciseDate(edtf=edtf, text=text))
    assert bool(list(weekday_mismatch(claim, ALONE, date(2024, 1, 1), {}))) is found
