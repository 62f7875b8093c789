"""Hostile text costs the reader time in proportion to its length, and no more."""

import time

import pytest

from claims.extraction import read

# Seconds for a million characters: the goal for hostile text is 2, for prose 6, and a slow machine may take three times that.
HOSTILE, PROSE = 6, 18
PROSAIC = {"titled", "prose", "نثر", "وقال", "passives", "speakers", "dates", "stops"}  # claims in every sentence, or hardly a long one
SIZE = 6_000  # characters of the short text; the long one has four times as many
PIECES = {
    "said": "said ",
    "said that": "Smith said that Jones said that ",
    "speakers": "prices rose, Smith said, ",
    "participles": "Smith said, adding that ",
    "according": "according to ",
    "quotes": '" ',
    "pairs of quotes": '"a b c" ',
    "open quotes": ' "a',
    "nested quotes": '«“"a ',
    "commas": "a, ",
    "conjunctions": "and ",
    "names": "Smith ",
    "bodies": "Bank of ",
    "brackets": "(a ",
    "relatives": "Smith, which ",
    "passives": "is expected to rise ",
    "stops": ". ",
    "abbreviations": "U.S. ",
    "one word": "a",
    "dates": "on Monday ",
    "figures": "5 percent ",
    "lines": "a\n",
    "no marks": "alpha beta gamma ",
    "commas and dates": "May 5, ",
    "numbers": "1 ",
    "open brackets": "(",
    "nesting": "([«“a ",
    "titled": "President John Smith said prices rose. ",
    "رمضان": "5 رمضان (",
    "كلام": "كلمة اخرى ",
    "prose": "The minister said on Monday that exports fell 3 percent in May. ",
    "قال": "قال ",
    "وقال": "وقال محمد ",
    "قال إن": "قال إن ",
    "«»": "«قال» ",
    "نفي": "لم يقل ",
    "نقلا عن": "نقلا عن وكالة ",
    "و": "و ",
    "tashkeel": "\u064e",
    "نثر": "وقال الوزير أحمد الشامي يوم الاثنين إن الصادرات تراجعت بنسبة 3 في المئة. ",
}


def _seconds(text: str, language: str) -> float:
    """Processor time, the best of three runs: another's load is not the reader's doing."""
    took = []
    for _ in range(3):
        began = time.process_time()
        read(text, language=language)
        took.append(time.process_time() - began)
    return min(took)


@pytest.mark.parametrize("name", sorted(PIECES))
def test_four_times_the_text_takes_about_four_times_as_long(name):
    piece = PIECES[name]
    language = "ar" if any("\u0600" <= c <= "\u06ff" for c in piece) else "en"
    text = (piece * (4 * SIZE // len(piece) + 1))[: 4 * SIZE]
    short, long = _seconds(text[:SIZE], language), _seconds(text, language)
    # In proportion it is 4, with the square 16; half-way leaves room for a busy machine.
    assert long < 10 * max(short, 0.01), f"{short:.3f} s, then {long:.3f} s"
    limit = PROSE if name in PROSAIC else HOSTILE
    assert long * 1_000_000 / len(text) < limit, f"{long * 1_000_000 / len(text):.1f} s for a million characters"


def _name(i: int) -> str:
    """Another name for every number, as ten thousand people would have."""
    letters = "abcdefghijklmnop"
    return (letters[i % 16] + letters[i // 16 % 16] + letters[i // 256 % 16]).capitalize() + "ov"


@pytest.mark.parametrize(
    "sentences",
    [
        "Minister {0} {1} said prices rose. The minister said wages fell. ",
        "The {0} Council said prices rose. The council said wages fell. ",
        "{0} minister John {1} said prices rose. The {0} minister said wages fell. ",
    ],
)
def test_many_names_take_time_in_proportion_to_their_number(sentences):
    few, many = ("".join(sentences.format(_name(i), _name(i + 7)) for i in range(n)) for n in (150, 1200))
    short, long = _seconds(few, "en"), _seconds(many, "en")
    assert long < 20 * max(short, 0.01), f"{short:.3f} s, then {long:.3f} s"


@pytest.mark.parametrize(("text", "figures"), [("alpha " * 500 + "5 percent said Smith.", 1), ('"a" ' * 80 + "5 percent, Smith said.", 1)])
def test_what_no_prose_has_keeps_its_figures_and_proposes_nothing(text, figures):
    reading = read(text, language="en")
    assert len(reading.quantities) == figures
    assert not reading.claims


def test_a_long_quote_of_many_sentences_is_still_read():
    told = "The minister said on Monday that exports fell 3 percent in May."
    assert read(f'Smith said: "{" ".join([told] * 50)}"', language="en").claims
