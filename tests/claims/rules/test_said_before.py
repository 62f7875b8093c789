"""The rule `said-before`: nearly the same was said, and nobody has compared the two."""

import pytest

from claims.domain.choices import Relation
from claims.rules import sentence
from claims.similarity.judgements import Judgement
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
        ({}, {"judged": Judgement(Relation.NOT_SAME, True)}),
        ({}, {"judged": Judgement(Relation.SAME, True)}),
        ({}, {"judged": Judgement(None, False)}),
        ({"status": "rejected"}, {}),
        ({"status": "duplicate"}, {}),
        ({"polarity": "negated"}, {}),
        ({"denial": True}, {}),
        ({"statement": "استقبلت مخيمات الجنوب 900 نازح"}, {}),
    ],
)
def test_what_is_not_near_was_compared_is_closed_or_says_something_else_is_left_alone(other, near):
    fields = {"statement": SAID} | other
    assert codes(claim(2, SAID), beside(claim(1, fields.pop("statement"), **fields), **near)) == []


def test_another_that_agrees_is_near():
    assert codes(claim(2, SAID), beside(claim(1, "استقبلت مخيمات الجنوب 3000 نازح")))


OTHER_MEASURES = [
    ("خسرت المدينة 40 هكتارا من بساتينها", "خسرت المدينة 40 مليون دولار من بساتينها"),
    ("The port handled 300 ships in the spring", "The port handled 9,000 tonnes in the spring"),
    ("Bread prices went up by 12 percent in the valley", "Bread prices went up by 12 dollars in the valley"),
    ("وصل إلى المرفأ 300 سفينة", "وصل إلى المرفأ 1200 نازح"),
    ("Water in the dam rose by 3 metres", "Water in the dam rose to 3 metres"),
]


@pytest.mark.parametrize(("one", "other"), OTHER_MEASURES)
def test_a_figure_of_another_measure_is_another_claim(one, other):
    assert codes(claim(2, one), beside(claim(1, other))) == []
    assert codes(claim(2, other), beside(claim(1, one))) == []


ONE_MEASURE = [
    ("2,000 troops were sent to the valley", "2,000 soldiers were sent to the valley"),
    ("أرسل 2000 جندي إلى الوادي", "أرسل 2000 عسكري إلى الوادي"),
    ("The bridge cost 40 million dollars", "The bridge cost 37 million euros"),
    ("The road was shut for 60 days", "The road was shut for two months"),
    ("The road is 4 km long", "The road is 4,000 metres long"),
    ("Bread went up by 12 percent", "Bread went up by 12 percentage points"),
    ("300 ships brought 9,000 tonnes", "300 ships came"),
    ("The port handled 300 ships", "The port handled ships all spring"),
    ("Trade reached 200 billion", "Trade reached 200 billion dollars"),
]


@pytest.mark.parametrize(("one", "other"), ONE_MEASURE)
def test_one_measure_told_in_two_ways_is_near(one, other):
    assert codes(claim(2, one), beside(claim(1, other)))
    assert codes(claim(2, other), beside(claim(1, one)))


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
        assert "1 March 2031" in reason
        assert "mostly false" in reason
        assert SAID in reason
        assert hint
    with translation.override("ar"):
        assert sentence("said-before", finding.code, finding.parameters)[0] != reason
