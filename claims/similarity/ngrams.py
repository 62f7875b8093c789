"""How near texts are to one, letter by letter: runs of three and of four, the rare ones counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

_SATURATION, _BY_LENGTH = 1.2, 0.75


def nearness(asked: str, texts: Sequence[str], length: int) -> list[float]:
    """BM25 of each plain text over its runs of `length` letters. What is rare is told among these texts alone."""
    wanted = set(_runs(asked, length))
    held = [Counter(filter(wanted.__contains__, _runs(text, length))) for text in texts]
    among = Counter(run for each in held for run in each)
    rarity = {run: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for run, n in among.items()}
    average = sum(map(len, texts)) / len(texts) or 1
    longer = [_SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * len(text) / average) for text in texts]
    return [_score(each, rarity, over) for each, over in zip(held, longer, strict=True)]


def _score(held: Counter[str], rarity: dict[str, float], longer: float) -> float:
    once = (_SATURATION + 1) / (1 + longer)  # nearly every run stands once in a claim
    return sum(rarity[run] * (once if n == 1 else n * (_SATURATION + 1) / (n + longer)) for run, n in held.items())


def _runs(text: str, length: int) -> list[str]:
    text = f" {text} "
    return [text[at : at + length] for at in range(len(text) - length + 1)]
