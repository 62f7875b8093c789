"""What changed between two texts, and whether a quote still stands."""

import itertools
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sources.text import changes as module
from sources.text.changes import Change, Place, Standing, changes, stands

OLD = "قال وزير التجارة إن الصادرات ارتفعت 12 في المئة.\nولم يذكر الوزير الأرقام السابقة."


def told(old, new):
    """The changes as the words they put in the place of others."""
    return [(old[c.start_old : c.end_old], new[c.start_new : c.end_new]) for c in changes(old, new)]


def applied(old, new, made):
    pieces, at = [], 0
    for change in made:
        pieces += [old[at : change.start_old], new[change.start_new : change.end_new]]
        at = change.end_old
    return "".join([*pieces, old[at:]])


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (OLD, OLD, []),
        (OLD, OLD.replace("12", "15"), [("12", "15")]),
        (OLD, OLD.replace("وزير التجارة", "وزير الاقتصاد"), [("التجارة", "الاقتصاد")]),
        (OLD, OLD + "\nتصحيح: كانت النسبة خاطئة.", [("", "\nتصحيح: كانت النسبة خاطئة.")]),
        ("", "كله جديد", [("", "كله جديد")]),
        ("كله ذهب", "", [("كله ذهب", "")]),
        ("The tax rose.", "The tax fell.", [("rose", "fell")]),
        ("كَتَبَ", "كَتَبُ", [("كَتَبَ", "كَتَبُ")]),  # a word with its marks is one
        ("طائر 👩‍🌾 هنا", "طائر 👩‍🚀 هنا", [("👩‍🌾", "👩‍🚀")]),
        ("red fox ran on", "blue cat sat on", [("red fox ran", "blue cat sat")]),  # blanks alone hold no words apart
    ],
)
def test_changed_words_are_told_and_no_others(old, new, words):
    assert told(old, new) == words


WORDS = st.lists(st.sampled_from(["قال", "الوزير", "12", "،", "\n", " ", "  ", "and", "👩‍🌾", "é", "ّ", "\r\n"]), max_size=60).map("".join)
SMALL = st.sampled_from([0, 7, 100, module.MOST_PAIRS])


@given(old=WORDS | st.text(), new=WORDS | st.text(), most=SMALL)
@example(old="a\n\nb\n", new="b\na\n\n", most=0)
@example(old="ا", new="اّ", most=0)
def test_the_changes_make_the_new_text_of_the_old(old, new, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_PAIRS", most)
        made = changes(old, new)
    assert applied(old, new, made) == new
    assert (made == ()) is (old == new)
    for one, other in itertools.pairwise(made):
        assert one.end_old < other.start_old
        assert old[one.end_old : other.start_old] == new[one.end_new : other.start_new]
    assert all(c.start_old < c.end_old or c.start_new < c.end_new for c in made)


def test_two_texts_of_the_longest_kind_are_compared_in_seconds():
    words = " ".join(f"كلمة{n % 997}\n" if n % 40 == 0 else f"كلمة{n % 1009}" for n in range(200_000))
    other = " ".join(f"لفظ{n % 991}" for n in range(200_000))
    began = time.process_time()
    assert len(changes(words, other)) == 1
    changed = words.replace("كلمة5 ", "كلمة6 ")
    assert applied(words, changed, changes(words, changed)) == changed
    assert time.process_time() - began < 20  # seconds; some two here, and minutes where every pair is compared


def test_paragraphs_hold_a_long_text_together_that_is_too_much_to_compare(monkeypatch):
    monkeypatch.setattr(module, "MOST_PAIRS", 200)
    old = "\n".join(f"فقرة {n} بكلماتها" for n in range(50))
    new = old.replace("فقرة 3 ", "مقطع 3 ").replace("فقرة 44 ", "مقطع 44 ")
    assert told(old, new) == [("فقرة", "مقطع")] * 2


QUOTE = "الصادرات ارتفعت 12 في المئة"
BEFORE, AFTER = "قال وزير التجارة إن ", ".\nولم يذكر"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (OLD, Place(Standing.STANDING, OLD.index(QUOTE))),
        ("عاجل\n" + OLD, Place(Standing.STANDING, 5 + OLD.index(QUOTE))),
        (OLD + "\n" + OLD, Place(Standing.STANDING)),  # which of the two is not guessed
        ("أعلن أن " + QUOTE, Place(Standing.MOVED, 8)),
        ("أعلن أن " + QUOTE + AFTER[:9] + "!", Place(Standing.STANDING, 8)),  # the sentence before it was edited
        (BEFORE + QUOTE + "!", Place(Standing.STANDING, len(BEFORE))),
        (f"{QUOTE} … {QUOTE}", Place(Standing.GONE)),
        (OLD.replace("12", "15"), Place(Standing.GONE)),
        (OLD.replace("ارتفعت", "إرتفعت"), Place(Standing.GONE)),  # spelt otherwise is not verbatim
        ("", Place(Standing.GONE)),
    ],
)
def test_a_quote_stands_beside_its_words_moves_verbatim_and_alone_or_is_gone(text, place):
    assert stands(QUOTE, BEFORE, AFTER, text) == place


def test_a_quote_at_its_own_place_stands_whatever_became_of_its_neighbours():
    start = OLD.index(QUOTE)
    assert stands(QUOTE, BEFORE, AFTER, OLD.replace(" إن ", " أن "), start=start) == Place(Standing.STANDING, start)
    assert stands(QUOTE, BEFORE, AFTER, "عاجل " + OLD.replace("إن", "أن").replace(".", "؟"), start=start) == Place(
        Standing.MOVED, start + 5
    )


def test_an_empty_quote_is_refused():
    with pytest.raises(ValueError, match="empty"):
        stands("", "a", "b", "ab")


@given(text=st.text(alphabet="اب ", max_size=30), data=st.data())
def test_what_is_said_to_stand_or_to_have_moved_is_there(text, data):
    quote = data.draw(st.text(alphabet="اب ", min_size=1, max_size=5))
    place = stands(quote, data.draw(st.text(alphabet="اب", max_size=2)), data.draw(st.text(alphabet="اب", max_size=2)), text)
    if place.start is not None:
        assert text.startswith(quote, place.start)
    if place.standing is Standing.MOVED:
        assert text.find(quote, (place.start or 0) + 1) < 0
    if quote not in text:
        assert place == Place(Standing.GONE)


def test_a_change_is_plain_values():
    assert changes("a b", "a c") == (Change(2, 3, 2, 3),)
