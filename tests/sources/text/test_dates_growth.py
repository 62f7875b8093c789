"""Reading dates takes time in proportion to the text, whatever the text is made of."""

import time
from datetime import date

import pytest

from sources.text.dates import find_dates

HOSTILE = [
    "1 ", "10 ", "1/1/", "2020-", "1.1.", "(", '"', "\n", "مارس ", "الجمعة ", "اليوم ", "من 3 إلى ", "من 1 ", "بين 2020 و", "ثلاثة و", "أول ", "عام ",
    "5 رمضان (", "last ", "second ", "of the ", "the end of the ", "between ", "three ", "May 5, ", "May may march ", "Monday, ", "said ", "سي",
]  # fmt: skip


def seconds(text):
    spent = []
    for _ in range(3):
        before = time.process_time()
        find_dates(text, date(2022, 12, 31))
        spent.append(time.process_time() - before)
    return min(spent)


@pytest.mark.parametrize("piece", HOSTILE)
def test_four_times_the_text_takes_about_four_times_as_long(piece):
    short, long = (seconds(piece * (size // len(piece))) for size in (6_000, 24_000))
    assert long < 9 * short + 0.05
