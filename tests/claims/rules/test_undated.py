"""The rule `undated`: neither its own date nor its document's."""

from datetime import date

import pytest

from claims.rules.context import ALONE
from claims.rules.undated import undated
from sources.capturing.capture import capture
from sources.text.edtf import ImpreciseDate
from tests import make

pytestmark = pytest.mark.django_db


def document(published):
    return str(capture("نص", by=make.REPORTER, published=published).document.pk)


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        (dict, True),
        (lambda: {"document": document(None)}, True),
        (lambda: {"document": document("2023")}, False),
        (lambda: {"said_on": ImpreciseDate(edtf="2023-05")}, False),
    ],
)
def test_a_date_of_its_own_or_of_its_document_will_do(fields, found):
    assert bool(list(undated(make.claim(**fields()), ALONE, date(2024, 1, 1), {}))) is found
