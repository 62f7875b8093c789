"""Spelling variants compare as one, and every folded place leads back to its text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.text.folding import fold


@pytest.mark.parametrize(
    ("read", "folded"),
    [
        ("أعلنت الإدارة آنذاك", "اعلنت الادارة انذاك"),
        ("مُتَحَدِّثٌ باسمِ الوزارة", "متحدث باسم الوزارة"),
        ("الـــعربية", "العربية"),
        ("على مستوى", "علي مستوي"),
        ("٢٠٢٣ و۱۹۹۹", "2023 و1999"),
        ("«نعم» و“لا”", '"نعم" و"لا"'),
        ("200\u00a0مليار\u202fدولار", "200 مليار دولار"),
        ("\u200fقال\u200e 5", "قال 5"),
        ("ﺍﻟﺴﻼم", "السلام"),
        ("ﷲ", "الله"),
        ("ا\u0654ن", "ان"),
        ("مسو\u0654ول", "مسؤول"),
        ("بي\u0654ة", "بئة"),
        ("cafe\u0301", "café"),
        ("مسؤول بيئة", "مسؤول بيئة"),
        ("", ""),
    ],
)
def test_spelling_variants_fold_together(read, folded):
    assert fold(read).text == folded


def test_a_match_in_the_folded_text_leads_back_to_the_words_as_they_stand():
    text = "قال «الرَّئِيـــسُ» أمسِ"
    folded = fold(text)
    start = folded.text.index("الرئيس")
    a, b = folded.origin(start, start + len("الرئيس"))
    assert text[a:b] == "الرَّئِيـــسُ"


def test_half_a_ligature_is_the_whole_of_it():
    folded = fold("ﻻ")
    assert folded.text == "لا"
    assert folded.origin(0, 1) == folded.origin(1, 2) == (0, 1)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("ابأإىةَُِّـ\u200f\u0654\u0653ﻻﷲﷺ٣e\u0301 \u00a0«"))))
def test_offsets_never_leave_the_text_nor_run_backwards(text):
    folded = fold(text)
    assert len(folded.map) == len(folded.text) + 1
    assert folded.map == sorted(folded.map)
    assert folded.map[-1] == len(text)
    for i in range(len(folded.text)):
        a, b = folded.origin(i, i + 1)
        assert 0 <= a < b <= len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize("bit", ["قال الرئيس إن ", "مُحَمَّدٌ", "ا\u0654", "َ", "ﻻ", "plain "])
def test_a_megabyte_folds_in_a_moment(bit):
    text = bit * (1_000_000 // len(bit))
    began = time.process_time()
    fold(text)
    assert time.process_time() - began < 10  # seconds on a busy machine; backtracking would take hours
