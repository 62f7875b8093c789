"""Marks on a text: nested, overlapping, side by side; the pieces are always the text."""

from hypothesis import given
from hypothesis import strategies as st

from claims.admin.highlighting import Mark, Role, pieces

LETTERS = st.text(st.sampled_from("اب تَ\u0651🙂e\u0301\r\n👨‍👩‍👧<&"), max_size=60)
SPANS = st.tuples(st.integers(0, 60), st.integers(0, 60))
MARK = st.builds(lambda span, role, claim: Mark(*span, role, claim), SPANS, st.sampled_from(Role), st.integers(1, 4))
MARKS = st.lists(MARK, max_size=12)


@given(LETTERS, MARKS)
def test_the_pieces_are_the_text_and_each_bears_the_marks_that_lie_over_it(text, marks):
    found = pieces(text, marks)
    assert "".join(piece.text for piece in found) == text
    at = 0
    for piece in found:
        over = [m for m in marks if m.end <= len(text) and m.start <= at and at + len(piece.text) <= m.end and m.start < m.end]
        assert set(piece.claims) == {m.claim for m in over}
        assert set(piece.roles) == {m.role for m in over}
        assert set(piece.quotes) == {m.claim for m in over if m.role is Role.QUOTE}
        at += len(piece.text)


@given(LETTERS, MARKS)
def test_every_quote_opens_where_it_begins(text, marks):
    there = [m for m in marks if m.role is Role.QUOTE and m.start < m.end <= len(text)]
    assert sorted(n for piece in pieces(text, marks) for n in piece.opens) == sorted(m.claim for m in there)


def test_nested_and_overlapping_quotes_are_split_at_their_borders():
    text = "one two three four"
    marks = [Mark(0, 13, Role.QUOTE, 1), Mark(4, 7, Role.SPEAKER, 1), Mark(8, 18, Role.QUOTE, 2)]
    assert [(p.text, p.quotes, p.opens) for p in pieces(text, marks)] == [
        ("one ", (1,), (1,)),
        ("two", (1,), ()),
        (" ", (1,), ()),
        ("three", (1, 2), (2,)),
        (" four", (2,), ()),
    ]


def test_a_mark_that_does_not_stand_in_the_text_is_left_out():
    assert [p.claims for p in pieces("short", [Mark(2, 90, Role.QUOTE, 1), Mark(3, 3, Role.DATE, 2)])] == [()]


def test_a_carriage_return_is_a_piece_of_its_own():
    assert [p.text for p in pieces("a\r\nb\r", [])] == ["a", "\r", "\nb", "\r"]


def test_many_marks_cost_no_more_than_their_number():
    text = "ا" * 200_000
    marks = [Mark(n, n + 40, Role.QUOTE, n) for n in range(0, 190_000, 20)]
    assert len(pieces(text, marks)) > 9_000
