"""What a run of the rules costs: by what is due, and not by what is kept."""

from __future__ import annotations

import gc
import multiprocessing
import statistics
import time
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any

from django.db import connection, connections, transaction
from django.utils import timezone

from claims import flagging
from config.bench import filling
from config.bench.rounds import Line, Notice

FEW = 100
WORKERS = (1, 2, 4)


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """The scan with few due, at two sizes; flagging many; the same by several workers."""
    small, large, many, rounds = (1_000, 5_000, 500, 2) if quick else (10_000, 1_000_000, 10_000, 15)
    yesterday = timezone.localdate() - timedelta(days=1)
    gc.collect()
    gc.freeze()  # as a worker does
    filling.fill(small, notice)
    filling.due(FEW, yesterday)
    at_small = _scan(rounds, f"{small:,} claims", notice)
    filling.fill(large, notice)
    at_large = _scan(rounds, f"{large:,} claims", notice)
    told = f"{at_small * 1000:.1f} ms of {small:,}, {at_large * 1000:.1f} ms of {large:,}"
    lines = [Line(f"a run with {FEW} due: {large:,} claims kept / {small:,}", at_large / at_small, 3, at_most=True, detail=told)]
    flagging.run()  # those few are out of the way
    filling.due(many, yesterday)
    lines.append(_flagging(many, large, 1 if quick else 5, notice))
    return lines + _working(many, large, yesterday, notice)


def _scan(rounds: int, told: str, notice: Notice) -> float:
    """Seconds of a run that finds the few, undone each time so that they are due again."""
    taken = []
    for number in range(rounds + 1):
        notice(f"round {number} of {rounds}: {FEW} due of {told}")
        taken.append(_undone()[0])
    return statistics.median(taken[1:])  # the first one warms up


def _undone() -> tuple[float, float, int]:
    """One run in a transaction that is given up: seconds by the clock, of our processor time, and flags raised."""
    with transaction.atomic():
        begin, own = time.perf_counter(), time.process_time()
        outcome = flagging.run()
        spent = time.perf_counter() - begin, time.process_time() - own
        transaction.set_rollback(True)
    assert outcome.raised
    return *spent, outcome.raised


def _flagging(many: int, kept: int, rounds: int, notice: Notice) -> Line:
    taken = []
    for number in range(rounds):
        notice(f"round {number + 1} of {rounds}: {many:,} due of {kept:,}")
        taken.append(_undone())
    seconds, own, raised = (statistics.median(each) for each in zip(*taken, strict=True))
    told = f"{raised:,.0f} flags with their events in {seconds:.2f} s, {own:.2f} s of it in Python"
    return Line(f"claims flagged a second, {many:,} due of {kept:,}", many / seconds, 10_000, detail=told)


# ── several workers


def _working(many: int, kept: int, day: Any, notice: Notice) -> list[Line]:
    """The same work shared by several processes, each with its own connection, committed."""
    lines = []
    for number in WORKERS:
        notice(f"{number} workers: {many:,} due of {kept:,}")
        seconds, raised = _together(number)
        lines.append(Line(f"claims flagged a second by {number} workers", many / seconds, detail=f"{raised:,} flags in {seconds:.2f} s"))
        filling.due(many, day)
    return lines


def _together(number: int) -> tuple[float, int]:
    connections.close_all()  # a forked process must not share one
    context = multiprocessing.get_context("fork")
    pipes = [context.Pipe() for _ in range(number)]
    processes = [context.Process(target=_worker, args=(there,), daemon=True) for _, there in pipes]
    for process in processes:
        process.start()
    for here, _ in pipes:
        here.recv()
    begin = time.perf_counter()
    for here, _ in pipes:
        here.send("go")
    raised = sum(here.recv() for here, _ in pipes)
    seconds = time.perf_counter() - begin
    for process in processes:
        process.join(10)
    return seconds, raised


def _worker(end: Connection) -> None:
    flagging.chosen()
    connection.ensure_connection()
    end.send("ready")
    end.recv()
    end.send(flagging.run().raised)
    connections.close_all()
