"""Searching claims for words: time among many made-up ones, and how good the order is on a judged set, beside PostgreSQL's own."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api import presenters
from claims.domain import stems as words
from claims.models import Claim
from claims.similarity import index, quoted_posts, ranking, searching
from sources.text.language import language_of
from tests.bench import matching, texts
from tests.bench.backend import timer
from tests.bench.rounds import Line, Notice

ASKED = 200
PAGE = 50
SIZE = 1_000_000


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """A page of the newest, and the best, among a million claims, by how many words are asked for and how rare they are."""
    size = 2000 if quick else SIZE
    texts.fill(0, size, notice)
    return among(size, 10 if quick else ASKED, notice)


def among(size: int, asked: int, notice: Notice) -> list[Line]:
    """The same, of claims that are kept already."""
    lines = []
    for name, pick in KINDS.items():
        for ordering, page in (("newest", _newest), ("best", _best)):
            luck, spent, used, processor = random.Random(size), [], [], timer()
            for done in range(asked):
                notice(f"{name}, the {ordering} first: {done}")
                query = pick(texts.statement(luck.randrange(size)), luck)
                start, at = time.perf_counter(), processor()
                page(query)
                spent.append((time.perf_counter() - start) * 1000)
                used.append(processor() - at)
            middle, most = statistics.median(spent), statistics.quantiles(spent, n=20)[-1]
            selective = name != "a frequent word" and size == SIZE and ordering == "newest"
            told = f"a page of the {ordering}, {size:,} claims, {name}"
            busy = [statistics.median(used), statistics.quantiles(used, n=20)[-1]]
            for name_of, each, must, cpu in (("median", middle, 10, busy[0]), ("95th of a hundred", most, 50, busy[1])):
                detail = f"processor time, ours and PostgreSQL's, {cpu:.1f} ms"
                lines.append(Line(f"ms at the {name_of}, {told}", each, must if selective else None, at_most=True, detail=detail))
    return [*lines, Line(f"whole tables read to find them, {size:,} claims", _read_whole(size), 0, at_most=True)]


def _newest(query: str) -> list[dict[str, Any]]:
    return list(presenters.list_query(searching.found(Claim.objects.all(), query)).order_by("-id")[: PAGE + 1])


def _best(query: str) -> list[UUID]:
    return searching.best(searching.found(Claim.objects.all(), query), query)


def _rare(statement: str, luck: random.Random) -> str:
    return max((word for word in statement.split() if word.isalpha()), key=len)  # the frequent ones are short, as in the news


def _some(number: int) -> Callable[[str, random.Random], str]:
    """As people type them: without the, of, in."""
    return lambda statement, luck: " ".join(luck.sample(said := words.significant(statement.lower().split()), min(number, len(said))))


def _frequent(statement: str, luck: random.Random) -> str:
    return texts.word(luck.randrange(20), arabic=luck.random() < 0.5)


KINDS = {"a rare word": _rare, "two words of a claim": _some(2), "four words of a claim": _some(4), "a frequent word": _frequent}


def _read_whole(size: int) -> int:
    luck = random.Random(3)
    queries = [pick(texts.statement(luck.randrange(size)), luck) for name, pick in KINDS.items() if name != "a frequent word"]
    whole = 0
    for query in queries:
        with CaptureQueriesContext(connection) as asked:
            _newest(query)
        with connection.cursor() as cursor:
            for each in asked.captured_queries:
                cursor.execute(f"EXPLAIN {each['sql']}")
                whole += sum("Seq Scan on claims_match" in line or "Seq Scan on claims_claim" in line for (line,) in cursor.fetchall())
    return whole


# ── a judged set


def score_dataset(file: str, *, notice: Notice) -> dict[str, Any]:
    """MAP@5 of searches for those words of each query that a relevant text has too (the rarest, three at most): our best beside ts_rank.

    PostgreSQL's side has the statements in its own stems (`english`, `arabic`) and the same words; both find what has them all.
    """
    data = orjson.loads(Path(file).read_bytes())
    names = list(data["docs"])
    place = {name: n for n, name in enumerate(names)}
    plain = ["\n".join(data["docs"][name]) for name in names]
    notice(f"claims: {len(names):,}")
    index.put({UUID(int=n): index.IndexEntry(text) for n, text in enumerate(plain)})
    language = "arabic" if language_of("\n".join(plain[:50])) == "ar" else "english"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE theirs (n int, words tsvector)")
        lines = [(n, language, text) for n, text in enumerate(plain)]
        cursor.executemany("INSERT INTO theirs VALUES (%s, to_tsvector(%s::regconfig, %s))", lines)
    scores: dict[str, list[float]] = {"ours": [], "ts_rank": []}
    for query, text in data["queries"].items():
        relevant = {place[name] for name in data["qrels"].get(query, ()) if name in place}
        if typed := _typed(text, [plain[n] for n in relevant]):
            notice(typed)
            scores["ours"].append(_precision(_ours(typed), relevant))
            scores["ts_rank"].append(_precision(_theirs(typed, language), relevant))
    told = {"dataset": file, "claims": len(names), "queries": len(scores["ours"])}
    return told | {f"MAP@5 {name}": round(statistics.fmean(each), 4) for name, each in scores.items()}


def _typed(text: str, relevant: Sequence[str]) -> str:
    held = {stem for each in relevant for stem in words.terms(words.plain(each))}
    said = {word: words.terms(word)[0] for word in quoted_posts.unsigned(text).words.split()}
    shared = [word for word, stem in said.items() if stem in held and words.significant([stem, "x"]) != ["x"]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, claims FROM claims_match_term WHERE word = ANY(%s)", [[said[word] for word in shared]])
        often = dict(cursor.fetchall())
    return " ".join(sorted(shared, key=lambda word: often[said[word]])[:3])


def _ours(typed: str) -> list[int]:
    condition = searching._condition(searching.wanted(typed))
    few = searching._few(*condition[:2]) if condition else None
    return [claim.int for claim in ranking.among(few or [], typed)]


def _theirs(typed: str, language: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n FROM theirs, plainto_tsquery(%s::regconfig, %s) q WHERE words @@ q ORDER BY ts_rank(words, q) DESC, n LIMIT 5",
            [language, typed],
        )
        return [n for (n,) in cursor.fetchall()]


def _precision(order: Sequence[int], relevant: set[int]) -> float:
    return matching.scores([str(n) for n in order], {str(n) for n in relevant})[0]
