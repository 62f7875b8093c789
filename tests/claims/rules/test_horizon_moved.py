"""The rule `horizon-moved`: what was registered first is held against what is said now."""

from datetime import date

import pytest
from django.utils import translation

from claims import rules
from claims.domain.choices import Severity
from claims.models import Claim
from claims.rules.context import ALONE
from claims.rules.horizon_moved import horizon_moved

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
    found = list(horizon_moved(claim, ALONE, date(2031, 1, 1), {}))
    assert [finding.code for finding in found] == codes
    assert all(finding.severity == Severity.HIGH for finding in found)


@pytest.mark.parametrize(("language", "said"), [("en", ("spring 2031", "2035")), ("ar", ("ربيع 2031", "2035"))])
def test_both_dates_are_told_in_words(language, said):
    claim = Claim(registered=FIRST, status="in_review", due={"edtf": "2035"}, criteria="c")
    [found] = horizon_moved(claim, ALONE, date(2031, 1, 1), {})
    with translation.override(language):
        reason, _hint = rules.sentence("horizon-moved", found.code, found.parameters)
    assert all(words in reason for words in said)
