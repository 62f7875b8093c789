"""Claims are searched for words: all of them in any form, a phrase between quotation marks, none of those after a minus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from claims.matching import ranking, words
from claims.models import Claim

# Up to so many are found first and then narrowed and ordered. Where more claims have the words, PostgreSQL decides: it may go through
# the claims in their order and look at each, since the page is soon full.
FEW = 2000
_PART = re.compile(r'(?<!\S)(-?)(?:["«“„]([^"»”“]*)["»”“]|(\S+))')


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for: the words as they were typed, and in stems. Those of a phrase follow each other."""

    said: tuple[str, ...]
    stems: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    refused: tuple[str, ...]


def wanted(query: str) -> Wanted:
    """Reads what was typed. What holds no word asks for nothing."""
    stems: dict[str, None] = {}
    told, phrases, refused = [], [], []
    for minus, phrase, single in _PART.findall(query):
        said = words.terms(words.plain(phrase or single))
        if minus:
            refused += said
            continue
        told.append(phrase or single)
        stems |= dict.fromkeys(said)
        if len(said) > 1:  # also what a sign holds together: 2,000 or COVID-19
            phrases.append(tuple(said))
    return Wanted(tuple(told), tuple(stems), tuple(phrases), tuple(refused))


def found(claims: QuerySet[Claim], query: str) -> QuerySet[Claim]:
    """Those of the claims that have what is searched for; all of them where it holds no word."""
    asked = wanted(query)
    if not asked.stems and not asked.refused:
        return claims
    condition = _condition(asked)
    if condition is None:
        return claims.none()
    sql, given, hardly = condition
    if hardly and (few := _few(sql, given)) is not None:
        return claims.filter(pk__in=few)
    return claims.filter(pk__in=RawSQL(f"SELECT claim FROM claims_match_text WHERE {sql}", given))  # noqa: S608, S611 - our own words


def best(claims: QuerySet[Claim], query: str) -> list[UUID]:
    """Of claims that were found, the newest at most, those that say it best: the nearest to the words first."""
    asked = wanted(query)
    newest = list(claims.order_by("-pk").values_list("pk", flat=True)[:FEW])
    return ranking.among(newest, " ".join(asked.said))


def _few(sql: str, given: Sequence[Any]) -> list[UUID] | None:
    """The claims, if they are few."""
    with connection.cursor() as cursor:  # bound on this side, so each has a plan of its own
        cursor.execute(f"SELECT claim FROM claims_match_text WHERE {sql} LIMIT {FEW + 1}", given)  # noqa: S608 - our own words
        claims = [claim for (claim,) in cursor.fetchall()]
    return claims if len(claims) <= FEW else None


def _condition(asked: Wanted) -> tuple[str, list[Any], bool] | None:
    """What the row of a claim's words must fulfil, and whether few may do so; None where a word is in no claim."""
    every = {*asked.stems, *asked.refused}
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, id, claims FROM claims_match_term WHERE word = ANY(%s)", [list(every)])
        found = {word: (id, claims) for word, id, claims in cursor.fetchall()}
    numbers = {word: id for word, (id, _) in found.items()}
    if not numbers.keys() >= set(asked.stems):
        return None
    parts = ["true"]
    given: list[Any] = []
    if asked.stems:
        parts.append("terms @> %s::int[]")
        given.append([numbers[stem] for stem in asked.stems])
    for phrase in asked.phrases:
        parts.append("' ' || array_to_string(terms, ' ') || ' ' LIKE %s")
        given.append(f"% {' '.join(str(numbers[stem]) for stem in phrase)} %")
    if refused := [numbers[stem] for stem in asked.refused if stem in numbers]:
        parts.append("NOT terms && %s::int[]")
        given.append(refused)
    # One word alone is in as many claims as is known.
    hardly = len(asked.stems) > 1 or any(found[stem][1] <= FEW for stem in asked.stems)
    return " AND ".join(parts), given, hardly
