"""Two wordings in pieces: what differs is marked, what stayed may be left out, and nothing else is lost."""

from hypothesis import given
from hypothesis import strategies as st

from sources.text.side_by_side import LONG, MOST, Run, side_by_side, whole

LOREM = "قال الوزير إن الحكومة ستعرض الخطة على البرلمان في الأسبوع المقبل بعد أن تنتهي اللجنة من عملها. " * 6


def texts(runs):
    return "".join(run.text for run in runs)


def differing(runs):
    return [run.text for run in runs if run.differs]


def test_the_words_that_differ_are_marked_on_either_side():
    old, new = side_by_side("ستبلغ التجارة 200 مليار دولار", "ستبلغ التجارة 300 مليار دولار")
    assert old == [Run("ستبلغ التجارة "), Run("200", differs=True), Run(" مليار دولار")]
    assert differing(new) == ["300"]


def test_a_word_with_its_marks_is_one():
    assert tuple(map(differing, side_by_side("قَالَ الوزير", "قِيلَ الوزير"))) == (["قَالَ"], ["قِيلَ"])


def test_what_only_came_is_marked_on_its_side_alone():
    old, new = side_by_side("بلغت التجارة", "بلغت التجارة الخارجية")
    assert (differing(old), differing(new)) == ([], ["الخارجية"])


def test_blanks_alone_are_a_difference_where_nothing_else_is():
    assert tuple(map(differing, side_by_side("a b", "a  b"))) == ([" "], ["  "])
    assert differing(side_by_side("a b c", "a  b d")[1]) == ["d"]


def test_of_a_long_text_what_stayed_is_cut_to_what_stands_beside_the_difference():
    old, new = side_by_side(LOREM + "ستبلغ 200 مليار. " + LOREM, LOREM + "ستبلغ 300 مليار. " + LOREM)
    assert differing(new) == ["300"]
    assert len(texts(new)) < LONG
    assert "ستبلغ 300 مليار" in texts(new)
    assert [run.left_out > 300 for run in new if run.left_out] == [True, True]
    assert texts(old) + str(sum(run.left_out for run in old)) == texts(new).replace("300", "200") + str(sum(run.left_out for run in new))


def test_a_difference_of_a_whole_article_is_cut_too():
    article = (LOREM * 5).strip()
    old, new = side_by_side("", article)
    assert old == []
    assert [run.differs for run in new] == [True, False]
    assert len(new[0].text) + new[1].left_out == len(article)
    assert len(new[0].text) < MOST + 60


def test_a_text_without_another_is_cut_where_it_is_long():
    assert whole("قصير") == [Run("قصير")]
    first, rest = whole(LOREM)
    assert LOREM.startswith(first.text)
    assert len(first.text) + rest.left_out == len(LOREM)
    assert whole("") == []


WORDS = st.lists(st.sampled_from(["قال", "الوزير", "200", "مليار", "a", "\n", "  ", "."]), max_size=120).map(" ".join)


@given(WORDS, WORDS)
def test_shown_and_left_out_are_the_whole_wording(one, other):
    for text, runs in zip((one, other), side_by_side(one, other), strict=True):
        assert sum(len(run.text) + run.left_out for run in runs) == len(text)
        at = 0
        for run in runs:
            assert text[at : at + len(run.text)] == run.text
            at += len(run.text) + run.left_out


@given(WORDS)
def test_the_same_twice_differs_nowhere(text):
    assert not any(run.differs for runs in side_by_side(text, text) for run in runs)
