"""What is to happen before a date is due on the last day before it; by, until and the end of a date include it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.extraction import date_roles, read
from claims.extraction.bounds import before
from sources.text.dates import find_dates

PUBLISHED = date(2026, 11, 30)  # a Monday


def _due(text, published=PUBLISHED):
    return date_roles.due("prediction", find_dates(text, published), published, text)


@pytest.mark.parametrize(
    ("bound", "last"),
    [
        ("before 2028", "2027-12-31"), ("before the year 2028", "2027-12-31"), ("before the start of 2028", "2027-12-31"),
        ("before the beginning of 2028", "2027-12-31"), ("well before 2028", "2027-12-31"), ("prior to 2028", "2027-12-31"),
        ("ahead of 2028", "2027-12-31"), ("earlier than 2028", "2027-12-31"), ("before next year", "2026-12-31"),
        ("before March", "2027-02-28"), ("before March 2028", "2028-02-29"), ("before November", "2027-10-31"),
        ("before 5 March", "2027-03-04"), ("before March 1, 2028", "2028-02-29"), ("before Friday", "2026-12-03"),
        ("before Monday", "2026-12-06"), ("before next week", "2026-12-06"), ("before winter", "2026-11-30"),
        ("before the summer of 2027", "2027-05-31"), ("before spring 2027", "2027-02-28"), ("before next fall", "2027-08-31"),
        ("before the fourth quarter of 2027", "2027-09-30"), ("before the second half of 2027", "2027-06-30"),
        ("before the 2030s", "2029-12-31"), ("before Christmas", "2026-12-24"),
        ("قبل 2028", "2027-12-31"), ("قبل عام 2028", "2027-12-31"), ("قبل حلول عام 2028", "2027-12-31"), ("قُبيل عام 2028", "2027-12-31"),
        ("قبل مطلع عام 2028", "2027-12-31"), ("قبل بداية عام 2028", "2027-12-31"), ("قبل العام المقبل", "2026-12-31"),
        ("قبل مارس", "2027-02-28"), ("قبل شهر مارس", "2027-02-28"), ("قبل مارس المقبل", "2027-02-28"), ("قبل نوفمبر", "2027-10-31"),
        ("قبل 5 مارس 2027", "2027-03-04"), ("قبل الخامس من مارس 2027", "2027-03-04"), ("قبل يوم الجمعة", "2026-12-03"),
        ("قبل الأسبوع المقبل", "2026-12-06"), ("قبل الشتاء", "2026-11-30"), ("قبل حلول الصيف", "2027-05-31"),
        ("قبل صيف 2027", "2027-05-31"), ("قبل الربع الأخير من 2027", "2027-09-30"), ("قبل ثلاثينيات القرن الحالي", "2029-12-31"),
        ("قبل شهر رمضان", "2027-02-07"), ("قبل حلول رمضان المقبل", "2027-02-07"), ("قبل رمضان 1449", "2028-01-27"),
        ("قبل 15 رمضان 1449 هـ", "2028-02-10"), ("قبل عام 1450 هـ", "2028-05-24"), ("قبل غد", "2026-11-30"),
    ],
)  # fmt: skip
def test_a_strict_bound_is_due_on_the_last_day_before_the_date(bound, last):
    text = f"It will open {bound}." if bound.isascii() else f"سيفتح الجسر {bound}."
    due = _due(text)
    assert (due.edtf, due.last.isoformat()) == (last, last)
    assert due.text == text[due.start : due.end] == bound.removeprefix("well ")


@pytest.mark.parametrize(
    ("bound", "edtf"),
    [
        ("by 2028", "2028"), ("until 2028", "2028"), ("no later than 2028", "2028"), ("by the end of 2028", "2028"),
        ("before the end of 2028", "2028"), ("before the close of 2028", "2028"), ("before late 2028", "2028"), ("before mid-2028", "2028"),
        ("before early 2028", "2028"), ("before the middle of 2028", "2028"), ("before 2028 is out", "2028"), ("before 2028 ends", "2028"),
        ("before the decade is out", "202X"), ("before the 2028 election", "2028"), ("before 2028 elections", "2028"),
        ("before the May vote", "2027-05"), ("before Friday's vote", "2026-12-04"), ("before Friday morning", "2026-12-04"),
        ("by winter", "2026-24"), ("no later than March", "2027-03"), ("no earlier than 2028", "2028"),
        ("no sooner than Friday", "2026-12-04"),
        ("بحلول 2028", "2028"), ("حتى 2028", "2028"), ("لغاية عام 2028", "2028"), ("قبل نهاية 2028", "2028"),
        ("قبل انتهاء عام 2028", "2028"),
        ("قبل أواخر 2028", "2028"), ("قبل منتصف 2028", "2028"), ("قبل موفى 2028", "2028"), ("بنهاية عام 2028", "2028"),
        ("في موعد أقصاه عام 2028", "2028"), ("قبل انتخابات 2028", "2028"), ("قبل ظهر الجمعة", "2026-12-04"), ("بحلول الشتاء", "2026-24"),
        ("قبل نهاية رمضان المقبل", "2027-02-08/2027-03-08"), ("في موعد أقصاه مارس 2027", "2027-03"),
    ],
)  # fmt: skip
def test_an_inclusive_bound_keeps_the_whole_span(bound, edtf):
    assert _due(f"It will open {bound}." if bound[0].isascii() else f"سيفتح الجسر {bound}.").edtf == edtf


@pytest.mark.parametrize("text", ["لن تبدأ المفاوضات قبل أسبوعين", "لن يفتح الجسر قبل شهرين"])
def test_a_distance_from_today_is_no_strict_bound(text):
    (found,) = find_dates(text, PUBLISHED)
    assert before(found, text) is None
    assert _due(text).edtf == found.edtf


def test_a_bound_that_was_over_when_it_was_written_is_no_horizon():
    assert _due("He will leave before 2020.").edtf is None
    assert _due("سيفتح الجسر قبل اليوم.").edtf is None


def test_a_strict_bound_holds_without_a_day_of_publication():
    assert _due("Trade will reach $200bn before 2024.", None).edtf == "2023-12-31"


@given(st.dates(date(1950, 1, 2), date(2099, 12, 31)), st.sampled_from(["before {}", "قبل {}", "prior to {}"]))
def test_the_last_day_before_is_always_the_eve_of_the_first(day, words):
    text = f"It opens {words.format(day.isoformat())}."
    (found,) = find_dates(text, PUBLISHED)
    assert before(found, text).last == day - timedelta(days=1) == found.first - timedelta(days=1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The minister said trade would reach $200 billion before 2028.", "before 2028"),
        ("قال الوزير إن حجم التبادل سيبلغ 200 مليار دولار قبل حلول عام 2028.", "قبل حلول عام 2028"),
    ],
)
def test_a_draft_is_due_on_the_eve_and_the_date_itself_stays_as_it_reads(text, words):
    reading = read(text, published=PUBLISHED)
    (draft,) = [draft for draft in reading.claims if draft.due]
    assert (draft.due.edtf, draft.due.text) == ("2027-12-31", words)
    assert [when.edtf for when in reading.dates] == ["2028"]


def test_what_will_fall_in_a_year_is_due_at_its_end():
    (draft,) = read("The bank said inflation will fall in 2027.", published=PUBLISHED).claims
    assert (draft.due.edtf, draft.scope.edtf) == ("2027", "2027")
