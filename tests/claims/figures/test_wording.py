"""In which ways a figure can be read where it stands."""

import pytest

from claims.figures.figure_readings import readings
from sources.text.numbers import find_quantities


def ways(text, kind="event", role="level"):
    (found,) = find_quantities(text)
    return [(way.role, "open" if way.interval.high is None else "closed") for way in readings(found, role, [text], kind)]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("بلغت نسبة البطالة 12 في المئة", ["level"]),
        ("ارتفعت أسعار الخبز بنسبة 12 في المئة", ["change"]),
        ("انخفضت الصادرات بمقدار 3 مليارات دولار", ["change"]),
        ("ارتفع عدد المسجلين إلى 4000 طالب", ["level"]),
        ("زادت الصادرات 12 في المئة", ["change", "level"]),
        ("ستتراجع الواردات 12 في المئة", ["change", "level"]),
        ("Exports rose 12 percent", ["change", "level"]),
        ("Exports rose by 12 percent", ["change"]),
        ("Unemployment fell to 12 percent", ["level"]),
        ("The port handled 4,000 containers", ["level"]),
    ],
)
def test_a_level_or_a_change(text, roles):
    assert [role for role, _ in ways(text)] == roles


@pytest.mark.parametrize(
    "text",
    ["ستبلغ التجارة 200 مليار دولار", "ستصل التجارة إلى 200 مليار دولار", "Trade will reach $200bn", "Trade could hit $200bn"],
)
def test_what_is_to_be_reached_may_be_the_least_of_it(text):
    assert ways(text, "prediction") == [("level", "closed"), ("level", "open")]
    assert ways(text, "quantity") == [("level", "closed")]


def test_what_people_have_said_is_not_asked_again():
    assert ways("زادت الصادرات 12 في المئة", role="change") == [("change", "closed")]
    assert ways("ستبلغ التجارة أكثر من 200 مليار دولار", "prediction") == [("level", "open")]


def test_words_that_stand_nowhere_are_read_as_they_are():
    (found,) = find_quantities("12 في المئة")
    assert [way.role for way in readings(found, "level", ["زادت الصادرات"], "event")] == ["level"]
