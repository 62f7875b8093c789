"""Which texts of the index are nearest to one: the rare words choose in SQL, all words and the letters put them in order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from claims.matching import index, letters, words

CHOSEN = 200  # how many the rare words choose
# How many rows of words are read at most. The rarest words come first, so it is the frequent ones that are left to the ordering;
# a text of nothing but frequent words is looked for among the newest.
READ = 20_000
# What each of the two measures of words counts beside each of the two of letters. Measured on two judged sets, with words of what is asked
# left out and a part of the texts taken away, so that a hundred posts make a thousand: MAP@5 hardly moves between 1 and 3, in English and
# in Arabic, nor with twice as many chosen. Either measure of words without the other loses .015 in English.
WORDS, LETTERS = 2.0, 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A claim with its place: `score` orders (1 at most), `shared` is the part of what the text says in words that it says too."""

    claim: UUID
    plain: str
    score: float
    shared: float


@dataclass(frozen=True, slots=True)
class _Term:
    word: str
    id: int
    claims: int
    rarity: float


_CHOOSE = """
SELECT t.claim, t.plain, t.terms FROM (
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
    telling = set(words.telling(wanted))
    chosen = list(_chosen([term for term in known if term.word in telling]))
    if not chosen:
        return []
    with connection.cursor() as cursor:  # bound on this side, so each has a plan of its own
        given: dict[str, Any] = {"terms": [t.id for t in chosen], "rarities": [t.rarity for t in chosen], "read": READ, "chosen": CHOSEN}
        cursor.execute(_CHOOSE, given)
        found = cursor.fetchall()
    if not found:  # none that stands
        return []
    unknown = (len(wanted) - len(known)) * _rarity(0, total)
    return _ordered(asked, found, known, unknown, total)[:limit]


def _terms(wanted: Sequence[str]) -> tuple[list[_Term], int]:
    """The words that are known, rarest first, and how many texts there are."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, id, claims FROM claims_match_term WHERE word = ANY(%s)", [[index.ALL, *wanted]])
        found = {word: (id, claims) for word, id, claims in cursor.fetchall()}
    _, total = found.pop(index.ALL, (0, 0))
    known = [_Term(word, id, claims, _rarity(claims, total)) for word, (id, claims) in found.items()]
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


_Found = tuple[UUID, str, list[int]]


def _ordered(asked: str, found: Sequence[_Found], known: Sequence[_Term], unknown: float, total: int) -> list[Ranked]:
    """By four measures, each as a part of its best, in whatever language: they err in different places."""
    texts = [plain for _, plain, _ in found]
    rarity = {term.id: term.rarity for term in known}
    asking = Counter(words.terms(asked))
    parts = [
        (WORDS, [sum(rarity.get(term, 0) * weight for term, weight in index.weights(terms).items()) for _, _, terms in found]),
        (WORDS, _angles({term.id: asking[term.word] for term in known}, [terms for _, _, terms in found], total)),
        (LETTERS, letters.nearness(asked, texts, 3)),
        (LETTERS, letters.nearness(asked, texts, 4)),
    ]
    scores = [0.0] * len(found)
    for weight, each in parts:
        best = max(each) or 1.0
        scores = [score + weight * one / best for score, one in zip(scores, each, strict=True)]
    said, whole = sum(rarity.values()) + unknown, sum(weight for weight, _ in parts)
    ranked = [
        Ranked(claim, plain, round(score / whole, 4), round(sum(rarity.get(term, 0) for term in set(terms)) / said, 4))
        for (claim, plain, terms), score in zip(found, scores, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.claim))


def _angles(asked: dict[int, int], texts: Sequence[Sequence[int]], total: int) -> list[float]:
    """The cosine of each text with what is asked, words weighed by rarity. What else a text says draws it away, whatever its length."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, claims FROM claims_match_term WHERE id = ANY(%s)", [list({term for text in texts for term in text})])
        rarity = {id: _rarity(claims, total) for id, claims in cursor.fetchall()}
    wanted = {term: rarity[term] * (1 + math.log(n)) for term, n in asked.items() if term in rarity}
    return [_angle(wanted, {term: rarity[term] * (1 + math.log(n)) for term, n in Counter(text).items()}) for text in texts]


def _angle(asked: dict[int, float], text: dict[int, float]) -> float:
    long = math.sqrt(sum(weight * weight for weight in text.values()))
    return sum(weight * asked[term] for term, weight in text.items() if term in asked) / long if long else 0.0
