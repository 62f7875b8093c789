"""Finding claims that say nearly the same: time and recall among many made-up claims, and how good the order is on a judged set."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from django.db import connection

from claims import ledger, matching, subscriptions
from claims.consumers import CONSUMERS
from claims.events import ClaimRecorded
from claims.matching import index, ranking
from config.bench import claims as made
from config.bench.rounds import Line, Notice
from sources.models import new_id

ASKED = 200
BATCH = 1000
_SOUNDS = ("ba", "ka", "du", "ri", "mo", "ta", "si", "le", "no", "ha", "ru", "wa", "ke", "fi", "zu", "pa", "go", "mi", "sha", "dar")
_ARABIC_SOUNDS = ("با", "كا", "دو", "ري", "مو", "تا", "سي", "لي", "نو", "ها", "رو", "وا", "كي", "في", "زو", "جا", "غو", "مي", "شا", "دار")
_ENGLISH = (
    "The port of {a} will handle {n} thousand tonnes of grain by the end of {y}, said {b} {c}.",
    "{b} {c} told reporters that {n} houses near {a} were damaged by the flood in {y}.",
    "Unemployment in {a} fell to {n} per cent in {y}, the {b} statistics office reported.",
    "A hospital with {n} beds opens in {a} in {y}, according to the health minister {b} {c}.",
)
_ARABIC = (
    "قال وزير النقل {b} {c} إن ميناء {a} سيستقبل {n} ألف طن من القمح قبل نهاية عام {y}",
    "أعلنت بلدية {a} أن {n} منزلا تضررت من السيول عام {y} بحسب {b} {c}",
    "تراجعت البطالة في {a} إلى {n} في المئة عام {y} وفق مكتب {b} للإحصاء",
    "يفتتح في {a} مستشفى يضم {n} سريرا عام {y} كما صرح وزير الصحة {b} {c}",
)


def measure(*, quick: bool, notice: Notice, million: bool = False) -> list[Line]:
    """Time and recall at 10,000 and 100,000 claims (and at a million where asked for), the claims taken in through the feed."""
    lines: list[Line] = []
    kept = 0
    for size in (2000,) if quick else (10_000, 100_000, *([1_000_000] if million else [])):
        lines += _taken_in(kept, size, notice)
        kept = size
        lines += _found(size, 20 if quick else ASKED, notice)
    return lines


def _taken_in(kept: int, size: int, notice: Notice) -> list[Line]:
    for first in range(kept, size, BATCH):
        notice(f"claims: {first:,} of {size:,}")
        ledger.append({new_id(): (None, [said(n)]) for n in range(first, min(first + BATCH, size))}, by=made.WRITER)
    notice(f"taking in {size - kept:,} claims")
    start = time.perf_counter()
    subscriptions.deliver(CONSUMERS["matching"])
    rate = (size - kept) / (time.perf_counter() - start)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_match_posting, claims_match_text, claims_match_term")
    return [Line(f"claims a second taken in through the feed, up to {size:,}", rate)]


def _found(size: int, asked: int, notice: Notice) -> list[Line]:
    luck = random.Random(size)  # noqa: S311 - a choice, not a secret
    spent, choosing, hits = [], [], 0
    for done in range(asked):
        notice(f"asking among {size:,}: {done}")
        original = luck.randrange(size)
        statement = said(original).statement
        text = CHANGES[done % len(CHANGES)](statement, luck)
        start = time.perf_counter()
        ranking.ranked(text)
        choosing.append((time.perf_counter() - start) * 1000)
        start = time.perf_counter()
        found = matching.similar(text)
        spent.append((time.perf_counter() - start) * 1000)
        hits += statement in [match.claim.statement for match in found]
    tenths = statistics.quantiles(spent, n=20)
    most = {100_000: 60, 1_000_000: 100}.get(size)
    detail = f"p95 {tenths[-1]:.0f} ms; finding and ordering alone {statistics.median(choosing):.0f} ms"
    return [
        Line(f"ms at the median to find and compare, {size:,} claims", statistics.median(spent), most, at_most=True, detail=detail),
        Line(f"recall@10 of altered copies, {size:,} claims", hits / asked, 0.99),
    ]


def said(number: int) -> ClaimRecorded:
    """A claim of made-up places and people, every other one in Arabic."""
    luck = random.Random(number)  # noqa: S311
    arabic = number % 2
    sounds = _ARABIC_SOUNDS if arabic else _SOUNDS
    a, b, c = ("".join(luck.choices(sounds, k=luck.randint(2, 4))).capitalize() for _ in range(3))
    pattern = luck.choice(_ARABIC if arabic else _ENGLISH)
    statement = pattern.format(a=a, b=b, c=c, n=luck.randint(11, 989), y=luck.randint(2020, 2035))
    return replace(made.said(number), statement=statement, language="ar" if arabic else "en", quantities=())


def _typos(text: str, luck: random.Random) -> str:
    letters = list(text)
    for _ in range(4):
        at = luck.randrange(len(letters) - 1)
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def _reordered(text: str, luck: random.Random) -> str:
    words = text.split()
    middle = len(words) // 2
    return " ".join(words[middle:] + words[:middle])


def _shorter(text: str, luck: random.Random) -> str:
    words = text.split()
    del words[luck.randrange(len(words))]
    return " ".join(words[:-2])


def _digits(text: str, luck: random.Random) -> str:
    return text.translate(str.maketrans("0123456789أإ", "٠١٢٣٤٥٦٧٨٩اا"))


def _other_figure(text: str, luck: random.Random) -> str:
    return " ".join(str(luck.randint(11, 989)) if word.isdigit() and len(word) < 4 else word for word in text.split())


CHANGES: tuple[Callable[[str, random.Random], str], ...] = (_typos, _reordered, _shorter, _digits, _other_figure)


# ── a judged set


def judged(file: str, *, notice: Notice) -> dict[str, Any]:
    """MAP@5, MRR and recall@5 on a file of `docs` {id: [text, …]}, `queries` {id: text} and `qrels` {query: [docs]}.

    AP@5 is divided by the number of relevant ones, five at most; queries without any are left out.
    """
    data = orjson.loads(Path(file).read_bytes())
    names = list(data["docs"])
    for first in range(0, len(names), index.CHUNK):
        notice(f"claims: {first:,} of {len(names):,}")
        index.put({UUID(int=n): index.Said("\n".join(data["docs"][names[n]])) for n in range(first, min(first + index.CHUNK, len(names)))})
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE claims_match_posting, claims_match_text, claims_match_term")
    figures, spent = [], []
    for query, text in data["queries"].items():
        if relevant := set(data["qrels"].get(query, ())):
            start = time.perf_counter()
            order = [names[one.claim.int] for one in ranking.ranked(text, ranking.CHOSEN)]
            spent.append((time.perf_counter() - start) * 1000)
            figures.append(_scores(order, relevant))
    average, reciprocal, recall = (round(statistics.fmean(each), 4) for each in zip(*figures, strict=True))
    told = {"dataset": file, "claims": len(names), "queries": len(figures)}
    return told | {"MAP@5": average, "MRR": reciprocal, "recall@5": recall, "median_ms": round(statistics.median(spent), 1)}


def _scores(order: Sequence[str], relevant: set[str]) -> tuple[float, float, float]:
    hits, precision = 0, 0.0
    for place, name in enumerate(order[:5], 1):
        if name in relevant:
            hits += 1
            precision += hits / place
    first = next((place for place, name in enumerate(order, 1) if name in relevant), None)
    return precision / min(len(relevant), 5), 1 / first if first else 0.0, hits / len(relevant)
