"""The words of every claim, kept as the feed goes: for searching, and of those that stand, for finding what says nearly the same.

The tables are a function of the claims' rows: whatever the order of changes, they are what a rebuild would make of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, Q

from claims.domain import denials
from claims.domain import stems as words
from claims.domain.choices import CLOSED
from claims.ledger import text_format
from claims.models import Claim

# Okapi BM25. The average length is a constant, not the collection's: a claim's weights then hang on nothing but its own words,
# and a new claim touches no other's rows. A sentence of the news has about so many words.
SATURATION, BY_LENGTH, AVERAGE = 1.2, 0.75, 22.0
ALL = ""  # the word that is in every text: its row counts them
_LOCK = 4_775_617_003
CHUNK = 2000
_MOST_BEFORE = 32_767  # a smallint
_WITHOUT_INDEXES = """
ALTER TABLE claims_match_posting DROP CONSTRAINT claims_match_posting_pkey;
DROP INDEX match_text_words;
"""
_WITH_INDEXES = """
SET LOCAL maintenance_work_mem = '256MB';
ALTER TABLE claims_match_posting ADD PRIMARY KEY (term, text) INCLUDE (weight);
CREATE INDEX match_text_words ON claims_match_text USING gin (terms) WITH (fastupdate = off);
"""
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


_REWORDED = ~Q(quote=None) & ~Q(quote="") & ~Q(quote=F("statement"))


def with_other_words(after: UUID) -> list[UUID]:
    """The next claims of which more is searched than their proposition, in the order of their ids: a source, or a statement of its own."""
    apart = Claim.objects.filter(_REWORDED | ~Q(source=""), pk__gt=after)
    return list(apart.order_by("pk").values_list("pk", flat=True)[:CHUNK])


def reworded(claims: Collection[UUID]) -> list[UUID]:
    """Those of the claims whose statement has other words than their quote."""
    return list(Claim.objects.filter(_REWORDED, pk__in=claims).order_by("pk").values_list("pk", flat=True))


def rebuild() -> int:
    """Makes all rows anew; how many claims there are in them.

    The indexes are made when all rows are there: to keep them up row by row takes several times as long.
    """
    counts: Counter[str] = Counter()
    ids: defaultdict[str, int] = defaultdict(lambda: len(ids) + 1)
    first = 1
    with transaction.atomic(), connection.cursor() as cursor:
        alone()
        cursor.execute("TRUNCATE claims_match_term, claims_match_text, claims_match_posting")
        cursor.execute(_WITHOUT_INDEXES)
        each = _said(None)
        while part := dict(islice(each, CHUNK)):
            told = {claim: words.plain(said.text) for claim, said in part.items()}
            counts.update(new := _counted(told.values()))
            _write(part, told, {word: ids[word] for word in new}, range(first, first + len(part)))
            first += len(part)
        text_format.copy_lines("claims_match_term", "id, word, claims", [[ids[word], word, n] for word, n in counts.items()])
        cursor.execute(_WITH_INDEXES)
        for table, last in (("claims_match_term", len(ids)), ("claims_match_text", first - 1)):
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, %s)", [table, max(last, 1), last > 0])
    return first - 1


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """What is indexed of a claim. One that no longer stands is searched for its words, but nothing is nearly the same as it.

    `before`: how many words of the text stand before the proposition. They are searched, and make nothing nearly the same.
    """

    text: str
    standing: bool = True
    before: int = 0


def _said(claims: list[UUID] | None) -> Iterator[tuple[UUID, IndexEntry]]:
    those = Claim.objects.all() if claims is None else Claim.objects.filter(pk__in=claims)
    columns = ("pk", "source", "statement", "quote", "denial", "speaker_name", "status")
    for id, source, statement, quote, denial, speaker, status in those.order_by("pk").values_list(*columns).iterator(chunk_size=CHUNK):
        searched = f"{source}\n{statement}" if source else statement
        text, before = _with_proposition(searched, denials.proposition(statement, quote, denial=denial, speaker=speaker))
        yield id, IndexEntry(text, status not in CLOSED, before)


def _with_proposition(statement: str, proposition: str) -> tuple[str, int]:
    """All words of a claim, the proposition's last, and how many stand before these; none twice where the statement ends with it."""
    text = statement if statement.endswith(proposition) else f"{statement}\n{proposition}"
    before, last = len(words.plain(text[: len(text) - len(proposition)]).split()), len(words.plain(proposition).split())
    if before + last != len(words.plain(text).split()):  # they meet within a word
        text, before = f"{statement}\n{proposition}", len(words.plain(statement).split())
    return text, min(before, _MOST_BEFORE)


def put(texts: Mapping[UUID, IndexEntry]) -> None:
    """Writes the words of texts that are not there yet; the caller is `alone`."""
    told = {claim: words.plain(said.text) for claim, said in texts.items()}
    ids = _ids(_counted(told.values()))
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('claims_match_text', 'id')) FROM generate_series(1, %s)", [len(told)])
        numbers = [number for (number,) in cursor]
    _write(texts, told, ids, numbers)


def _counted(told: Iterable[str]) -> Counter[str]:
    """In how many of these plain texts each word stands."""
    return Counter(word for plain in told for word in (ALL, *set(words.terms(plain))))


def _write(texts: Mapping[UUID, IndexEntry], told: Mapping[UUID, str], ids: Mapping[str, int], numbers: Iterable[int]) -> None:
    lines, postings = [], []
    for number, (claim, plain) in zip(numbers, told.items(), strict=True):
        stems, standing = words.terms(plain), texts[claim].standing
        before = texts[claim].before
        lines.append([number, str(claim), plain, "{" + ",".join(str(ids[word]) for word in stems) + "}", str(standing), before])
        if standing:
            weighed = weights(stems[before:])
            postings += [[ids[word], number, weighed[word]] for word in words.significant(weighed)]
    text_format.copy_lines("claims_match_text", "id, claim, plain, terms, standing, before", lines)
    text_format.copy_lines("claims_match_posting", "term, text, weight", sorted(postings))


def weights(terms: Sequence[Word], only: Container[Word] | None = None) -> dict[Word, float]:
    """How much each word (or each of some) says in a text of these: what BM25 multiplies with its rarity."""
    longer = SATURATION * (1 - BY_LENGTH + BY_LENGTH * len(terms) / AVERAGE)
    counted = terms if only is None else [word for word in terms if word in only]
    return {word: round(n * (SATURATION + 1) / (n + longer), 5) for word, n in Counter(counted).items()}


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
