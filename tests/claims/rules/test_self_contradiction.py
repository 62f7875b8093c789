"""The rule `self-contradiction`: one speaker, two things that cannot both be true."""

import pytest

from claims.domain.choices import Relation
from claims.similarity.judgements import Judgement
from tests.claims.rules.pairs import beside, claim, found

BEFORE = "يعمل في المصنع نحو 300 عامل"
NOW = "يعمل في المصنع 450 عاملا"


def codes(here, other, **near):
    return [each.code for each in found("self-contradiction", here, beside(other, **({"same_speaker": True} | near)))]


def test_the_same_speakers_figures_are_set_against_each_other():
    assert codes(claim(2, NOW), claim(1, BEFORE)) == ["disagree"]
    assert codes(claim(2, "يعمل في المصنع 310 عمال"), claim(1, BEFORE)) == []


def test_somebody_elses_are_another_rules():
    assert codes(claim(2, NOW), claim(1, BEFORE), same_speaker=False) == []


def test_a_figure_that_changed_with_time_is_no_contradiction():
    assert codes(claim(2, NOW, said="2031-09-01"), claim(1, BEFORE)) == []


DENIED = "لم يتوقف العمل في مصنع الإسمنت"
STOPPED = "توقف العمل في مصنع الإسمنت"


@pytest.mark.parametrize(
    ("near", "told"),
    [
        ({}, ["denial"]),
        ({"shared": 0.45}, []),
        ({"same_speaker": False}, []),
        ({"judged": Judgement(Relation.DENIES, True)}, []),
        ({"judged": Judgement(Relation.NOT_SAME, True)}, []),
    ],
)
def test_the_opposite_nearly_word_for_word(near, told):
    assert codes(claim(2, DENIED, polarity="negated"), claim(1, STOPPED), **near) == told


def test_who_denies_what_they_said_is_asked_and_who_denies_its_opposite_is_not():
    assert codes(claim(2, STOPPED, denial=True), claim(1, STOPPED)) == ["denial"]
    assert codes(claim(2, DENIED, denial=True, polarity="negated"), claim(1, STOPPED)) == []
    assert codes(claim(2, STOPPED, denial=True), claim(1, DENIED, polarity="negated")) == []


def test_the_opposite_of_another_time_is_none():
    assert codes(claim(2, DENIED, polarity="negated", said="2031-06-01"), claim(1, STOPPED)) == []


def test_the_first_of_two_is_not_asked():
    assert codes(claim(1, DENIED, polarity="negated"), claim(2, STOPPED)) == []


def test_closed_claims_are_left_alone():
    assert codes(claim(2, DENIED, polarity="negated"), claim(1, STOPPED, status="duplicate")) == []


def test_what_hangs_on_the_reading_is_asked():
    about = {"scope": {"edtf": "2031", "basis": "text"}}
    here = claim(2, "ستصل الاستثمارات إلى 40 مليار دولار", kind="commitment", **about)
    assert codes(here, claim(1, "بلغت الاستثمارات 39 مليار دولار", **about)) == ["reading"]
