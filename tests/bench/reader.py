"""The reader beside the libraries that read dates and numbers, on the same articles; and where its own time goes."""

from __future__ import annotations

import cProfile
import pstats
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from datetime import date
from importlib.util import find_spec
from itertools import cycle

from django.conf import settings

from claims import extraction
from tests.bench.rounds import Line, Notice, Slice, compared, rates

DATABASE = False  # nothing is kept
PUBLISHED = date(2024, 6, 14)
_TARGET = 2800  # characters of an article
# A stage is what a module's functions, and all they call outside other stages, take.
_STAGES = {"sources/text/dates": "dates", "sources/text/numbers": "figures", "sources/text/folding": "folding"}
_STAGES |= {
    "sources/text/sentences": "sentences",
    "sources/text/people": "people",
    "sources/text/": "speech",
    "claims/extraction": "drafts",
}


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """Articles a second, their share by stage, and memory."""
    texts = articles()
    rounds, seconds = (1, 0.3) if quick else (9, 1.0)
    variants: dict[str, Slice] = {"reader": _reading(texts)}
    if find_spec("dateparser"):
        variants["dateparser"] = _dateparser(texts)
    if find_spec("recognizers_text"):
        variants["recognizers-text"] = _recognizers(texts)
    spent, memory = _milliseconds(variants["reader"], len(texts)), _memory()
    measured = rates(variants, rounds=rounds, seconds=seconds, notice=notice)
    return [
        Line("an article's time on one core / 40 ms", spent / 40, 1.0, at_most=True, detail=f"{spent:.1f} ms"),
        Line("the memory of a process that reads / 150 MB", memory / 150, 1.0, at_most=True, detail=f"{memory:.0f} MB"),
        *compared("articles read whole / dateparser's dates alone", measured, "reader", "dateparser", None),
        *compared("articles read whole / recognizers-text's dates and numbers (English)", measured, "reader", "recognizers-text", None),
        *(Line(f"share of time: {stage}", share) for stage, share in stages(texts).items()),
    ]


def articles() -> list[str]:
    """Texts of the usual length, in both languages, made of the example's own."""
    folder = settings.BASE_DIR / "claims" / "example"
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))]
    return [(text * (_TARGET // len(text) + 1))[:_TARGET] for text in texts]


def _reading(texts: list[str]) -> Slice:
    each = cycle(texts)

    def one() -> int:
        extraction.read(next(each), published=PUBLISHED)
        return 1

    return one


def _dateparser(texts: list[str]) -> Slice:
    from dateparser.search import search_dates

    each = cycle(texts)

    def one() -> int:
        search_dates(next(each), languages=["ar", "en"])
        return 1

    return one


def _recognizers(texts: list[str]) -> Slice:
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number

    each = cycle([text for text in texts if text.isascii()] or texts)

    def one() -> int:
        text = next(each)
        recognize_datetime(text, "en-us")
        recognize_number(text, "en-us")
        return 1

    return one


def _milliseconds(one: Slice, texts: int) -> float:
    """The processor's time for one article: what the machine's other work does not change."""

    def timed() -> float:
        start = time.process_time()
        for _ in range(texts):
            one()
        return (time.process_time() - start) * 1000 / texts

    return statistics.median(timed() for _ in range(9))


def _memory() -> float:
    """What a fresh process holds once it has read, in MB."""
    said = "import psutil, sys; from claims.extraction import read; read(sys.stdin.read()); print(psutil.Process().memory_info().rss)"
    argv, text = [sys.executable, "-c", said], articles()[0]
    done = subprocess.run(argv, input=text, capture_output=True, text=True, check=True, cwd=settings.BASE_DIR)
    return int(done.stdout) / 2**20


def stages(texts: list[str]) -> dict[str, float]:
    """The share of its time that each stage takes, by a profile of one reading of each text."""
    profile = cProfile.Profile()
    profile.runcall(lambda: [extraction.read(text, published=PUBLISHED) for text in texts])
    own: dict[str, float] = defaultdict(float)
    for (file, _, _), (_, _, spent, _, callers) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        stage = _stage(file)
        if stage:
            own[stage] += spent
        else:  # a library's or Python's own function counts for whoever called it
            for (caller, _, _), (_, _, share, _) in callers.items():
                own[_stage(caller) or "other"] += share
    whole = sum(own.values())
    return {stage: spent / whole for stage, spent in sorted(own.items(), key=lambda each: -each[1])}


def _stage(file: str) -> str | None:
    return next((stage for part, stage in _STAGES.items() if part in file), None)
