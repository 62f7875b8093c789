"""One text typed in fourteen ways is read the same: digits, quotes, line ends, marks, letters and forms of percent."""

import itertools
import re
import unicodedata
from datetime import date

import pytest

from claims.extraction import read
from sources.text.folding import fold
from tests.claims.extraction.articles import FOLDER, Annotated

ARTICLES = {name: Annotated(FOLDER / f"{name}.toml") for name in ("rates-en", "ballot-en", "drought-ar", "cholera-ar")}
_MARKS = re.compile(r"[«»“”„\"]")
_TASHKEEL = {"قال": "قَالَ", "إن": "إِنّ", "في": "فِي", "أن": "أَنّ", "من": "مِن"}


def _digits(text: str) -> str:
    return text.translate({ord(str(i)): chr(0x660 + i) for i in range(10)})


def _quoted(marks: str):
    def change(text: str) -> str:
        return "\n".join(_requoted(line, marks) for line in text.split("\n"))

    return change


def _requoted(line: str, marks: str) -> str:
    turn = itertools.cycle(marks)
    return _MARKS.sub(lambda _: next(turn), line)


def _tashkeel(text: str) -> str:
    return re.sub(r"\b(" + "|".join(_TASHKEEL) + r")\b", lambda found: _TASHKEEL[found[0]], text)


def _bidi(text: str) -> str:
    return "\u200f" + re.sub(r"(\w{4,})", "\\1\u200f", text)


def _hamza(text: str) -> str:
    return text.translate({ord(letter): "ا" for letter in "أإآ"})


def _one_line(text: str) -> str:
    """The paragraphs on one line; a heading, which only its break tells from the sentence below it, stays apart."""
    return re.sub(r"(?<=[.!?؟\"”»])\s*\n+", " ", text)


VARIANTS = {
    "digit script": _digits,
    "guillemets": _quoted("«»"),
    "straight quotes": _quoted('""'),
    "carriage returns": lambda t: t.replace("\n", "\r\n"),
    "no-break spaces": lambda t: re.sub(r"(\d) ", "\\1\u00a0", t),
    "tatweel": lambda t: t.replace("قال", "قـــال").replace("المئة", "المـئة").replace("وقال", "وقــال"),
    "tashkeel": _tashkeel,
    "bidi marks": _bidi,
    "no hamza": _hamza,
    "final ya": lambda t: re.sub(r"ي\b", "ى", t),
    "percent sign": lambda t: re.sub(r"(\d) (?:في المئة|بالمئة|percent|per cent)", r"\1%", t),
    "decomposed": lambda t: unicodedata.normalize("NFD", t),
    "single newlines": lambda t: re.sub(r"\n+", "\n", t),
    "one line": _one_line,
}


def _plain(words: str | None) -> str:
    return re.sub(r"\W+", " ", re.sub(r"(?<=\d)\s*(?:%|في المئة|بالمئة|percent|per cent)", " percent", fold(words or "").text)).strip()


def _signature(text: str, published: str, language: str) -> list[tuple[object, ...]]:
    claims = read(text, published=date.fromisoformat(published), language=language).claims
    assert all(text[c.start : c.end] == c.quote for c in claims)
    return [(_plain(c.quote), _plain(c.speaker_name), c.kind, [(q.value, _plain(q.unit)) for q in c.quantities]) for c in claims]


@pytest.mark.parametrize("variant", sorted(VARIANTS))
@pytest.mark.parametrize("name", sorted(ARTICLES))
def test_a_text_typed_otherwise_gives_the_same_claims(name, variant):
    article = ARTICLES[name]
    published, language = article.raw["published"], article.raw["language"]
    assert _signature(VARIANTS[variant](article.text), published, language) == _signature(article.text, published, language)


@pytest.mark.parametrize("name", ["rates-en", "ballot-en"])
def test_a_title_run_into_its_article_changes_no_claim(name):
    article = ARTICLES[name]
    run = re.sub(r"\s+", " ", article.text)
    assert _signature(run, article.raw["published"], "en") == _signature(article.text, article.raw["published"], "en")
