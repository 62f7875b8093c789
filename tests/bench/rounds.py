"""Measuring so that a noisy machine cannot mislead: variants take turns in short slices, and medians are compared."""

from __future__ import annotations

import gc
import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

Slice = Callable[[], int]  # does some work, and says how many units of it
Notice = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One ratio: what was measured, what it came to, and what it must reach (`at_most`: must not exceed)."""

    name: str
    ratio: float
    must: float | None = None
    at_most: bool = False
    detail: str = ""

    @property
    def holds(self) -> bool:
        """Does the ratio keep to its line? One without a line is told for information."""
        if self.must is None:
            return True
        return self.ratio <= self.must if self.at_most else self.ratio >= self.must

    def as_json(self) -> dict[str, Any]:
        """`name`, `ratio`, `must`, `holds`, and how it was measured."""
        return asdict(self) | {"ratio": round(self.ratio, 4), "holds": self.holds}


def rates(variants: Mapping[str, Slice], *, rounds: int, seconds: float, notice: Notice) -> dict[str, list[float]]:
    """Units a second of each variant, one figure a round; each round runs all of them for `seconds`, in a new order."""
    measured: dict[str, list[float]] = {name: [] for name in variants}
    names, luck = list(variants), random.Random(7)
    for number in range(rounds):
        luck.shuffle(names)
        for name in names:
            notice(f"round {number + 1} of {rounds}: {name}")
            measured[name].append(_rate(variants[name], seconds))
    return measured


def _rate(work: Slice, seconds: float) -> float:
    gc.collect()
    done, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        done += work()
    return done / spent


def compared(name: str, measured: Mapping[str, list[float]], ours: str, theirs: str, must: float | None) -> list[Line]:
    """The line of ours to theirs: the median, over the rounds, of their ratio. None where theirs is not installed."""
    if theirs not in measured:
        return []
    ratio = statistics.median(a / b for a, b in zip(measured[ours], measured[theirs], strict=True))
    detail = ", ".join(f"{each} {statistics.median(measured[each]):,.0f}/s" for each in (ours, theirs))
    return [Line(name, ratio, must, detail=detail)]
