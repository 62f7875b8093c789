"""Many connections at once, each appending to claims whose states it holds."""

from __future__ import annotations

import multiprocessing
import time
from itertools import cycle
from multiprocessing.connection import Connection
from typing import Any

from django.db import connections

from claims import ledger
from claims.domain.events import ClaimScheduled
from tests.bench import claims as made
from tests.bench.rounds import Line, Notice, Slice, compared

WRITERS = 16
_EACH = 20  # claims of one writer


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """Appends a second with sixteen connections, ours and the eventsourcing library's in turn."""
    rounds, seconds = (1, 0.2) if quick else (7, 2.0)
    connections.close_all()  # a forked process must not share one
    with_peers = _sourcing_there()
    ends: list[tuple[Any, Connection]] = []
    context = multiprocessing.get_context("fork")
    for _ in range(WRITERS):
        here, there = context.Pipe()
        process = context.Process(target=_writer, args=(there, with_peers), daemon=True)
        process.start()
        ends.append((process, here))
    try:
        for _, end in ends:
            end.recv()  # ready
        measured: dict[str, list[float]] = {}
        for number in range(rounds):
            for name in ["ours", "eventsourcing"] if with_peers else ["ours"]:
                notice(f"round {number + 1} of {rounds}: {WRITERS} writers, {name}")
                for _, end in ends:
                    end.send((name, seconds))
                measured.setdefault(name, []).append(sum(end.recv() for _, end in ends) / seconds)
    finally:
        for _, end in ends:
            end.send(None)
        for process, _ in ends:
            process.join(10)
    return compared(f"appends over {WRITERS} connections, states held / eventsourcing", measured, "ours", "eventsourcing", 3)


def _sourcing_there() -> bool:
    try:
        from tests.bench import sourcing
    except ImportError:
        return False
    sourcing.application()  # makes its tables once
    return True


def _writer(end: Connection, with_peers: bool) -> None:
    variants = {"ours": _ours()}
    if with_peers:
        from tests.bench import sourcing

        variants["eventsourcing"] = sourcing.appending(_EACH)
    end.send("ready")
    while order := end.recv():
        name, seconds = order
        done, until = 0, time.perf_counter() + seconds
        while time.perf_counter() < until:
            done += variants[name]()
        end.send(done)


def _ours() -> Slice:
    held = {state.id: state for state in made.record_claims(range(_EACH))}
    due, streams = made.horizons(), cycle(held)

    def one() -> int:
        stream = next(streams)
        held.update(ledger.append({stream: (held[stream], [ClaimScheduled(due=next(due))])}, by=made.WRITER))  # type: ignore[arg-type]
        return 1

    return one
