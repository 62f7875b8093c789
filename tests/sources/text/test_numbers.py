"""Figures are read with their value, unit and comparator, and nothing that is no figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.numbers import find_quantities


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("أكثر من 2000 جندي", [("أكثر من 2000 جندي", 2000, None, "جندي", "more_than")]),
        (
            "300 مركبة عسكرية و21 طائرة",
            [("300 مركبة عسكرية", 300, None, "مركبة عسكرية", "exactly"), ("21 طائرة", 21, None, "طائرة", "exactly")],
        ),
        ("٢٥ في المئة تقريبا", [("٢٥ في المئة تقريبا", 25, None, "percent", "about")]),
        ("8 مليارات و200 مليون ريال سعودي", [("8 مليارات و200 مليون ريال سعودي", 8_200_000_000, None, "SAR", "exactly")]),
        ("ما بين 10 و20 في المئة", [("ما بين 10 و20 في المئة", 10, 20, "percent", "between")]),
        ("خمسة وعشرون ألف جندي", [("خمسة وعشرون ألف جندي", 25_000, None, "جندي", "exactly")]),
        ("غرقت سفينتان", [("سفينتان", 2, None, "سفينة", "exactly")]),
        ("نصف مليون شخص", [("نصف مليون شخص", 500_000, None, "شخص", "exactly")]),
        ("بعد أسبوع من التدريب", [("أسبوع", 1, None, "week", "exactly")]),
        ("between 10 and 20 ships", [("between 10 and 20 ships", 10, 20, "ships", "between")]),
        ("about $3.5bn", [("about $3.5bn", 3_500_000_000, None, "USD", "about")]),
        ("twenty-five people", [("twenty-five people", 25, None, "people", "exactly")]),
    ],
)
def test_a_figure_is_read(text, read):
    assert [(q.text, q.value, q.value_max, q.unit, q.comparator) for q in find_quantities(text)] == read


@pytest.mark.parametrize(
    "text",
    [
        "قاذفات (Tu-95) و(H-6K)",
        "في عام 2023",
        "5 ديسمبر",
        "14 May 2020",
        "at 10:30",
        "بوتين",
        "بين البلدين",
        "the 21st century",
        "2022-12-31",
    ],
)
def test_what_is_no_figure_is_none(text):
    assert find_quantities(text) == []


@given(st.text() | st.text(st.sampled_from("0123456789٢,. وألفمئةعشرون%$-")))
def test_a_figure_stands_where_it_says(text):
    for q in find_quantities(text):
        assert text[q.start : q.end] == q.text


def test_digits_that_python_does_not_know_are_no_figure():
    assert find_quantities("\U0001e5f1 ships and 1\U0001e5f1 ships") == []
