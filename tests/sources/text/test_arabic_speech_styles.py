"""Arabic sentences of other desks than the wire: datelines, honorifics, long chains of clauses, and whom they mean."""

from datetime import date

import pytest

from claims import extraction

PUBLISHED = date(2024, 6, 14)


def read(text):
    """What is read, as (words, speaker); nobody for the narrator and for what nobody signs."""
    return [(c.quote, c.speaker_name) for c in extraction.read(text, published=PUBLISHED).claims]


DATELINES = [
    ("صنعاء - مراسلنا - أعلنت الهيئة وصول القافلة إلى المخيم.", [("وصول القافلة إلى المخيم", "الهيئة")]),
    ("عمان في 9 أيار / وكالة المدى / بدأ مجلس النواب مناقشة الموازنة.", [("بدأ مجلس النواب مناقشة الموازنة", None)]),
    ("حلب/ وكالات: اندلع حريق في سوق المدينة القديمة.", [("اندلع حريق في سوق المدينة القديمة", None)]),
    ("طرابلس - وكالات\nانهار جسر قديم فوق وادي الرمل أمس.", [("انهار جسر قديم فوق وادي الرمل أمس", None)]),
    ("بيروت - «المدى»: انقطع التيار عن سبعة أحياء.", [("انقطع التيار عن سبعة أحياء", None)]),
    ("دمشق، 4 حزيران/يونيو - افتتحت الجامعة مختبرا جديدا.", [("افتتحت الجامعة مختبرا جديدا", None)]),
]
HONOURS = [
    (
        "قال الوزير رامي عيد إن الخطة جاهزة. وأشار معاليه إلى أن التمويل مضمون.",
        [("الخطة جاهزة", "رامي عيد"), ("التمويل مضمون", "رامي عيد")],
    ),
]
NAMES = [
    ("قالت د. فريدة قاسم إن اللقاح آمن.", [("اللقاح آمن", "فريدة قاسم")]),
    ("وأوضح أ.د. سامر الحلاق أن النتائج أولية.", [("النتائج أولية", "سامر الحلاق")]),
    ("وقال م. طارق زيدان إن السد امتلأ.", [("السد امتلأ", "طارق زيدان")]),
    ("وقالت موظفة طلبت عدم نشر اسمها، خوفا من الفصل، إن الرواتب تأخرت.", [("الرواتب تأخرت", "موظفة")]),
]
QUOTES = []
CLAUSES = [
    ("وقال الوزير رامي عيد إن العجز تقلص، لكن الديون ارتفعت.", [("العجز تقلص", "رامي عيد"), ("الديون ارتفعت", "رامي عيد")]),
]
SOURCES = [
    ("ونقلت الصحيفة عن عمر ناصر قوله: الميناء مغلق منذ أسبوع.", [("الميناء مغلق منذ أسبوع", "عمر ناصر")]),
]
ACTS = []


@pytest.mark.parametrize(("text", "expected"), [*DATELINES, *HONOURS, *NAMES, *QUOTES, *CLAUSES, *SOURCES, *ACTS])
def test_a_passage_gives_its_words_and_its_speakers(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "والحصبة عدوى فيروسية تصيب الأطفال.",
        "ومعلوم أن البحيرة من أكبر بحيرات القارة.",
    ],
)
def test_what_asks_or_explains_is_no_claim(text):
    assert read(text) == []
