"""The rule `no-horizon`: a prediction says by when."""

from datetime import date

import pytest

from claims.domain.choices import Kind
from claims.rules.context import ALONE
from claims.rules.no_horizon import no_horizon
from sources.text.edtf import Basis, ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db
TODAY = date(2023, 1, 1)


@pytest.mark.parametrize("kind", [Kind.PREDICTION, Kind.COMMITMENT])
def test_what_will_happen_needs_a_date(kind):
    assert [f.code for f in no_horizon(make.claim(kind=kind), ALONE, TODAY, {})] == ["no-horizon"]


@pytest.mark.parametrize("kind", [k for k in Kind if k not in (Kind.PREDICTION, Kind.COMMITMENT)])
def test_what_has_happened_needs_none(kind):
    assert not list(no_horizon(make.claim(kind=kind), ALONE, TODAY, {}))


def test_a_vague_date_is_a_date():
    assert not list(no_horizon(make.claim(due="2023-21"), ALONE, TODAY, {}))


@pytest.mark.parametrize("due", [ImpreciseDate(edtf=None, basis=Basis.UNSTATED), ImpreciseDate(edtf="2023/..")])
def test_an_unstated_or_open_end_is_no_date(due):
    assert [f.code for f in no_horizon(make.claim(due=due), ALONE, TODAY, {})] == ["no-horizon"]
