"""The reader on annotated articles: what it reaches today it must not lose."""

import pytest

from tests.claims.extraction import article_scores, articles

# What a desk can rely on; the reader may only get better than this.
LEAST = {
    "span80": 0.92,
    "exact": 0.91,
    "span_speaker": 0.89,
    "quantity": 0.96,
    "date": 0.95,
    "worthy": 0.94,
    "kind": 0.91,
    "said_on": 0.92,
    "due": 0.86,
}


@pytest.fixture(scope="module")
def scores():
    return [article_scores.compare(a.gold(), a.text, a.reading()) for a in articles.articles([])]


def test_the_reader_comes_near_enough_to_what_people_annotated(scores):
    figures = article_scores.together(scores).figures()
    short = {name: round(figures[name], 3) for name, least in LEAST.items() if figures[name] < least}
    assert not short


def test_every_quote_stands_where_the_reader_says(scores):
    assert article_scores.together(scores).figures()["offsets"] == 1
