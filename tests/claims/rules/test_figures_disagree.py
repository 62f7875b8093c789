"""The rule `figures-disagree`: two people, one thing, figures that cannot both be true."""

import pytest

from claims.domain.choices import Relation
from claims.similarity.judgements import Judgement
from tests.claims.rules.pairs import beside, claim, found

BEFORE = "نزح من البلدة أكثر من 2000 شخص"


def codes(here, other, **near):
    return [each.code for each in found("figures-disagree", here, beside(other, **near))]


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("نزح من البلدة 1800 شخص", ["disagree"]),
        ("نزح من البلدة 3000 شخص", []),
        ("نزح من البلدة نحو 1900 شخص", []),
        ("نزح من البلدة 1800 عائلة", []),
        ("نزح سكان البلدة", []),
        ("About 1,500 people left the town", []),  # another noun: languages are not set against each other
    ],
)
def test_figures_of_one_measure(statement, told):
    assert codes(claim(2, statement), claim(1, BEFORE)) == told


@pytest.mark.parametrize(("said", "told"), [("2031-03-04", ["disagree"]), ("2031-03-05", []), ("2031-04-01", [])])
def test_what_was_so_on_other_days_need_not_be_so_now(said, told):
    assert codes(claim(2, "نزح من البلدة 1800 شخص", said=said), claim(1, BEFORE, said="2031-03-01")) == told


def test_what_both_are_about_counts_and_not_when_they_were_said():
    year = {"edtf": "2030", "basis": "text"}
    here = claim(2, "بلغت الصادرات 80 مليار دولار", said="2031-04-01", scope=year)
    assert codes(here, claim(1, "بلغت الصادرات 95 مليار دولار", said="2031-02-01", scope=year)) == ["disagree"]
    assert codes(here, claim(1, "بلغت الصادرات 95 مليار دولار", said="2031-02-01", scope={"edtf": "2029", "basis": "text"})) == []


def test_units_are_converted_and_currencies_are_not():
    assert codes(claim(2, "يبلغ طول الخط 90 ميلا"), claim(1, "يبلغ طول الخط 200 كيلومتر")) == ["disagree"]
    assert codes(claim(2, "يبلغ طول الخط 90 ميلا"), claim(1, "يبلغ طول الخط 145 كيلومترا")) == []
    assert codes(claim(2, "بلغت الكلفة 90 مليون يورو"), claim(1, "بلغت الكلفة 200 مليون دولار")) == []


@pytest.mark.parametrize(
    "near",
    [
        {"same_speaker": True},  # another rule's
        {"shared": 0.3},
        {"judged": Judgement(Relation.NOT_SAME, True)},
        {"judged": Judgement(Relation.CONTRADICTS, False)},
    ],
)
def test_what_is_another_rules_is_far_or_was_compared_is_left_alone(near):
    assert codes(claim(2, "نزح من البلدة 1800 شخص"), claim(1, BEFORE), **near) == []


def test_the_later_one_is_asked():
    assert codes(claim(1, "نزح من البلدة 1800 شخص"), claim(2, BEFORE)) == []


@pytest.mark.parametrize("fields", [{"status": "rejected"}, {"polarity": "negated"}])
def test_closed_claims_and_denials_are_left_alone(fields):
    assert codes(claim(2, "نزح من البلدة 1800 شخص"), claim(1, BEFORE, **fields)) == []
    assert codes(claim(2, "نزح من البلدة 1800 شخص", **fields), claim(1, BEFORE)) == []


def test_what_is_to_be_reached_is_asked_about():
    about = {"kind": "prediction", "scope": {"edtf": "2031", "basis": "text"}}
    here = claim(2, "ستبلغ التجارة بين البلدين 200 مليار دولار", **about)
    other = claim(1, "بلغت التجارة بين البلدين 190.27 مليار دولار", scope=about["scope"])
    (finding,) = found("figures-disagree", here, beside(other))
    assert (finding.code, finding.severity) == ("reading", "info")
    here._prefetched_objects_cache["quantities"][0].comparator = "at_least"
    assert codes(here, other) == ["disagree"]


def test_a_bare_rise_is_asked_about():
    here, other = claim(2, "زادت نسبة البطالة 7 في المئة"), claim(1, "نسبة البطالة 12 في المئة")
    assert codes(here, other) == ["reading"]
    here._prefetched_objects_cache["quantities"][0].role = "change"
    assert codes(here, other) == []


def test_who_tells_of_a_rise_says_both_figures():
    rise = claim(2, "ارتفع عدد الطلاب من 4000 طالب إلى 5500 طالب")
    assert codes(rise, claim(1, "بلغ عدد الطلاب 5500 طالب")) == []
    assert codes(rise, claim(1, "بلغ عدد الطلاب 7000 طالب")) == ["disagree"]


def test_the_nearest_few_are_named_each_under_its_own_key():
    others = [claim(number, BEFORE) for number in range(1, 6)]
    findings = found("figures-disagree", claim(9, "نزح من البلدة 1800 شخص"), *map(beside, others))
    assert [each.key for each in findings] == [f"disagree:{other.pk}" for other in others[:3]]
    assert findings[0].parameters["other"] == "أكثر من 2000 شخص"
