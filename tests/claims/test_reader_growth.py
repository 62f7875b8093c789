"""Hostile text costs the reader time in proportion to its length, and no more."""

import time

import pytest

from claims.extraction import read

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
