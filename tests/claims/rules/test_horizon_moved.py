"""The rule `horizon-moved`: what was registered first is held against what is said now."""

from datetime import date

import pytest

from claims.models import Claim
from claims.rules.horizon_moved import horizon_moved
from claims.surroundings import ALONE

FIRST = {"due": {"edtf": "2031-21"}, "criteria": "c", "by": "b", "at": "2030-01-01"}


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"registered": None, "due": {"edtf": "2035"}}, []),
        ({"due": {"edtf": "2031-21"}, "criteria": "c"}, []),
        ({"due": {"edtf": "2035"}, "criteria": "c"}, ["due"]),
        ({"due": None, "criteria": "c"}, ["due"]),
        ({"due": {"edtf": "2035"}, "criteria": ""}, ["due", "criteria"]),
        ({"due": {"edtf": "2035"}, "status": "withdrawn"}, []),
    ],
)
def test_each_change_is_named(fields, codes):
    claim = Claim(**({"registered": FIRST, "status": "in_review"} | fields))
    assert [found.code for found in horizon_moved(claim, ALONE, date(2031, 1, 1), {})] == codes
