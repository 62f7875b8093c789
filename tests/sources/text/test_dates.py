"""Dates are read to EDTF as precisely as they are said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.dates import find_dates
from sources.text.edtf import span

PUBLISHED = date(2022, 12, 31)  # a Saturday


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("أمس الجمعة", ["2022-12-30"]),
        ("يوم الأربعاء", ["2022-12-28"]),
        ("في ربيع عام 2023", ["2023-21"]),
        ("ففي نوفمبر", ["2022-11"]),
        ("في مارس المقبل", ["2023-03"]),
        ("5 ديسمبر 2021", ["2021-12-05"]),
        ("شباط/فبراير 2021", ["2021-02"]),
        ("تشرين الثاني", ["2022-11"]),
        ("الربع الأول من عام 2022", ["2022-33"]),
        ("قبل ثلاثة أيام", ["2022-12-28"]),
        ("العام الماضي", ["2021"]),
        ("ثلاثينيات القرن الماضي", ["193X"]),
        ("5 جمادى الآخرة 1444 هـ", ["2022-12-29"]),
        ("31/12/2022", ["2022-12-31"]),
        ("on 14 May 2020", ["2020-05-14"]),
        ("last week", ["2022-12-19/2022-12-25"]),
        ("by the end of the decade", ["202X"]),
        ("Q3 2022", ["2022-35"]),
        ("the first half of 2021", ["2021-40"]),
        ("two years ago", ["2020"]),
        ("spring of 2023", ["2023-21"]),
        ("in 2030", ["2030"]),
    ],
)
def test_a_date_is_read(text, edtf):
    assert [found.edtf for found in find_dates(text, PUBLISHED)] == edtf


@pytest.mark.parametrize("text", ["خلال الأشهر الأخيرة", "قبل أيام من الحرب", "you may go", "2000 جندي", "Tu-95"])
def test_what_is_vague_or_no_date_is_left_out(text):
    assert find_dates(text, PUBLISHED) == []


def test_without_a_day_of_publication_a_relative_date_is_unstated():
    (found,) = find_dates("أمس الجمعة")
    assert (found.edtf, found.basis) == (None, "unstated")


@given(st.text() | st.lists(st.sampled_from(["5", " ", "مارس", "أمس", "الجمعة", "2023", "عام", "ربيع", "May", "/", "1444"])).map("".join))
def test_a_date_stands_where_it_says_and_is_edtf(text):
    for found in find_dates(text, PUBLISHED):
        assert text[found.start : found.end] == found.text
        assert found.edtf is None or span(found.edtf)
