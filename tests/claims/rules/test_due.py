"""The rule `due`: a whole span must have elapsed."""

from datetime import date

import pytest
from django.utils import translation

from claims import rules
from claims.domain import dates_in_words
from claims.models import Claim
from claims.rules.context import ALONE
from claims.rules.due import due, turning_days
from claims.workflow import review
from tests import make

pytestmark = pytest.mark.django_db
PARAMETERS = {"overdue_after": 7, "long_overdue_after": 21}


@pytest.mark.parametrize(
    ("edtf", "today", "code"),
    [
        ("2023-21", date(2023, 5, 31), None),
        ("2023-21", date(2023, 6, 1), "due"),
        ("2023-21", date(2023, 6, 7), "due"),
        ("2023-21", date(2023, 6, 8), "overdue"),
        ("2023-21", date(2023, 6, 21), "overdue"),
        ("2023-21", date(2023, 6, 22), "long-overdue"),
        ("2022-11", date(2022, 11, 30), None),
        ("2022-11", date(2022, 12, 1), "due"),
        ("2022-12-31", date(2022, 12, 31), None),
        ("2022-12-31", date(2023, 1, 1), "due"),
        ("2022/..", date(2030, 1, 1), None),
        ("202X", date(2029, 12, 31), None),
        ("202X", date(2030, 1, 1), "due"),
    ],
)
def test_it_asks_once_the_whole_span_has_elapsed(edtf, today, code):
    found = list(due(make.claim(due=edtf), ALONE, today, PARAMETERS))
    assert [f.code for f in found] == ([code] if code else [])


def test_a_claim_without_a_date_is_never_due():
    assert not list(due(make.claim(), ALONE, date(2100, 1, 1), PARAMETERS))


def test_a_claim_that_was_turned_down_is_left_alone():
    id = make.recorded(due="2022")
    review.reject(id, reason="off the beat", by=make.REVIEWER)
    assert not list(due(Claim.objects.get(pk=id), ALONE, date(2024, 1, 1), PARAMETERS))


def test_a_desk_that_is_patient_still_escalates_in_order():
    patient = {"overdue_after": 30, "long_overdue_after": 21}
    claim = make.claim(due="2023-21")
    assert list(turning_days(claim, patient)) == [date(2023, 6, 1), date(2023, 7, 1), date(2023, 7, 2)]
    said = [next(due(claim, ALONE, date(2023, *day), patient)).code for day in ((6, 30), (7, 1), (7, 2))]
    assert said == ["due", "overdue", "long-overdue"]


def test_it_says_since_when():
    found = next(due(make.claim(due="2023-21"), ALONE, date(2023, 6, 10), PARAMETERS))
    reason, hint = rules.sentence("due", found.code, found.parameters)
    assert "31 May 2023" in reason
    assert hint


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Its time was up on 31 December 2023, {}, and nobody has judged it."),
        ("ar", "حان موعده في 31 ديسمبر 2023، {}، ولم يحكم عليه أحد."),
    ],
)
def test_what_is_long_overdue_tells_how_long_it_truly_is(language, said):
    found = next(due(make.claim(due="2023"), ALONE, date(2026, 11, 30), PARAMETERS))
    assert found.code == "long-overdue"
    with translation.override(language):
        reason, _hint = rules.sentence("due", found.code, found.parameters)
        ago = dates_in_words.ago(date(2023, 12, 31))
    assert reason == said.format(ago)
    assert ("year" if language == "en" else "سن") in ago
