"""Months and seasons that are verbs, names or adjectives are read as dates only where they are."""

from datetime import date

import pytest

from sources.text.dates import find_dates

PUBLISHED = date(2026, 11, 30)  # a Monday


def _read(text):
    return [(found.text, found.edtf) for found in find_dates(text, PUBLISHED)]


@pytest.mark.parametrize(
    "clause",
    [
        "Inflation will fall in {}", "Inflation may fall in {}", "Prices would sharply fall in {}", "Prices could fall in {}",
        "Output is expected to fall in {}", "Output continued to fall in {}", "Prices did not fall in {}", "If prices fall in {}, so be it",
        "Oil Prices Fall in {}", "Inflation Will Fall in {}", "They expect a sharp fall in {}", "He foresaw the fall in {} of the lira",
        "Shares fall, in {}, to a new low", "Rents do not fall in {}", "Exports rose and then fall in {}",
        "They will spring in {} a surprise", "They could summer in {} by the sea", "The cranes will winter in {} in Egypt",
        "Teachers will march in {}", "They march in {}", "Unions plan a march in {}", "We might march in {}",
        "He may in {} return", "It may not, in {}, be enough", "Losses could mar in {} what was won",
        "An august body in {} agreed", "Theresa May in {} resigned", "The Arab Spring in {} began", "He met May in {}",
        "كما مارس في عام {} ضغوطا", "الرجل الذي مارس في عام {} مهنة الطب", "وقد مارس في عام {} ضغوطا", "قال محمد ربيع في {} إن الأمر انتهى",
        "قالت تيريزا ماي في عام {} إنها راحلة", "كان من أب لبناني في {}", "ثم آب في {} إلى بلده",
        "قالت شركة نيسان في عام {} إنها ستبيع", "غشت الشركة زبائنها في {}",
    ],
)  # fmt: skip
def test_only_the_year_beside_another_word_is_a_date(clause):
    (found,) = find_dates(clause.format(2027), PUBLISHED)
    assert found.edtf == "2027"
    assert found.text in ("2027", "عام 2027")


@pytest.mark.parametrize(
    "text",
    [
        "Prices fall", "Stocks fall before lunch", "a fall of 2000 barrels", "the fall in prices", "since the fall in exports",
        "after the fall of the government", "Protesters will march 5 kilometres", "They march 20 miles", "He may go", "You may 10 times",
        "an august institution", "in august company", "said April Smith", "June Allyson sang", "by Jan Egeland", "Donna Summer sang",
        "in sun", "they sat 3 rows behind", "Black September", "a march on the palace", "dust may mar the view",
        "ومارس الرئيس ضغوطا على الحكومة", "زار القاهرة ومارس ضغوطا", "مارس الرياضة", "ولد من أب لبناني", "لأب وأم من حلب",
        "ثقته في ربيع ياسين ستزيد", "في ربيع حياته", "في الربيع العربي", "أيلول الأسود", "سيارات نيسان", "فاز الأهلي 3 صفر",
        "مفاعل تموز", "غشت الشركة زبائنها",
    ],
)  # fmt: skip
def test_another_word_alone_is_no_date(text):
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("They will meet in the fall of 2027", "2027-23"), ("They will meet in fall 2027", "2027-23"), ("Fall 2027 will be wet", "2027-23"),
        ("They will meet next fall", "2027-23"), ("It closed last fall", "2025-23"), ("They will meet in the fall", "2026-23"),
        ("from spring 2026 to fall 2027", "2026-21/2027-23"), ("in early fall 2027", "2027-23"), ("a fall 2027 opening", "2027-23"),
        ("until the fall of next year", "2027-23"), ("in the spring of 2027", "2027-21"), ("in spring 2027", "2027-21"),
        ("the summer in 2025", "2025-22"), ("Spring in 2027", "2027-21"), ("last winter", "2025-24"),
        ("in May", "2026-05"), ("It will open in May", "2027-05"), ("May 2027", "2027-05"), ("the second of May", "2026-05-02"),
        ("in march 2027", "2027-03"), ("on march 5, 2027", "2027-03-05"), ("5 march 2027", "2027-03-05"), ("March 2027", "2027-03"),
        ("in August", "2026-08"), ("in august 2027", "2027-08"), ("on 3 august", "2026-08-03"), ("last august", "2026-08"),
        ("in April", "2026-04"), ("Sun. 5 July 2026", "2026-07-05"), ("By Jan. 6 it will end", "2027-01-06"), ("in Jan 2027", "2027-01"),
        ("September 2027", "2027-09"),
        ("في مارس 2027", "2027-03"), ("مارس 2027", "2027-03"), ("مارس المقبل", "2027-03"), ("شهر مارس", "2026-03"), ("ستبدأ في مارس", "2027-03"),
        ("ومارس 2027", "2027-03"), ("في آب", "2026-08"), ("آب 2027", "2027-08"), ("5 آب 2027", "2027-08-05"), ("آب/أغسطس 2027", "2027-08"),
        ("في نيسان المقبل", "2027-04"), ("7 غشت", "2026-08-07"), ("غشت 2025", "2025-08"), ("في ربيع 2027", "2027-21"),
        ("ستعود في الربيع", "2027-21"), ("ربيع العام المقبل", "2027-21"), ("خريف عام 2027", "2027-23"), ("تموز 2027", "2027-07"),
        ("5 من صفر 1448", "2026-07-19"), ("أيلول الماضي", "2026-09"),
    ],
)  # fmt: skip
def test_a_real_month_or_season_is_still_read(text, edtf):
    assert [found.edtf for found in find_dates(text, PUBLISHED)] == [edtf]


def test_two_months_joined_by_and_are_both_read():
    assert [edtf for _text, edtf in _read("بين يناير 2026 ومارس 2026")] == ["2026-01/2026-03"]
    assert [edtf for _text, edtf in _read("في يناير ومارس")] == ["2026-01", "2026-03"]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("لن ينتهي قبل نوفمبر", "2027-11"), ("It will open before November", "2027-11"), ("It will open before Monday", "2026-12-07"),
     ("It will open by November", "2026-11"), ("سيفتح قبل شهر رمضان", "2027-02-08/2027-03-08"), ("سيفتح بحلول رمضان", "2027-02-08/2027-03-08")],
)  # fmt: skip
def test_what_has_not_begun_yet_is_the_next_one(text, edtf):
    assert [found.edtf for found in find_dates(text, PUBLISHED)] == [edtf]
