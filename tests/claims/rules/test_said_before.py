"""The rule `said-before`: nearly the same was said, and nobody has compared the two."""

import pytest

from claims.choices import Relation
from claims.judged import Judged
from claims.rules import sentence
from tests.claims.rules.pairs import beside, claim, found

SAID = "استقبلت مخيمات الجنوب أكثر من 2000 نازح"


def codes(here, *near):
    return [(each.code, each.key) for each in found("said-before", here, *near)]


def test_what_was_said_before_is_named():
    other = claim(1, SAID, said="2031-03-01")
    assert codes(claim(2, SAID, said="2031-03-09"), beside(other)) == [("said", str(other.pk))]


def test_the_first_of_two_is_not_asked():
    assert codes(claim(1, SAID, said="2031-03-01"), beside(claim(2, SAID, said="2031-03-09"))) == []


def test_on_one_day_the_one_that_was_written_down_first_came_before():
    one, two = claim(1, SAID), claim(2, SAID)
    assert codes(two, beside(one))
    assert not codes(one, beside(two))


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ({}, {"shared": 0.4}),
        ({}, {"judged": Judged(Relation.NOT_SAME, True)}),
        ({}, {"judged": Judged(Relation.SAME, True)}),
        ({}, {"judged": Judged(None, False)}),
        ({"status": "rejected"}, {}),
        ({"status": "duplicate"}, {}),
        ({"polarity": "negated"}, {}),
        ({"statement": "استقبلت مخيمات الجنوب 900 نازح"}, {}),
    ],
)
def test_what_is_not_near_was_compared_is_closed_or_says_something_else_is_left_alone(other, near):
    fields = {"statement": SAID} | other
    assert codes(claim(2, SAID), beside(claim(1, fields.pop("statement"), **fields), **near)) == []


def test_another_that_agrees_is_near():
    assert codes(claim(2, SAID), beside(claim(1, "استقبلت مخيمات الجنوب 3000 نازح")))


def test_one_is_named_a_judged_one_before_a_nearer_one():
    nearest, judged = claim(1, SAID), claim(2, SAID, status="published", rating="false")
    here = claim(3, SAID)
    assert codes(here, beside(nearest, shared=0.95), beside(judged)) == [("checked", str(judged.pk))]


@pytest.mark.parametrize("status", ["judged", "published", "withdrawn"])
def test_only_what_waits_is_asked(status):
    assert codes(claim(2, SAID, status=status), beside(claim(1, SAID))) == []


def test_it_reads_in_both_languages(settings):
    from django.utils import translation

    (finding,) = found("said-before", claim(3, SAID), beside(claim(2, SAID, status="published", rating="mostly_false")))
    with translation.override("en"):
        reason, hint = sentence("said-before", finding.code, finding.parameters)
        assert "March 1, 2031" in reason
        assert "mostly false" in reason
        assert SAID in reason
        assert hint
    with translation.override("ar"):
        assert sentence("said-before", finding.code, finding.parameters)[0] != reason
