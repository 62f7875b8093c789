"""Which texts of the index are nearest to one: the rare words choose in SQL, all words and the letters put them in order."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from claims.domain import stems as words
from claims.similarity import index, ngrams

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
SELECT t.claim, t.plain, t.terms, t.before FROM (
    SELECT p.text, sum(q.rarity * p.weight) AS score
    FROM unnest(%(terms)s::int[], %(rarities)s::float8[]) AS q(term, rarity)
    CROSS JOIN LATERAL (SELECT text, weight FROM claims_match_posting WHERE term = q.term ORDER BY text DESC LIMIT %(read)s) p
    GROUP BY p.text ORDER BY score DESC, p.text LIMIT %(chosen)s
) best JOIN claims_match_text t ON t.id = best.text
"""


# Of claims that all hold the words of a search it is the short ones that say little else.
_AMONG = """
SELECT claim, plain, terms FROM claims_match_text WHERE claim = ANY(%(claims)s) ORDER BY cardinality(terms), claim LIMIT %(chosen)s
"""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: in one spelling, its known words (rarest first), what the unknown ones weigh, how many texts there are."""

    plain: str
    known: list[_Term]
    unknown: float
    total: int


def ranked(text: str, limit: int = 10) -> list[Ranked]:
    """The nearest claims that stand, best first. A text without words has none near it."""
    asked = _asked(words.plain(words.cleaned(text)))
    telling = set(words.significant(term.word for term in asked.known))
    chosen = list(_chosen([term for term in asked.known if term.word in telling]))
    if not chosen:
        return []
    given: dict[str, Any] = {"terms": [t.id for t in chosen], "rarities": [t.rarity for t in chosen], "read": READ, "chosen": CHOSEN}
    with connection.cursor() as cursor:  # bound on this side, so each has a plan of its own
        cursor.execute(_CHOOSE, given)
        found = [_proposition(*row) for row in cursor.fetchall()]
    return _ordered(asked, found)[:limit]


def among(claims: Sequence[UUID], text: str) -> list[UUID]:
    """These claims, the nearest to a text first; the shortest of them where they are more than can be put in order."""
    with connection.cursor() as cursor:
        cursor.execute(_AMONG, {"claims": list(claims), "chosen": CHOSEN})
        return [one.claim for one in _ordered(_asked(words.plain(text)), cursor.fetchall())]


def _asked(plain: str) -> _Asked:
    wanted = list(dict.fromkeys(words.terms(plain)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, id, claims FROM claims_match_term WHERE word = ANY(%s)", [[index.ALL, *wanted]])
        found = {word: (id, claims) for word, id, claims in cursor.fetchall()}
    _, total = found.pop(index.ALL, (0, 0))
    known = sorted(
        (_Term(word, id, claims, _rarity(claims, total)) for word, (id, claims) in found.items()), key=lambda t: (t.claims, t.id)
    )
    return _Asked(plain, known, (len(wanted) - len(known)) * _rarity(0, total), total)


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


def _proposition(claim: UUID, plain: str, terms: list[int], before: int) -> _Found:
    """Of a text's words those of the proposition."""
    return (claim, plain.split(" ", before)[-1], terms[before:]) if before else (claim, plain, terms)


def _ordered(asked: _Asked, found: Sequence[_Found]) -> list[Ranked]:
    """By four measures, each as a part of its best, in whatever language: they err in different places."""
    if not found:
        return []
    texts = [plain for _, plain, _ in found]
    rarity = {term.id: term.rarity for term in asked.known}
    parts = [
        (WORDS, [sum(rarity.get(term, 0) * weight for term, weight in index.weights(terms).items()) for _, _, terms in found]),
        (WORDS, _angles(asked, [terms for _, _, terms in found])),
        (LETTERS, ngrams.nearness(asked.plain, texts, 3)),
        (LETTERS, ngrams.nearness(asked.plain, texts, 4)),
    ]
    scores = [0.0] * len(found)
    for weight, each in parts:
        best = max(each) or 1.0
        scores = [score + weight * one / best for score, one in zip(scores, each, strict=True)]
    said, whole = sum(rarity.values()) + asked.unknown, sum(weight for weight, _ in parts)
    ranked = [
        Ranked(claim, plain, round(score / whole, 4), round(sum(rarity.get(term, 0) for term in set(terms)) / said, 4))
        for (claim, plain, terms), score in zip(found, scores, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.claim))


def _angles(asked: _Asked, texts: Sequence[Sequence[int]]) -> list[float]:
    """The cosine of each text with what is asked, words weighed by rarity. What else a text says draws it away, whatever its length."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, claims FROM claims_match_term WHERE id = ANY(%s)", [list({term for text in texts for term in text})])
        rarity = {id: _rarity(claims, asked.total) for id, claims in cursor.fetchall()}
    often = Counter(words.terms(asked.plain))
    wanted = {term.id: term.rarity * (1 + math.log(often[term.word])) for term in asked.known}
    return [_angle(wanted, {term: rarity[term] * (1 + math.log(n)) for term, n in Counter(text).items()}) for text in texts]


def _angle(asked: dict[int, float], text: dict[int, float]) -> float:
    long = math.sqrt(sum(weight * weight for weight in text.values()))
    return sum(weight * asked[term] for term, weight in text.items() if term in asked) / long if long else 0.0
