"""The rule `not-settleable`: what is missing, by name."""

from datetime import date
from decimal import Decimal

import pytest

from claims.domain.choices import Kind
from claims.domain.values import Figure, SpeakerAsRead
from claims.rules.context import ALONE
from claims.rules.not_settleable import not_settleable
from tests import make

pytestmark = pytest.mark.django_db
NOBODY = SpeakerAsRead(type="unnamed_group", name="مسؤولون")


def figure(**more):
    return (Figure(text="ربع", value=Decimal(25), **({"unit": "percent"} | more)),)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, {"measure"}),
        ({"quantities": figure()}, set()),
        ({"quantities": figure(unit=None)}, {"unit"}),
        ({"quantities": figure(role="change")}, {"base-period"}),
        ({"kind": Kind.COMMITMENT, "speaker": NOBODY}, {"actor"}),
        ({"kind": Kind.COMMITMENT}, set()),
        ({"criteria": "ما يعلنه البنك المركزي"}, set()),
        ({"kind": Kind.EVENT}, set()),
    ],
)
def test_it_names_each_missing_field(fields, codes):
    claim = make.claim(**({"kind": Kind.PREDICTION} | fields))
    assert {found.code for found in not_settleable(claim, ALONE, date(2024, 1, 1), {})} == codes
