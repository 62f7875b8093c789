"""A quoted post is split into what it says and who posted it when."""

import pytest

from claims.similarity.quoted_posts import read_post, unsigned


@pytest.mark.parametrize(
    ("text", "said", "signature"),
    [
        ("Ferries are free — Dana Haddad (@danahaddad) May 3, 2021", "ferries are free", "dana haddad may 2021"),
        ("Ferries are free - Dana Haddad (@dana) 3 June 2021", "ferries are free", "dana haddad june jun 2021"),
        ("Ferries are free https://t.co/x — Dana (@dana) 2021-06-03 https://t.co/y", "ferries are free", "dana june jun 2021"),
        ("Ferries are free — Dana (@dana) yesterday", "ferries are free", "dana"),
        ("Ferries are free — Dana (@dana)", "ferries are free", "dana"),
        ("العبّارات مجانية — دانا حداد (@dana) ٣ أيار ٢٠٢١", "العبارات مجانية", "دانا حداد مايو ايار ماي 2021"),
        ("#FreeFerries say @GozoLine", "free ferries say gozo line", ""),
        ("Ferries — the blue ones — are free", "ferries the blue ones are free", ""),
        ("", "", ""),
    ],
)
def test_a_signature_gives_author_month_and_year(text, said, signature):
    post = read_post(text)
    assert (post.words, post.signature) == (said, signature)


def test_author_and_date_that_are_given_come_before_those_of_the_text():
    text = "Ferries are free — Dana (@dana) May 3, 2021"
    assert read_post(text, author="Gozo Line (@gozo)").signature == "gozo line may 2021"
    assert read_post(text, date="2022").signature == "dana 2022"
    assert read_post("Ferries are free", author="Gozo Line", date="2022-12-31").signature == "gozo line december dec 2022"
    assert read_post("Ferries are free", date="2022-21").signature == "2022"


def test_a_text_is_read_without_its_signature():
    assert unsigned("Ferries are free — Dana (@dana) May 3, 2021").text == "Ferries are free"
    assert unsigned("Ferries are free — Dana (@dana) May 3, 2021").signature == ""
