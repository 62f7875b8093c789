"""How near texts are to one, letter by letter: runs of three and of four, the rare ones counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

_SATURATION, _BY_LENGTH = 1.2, 0.75


def nearness(asked: str, texts: Sequence[str]) -> tuple[list[float], list[float]]:
    """BM25 of each plain text over its runs of three letters, and of four. What is rare is told among these texts alone.

    A run of four that both have begins with one of three that both have, so each text is gone through once: this is most of the
    time that putting texts in order takes.
    """
    three, four = set(_runs(asked, 3)), set(_runs(asked, 4))
    held: tuple[list[Counter[str]], list[Counter[str]]] = ([], [])
    for text in texts:
        padded = f" {text} "
        places = [at for at in range(len(padded) - 2) if padded[at : at + 3] in three]
        held[0].append(Counter([padded[at : at + 3] for at in places]))
        held[1].append(Counter([run for at in places if (run := padded[at : at + 4]) in four]))
    average = sum(map(len, texts)) / len(texts) or 1
    longer = [_SATURATION * (1 - _BY_LENGTH + _BY_LENGTH * len(text) / average) for text in texts]
    return _scores(held[0], longer), _scores(held[1], longer)


def _scores(held: Sequence[Counter[str]], longer: Sequence[float]) -> list[float]:
    among: Counter[str] = Counter()
    for each in held:
        among.update(each.keys())
    rarity = {run: math.log(1 + (len(held) - n + 0.5) / (n + 0.5)) for run, n in among.items()}
    return [_score(each, rarity, over) for each, over in zip(held, longer, strict=True)]


def _score(held: Counter[str], rarity: dict[str, float], longer: float) -> float:
    once = (_SATURATION + 1) / (1 + longer)  # nearly every run stands once in a claim
    return sum([rarity[run] * (once if n == 1 else n * (_SATURATION + 1) / (n + longer)) for run, n in held.items()])


def _runs(text: str, length: int) -> list[str]:
    text = f" {text} "
    return [text[at : at + length] for at in range(len(text) - length + 1)]
