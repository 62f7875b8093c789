"""Finding claims that say nearly the same: time and recall among many made-up claims, and how good the order is on a judged set."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from claims import ledger, similarity
from claims.domain.choices import Kind
from claims.domain.events import ClaimRecorded
from claims.domain.values import SpeakerAsRead
from claims.handlers import CONSUMERS
from claims.ledger import subscriptions
from claims.similarity import quoted_posts, ranking
from sources.models import SpeakerType, new_id
from tests.bench import claims as made
from tests.bench import texts
from tests.bench.backend import timer
from tests.bench.rounds import Line, Notice

ASKED = 200
BATCH = 1000


def measure(*, quick: bool, notice: Notice, million: bool = False) -> list[Line]:
    """Time and recall at 10,000 and 100,000 claims (and at a million where asked for), and how fast claims are taken in."""
    kept = 1000 if quick else 10_000
    lines = _taken_in(kept, notice)
    for size in (kept, *(() if quick else (100_000, 1_000_000) if million else (100_000,))):
        if size > kept:
            start = time.perf_counter()
            texts.fill(kept, size, notice)
            lines.append(Line(f"claims a second kept and all indexed anew, {size:,} claims", (size - kept) / (time.perf_counter() - start)))
            kept = size
        lines += [*found(size, 20 if quick else ASKED, notice), *_kept(size)]
    return lines


def _taken_in(size: int, notice: Notice) -> list[Line]:
    """Through the ledger and the feed, as they come."""
    for first in range(0, size, BATCH):
        notice(f"claims: {first:,} of {size:,}")
        ledger.append({new_id(): (None, [generated_claim(n)]) for n in range(first, min(first + BATCH, size))}, by=made.WRITER)
    notice(f"taking in {size:,} claims")
    start, spent = time.perf_counter(), time.process_time()
    subscriptions.deliver(CONSUMERS["matching"])
    rate, spent = size / (time.perf_counter() - start), time.process_time() - spent
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_match_posting, claims_match_text, claims_match_term")
    return [Line("claims a second taken in through the feed", rate, detail=f"processor time of ours {spent / size * 1000:.2f} ms a claim")]


def generated_claim(number: int) -> ClaimRecorded:
    """The claim with this number, of made-up words."""
    return replace(made.sample_claim(number), statement=texts.statement(number), language="ar" if number % 2 else "en", quantities=())


def found(size: int, asked: int, notice: Notice) -> list[Line]:
    """How long it takes to find and compare what is near, and whether an altered copy finds its claim among ten."""
    luck = random.Random(size)
    spent, choosing, used, hits, processor = [], [], [], 0, timer()
    for done in range(asked):
        notice(f"asking among {size:,}: {done}")
        original = texts.statement(luck.randrange(size))
        text = CHANGES[done % len(CHANGES)](original, luck)
        start = time.perf_counter()
        ranking.ranked(quoted_posts.read_post(text))
        choosing.append((time.perf_counter() - start) * 1000)
        start, at = time.perf_counter(), processor()
        matches = similarity.similar(text)
        spent.append((time.perf_counter() - start) * 1000)
        used.append(processor() - at)
        hits += original in [match.claim.statement for match in matches]
    tenths = statistics.quantiles(spent, n=20)
    most = {100_000: 60, 1_000_000: 100}.get(size)
    detail = f"p95 {tenths[-1]:.0f} ms; finding and ordering alone {statistics.median(choosing):.0f} ms"
    detail += f"; processor time, ours and PostgreSQL's, {statistics.median(used):.0f} ms"
    return [
        Line(
            f"ms at the median to find and compare, {size:,} claims",
            *(statistics.median(spent), most),
            at_most=True,
            detail=detail,
        ),
        Line(f"recall@10 of altered copies, {size:,} claims", hits / asked, 0.99),
        Line(f"whole tables read to find them, {size:,} claims", _read_whole(texts.statement(7)), 0, at_most=True),
    ]


def _read_whole(text: str) -> int:
    """How many parts of the plans of all statements read a table from end to end."""
    whole = 0
    with CaptureQueriesContext(connection) as asked:
        ranking.ranked(quoted_posts.read_post(text))
    with connection.cursor() as cursor:
        for query in asked.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            whole += sum("Seq Scan on claims_" in line for (line,) in cursor.fetchall())
    return whole


def _kept(size: int) -> list[Line]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relname IN ('claims_match_posting', 'claims_match_text', 'claims_match_term') ORDER BY relname"
        )
        sizes = {name.removeprefix("claims_match_"): bytes / size / 10 for name, bytes in cursor.fetchall()}  # MB of 100,000
    detail = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in sizes.items())
    return [Line(f"MB of index for 100,000 claims, {size:,} claims", sum(sizes.values()), detail=detail)]


def _swapped(text: str, luck: random.Random) -> str:
    words = text.split()
    for _ in range(2):
        at = luck.randrange(len(words) - 1)
        words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def _reordered(text: str, luck: random.Random) -> str:
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[middle:] + words[:middle])


def _shorter(text: str, luck: random.Random) -> str:
    words = text.split()
    for _ in range(max(1, len(words) // 5)):
        del words[luck.randrange(len(words))]
    return " ".join(words)


def _figures(text: str, luck: random.Random) -> str:
    return " ".join(str(luck.randint(2, 90_000)) if word.isdigit() else word for word in text.split())


def _typos(text: str, luck: random.Random) -> str:
    """In one word of five two letters change places."""
    words = text.split()
    for at in luck.sample(range(len(words)), max(1, len(words) // 5)):
        word = words[at]
        if len(word) > 3:
            place = luck.randrange(1, len(word) - 2)
            words[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def _spelt(text: str, luck: random.Random) -> str:
    """Digits and hamza as others write them, marks and capitals left out or put in."""
    text = text.translate(str.maketrans("0123456789أإيه", "٠١٢٣٤٥٦٧٨٩اایه"))
    return "".join(letter + luck.choice(("", "", "", "َ", "ْ")) if "\u0621" <= letter <= "\u064a" else letter for letter in text).upper()


CHANGES: tuple[Callable[[str, random.Random], str], ...] = (_swapped, _reordered, _shorter, _figures, _typos, _spelt)


# ── a judged set


def score_dataset(file: str, *, notice: Notice) -> dict[str, Any]:
    """MAP@5, MRR and recall@5 of what `match/` answers on a file of `docs` {id: [text, …]}, `queries` {id: text}, `qrels` {query: [docs]}.

    Each doc is kept as a claim; each query is asked as a client asks it. AP@5 is divided by the number of relevant ones, five at
    most; queries without any are left out. The same of the strong matches alone, and how many queries have none.
    """
    data = orjson.loads(Path(file).read_bytes())
    names = _kept_as_claims(data["docs"], notice)
    relevant = {query: set(data["qrels"].get(query, ())) for query in data["queries"]}
    asked = [(data["queries"][query], those) for query, those in relevant.items() if those]
    client = APIClient(SERVER_NAME="127.0.0.1")
    client.force_authenticate(User.objects.get_or_create(username="bench-reader", is_superuser=True)[0])
    answers, spent = [], []
    for text, _ in asked:
        notice(text)
        start = time.perf_counter()
        answer = client.post(reverse("match"), {"text": text}, format="json")
        spent.append((time.perf_counter() - start) * 1000)
        answers.append(answer.json()["results"])
    told = {"dataset": file, "claims": len(names), "queries": len(asked)}
    told |= _figures_of(answers, [those for _, those in asked], names)
    strong = [[one for one in answer if one["strength"] == similarity.Strength.STRONG] for answer in answers]
    told |= {f"{name}, strong": figure for name, figure in _figures_of(strong, [those for _, those in asked], names).items()}
    return told | {"without a strong match": sum(not answer for answer in strong), "median_ms": round(statistics.median(spent), 1)}


def _kept_as_claims(docs: dict[str, list[str]], notice: Notice) -> dict[str, str]:
    """The name of each doc by the id of its claim."""
    names: dict[str, str] = {}
    parts = list(docs.items())
    for first in range(0, len(parts), BATCH):
        notice(f"claims: {first:,} of {len(parts):,}")
        part = {new_id(): doc for doc in parts[first : first + BATCH]}
        names |= {str(id): name for id, (name, _) in part.items()}
        ledger.append({id: (None, [_claim_of(doc)]) for id, (_, doc) in part.items()}, by=made.WRITER)
    subscriptions.deliver(CONSUMERS["matching"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_claim, claims_match_posting, claims_match_text, claims_match_term")
    return names


def _claim_of(doc: list[str]) -> ClaimRecorded:
    return ClaimRecorded(statement="\n".join(doc), kind=Kind.ASSESSMENT, speaker=SpeakerAsRead(type=SpeakerType.NARRATOR))


def _figures_of(answers: Sequence[list[dict[str, Any]]], relevant: Sequence[set[str]], names: dict[str, str]) -> dict[str, float]:
    figures = [scores([names[one["claim"]] for one in answer], those) for answer, those in zip(answers, relevant, strict=True)]
    return dict(zip(("MAP@5", "MRR", "recall@5"), (round(statistics.fmean(each), 4) for each in zip(*figures, strict=True)), strict=True))


def scores(order: Sequence[str], relevant: set[str]) -> tuple[float, float, float]:
    hits, precision = 0, 0.0
    for place, name in enumerate(order[:5], 1):
        if name in relevant:
            hits += 1
            precision += hits / place
    first = next((place for place, name in enumerate(order, 1) if name in relevant), None)
    return precision / min(len(relevant), 5), 1 / first if first else 0.0, hits / len(relevant)
