"""The words of every claim, kept as the feed goes: for searching, and of those that stand, for finding what says nearly the same.

The tables are a function of the claims' rows: whatever the order of changes, they are what a rebuild would make of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction

from claims import rows
from claims.choices import CLOSED
from claims.matching import words
from claims.models import Claim

# Okapi BM25. The average length is a constant, not the collection's: a claim's weights then hang on nothing but its own words,
# and a new claim touches no other's rows. A sentence of the news has about so many words.
SATURATION, BY_LENGTH, AVERAGE = 1.2, 0.75, 22.0
ALL = ""  # the word that is in every text: its row counts them
_LOCK = 4_775_617_003
CHUNK = 2000
Word = TypeVar("Word", str, int)  # as a stem, or as its number


def alone() -> None:
    """Until the transaction ends nobody else writes these tables: the counts of words are everybody's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def renew(claims: Iterable[UUID]) -> None:
    """Makes the rows of these claims what the claims say now."""
    wanted = sorted(set(claims))
    with transaction.atomic():
        alone()  # before the claims are read: whoever waits reads what the other has left
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            forget(part)
            put(dict(_said(part)))


def rebuild() -> int:
    """Makes all rows anew; how many claims there are in them."""
    done = 0
    with transaction.atomic():
        alone()
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE claims_match_term, claims_match_text, claims_match_posting RESTART IDENTITY")
        each = _said(None)
        while part := dict(islice(each, CHUNK)):
            put(part)
            done += len(part)
    return done


@dataclass(frozen=True, slots=True)
class Said:
    """What is indexed of a claim. One that no longer stands is searched for its words, but nothing is nearly the same as it."""

    text: str
    standing: bool = True


def _said(claims: list[UUID] | None) -> Iterator[tuple[UUID, Said]]:
    those = Claim.objects.all() if claims is None else Claim.objects.filter(pk__in=claims)
    columns = ("pk", "statement", "quote", "status")
    for id, statement, quote, status in those.order_by("pk").values_list(*columns).iterator(chunk_size=CHUNK):
        text = statement if not quote or quote == statement else f"{statement}\n{quote}"
        yield id, Said(text, status not in CLOSED)


def put(texts: Mapping[UUID, Said]) -> None:
    """Writes the words of texts that are not there yet; the caller is `alone`."""
    told = {claim: words.plain(said.text) for claim, said in texts.items()}
    terms = {claim: words.terms(plain) for claim, plain in told.items()}
    ids = _ids(Counter(word for each in terms.values() for word in (ALL, *set(each))))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_match_text', 'id')) FROM generate_series(1, %s)", [len(terms)])
        numbers = [number for (number,) in cursor]
    lines, postings = [], []
    for number, (claim, each) in zip(numbers, terms.items(), strict=True):
        standing = texts[claim].standing
        lines.append([number, str(claim), told[claim], "{" + ",".join(str(ids[word]) for word in each) + "}", str(standing)])
        if standing:
            weighed = weights(each)
            postings += [[ids[word], number, weighed[word]] for word in words.telling(weighed)]
    rows.copy_lines("claims_match_text", "id, claim, plain, terms, standing", lines)
    rows.copy_lines("claims_match_posting", "term, text, weight", sorted(postings))


def weights(terms: Sequence[Word]) -> dict[Word, float]:
    """How much each word says in a text of these: what BM25 multiplies with its rarity."""
    longer = SATURATION * (1 - BY_LENGTH + BY_LENGTH * len(terms) / AVERAGE)
    return {word: round(n * (SATURATION + 1) / (n + longer), 5) for word, n in Counter(terms).items()}


def _ids(counts: Mapping[str, int]) -> dict[str, int]:
    """The numbers of words, new ones given; each is in so many texts more. An upsert would use up a number for each it finds."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE claims_match_term t SET claims = t.claims + g.n FROM unnest(%s::text[], %s::int[]) AS g(word, n)"
            " WHERE t.word = g.word RETURNING t.word, t.id",
            [list(counts), list(counts.values())],
        )
        ids = dict(cursor.fetchall())
        new = [word for word in counts if word not in ids]
        cursor.execute(
            "INSERT INTO claims_match_term (word, claims) SELECT * FROM unnest(%s::text[], %s::int[]) RETURNING word, id",
            [new, [counts[word] for word in new]],
        )
        return ids | dict(cursor.fetchall())


def forget(claims: list[UUID]) -> None:
    """Takes out all that is kept of these claims, and the words that no other holds; the caller is `alone`."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM claims_match_text WHERE claim = ANY(%s) RETURNING id, terms", [claims])
        gone = cursor.fetchall()
        if not gone:
            return
        pairs = [(term, text) for text, terms in gone for term in set(terms)]
        cursor.execute(
            "DELETE FROM claims_match_posting p USING unnest(%s::int[], %s::int[]) AS g(term, text)"
            " WHERE p.term = g.term AND p.text = g.text",
            [[term for term, _ in pairs], [text for _, text in pairs]],
        )
        fewer = Counter(term for term, _ in pairs)
        cursor.execute(
            "UPDATE claims_match_term t SET claims = t.claims - g.n FROM unnest(%s::int[], %s::int[]) AS g(id, n) WHERE t.id = g.id",
            [list(fewer), list(fewer.values())],
        )
        cursor.execute("UPDATE claims_match_term SET claims = claims - %s WHERE word = %s", [len(gone), ALL])
        cursor.execute("DELETE FROM claims_match_term WHERE claims = 0 AND (id = ANY(%s) OR word = %s)", [list(fewer), ALL])
