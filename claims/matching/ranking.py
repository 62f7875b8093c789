"""Which texts of the index are nearest to one: the rare words choose in SQL, all words and the letters put them in order."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from claims.matching import index, letters, words
from sources.text.language import language_of

CHOSEN = 100  # how many the rare words choose
# How many rows of words are read at most. The rarest words come first, so it is the frequent ones that are left to the ordering;
# a text of nothing but frequent words is looked for among the newest.
READ = 20_000
# What words weigh against runs of three and of four letters. In Arabic, where much is joined to a word and spelt in many ways,
# letters tell more: on two judged sets MAP@5 moved by .01 between 1 and 2, up in English and down in Arabic.
WORDS, WORDS_IN_ARABIC, THREE, FOUR = 2.0, 1.0, 1.0, 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim with its place: `score` orders (1 at most), `shared` is the part of what the text says in words that it says too."""

    claim: UUID
    plain: str
    score: float
    shared: float


@dataclass(frozen=True, slots=True)
class _Term:
    id: int
    claims: int
    rarity: float


_CHOOSE = """
SELECT t.claim, t.plain, t.terms, t.weights FROM (
    SELECT p.text, sum(q.rarity * p.weight) AS score
    FROM unnest(%(terms)s::int[], %(rarities)s::float8[]) AS q(term, rarity)
    CROSS JOIN LATERAL (SELECT text, weight FROM claims_match_posting WHERE term = q.term ORDER BY text DESC LIMIT %(read)s) p
    GROUP BY p.text ORDER BY score DESC, p.text LIMIT %(chosen)s
) best JOIN claims_match_text t ON t.id = best.text
"""


def ranked(text: str, limit: int = 10) -> list[Ranked]:
    """The nearest claims, best first. A text without words has none near it."""
    asked = words.plain(words.cleaned(text))
    wanted = list(dict.fromkeys(words.terms(asked)))
    known, total = _terms(wanted)
    if not known:
        return []
    chosen = list(_chosen(known))
    with connection.cursor() as cursor:  # bound on this side, so each has a plan of its own
        given: dict[str, Any] = {"terms": [t.id for t in chosen], "rarities": [t.rarity for t in chosen], "read": READ, "chosen": CHOSEN}
        cursor.execute(_CHOOSE, given)
        found = cursor.fetchall()
    rarity = {term.id: term.rarity for term in known}
    unknown = (len(wanted) - len(known)) * _rarity(0, total)
    return _ordered(asked, found, rarity, unknown)[:limit]


def _terms(wanted: Sequence[str]) -> tuple[list[_Term], int]:
    """The words that are known, rarest first, and how many texts there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, id, claims FROM claims_match_term WHERE word = ANY(%s)", [[index.ALL, *wanted]])
        found = {word: (id, claims) for word, id, claims in cursor.fetchall()}
    _, total = found.pop(index.ALL, (0, 0))
    known = [_Term(id, claims, _rarity(claims, total)) for id, claims in found.values()]
    return sorted(known, key=lambda term: (term.claims, term.id)), total


def _rarity(claims: int, total: int) -> float:
    return math.log(1 + (total - claims + 0.5) / (claims + 0.5))


def _chosen(known: Sequence[_Term]) -> Iterator[_Term]:
    read = 0
    for term in known:
        if read and read + term.claims > READ:
            return
        read += term.claims
        yield term


_Found = tuple[UUID, str, list[int], list[float]]


def _ordered(asked: str, found: Sequence[_Found], rarity: dict[int, float], unknown: float) -> list[Ranked]:
    texts = [plain for _, plain, _, _ in found]
    by_word = [sum(rarity.get(term, 0) * weight for term, weight in zip(terms, weights, strict=True)) for _, _, terms, weights in found]
    words_weigh = WORDS_IN_ARABIC if language_of(asked) == "ar" else WORDS
    parts = [(words_weigh, by_word), (THREE, letters.nearness(asked, texts, 3)), (FOUR, letters.nearness(asked, texts, 4))]
    scores = [0.0] * len(found)
    for weight, each in parts:
        best = max(each) or 1.0
        scores = [score + weight * one / best for score, one in zip(scores, each, strict=True)]
    said = sum(rarity.values()) + unknown
    whole = words_weigh + THREE + FOUR
    ranked = [
        Ranked(claim, plain, round(score / whole, 4), round(sum(rarity.get(term, 0) for term in terms) / said, 4))
        for (claim, plain, terms, _), score in zip(found, scores, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.claim))
