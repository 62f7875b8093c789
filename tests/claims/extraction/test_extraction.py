"""Reading claims in Arabic and English sentences."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims import extraction

PUBLISHED = date(2024, 5, 20)


def claims(text, **options):
    return extraction.read(text, published=PUBLISHED, **options).claims


def only(text):
    (claim,) = claims(text)
    return claim


ARTICLE = """وزارة المالية تعلن خطتها

قال وزير المالية المصري محمد معيط إن العجز سينخفض إلى 6 في المئة في عام 2025.

وأضاف معيط أن الإيرادات ارتفعت بنسبة 12 في المئة، مشيرا إلى أن الحكومة "ملتزمة بخفض الدين".

وفي مارس، وقعت مصر اتفاقا مع صندوق النقد الدولي، وتسلمت القاهرة 820 مليون دولار.

اقرأ أيضا: أسعار الذهب اليوم
"""


@pytest.mark.parametrize(
    ("text", "quote", "speaker", "kind"),
    [
        ("قال الوزير أحمد الشامي إن صادرات القطن تراجعت.", "صادرات القطن تراجعت", "أحمد الشامي", "event"),
        ("أعلنت شركة الراية اكتمال بناء المصنع في حلب.", "اكتمال بناء المصنع في حلب", "شركة الراية", "event"),
        ("توقع البنك المركزي الأردني ارتفاع التضخم إلى 4 في المئة.", "ارتفاع التضخم إلى 4 في المئة", "البنك المركزي الأردني", "prediction"),
        ("تعهد الرئيس التونسي قيس سعيد بأن تبني بلاده ثلاث محطات.", "تبني بلاده ثلاث محطات", "قيس سعيد", "commitment"),
        ("وندد الاتحاد الأوروبي بالهجوم على الميناء.", "ندد الاتحاد الأوروبي بالهجوم على الميناء", "الاتحاد الأوروبي", "position"),
        ("بحسب وزارة الصحة، أصيب 40 شخصا في الحريق.", "أصيب 40 شخصا في الحريق", "وزارة الصحة", "quantity"),
        ("وصلت الشحنة إلى الميناء، بحسب وزارة النقل.", "وصلت الشحنة إلى الميناء", "وزارة النقل", "event"),
        ("وكالة الأناضول التركية قالت إن القافلة وصلت إلى الحدود.", "القافلة وصلت إلى الحدود", "وكالة الأناضول التركية", "event"),
        ("ونقلت وكالة رويترز عن وزير الدفاع خالد العلي قوله إن القوات انسحبت.", "القوات انسحبت", "خالد العلي", "event"),
        ("“الحدود مفتوحة”، قال الزعيم سامي حداد أمام أنصاره.", "الحدود مفتوحة", "سامي حداد", "assessment"),
        ("The minister said that exports fell last year.", "exports fell last year", "minister", "event"),
        (
            "“We will build three stations,” said Anna Keller, the mayor of Bern.",
            "We will build three stations",
            "Anna Keller",
            "commitment",
        ),
        ("Exports fell by a tenth, according to the Ministry of Trade.", "Exports fell by a tenth", "Ministry of Trade", "quantity"),
    ],
)
def test_a_sentence_of_speech_gives_its_words_and_its_speaker(text, quote, speaker, kind):
    claim = only(text)
    assert (claim.quote, claim.speaker_name, claim.kind) == (quote, speaker, kind)


def test_an_article_is_read_claim_by_claim():
    found = [(c.quote, c.speaker_name) for c in claims(ARTICLE)]
    assert found == [
        ("العجز سينخفض إلى 6 في المئة في عام 2025", "محمد معيط"),
        ("الإيرادات ارتفعت بنسبة 12 في المئة", "محمد معيط"),
        ('الحكومة "ملتزمة بخفض الدين', "محمد معيط"),
        ("في مارس، وقعت مصر اتفاقا مع صندوق النقد الدولي", None),
        ("تسلمت القاهرة 820 مليون دولار", None),
    ]


def test_a_prediction_carries_the_horizon_the_text_gives():
    claim = claims(ARTICLE)[0]
    assert (claim.kind, claim.due.edtf, str(claim.due.basis)) == ("prediction", "2025", "text")


def test_a_horizon_is_never_invented():
    claim = only("قال الوزير أحمد الشامي إن الأسعار سترتفع.")
    assert (claim.due.edtf, str(claim.due.basis)) == (None, "unstated")


def test_who_goes_on_speaking_is_remembered():
    first, second = claims("قالت الوزيرة هند صالح إن المصنع سيفتح. وأضافت أن العمال عادوا.")
    assert first.speaker_name == second.speaker_name == "هند صالح"


def test_a_short_form_means_the_one_the_article_named():
    text = "التقى الرئيس الكيني وليم روتو نظيره الغاني نانا أكوفو أمس. وقال الرئيس الغاني إن التجارة نمت. وأكد روتو أن الحدود مفتوحة."
    names = [c.speaker_name for c in claims(text) if c.speaker_type != "narrator"]
    assert names == ["نانا أكوفو", "وليم روتو"]


@pytest.mark.parametrize(
    ("text", "kind_of_speaker"),
    [
        ("قال متحدث باسم وزارة الخارجية إن السفارة مغلقة.", "unnamed_role"),
        ("وقال مسؤولون إن الطريق مغلق منذ الفجر.", "unnamed_group"),
        ("ومن المتوقع أن ترتفع الأسعار في الصيف.", "unattributed_passive"),
        ("ارتفعت الأسعار بنسبة 3 في المئة في مارس.", "narrator"),
        ("Officials said the road was closed.", "unnamed_group"),
        ("A spokesman for the ministry said the embassy was closed.", "unnamed_role"),
    ],
)
def test_a_speaker_without_a_name_keeps_its_kind(text, kind_of_speaker):
    assert only(text).speaker_type == kind_of_speaker


@pytest.mark.parametrize(
    "text",
    [
        "هل ترتفع الأسعار في العام المقبل؟",
        "ولم يكشف الوزير عن قيمة العقد مع الشركة.",
        "وتطرق الوزير أحمد الشامي إلى العلاقات مع الجوار.",
        "عنوان قصير عن الأسعار\n\nاقرأ أيضا: أسعار الذهب",
        "The minister declined to comment on the deal.",
        "Will prices fall next year?",
    ],
)
def test_what_asserts_nothing_is_no_claim(text):
    assert claims(text) == []


@pytest.mark.parametrize(
    "text",
    ["", "   \n ", "這是一個測試", "La ministre a déclaré que les prix allaient monter.", "وزیر خارجه گفت که این گفتگوها پیش می‌رود."],
)
def test_a_text_in_neither_language_gives_nothing(text):
    reading = extraction.read(text)
    assert (reading.language, reading.claims, reading.quantities, reading.dates) == ("und", [], [], [])


def folded(reading):
    return [
        (c.kind, c.speaker_type, c.mode != "narrator", [(q.value, q.unit) for q in c.quantities], c.due and c.due.edtf)
        for c in reading.claims
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.translate({ord(a): b for a, b in zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True)}),
        lambda t: "".join(next(m) if c == '"' else c for m in [itertools.cycle("«»")] for c in t),
        lambda t: "".join(next(m) if c == '"' else c for m in [itertools.cycle("“”")] for c in t),
        lambda t: t.replace("قال", "قـــال").replace("المئة", "المـئة"),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("قال ", "قَالَ ").replace("أن ", "أنّ "),
        lambda t: t.replace("أ", "ا").replace("إ", "ا"),
        lambda t: t.replace(" ", "\u00a0"),
        lambda t: "\u200f" + t.replace("قال", "قال\u200f"),
        lambda t: t.replace("\n\n", "\n"),
    ],
)
def test_spelling_and_typing_change_nothing_that_is_read(change):
    text = change(ARTICLE)
    reading = extraction.read(text, published=PUBLISHED)
    assert folded(reading) == folded(extraction.read(ARTICLE, published=PUBLISHED))
    assert all(text[c.start : c.end] == c.quote for c in reading.claims)


def test_a_text_on_one_line_still_reads():
    assert len(claims(ARTICLE.replace("\n", " "))) >= 4


def test_reading_twice_gives_the_same():
    assert extraction.read(ARTICLE, published=PUBLISHED).as_json() == extraction.read(ARTICLE, published=PUBLISHED).as_json()


PIECES = st.sampled_from(
    [
        *(
            [
                "قال",
                "وأضاف",
                "مشيرا",
                "إلى",
                "أن",
                "إن",
                "“",
                "”",
                "«",
                "»",
                ":",
                "،",
                ".",
                "؟",
                "الرئيس",
                "الصيني",
                "شي",
                "جين",
                "بينغ",
                "وزارة",
                "الدفاع",
                "25",
                "في",
                "المئة",
                "مليون",
                "دولار",
                "سيرتفع",
                "ـ",
                "ً",
            ]
        ),
        *(
            [
                "said",
                "announced",
                "that",
                "according",
                "to",
                "the",
                "minister",
                "Smith",
                ",",
                ";",
                "will",
                "3.5%",
                "percent",
                "and",
                "while",
                "told",
                '"',
            ]
        ),
        *("\n", "\r\n", "\u200f"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=60).map(" ".join), st.sampled_from(["ar", "en", None]))
def test_every_quote_stands_where_it_says_in_any_text(text, language):
    reading = extraction.read(text, published=PUBLISHED, language=language)
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.quote
        for mention in (claim.mention, claim.cue):
            assert mention is None or text[mention.start : mention.end] == mention.text


def test_a_figure_that_is_part_of_a_date_is_no_figure_beside_it_but_a_span_is():
    reading = extraction.read("أعلنت الوزارة في 5 جمادى الآخرة 1444 هـ أنها أرسلت 20 سفينة قبل ثلاثة أيام.", published=date(2022, 12, 31))
    assert [q.text for q in reading.quantities] == ["20 سفينة", "ثلاثة أيام"]
