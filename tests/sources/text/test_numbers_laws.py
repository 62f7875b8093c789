"""What holds of figures whatever the text: places, spelling, scripts, and time."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.numbers import find_quantities
from tests.sources.text import spelling

BITS = [
    "5",
    "12",
    "2,000",
    "3.5",
    "٢٥",
    "۱۲",
    "½",
    "%",
    "٪",
    "$",
    "€",
    "£",
    "-",
    "–",
    "/",
    "(",
    ")",
    ".",
    "،",
    ";",
    "\n",
    "و",
    "ال",
    "بـ",
    "أكثر",
    "من",
    "نحو",
    "بين",
    "ما",
    "إلى",
    "من",
    "ألف",
    "مليون",
    "ونصف",
    "نصف",
    "ثلثا",
    "خمسة",
    "وعشرون",
    "مئتا",
    "في",
    "المئة",
    "ريال",
    "دولار",
    "سفينتان",
    "عاما",
    "يوم",
    "واحد",
    "more",
    "than",
    "about",
    "between",
    "and",
    "to",
    "half",
    "a",
    "quarter",
    "of",
    "million",
    "hundred",
    "twenty-five",
    "percent",
    "dollars",
    "years",
    "old",
    "ships",
    "in",
    "every",
    "km/h",
    "عمره",
    "aged",
    "said",
]
texts = st.text() | st.lists(st.sampled_from(BITS), max_size=30).flatmap(
    lambda bits: st.sampled_from(["", " ", "  ", "\u200f ", "\u00a0"]).map(lambda gap: gap.join(bits))
)
COUNTS = st.integers(0, 10**15 - 1) | st.integers(0, 2000) | st.sampled_from([1000, 2000, 10**6, 2 * 10**6, 11_000, 200_000, 3 * 10**9])
PHRASES = [
    "أكثر من 2000 جندي",
    "ثلاثة ملايين ونصف المليون نازح",
    "٢٥٫٥ في المئة تقريبا",
    "سفينتان حربيتان",
    "ما بين 10 و15 ألف لاجئ",
    "مئتا مليون ريال سعودي",
    "نصف السكان",
    "إحدى عشرة دولة",
    "ساعة ونصف الساعة",
    "لا يقل عددهم عن 300 أسير",
    "1,200.5 مليار جنيه مصري",
]


@given(texts)
def test_a_figure_stands_where_it_says_and_none_overlap(text):
    last = 0
    for q in find_quantities(text):
        assert text[q.start : q.end] == q.text
        assert last <= q.start < q.end
        assert q.value_max is None or q.value_max > q.value
        assert abs(q.value) < 10**30  # what the record keeps
        last = q.end


@given(texts)
def test_reading_twice_gives_the_same(text):
    assert find_quantities(text) == find_quantities(text)


@given(COUNTS, st.sampled_from("mf"), st.booleans())
def test_a_number_in_arabic_words_reads_back(n, gender, oblique):
    words = spelling.arabic(n, gender, oblique)
    assert [(q.text, q.value) for q in find_quantities(words)] == [(words, n)]


@given(COUNTS, st.booleans())
def test_a_number_in_english_words_reads_back(n, british):
    words = spelling.english(n, british)
    assert [(q.text, q.value) for q in find_quantities(words)] == [(words, n)]


@given(st.integers(3, 10**12), st.sampled_from("mf"), st.booleans())
def test_a_number_in_words_counts_what_follows(n, gender, oblique):
    (figure,) = find_quantities(f"أعلنت الوزارة عن {spelling.arabic(n, gender, oblique)} وظيفة جديدة.")
    assert (figure.value, figure.unit, figure.comparator) == (n, "وظيفة جديدة", "exactly")


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.booleans())
def test_digits_of_three_scripts_read_alike(value, grouped):
    western = f"{value:,.2f}" if grouped else f"{value:.2f}"
    arabic = western.translate(str.maketrans("0123456789,.", "٠١٢٣٤٥٦٧٨٩٬٫"))
    persian = western.translate(str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫"))
    assert [[(q.value, q.unit) for q in find_quantities(f"{written} في المئة")] for written in (western, arabic, persian)] == [
        [(value, "percent")]
    ] * 3


def _vowelled(text):
    return "".join(c + "َ" if "ب" <= c <= "ي" else c for c in text)


def _stretched(text):
    return "".join(
        c + "ـ" if c in "بتثجحخسشصضطظعغفقكلمنهي" and after in "بتثجحخسشصضطظعغفقكلمنهي" else c
        for c, after in zip(text, [*text[1:], " "], strict=True)
    )


VARIANTS = {
    "vowel marks": _vowelled,
    "stretched": _stretched,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "no hamza": lambda text: text.translate(str.maketrans("أإآؤئ", "اااوي")),
    "final ya": lambda text: text.replace("ي ", "ى "),
    "ha for ta": lambda text: text.replace("ة", "ه"),
    "Arabic digits": lambda text: text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")),
    "marks of direction": lambda text: "\u200f" + text.replace(" ", "\u200f "),
    "hard spaces": lambda text: text.replace(" ", "\u00a0"),
}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("phrase", PHRASES)
def test_spelling_changes_no_figure(phrase, variant):
    text = VARIANTS[variant](phrase)
    (plain,), (varied,) = find_quantities(phrase), find_quantities(text)
    assert (varied.value, varied.value_max, varied.comparator) == (plain.value, plain.value_max, plain.comparator)
    assert text[varied.start : varied.end] == varied.text
    if plain.unit and plain.unit.isascii():
        assert varied.unit == plain.unit


HOSTILE = [
    "1 ", "ألف ", "1", "بين 1 و ", "1,", "1.", "-1 ", "1-", "1/", "$", "$5bn ", "5% ", "و", "hundred ", "مليون ونصف ", "half of ", "three and a ",
    "in one ", "تجاوز عدد ", "لا يقل عن ", "more than ", "from 5 to ", "سفينتان ", "5 ريال ", "Tu-95 ", "ساعة ونصف ", "5 of 6 of ", "(5, ", "1% of every ship and ",
]  # fmt: skip


def _seconds(text):
    began = time.process_time()
    find_quantities(text)
    return time.process_time() - began


@pytest.mark.parametrize("bit", HOSTILE)
def test_four_times_the_text_takes_no_more_than_four_times_as_long(bit):
    small, large = bit * (30_000 // len(bit)), bit * (120_000 // len(bit))
    find_quantities(small)
    ratio = min(_seconds(large) for _ in range(2)) / max(min(_seconds(small) for _ in range(2)), 0.001)
    assert ratio < 10  # four where it is linear, sixteen where it is not; the rest is the machine's


@pytest.mark.parametrize("bit", ["1 ", "ألف ", "1", "بين 1 و ", "قال الوزير إن 5 سفن غرقت في البحر. "])
def test_a_megabyte_is_read_in_seconds(bit):
    assert _seconds(bit * (1_000_000 // len(bit))) < 6  # under two on an idle machine


def test_a_row_of_numbers_is_a_table_and_no_figures():
    assert find_quantities("12 15 18 21 24 27 30 33") == []
    line = "5% " * 200
    assert len(find_quantities(line + "\nقتل 3 جنود")) < 80
    assert find_quantities(line + "\nقتل 3 جنود")[-1].text == "3 جنود"
