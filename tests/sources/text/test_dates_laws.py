"""What holds of every date: it is read back as it was written, in every script and spelling, on any day, in any text."""

import unicodedata
from datetime import date, timedelta

import pytest
from hijridate import Gregorian
from hypothesis import given, settings
from hypothesis import strategies as st

from sources.text.dates import arabic, english, find_dates
from tests.sources.text import test_dates_arabic, test_dates_english

PUBLISHED = date(2022, 12, 31)
DAYS = st.dates(date(1950, 1, 1), date(2049, 12, 31))
AR_MONTHS = [[name.replace("_", " ") for name in f"{a} {b}".split()] for a, b in zip(arabic.MONTHS, arabic.DOUBTFUL_MONTHS, strict=True)]
EN_MONTHS = [f"{a} {b}".split() for a, b in zip(english.MONTHS, english.DOUBTFUL_MONTHS, strict=True)]
HIJRI = [row.split()[0].replace("_", " ") for row in arabic.HIJRI_MONTHS]
AR_WEEKDAYS = [row.split()[0] for row in arabic.WEEKDAYS]
EN_WEEKDAYS = [row.split()[0].capitalize() for row in english.WEEKDAYS]
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = [case[0] for case in test_dates_arabic.test_an_arabic_date_is_read.pytestmark[0].args[1]]
ENGLISH = [case[0] for case in test_dates_english.test_an_english_date_is_read.pytestmark[0].args[1]]


def edtf(text, published=PUBLISHED):
    return [found.edtf for found in find_dates(text, published)]


def nth(day):
    return f"{day}{'th' if 10 < day < 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def arabic_patterns(day, month, other):
    return [
        f"{day.day} {month} {day.year}",
        f"{day.day} {month}/{other} {day.year}",
        f"{day.day} {month} ({other}) {day.year}",
        f"{day.day} من {month} عام {day.year}",
        f"{day.day} من شهر {month} من العام {day.year}",
        f"{AR_WEEKDAYS[day.weekday()]} {day.day} {month} {day.year}",
        f"يوم {AR_WEEKDAYS[day.weekday()]}، {day.day} {month}، {day.year}",
        f"{AR_WEEKDAYS[day.weekday()]} ({day.day} {month} {day.year})",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}-{day.month:02}-{day.year}",
        f"{day.year}/{day.month:02}/{day.day:02}",
        day.isoformat(),
    ]


def english_patterns(day, month):
    name = month.capitalize()
    return [
        f"{name} {day.day}, {day.year}",
        f"{name} {nth(day.day)}, {day.year}",
        f"{name[:3]}. {day.day}, {day.year}" if name != "May" else f"May {day.day}, {day.year}",
        f"{day.day} {name} {day.year}",
        f"the {nth(day.day)} of {name} {day.year}",
        f"{day.day}-{name[:3]}-{day.year}",
        f"{EN_WEEKDAYS[day.weekday()]}, {name} {day.day}, {day.year}",
        f"{EN_WEEKDAYS[day.weekday()]} {day.day} {name}, {day.year}",
        f"{EN_WEEKDAYS[day.weekday()]} ({day.day} {name} {day.year})",
        day.isoformat(),
    ]


@settings(deadline=None)
@given(DAYS, st.data())
def test_an_arabic_day_is_read_back_in_every_order_and_name(day, data):
    names = st.sampled_from(AR_MONTHS[day.month - 1])
    for text in arabic_patterns(day, data.draw(names), data.draw(names)):
        for written in (text, text.translate(ARABIC_INDIC), text.translate(PERSIAN), f"وقعت في {text} وانتهت"):
            assert edtf(written) == [day.isoformat()], written


@settings(deadline=None)
@given(DAYS, st.data())
def test_an_english_day_is_read_back_in_every_order_and_name(day, data):
    for text in english_patterns(day, data.draw(st.sampled_from(EN_MONTHS[day.month - 1]))):
        for written in (text, f"It was on {text} that they met"):
            assert edtf(written) == [day.isoformat()], written


@settings(deadline=None)
@given(DAYS)
def test_a_hijri_day_is_read_as_the_gregorian_one(day):
    hijri = Gregorian(day.year, day.month, day.day).to_hijri()
    text = f"{hijri.day} {HIJRI[hijri.month - 1]} {hijri.year} هـ"
    assert edtf(text) == [day.isoformat()]
    assert edtf(f"{text} الموافق {day.day} {AR_MONTHS[day.month - 1][0]} {day.year}") == [day.isoformat()]


@given(DAYS, st.integers(3, 10))
def test_days_ago_and_ahead_are_counted_from_the_day_of_publication(day, n):
    assert edtf(f"قبل {n} أيام", day) == edtf(f"{n} days ago", day) == [(day - timedelta(days=n)).isoformat()]
    assert edtf(f"سيعقد الاجتماع بعد {n} أيام", day) == edtf(f"It will be held in {n} days", day) == [(day + timedelta(days=n)).isoformat()]


@given(DAYS)
def test_a_weekday_is_of_the_last_seven_days_or_of_the_next(day):
    for n, (ar, en) in enumerate(zip(AR_WEEKDAYS, EN_WEEKDAYS, strict=True)):
        past, coming = day - timedelta(days=(day.weekday() - n) % 7), day + timedelta(days=(n - day.weekday()) % 7)
        assert edtf(f"قال الوزير {ar}", day) == edtf(f"He said on {en}", day) == [past.isoformat()]
        assert edtf(f"سيصل الوفد {ar}", day) == edtf(f"They will arrive on {en}", day) == [coming.isoformat()]


@given(DAYS, st.integers(1, 12))
def test_a_month_without_a_year_is_the_last_one_or_the_next(day, month):
    ar, en = AR_MONTHS[month - 1][0], EN_MONTHS[month - 1][-1].capitalize()
    (past,), (coming,) = edtf(f"وقعت الحرب في {ar}", day), edtf(f"ستعقد القمة في {ar}", day)
    assert edtf(f"prices rose in {en}", day) == [past]
    assert edtf(f"prices will rise in {en}", day) == [coming]
    assert past <= f"{day:%Y-%m}" <= coming
    assert int(coming[:4]) - int(past[:4]) == (month != day.month)


@pytest.mark.parametrize("text", ARABIC)
def test_spelling_changes_no_date(text):
    plain = edtf(text)
    bare = text.translate(str.maketrans("أإآ", "ااا"))
    for variant in (
        unicodedata.normalize("NFD", text),
        bare,
        text.replace("ا", "ـا"),
        text.replace("ر", "رْ"),
        text.translate(ARABIC_INDIC),
        text.translate(PERSIAN),
        text.replace(" ", "\u00a0"),
        "\u200f" + text + "\u200f",
    ):
        assert edtf(variant) == plain, variant


@pytest.mark.parametrize("published", [date.min, date(1, 1, 31), date(2024, 2, 29), date.max])
def test_no_day_of_publication_is_too_early_or_too_late(published):
    for text in ARABIC + ENGLISH:
        find_dates(text, published)


def test_without_a_day_of_publication_nothing_relative_is_known():
    for text in set(ARABIC + ENGLISH) - {"published on 04/03/2022"}:  # which of the two is the month hangs on the day as well
        known, unknown = find_dates(text, PUBLISHED), find_dates(text)
        told = {(f.start, f.end): f.edtf for f in known}
        assert all(f.edtf is None or f.edtf == told.get((f.start, f.end)) for f in unknown), text
        assert all((f.edtf is None) == (f.basis == "unstated") for f in unknown)


WORDS = sorted(
    {word for text in ARABIC + ENGLISH for word in text.split()} | {"\U0001e5f1", "1\U0001e5f1.01.2020", "²", "५", "fy2\U0001e5f1"}
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=25).map(" ".join), st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_dates_of_any_words_stand_in_order_where_they_say(text, published):
    end = 0
    for found in find_dates(text, published):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.text
        assert found.edtf is None or found.first or found.last
        end = found.end
