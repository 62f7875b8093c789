"""Claims are searched for words: all of them in any form, a phrase between quotation marks, none of those after a minus."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from claims import stems as words
from claims.matching import ranking
from claims.models import Claim
from sources import speakers as names

# Up to so many are found first and then narrowed and ordered. Where more claims have the words, PostgreSQL decides: it may go through
# the claims in their order and look at each, since the page is soon full.
FEW = 2000
_PART = re.compile(r'(?<!\S)(-?)(?:["«“„]([^"»”“]*)["»”“]|(\S+))')
_BEGUN = re.compile(r'(?<!\S)-?["«“„]')


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


def holds_no_word(query: str) -> bool:
    """Is there nothing in it to search for?"""
    asked = wanted(query)
    return not (asked.stems or asked.refused)


def unclosed(query: str) -> bool:
    """Does a phrase begin that does not end? A mark at the end of a word may be one of inches, and begins none."""
    return bool(_BEGUN.search(_PART.sub(lambda part: " " if part[3] is None else part[0], query)))


def found(claims: QuerySet[Claim], query: str, *, speakers: bool = False) -> QuerySet[Claim]:
    """Those of the claims that have what is searched for; all of them where it holds no word."""
    which = among(query, speakers=speakers)
    return claims if which is None else claims.filter(pk__in=which)


def among(query: str, *, speakers: bool = False) -> Collection[UUID] | RawSQL | None:
    """The claims that have what is searched for, to narrow whatever belongs to claims: ids, or where many have it their query.

    None where it holds no word. With `speakers`, also what somebody said whose name has all of the words.
    """
    asked = wanted(query)
    if not asked.stems and not asked.refused:
        return None
    parts: list[tuple[str, list[Any]]] = []
    hardly = True
    if condition := _condition(asked):
        sql, given, hardly = condition
        parts.append((sql, given))
    if speakers and (said_by := _said_by(asked)):
        parts.append(said_by)
    if not parts:
        return []
    sql, given = " UNION ALL ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]
    if hardly and (few := _few(sql, given)) is not None:
        return few
    return RawSQL(sql, given)  # noqa: S611 - our own words


def _said_by(asked: Wanted) -> tuple[str, list[Any]] | None:
    """What was said by those whose name has all of the words, but for claims with a word after a minus; None where nobody is called so."""
    if not asked.said or not (called := names.called(" ".join(asked.said))):
        return None
    sql, given = "SELECT c.id FROM claims_claim c WHERE c.speaker_id = ANY(%s)", [called]
    if refused := [id for id, _ in _known(asked.refused).values()]:
        sql += " AND NOT EXISTS (SELECT FROM claims_match_text t WHERE t.claim = c.id AND t.terms && %s::int[])"
        return sql, [*given, refused]
    return sql, list(given)


def best(claims: QuerySet[Claim], query: str) -> list[UUID]:
    """Of claims that were found, the newest at most, those that say it best: the nearest to the words first."""
    asked = wanted(query)
    newest = list(claims.order_by("-pk").values_list("pk", flat=True)[:FEW])
    return ranking.among(newest, " ".join(asked.said))


def _few(sql: str, given: Sequence[Any]) -> list[UUID] | None:
    """The claims, if they are few."""
    with connection.cursor() as cursor:  # bound on this side, so each has a plan of its own
        cursor.execute(f"{sql} LIMIT {FEW + 1}", given)
        claims = [claim for (claim,) in cursor.fetchall()]
    return claims if len(claims) <= FEW else None


def _condition(asked: Wanted) -> tuple[str, list[Any], bool] | None:
    """The claims whose words fulfil all of it, as a query, and whether few may do so; None where a word is in no claim."""
    found = _known({*asked.stems, *asked.refused})
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
    return f"SELECT claim FROM claims_match_text WHERE {' AND '.join(parts)}", given, hardly  # noqa: S608 - our own words


def _known(stems: Iterable[str]) -> dict[str, tuple[int, int]]:
    """The number of each stem that is in a claim, and in how many it is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, id, claims FROM claims_match_term WHERE word = ANY(%s)", [list(stems)])
        return {word: (id, claims) for word, id, claims in cursor.fetchall()}
