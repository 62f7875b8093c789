"""The same text is read the same, byte for byte, in any process; and every offset holds in any text of either alphabet."""

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.extraction import read
from sources.text.english_speech import grammar, verbs

ROOT = Path(__file__).parents[3]
_READ_ALL = """
import hashlib, json
from tests.claims.extraction.articles import articles
for article in articles([]):
    said = json.dumps(article.reading(), ensure_ascii=False, default=str)
    print(article.name, hashlib.sha256(said.encode()).hexdigest())
"""


def _digests(seed: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", _READ_ALL], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
    )
    return ran.stdout


def test_two_processes_read_the_same_bytes():
    first = _digests("1")
    assert first
    assert first == _digests("2")


WORDS = st.sampled_from(
    [
        *sorted(verbs.VERBS)[::7],
        *sorted(grammar.PREPOSITIONS)[::3],
        *sorted(grammar.RELATIVES),
        *[
            "said",
            "that",
            "to",
            "and",
            "but",
            "was",
            "is",
            "will",
            "Smith",
            "Jane",
            "the",
            "minister",
            "Bank",
            "of",
            "Reuters",
            "3",
            "percent",
            "May",
            "according",
            "citing",
            "quoted",
            "as",
            "saying",
        ],
        *["قال", "إن", "أن", "وأضاف", "الوزير", "محمد", "الشامي", "وكالة", "نقلا", "عن", "بحسب", "سيرتفع", "في", "المئة"],
        *['"', "“", "”", "«", "»", "(", ")", ",", ";", ":", ".", "?", "!", "–", "—", "\u200f", "ـ", "َ", "\n"],
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(WORDS, st.text(max_size=3)), max_size=70).map(" ".join), st.sampled_from(["ar", "en", None]))
def test_what_is_quoted_stands_where_it_says(text, language):
    for claim in read(text, language=language).claims:
        assert text[claim.start : claim.end] == claim.quote
        for mention in (claim.mention, claim.cue):
            assert mention is None or text[mention.start : mention.end] == mention.text
