"""`dates-moved`: another date is offered than the one that people reviewed."""

from datetime import date

import pytest

from claims.domain.choices import Severity, Status
from claims.models import Claim
from claims.rules import all_rules, sentence
from claims.rules.context import ALONE

TODAY = date(2023, 6, 1)
OLD, NEW = {"edtf": "2023-01-01"}, {"edtf": "2022-12-25"}


def found(**fields):
    return list(all_rules()["dates-moved"].find(Claim(**({"status": Status.ACCEPTED} | fields)), ALONE, TODAY, {}))


def test_an_offered_date_is_found_with_the_old_and_the_new_one():
    (finding,) = found(due=OLD, offered={"due": NEW})
    assert (finding.code, dict(finding.parameters)) == ("due", {"old": "2023-01-01", "new": "2022-12-25"})
    assert finding.severity is Severity.HIGH
    reason, hint = sentence("dates-moved", finding.code, finding.parameters)
    assert "25 December 2022" in reason
    assert "1 January 2023" in reason
    assert hint


def test_each_field_is_a_finding_of_its_own_and_another_offer_is_another_flag():
    two = found(due=OLD, said_on=OLD, offered={"due": NEW, "said_on": NEW})
    assert {finding.key for finding in two} == {"due:2023-01-01:2022-12-25", "said_on:2023-01-01:2022-12-25"}
    assert found(due=OLD, offered={"due": {"edtf": "2024"}})[0].key != two[0].key


@pytest.mark.parametrize("status", [Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED])
def test_finished_claims_are_asked_too(status):
    assert found(status=status, due=OLD, offered={"due": NEW})


@pytest.mark.parametrize("status", [Status.REJECTED, Status.WITHDRAWN, Status.DUPLICATE])
def test_closed_claims_are_left_alone(status):
    assert not found(status=status, due=OLD, offered={"due": NEW})


def test_a_date_that_is_not_known_any_more_is_found_without_one():
    (finding,) = found(scope=OLD, offered={"scope": None})
    assert finding.parameters["new"] == "—"


@pytest.mark.parametrize("offered", [None, {}])
def test_nothing_offered_is_nothing_found(offered):
    assert not found(due=OLD, offered=offered)
