"""The rule `single-source`: asked once a claim is worked on."""

from datetime import date

import pytest

from claims import review
from claims.choices import Stance
from claims.models import Claim
from claims.rules.single_source import single_source
from claims.statements import Exhibit
from claims.surroundings import ALONE
from sources.capture import capture
from tests import make

pytestmark = pytest.mark.django_db


def accepted(**fields):
    text = capture("نص", by=make.REPORTER, outlet="صحيفة الغد")
    id = make.recorded(document=str(text.document.pk), **fields)
    review.accept(id, by=make.REVIEWER)
    return id


def found(claim):
    return [finding.parameters["source"] for finding in single_source(Claim.objects.for_rules().get(pk=claim), ALONE, date(2024, 1, 1), {})]


def test_one_outlet_alone_is_named():
    assert found(accepted()) == ["صحيفة الغد"]


def test_a_claim_that_nobody_took_up_is_not_asked():
    assert found(make.recorded()) == []


@pytest.mark.parametrize(
    ("url", "stance", "alone"),
    [
        ("https://other.example/a", Stance.SUPPORTS, False),
        ("https://other.example/a", Stance.REFUTES, True),
    ],
)
def test_support_from_elsewhere_ends_it(url, stance, alone):
    id = accepted()
    review.add_evidence(id, Exhibit(stance=stance, url=url), by=make.REPORTER)
    assert bool(found(id)) is alone


def test_the_same_outlet_again_is_no_second_source():
    id = accepted()
    again = capture("نص آخر", by=make.REPORTER, outlet="صحيفة الغد")
    review.add_evidence(id, Exhibit(stance=Stance.SUPPORTS, snapshot=str(again.snapshot.pk)), by=make.REPORTER)
    assert found(id) == ["صحيفة الغد"]
