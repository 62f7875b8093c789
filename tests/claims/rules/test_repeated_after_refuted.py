"""The rule `repeated-after-refuted`: said again after it was judged to be false."""

from datetime import date

import pytest

from claims.domain.choices import Relation
from claims.similarity.judgements import Judgement
from tests.claims.rules.pairs import beside, claim, found

SAID = "أغلقت السلطات جسر الوادي أمام الشاحنات"
JUDGED = date(2031, 3, 10)


def refuted(**fields):
    return claim(1, SAID, **({"said": "2031-03-01", "status": "published", "rating": "false"} | fields))


def codes(here, other, **near):
    return [each.code for each in found("repeated-after-refuted", here, beside(other, **({"judged_on": JUDGED} | near)))]


@pytest.mark.parametrize(("said", "told"), [("2031-03-09", []), ("2031-03-10", []), ("2031-03-11", ["another"])])
def test_only_what_is_said_after_the_verdict(said, told):
    assert codes(claim(2, SAID, said=said), refuted()) == told


def test_who_says_it_again_is_told_apart():
    assert codes(claim(2, SAID, said="2031-04-01"), refuted(), same_speaker=True) == ["same-speaker"]


@pytest.mark.parametrize(
    ("judged", "told"),
    [
        (Judgement(Relation.SAME, True), ["another"]),
        (Judgement(Relation.REPEATS, False), ["another"]),
        (Judgement(Relation.NOT_SAME, True), []),
        (Judgement(Relation.CONTRADICTS, True), []),
        (Judgement(Relation.REFINES, True), []),
    ],
)
def test_what_people_have_found_counts_before_the_words(judged, told):
    assert codes(claim(2, SAID, said="2031-04-01"), refuted(), shared=0.3, judged=judged) == told


@pytest.mark.parametrize(
    ("other", "near"),
    [
        ({"rating": "true"}, {}),
        ({"rating": "mixed"}, {}),
        ({"status": "in_review"}, {}),
        ({"polarity": "negated"}, {}),
        ({}, {"shared": 0.3}),
        ({}, {"judged_on": None}),
    ],
)
def test_what_was_not_refuted_or_is_not_the_same_is_left_alone(other, near):
    assert codes(claim(2, SAID, said="2031-04-01"), refuted(**other), **near) == []


@pytest.mark.parametrize("rating", ["false", "mostly_false", "did_not", "broken"])
def test_every_way_to_be_refuted(rating):
    assert codes(claim(2, SAID, said="2031-04-01"), refuted(rating=rating))


def test_another_figure_is_another_claim():
    other = claim(1, "عبرت الجسر 400 شاحنة", status="published", rating="false")
    assert codes(claim(2, "عبرت الجسر 430 شاحنة", said="2031-04-01"), other) == []
    assert codes(claim(2, "عبرت الجسر نحو 430 شاحنة", said="2031-04-01"), other) == ["another"]


def test_a_figure_of_another_measure_is_another_claim():
    other = claim(1, "عبرت الجسر 400 شاحنة", status="published", rating="false")
    assert codes(claim(2, "عبرت الجسر 400 طن", said="2031-04-01"), other) == []


def test_it_is_loud_and_closed_claims_are_left_alone():
    (finding,) = found("repeated-after-refuted", claim(2, SAID, said="2031-04-01"), beside(refuted(), judged_on=JUDGED))
    assert finding.severity == "high"
    assert finding.parameters["judged"] == "2031-03-10"
    assert codes(claim(2, SAID, said="2031-04-01", status="withdrawn"), refuted()) == []
