"""`read-anew`: a later version of the reader reads otherwise what people worked on."""

from datetime import date

import pytest

from claims.domain.choices import Status
from claims.models import Claim
from claims.rules import all_rules, sentence
from claims.rules.context import ALONE

TODAY = date(2023, 6, 1)
OFFER = {"reader": "3", "changes": {"quote": "q", "start": 1, "end": 2, "prefix": "", "suffix": "", "due": None}}


def found(offer=OFFER, status=Status.ACCEPTED):
    return list(all_rules()["read-anew"].find(Claim(status=status, offered_reading=offer), ALONE, TODAY, {}))


def test_an_offered_reading_is_found_with_its_version_and_how_many_fields_differ():
    (finding,) = found()
    assert dict(finding.parameters) == {"reader": "3", "fields": "2"}
    reason, hint = sentence("read-anew", finding.code, finding.parameters)
    assert "Version 3" in reason
    assert "new reading" in hint


@pytest.mark.parametrize("status", [Status.JUDGED, Status.PUBLISHED])
def test_what_was_judged_is_asked_for_a_correction(status):
    (finding,) = found(status=status)
    assert finding.code == "judged"
    assert "correction" in sentence("read-anew", finding.code, finding.parameters)[1]


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN, Status.DUPLICATE])
def test_closed_claims_are_left_alone(status):
    assert not found(status=status)


def test_nothing_offered_is_nothing_found_and_another_offer_is_another_flag():
    assert not found(None)
    assert found()[0].key != found(OFFER | {"reader": "4"})[0].key
