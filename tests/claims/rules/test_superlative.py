"""The rule `superlative`: a record without evidence."""

from datetime import date

import pytest

from claims.domain.choices import Stance
from claims.domain.values import Exhibit
from claims.models import Claim
from claims.rules.context import ALONE
from claims.rules.superlative import superlative
from claims.workflow import review
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("record", [True, False])
def test_a_record_asks_for_its_series(record):
    assert bool(list(superlative(make.claim(superlative=record), ALONE, date(2024, 1, 1), {}))) is record


def test_evidence_ends_it():
    id = make.recorded(superlative=True)
    review.add_evidence(id, Exhibit(stance=Stance.SUPPORTS, url="https://stat.example/series"), by=make.REPORTER)
    assert not list(superlative(Claim.objects.get(pk=id), ALONE, date(2024, 1, 1), {}))
