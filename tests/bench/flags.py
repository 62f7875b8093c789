"""What a run of the rules costs: by what is due, and not by what is kept."""

from __future__ import annotations

import multiprocessing
import random
import statistics
import time
from datetime import date, timedelta
from multiprocessing.connection import Connection

from django.db import connection, connections, transaction
from django.utils import timezone

from claims import flagging
from config.celery import spare_what_stays
from tests.bench import filling
from tests.bench.limits import Copied
from tests.bench.processor import Spent, spent
from tests.bench.rounds import Line, Notice

FEW = 100
WORKERS = (1, 2, 4)


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """The scan with few due, at two sizes; flagging many, at two sizes; the same by several workers."""
    small, large, many, rounds = (1_000, 5_000, 200, 2) if quick else (10_000, 1_000_000, 10_000, 15)
    yesterday = timezone.localdate() - timedelta(days=1)
    spare_what_stays()  # as a worker does
    filling.fill(small, notice)
    filling.due(FEW, yesterday)
    at_small = _scan(rounds, f"{small:,} claims", notice)
    flagging.run()  # those few are out of the way
    some = min(4 * many, large)
    filling.fill(some, notice)
    among_some, _, _ = _flagging(many, yesterday, f"{many:,} due of {some:,}", 3, notice)
    filling.fill(large, notice)
    filling.due(FEW, yesterday)
    at_large = _scan(rounds, f"{large:,} claims", notice)
    told = f"{at_small * 1000:.1f} ms of {small:,}, {at_large * 1000:.1f} ms of {large:,}"
    lines = [Line(f"a run with {FEW} due: {large:,} claims kept / {small:,}", at_large / at_small, 3, at_most=True, detail=told)]
    flagging.run()
    seconds, own, copied = _flagging(many, yesterday, f"{many:,} due of {large:,}", 1 if quick else 7, notice)
    rate, limit = many / seconds, many / copied
    told = f"in {seconds:.2f} s, {own}"
    lines.append(Line(f"claims flagged a second, {many:,} due of {large:,}", rate, 10_000, detail=told))
    told = f"of each claim its event and its flag, into tables without guards: {limit:,.0f} claims a second"
    lines.append(Line("claims flagged / bare COPY of the same rows", rate / limit, detail=told))
    told = f"{seconds * 1e6 / many:.0f} µs a claim, {among_some * 1e6 / many:.0f} among {some:,}"
    lines.append(Line(f"{many:,} claims flagged: {large:,} kept / {some:,}", seconds / among_some, detail=told))
    return lines + _working(many, yesterday, 1 if quick else 5, notice)


def _scan(rounds: int, told: str, notice: Notice) -> float:
    """Seconds of a run that finds the few, undone each time so that they are due again."""
    taken = []
    for number in range(rounds + 1):
        notice(f"round {number} of {rounds}: {FEW} due of {told}")
        with transaction.atomic():
            begin = time.perf_counter()
            assert flagging.run().raised
            taken.append(time.perf_counter() - begin)
            transaction.set_rollback(True)
    return statistics.median(taken[1:])  # the first one warms up


def _flagging(many: int, day: date, told: str, rounds: int, notice: Notice) -> tuple[float, Spent, float]:
    """Medians: the seconds of a run that flags so many, committed; the processor time it took; the seconds of a bare COPY of its rows."""
    taken, own, copied = [], [], []
    for number in range(rounds):
        notice(f"round {number + 1} of {rounds}: {told}")
        filling.due(many, day)
        rows = Copied()
        before, begin = spent(), time.perf_counter()
        outcome = flagging.run()
        taken.append(time.perf_counter() - begin)
        time.sleep(0.3)  # the other hand's process has ended, and PostgreSQL has yet to notice
        own.append(spent() - before)
        assert outcome.raised == many, outcome
        copied.append(rows.again())
        flagging.run()  # places for these events, which touch no rule, are no part of the next round
    return statistics.median(taken), Spent.median(own), statistics.median(copied)


# ── several workers


def _working(many: int, day: date, rounds: int, notice: Notice) -> list[Line]:
    """The same work shared by several processes, each with its own connections, in turns."""
    taken: dict[int, list[float]] = {number: [] for number in WORKERS}
    order, luck = list(WORKERS), random.Random(7)
    for each in range(rounds):
        luck.shuffle(order)
        for number in order:
            notice(f"round {each + 1} of {rounds}: {many:,} due for {number} workers")
            filling.due(many, day)
            seconds, raised = _together(number)
            assert raised == many, (number, raised)
            taken[number].append(seconds)
            flagging.run()
    medians = {number: statistics.median(each) for number, each in taken.items()}
    return [
        Line(f"claims flagged a second by {number} workers", many / seconds, detail=f"{many:,} in {seconds:.2f} s")
        for number, seconds in medians.items()
    ]


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
