"""The rule `circular-sourcing`: sources that only have it from one another."""

from datetime import date

import pytest

from claims import flagging
from claims.domain.choices import Severity, Stance
from claims.domain.values import Exhibit
from claims.models import Claim, Flag
from claims.provenance import queries
from claims.rules import sentence
from claims.rules.circular_sourcing import circular_sourcing
from claims.rules.context import Around
from claims.workflow import linking, review
from sources.capturing.capture import capture
from tests import make
from tests.claims.rules.test_single_source import GHAD, accepted

pytestmark = pytest.mark.django_db


def found(claim):
    row = Claim.objects.for_rules().get(pk=claim)
    return list(circular_sourcing(row, Around(origins=queries.origins_of([row])[claim]), date(2024, 1, 1), {}))


@pytest.fixture
def circle():
    one, other = accepted("الغد", "الرأي", text="ا"), accepted("الرأي", "الغد", text="ب")
    linking.link(one, other, relation="same", by=make.REVIEWER)
    return one


def test_two_papers_that_quote_each_other_are_a_circle(circle):
    [finding] = found(circle)
    assert (finding.code, finding.parameters, finding.severity) == ("circle", {"circle": "الرأي – الغد – الرأي"}, Severity.WARNING)
    reason, hint = sentence("circular-sourcing", finding.code, finding.parameters)
    assert "الرأي – الغد – الرأي" in reason
    assert hint


def test_a_source_outside_ends_it(circle):
    review.add_evidence(circle, Exhibit(stance=Stance.SUPPORTS, url="https://other.example/a"), by=make.REPORTER)
    assert found(circle) == []


def test_papers_without_each_other_are_none():
    assert found(accepted()) == []


def test_the_article_is_no_evidence_for_itself():
    read = capture("نص", by=make.REPORTER, outlet=GHAD).snapshot
    id = make.recorded(quote="نص", start=0, end=2, snapshot=str(read.pk), document=str(read.document_id))
    review.accept(id, by=make.REVIEWER)
    again = capture("نص", by=make.REPORTER, outlet="جريدة الميناء")  # the same words under another name
    review.add_evidence(id, Exhibit(stance=Stance.SUPPORTS, snapshot=str(again.snapshot.pk)), by=make.REPORTER)
    [finding] = found(id)
    assert finding.code == "supports-itself"
    assert GHAD in finding.parameters["source"]
    review.add_evidence(id, Exhibit(stance=Stance.SUPPORTS, url="https://other.example/a"), by=make.REPORTER)
    assert found(id) == []


def test_the_address_of_the_article_is_no_evidence_for_it():
    kept = capture("نص", by=make.REPORTER, outlet=GHAD, url="https://example.org/a?utm_source=x")
    id = make.recorded(document=str(kept.document.pk))
    review.accept(id, by=make.REVIEWER)
    review.add_evidence(id, Exhibit(stance=Stance.SUPPORTS, url="http://EXAMPLE.org/a"), by=make.REPORTER)
    [finding] = found(id)
    assert (finding.code, finding.parameters) == ("supports-itself", {"source": GHAD})


def test_a_circle_is_flagged_once_and_by_this_rule_alone(circle):
    flagging.run(today=date(2024, 1, 1))
    flags = Flag.objects.filter(claim=circle, rule__in=("circular-sourcing", "single-source"))
    assert [(flag.rule, flag.state) for flag in flags] == [("circular-sourcing", "open")]
