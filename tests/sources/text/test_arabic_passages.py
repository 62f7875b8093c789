"""Arabic passages: which claims they fall into, what claims nothing, who carried the words, and the time it takes."""

import gc
import time

import pytest

from claims import extraction
from tests.sources.text.reading import PUBLISHED, read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "قال الوزير رامي عيد إن الإنتاج ارتفع، مضيفا أن الصادرات تضاعفت.",
            [("الإنتاج ارتفع", "رامي عيد"), ("الصادرات تضاعفت", "رامي عيد")],
        ),
        (
            "قال الوزير رامي عيد إن الإنتاج ارتفع وإن الصادرات تضاعفت.",
            [("الإنتاج ارتفع", "رامي عيد"), ("الصادرات تضاعفت", "رامي عيد")],
        ),
        (
            "التقت رئيسة الوزراء سلمى قباني نظيرها الياباني أمس. وأكدت قباني أن الاتفاق جاهز. وقالت رئيسة الوزراء إن التوقيع في أيلول.",
            [
                ("التقت رئيسة الوزراء سلمى قباني نظيرها الياباني أمس", None),
                ("الاتفاق جاهز", "سلمى قباني"),
                ("التوقيع في أيلول", "سلمى قباني"),
            ],
        ),
        (
            "أعلنت هيئة الطيران المدني إغلاق المطار. وقالت الهيئة إن الرحلات حولت إلى الجنوب.",
            [("إغلاق المطار", "هيئة الطيران المدني"), ("الرحلات حولت إلى الجنوب", "هيئة الطيران المدني")],
        ),
        (
            "وصلت السفينة إلى الميناء، بينما غادرت سفينتان أخريان.",
            [("وصلت السفينة إلى الميناء", None), ("غادرت سفينتان أخريان", None)],
        ),
        (
            "ارتفع سعر النفط إلى 90 دولارا، وتراجع سعر الغاز بنسبة 3 في المئة.",
            [("ارتفع سعر النفط إلى 90 دولارا", None), ("تراجع سعر الغاز بنسبة 3 في المئة", None)],
        ),
        (
            'قال المدرب سعيد رحال: "لعبنا جيدا في الشوط الأول. سنفوز في مباراة الإياب".',
            [("لعبنا جيدا في الشوط الأول", "سعيد رحال"), ("سنفوز في مباراة الإياب", "سعيد رحال")],
        ),
        (
            "قال النائب وليد مراد إن القانون سيقر غدا. «لدينا الأصوات الكافية لذلك».",
            [("القانون سيقر غدا", "وليد مراد"), ("لدينا الأصوات الكافية لذلك", "وليد مراد")],
        ),
    ],
)
def test_a_passage_falls_into_its_claims(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ولم يكشف الوزير عن موعد الزيارة.",
        "ورفضت الشركة التعليق على الأنباء.",
        "وامتنع المتحدث عن الإدلاء بأي تصريح.",
        "وإذا فشلت المفاوضات فسيعود القتال إلى الجنوب.",
        "ولو وصلت الإمدادات في موعدها لما مات الجرحى.",
        "هل تنجح الحكومة في خفض الأسعار؟",
        "وتقع المدينة على ضفاف نهر كبير قرب الحدود.",
        "تابعوا آخر الأخبار عبر تطبيقنا الجديد على الهاتف.",
        "وتطرق الوزير إلى ملف الطاقة والمياه.",
    ],
)
def test_what_asserts_nothing_is_no_claim(text):
    assert read(text) == []


@pytest.mark.parametrize(
    "unit", ["قال الوزير إن ", '" قال ', "، وقال الوزير محمد ", "( قال الوزير ", "نقلت وكالة عن ", "وزير ", "وفي قال "]
)
def test_twice_the_text_takes_about_twice_the_time(unit):
    gc.collect()
    gc.freeze()  # what the other tests left behind is not weighed again and again
    few, many = (min(_seconds(unit * (size // len(unit))) for _ in range(3)) for size in (40_000, 160_000))
    gc.unfreeze()
    assert many < 8 * max(few, 0.02)


def _seconds(text):
    """Processor time, of which the best of three is taken: another's load is not the reader's doing."""
    began = time.process_time()
    extraction.read(text, published=PUBLISHED, language="ar")
    return time.process_time() - began


def test_a_denial_denies_what_it_quotes():
    (claim,) = extraction.read("نفت وزارة الداخلية وفاة السجين.", published=PUBLISHED).claims
    assert (claim.quote, claim.polarity, claim.denial) == ("وفاة السجين", "affirmed", True)


def test_the_carrier_is_told_from_the_speaker():
    (claim,) = extraction.read("ونقلت وكالة المدى عن الوزير خالد العلي قوله إن القوات انسحبت.", published=PUBLISHED).claims
    assert (claim.speaker_name, claim.reported_by) == ("خالد العلي", ["وكالة المدى"])


@pytest.mark.parametrize(
    ("text", "carriers"),
    [
        ("وقال الوزير خالد العلي لصحيفة الميزان إن القوات انسحبت.", ["صحيفة الميزان"]),
        ("وقالت المديرة منى قاسم، في مقابلة مع قناة المدى، إن المصنع توقف.", ["قناة المدى"]),
        ("وذكر موقع «أخبار الساحل» نقلا عن مسؤول أمني أن التحقيق بدأ مع السائق.", ["موقع أخبار الساحل"]),
        ("وقال الوزير خالد العلي في دمشق إن القوات انسحبت.", []),
    ],
)
def test_the_outlet_that_heard_it_is_told(text, carriers):
    (claim,) = extraction.read(text, published=PUBLISHED).claims
    assert claim.reported_by == carriers


def test_a_name_that_folds_like_a_preposition_is_told_by_its_spelling():
    assert read("قال وزير النقل علي سرحان إن الطريق على الساحل مغلق.") == [("الطريق على الساحل مغلق", "علي سرحان")]
