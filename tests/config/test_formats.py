"""30 November 2026: one style of dates, on every page and in both languages."""

import re
from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, get_format

from claims.domain import dates_in_words
from config.embedded import paths
from sources.text.edtf import ImpreciseDate

DAY, MOMENT = date(2026, 11, 30), datetime(2026, 11, 30, 8, 5, tzinfo=UTC)
NAMED = {"DATE_FORMAT", "DATETIME_FORMAT", "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT", "TIME_FORMAT"}
# Styles of their own, and why they may stand in a template.
EXCUSED = {
    "c": "for the datetime attribute of <time>, which programs read",
    "Y-m-d": "compared with today, never shown",
    "H:i:s": "an hour to the second, where two of a minute must be told apart",
}
_FILES = (path for app in ("claims", "config", "sources") for end in ("html", "txt") for path in (paths.BASE / app).rglob(f"*.{end}"))
TEMPLATES = sorted(path for path in _FILES if "templates" in path.parts)
STYLE = re.compile(r"""\|(?:date|time)(?::["']([^"']*)["'])?""")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_shows_dates_in_the_one_style(path):
    text = path.read_text(encoding="utf-8")
    assert set(STYLE.findall(text)) <= NAMED | EXCUSED.keys()
    assert not re.search(r"\|(?:timesince|timeuntil|naturaltime|naturalday)", text), "say when, or use claims.domain.dates_in_words.ago"


def test_every_excused_style_is_used_somewhere():
    used = {style for path in TEMPLATES for style in STYLE.findall(path.read_text(encoding="utf-8"))}
    shown = {style for path in TEMPLATES for style in re.findall(r'{% now "([^"]+)"', path.read_text(encoding="utf-8"))}
    assert set(EXCUSED) <= used | shown


@pytest.mark.parametrize(("language", "day"), [("en", "30 November 2026"), ("ar", "30 نوفمبر 2026")])
def test_a_day_reads_the_same_wherever_it_is_shown(language, day):
    with translation.override(language):
        assert dates_in_words.day(DAY) == date_format(DAY) == date_format(DAY, "SHORT_DATE_FORMAT") == day
        assert dates_in_words.moment(MOMENT) == date_format(MOMENT, "DATETIME_FORMAT") == f"{day} 08:05"
        assert Template('{{ at }}|{{ at|date }}|{{ day }}|{{ at|date:"DATETIME_FORMAT" }}').render(Context({"at": MOMENT, "day": DAY})) == (
            f"{day} 08:05|{day}|{day}|{day} 08:05"
        )


def test_both_languages_have_the_same_formats():
    formats = []
    for language in ("en", "ar"):
        with translation.override(language):
            formats.append([get_format(name) for name in sorted(NAMED)])
    assert formats[0] == formats[1]


@pytest.mark.parametrize(
    ("edtf", "english", "arabic"),
    [
        ("2023", "2023", "2023"),
        ("2022-11", "November 2022", "نوفمبر 2022"),
        ("2026-11-30", "30 November 2026", "30 نوفمبر 2026"),
        ("2023-21", "spring 2023", "ربيع 2023"),
        ("2023-33", "first quarter of 2023", "الربع الأول من 2023"),
        ("2022~", "about 2022", "نحو 2022"),
        ("2022-11?", "perhaps November 2022", "ربما نوفمبر 2022"),
        ("../2023-12-31", "until 31 December 2023", "حتى 31 ديسمبر 2023"),
        ("2023-01/..", "from January 2023", "من يناير 2023"),
        ("2022-12-19/2022-12-25", "from 19 December 2022 to 25 December 2022", "من 19 ديسمبر 2022 إلى 25 ديسمبر 2022"),
        ("202X", "the years 2020 to 2029", "السنوات من 2020 إلى 2029"),
        ("19XX", "the years 1900 to 1999", "السنوات من 1900 إلى 1999"),
        ("2022-W51", "the week of 19 December 2022", "أسبوع 19 ديسمبر 2022"),
        ("2022-XX", "2022", "2022"),
        ("nonsense", "nonsense", "nonsense"),
    ],
)
def test_an_imprecise_date_reads_no_more_precise_than_it_is(edtf, english, arabic):
    for language, said in (("en", english), ("ar", arabic)):
        with translation.override(language):
            assert dates_in_words.readable(ImpreciseDate(edtf=edtf)) == said


@pytest.mark.parametrize(
    ("day", "english", "arabic"),
    [
        (date(2026, 11, 30), "0 days ago", "قبل 0 يوم"),
        (date(2026, 11, 29), "1 day ago", "قبل يوم واحد"),
        (date(2026, 11, 28), "2 days ago", "قبل يومين"),
        (date(2026, 11, 17), "13 days ago", "قبل 13 يوما"),
        (date(2026, 11, 16), "2 weeks ago", "قبل أسبوعين"),
        (date(2026, 11, 1), "4 weeks ago", "قبل 4 أسابيع"),
        (date(2026, 9, 30), "2 months ago", "قبل شهرين"),
        (date(2025, 12, 1), "11 months ago", "قبل 11 شهرا"),
        (date(2025, 11, 30), "1 year ago", "قبل سنة واحدة"),
        (date(2023, 11, 30), "3 years ago", "قبل 3 سنوات"),
        (date(2023, 12, 1), "2 years ago", "قبل سنتين"),
        (date(1926, 11, 30), "100 years ago", "قبل 100 سنة"),
    ],
)
def test_how_long_ago_is_told_in_the_largest_whole_unit(day, english, arabic, monkeypatch):
    monkeypatch.setattr(dates_in_words.timezone, "localdate", lambda: DAY)
    for language, said in (("en", english), ("ar", arabic)):
        with translation.override(language):
            assert dates_in_words.ago(day) == said
