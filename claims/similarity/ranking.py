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
from claims.similarity.quoted_posts import Post

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


# Thousands of numbers of words a search: written out and read as one string, arrays take a fourth of the time.
_CHOOSE = """
SELECT t.claim, t.plain, array_to_string(t.terms, ' '), t.before FROM (
    SELECT p.text, sum(q.rarity * p.weight) AS score
    FROM unnest(%(terms)s::int[], %(rarities)s::float8[]) AS q(term, rarity)
    CROSS JOIN LATERAL (SELECT text, weight FROM claims_match_posting WHERE term = q.term ORDER BY text DESC LIMIT %(read)s) p
    GROUP BY p.text ORDER BY score DESC, p.text LIMIT %(chosen)s
) best JOIN claims_match_text t ON t.id = best.text
"""


# Of claims that all hold the words of a search it is the short ones that say little else.
_AMONG = """
SELECT claim, plain, array_to_string(terms, ' '), 0 FROM claims_match_text WHERE claim = ANY(%(claims)s)
ORDER BY cardinality(terms), claim LIMIT %(chosen)s
"""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for: in one spelling, its known words (rarest first), what the unknown ones weigh, how many texts there are.

    `signed` are known words of the signature that are not among its own.
    """

    plain: str
    known: list[_Term]
    unknown: float
    total: int
    signature: str = ""
    signed: Sequence[_Term] = ()

    @property
    def all(self) -> list[_Term]:
        """The known words of both, rarest first."""
        return sorted([*self.known, *self.signed], key=_rarest) if self.signed else self.known


def ranked(post: Post, limit: int = 10) -> list[Ranked]:
    """The nearest claims that stand, best first. A text without words has none near it.

    The words of a signature choose and order with those of the text, but nothing is near by them alone, and they are not shared.
    """
    asked = _asked(post.words, post.signature)
    telling = set(words.significant(term.word for term in asked.known))
    said = {term.id for term in asked.known if term.word in telling}
    chosen = list(_chosen([term for term in asked.all if term.id in said or term in asked.signed]))
    if not said:
        return []
    given: dict[str, Any] = {"terms": [t.id for t in chosen], "rarities": [t.rarity for t in chosen], "read": READ, "chosen": CHOSEN}
    with connection.cursor() as cursor:  # bound on this side, so each has a plan of its own
        cursor.execute(_CHOOSE, given)
        found = [_proposition(*row) for row in cursor.fetchall()]
    return _ordered(asked, [one for one in found if not said.isdisjoint(one[2])])[:limit]


def among(claims: Sequence[UUID], text: str) -> list[UUID]:
    """These claims, the nearest to a text first; the shortest of them where they are more than can be put in order."""
    with connection.cursor() as cursor:
        cursor.execute(_AMONG, {"claims": list(claims), "chosen": CHOSEN})
        return [one.claim for one in _ordered(_asked(words.plain(text)), [_proposition(*row) for row in cursor.fetchall()])]


def _asked(plain: str, signature: str = "") -> _Asked:
    wanted, signed = dict.fromkeys(words.terms(plain)), dict.fromkeys(words.terms(signature))
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, id, claims FROM claims_match_term WHERE word = ANY(%s)", [[index.ALL, *(wanted | signed)]])
        found = {word: (id, claims) for word, id, claims in cursor.fetchall()}
    _, total = found.pop(index.ALL, (0, 0))
    terms = sorted((_Term(word, id, claims, _rarity(claims, total)) for word, (id, claims) in found.items()), key=_rarest)
    known = [term for term in terms if term.word in wanted]
    unknown = (len(wanted) - len(known)) * _rarity(0, total)
    return _Asked(plain, known, unknown, total, signature, [term for term in terms if term.word not in wanted])


def _rarest(term: _Term) -> tuple[int, int]:
    return term.claims, term.id


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


def _proposition(claim: UUID, plain: str, numbers: str, before: int) -> _Found:
    """Of a text's words those of the proposition."""
    terms = [int(number) for number in numbers.split()]
    return (claim, plain.split(" ", before)[-1], terms[before:]) if before else (claim, plain, terms)


def _ordered(asked: _Asked, found: Sequence[_Found]) -> list[Ranked]:
    """By four measures, each as a part of its best, in whatever language: they err in different places."""
    if not found:
        return []
    texts, stems = [plain for _, plain, _ in found], [terms for _, _, terms in found]
    rarity = {term.id: term.rarity for term in asked.all}
    three, four = ngrams.nearness(asked.plain, texts)
    bm25 = [sum([rarity[term] * weight for term, weight in index.weights(terms, rarity).items()]) for terms in stems]
    scores = [0.0] * len(found)
    for weight, each in ((WORDS, bm25), (WORDS, _angles(asked, stems)), (LETTERS, three), (LETTERS, four)):
        best = max(each) or 1.0
        scores = [score + weight * one / best for score, one in zip(scores, each, strict=True)]
    told = {term.id: term.rarity for term in asked.known}
    said, whole = sum(told.values()) + asked.unknown, 2 * (WORDS + LETTERS)
    ranked = [
        Ranked(claim, plain, round(score / whole, 4), round(sum([told[term] for term in set(terms) if term in told]) / said, 4))
        for (claim, plain, terms), score in zip(found, scores, strict=True)
    ]
    return sorted(ranked, key=lambda one: (-one.score, one.claim))


def _angles(asked: _Asked, texts: Sequence[Sequence[int]]) -> list[float]:
    """The cosine of each text with what is asked, words weighed by rarity. What else a text says draws it away, whatever its length."""
    numbers = ",".join(map(str, {term for text in texts for term in text}))
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, claims FROM claims_match_term WHERE id = ANY(%s::int[])", [f"{{{numbers}}}"])
        rarity = {id: _rarity(claims, asked.total) for id, claims in cursor.fetchall()}
    often = Counter(words.terms(f"{asked.plain} {asked.signature}"))
    wanted = {term.id: term.rarity * (1 + math.log(often[term.word])) for term in asked.all}
    return [_angle(wanted, text, rarity) for text in texts]


def _angle(asked: dict[int, float], text: Sequence[int], rarity: dict[int, float]) -> float:
    counted = Counter(text)
    weights = [rarity[term] if n == 1 else rarity[term] * (1 + math.log(n)) for term, n in counted.items()]
    shared = sum([weight * asked[term] for term, weight in zip(counted, weights, strict=True) if term in asked])
    return shared / math.hypot(*weights) if shared else 0.0
