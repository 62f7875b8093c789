"""Claims as they were on each day, from their events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone

from claims import ledger, lifecycle
from claims.lifecycle import ClaimState

Days = list[tuple[date, ClaimState]]  # from which day on a claim was so


def states(ids: Sequence[UUID]) -> dict[UUID, Days]:
    """The last state of each day on which something happened to these claims; the first one counts since ever."""
    return {id: list(_last_of_days(each)) for id, each in _every(ids).items()}


def _every(ids: Sequence[UUID]) -> dict[UUID, Days]:
    found: dict[UUID, Days] = {}
    for id, past in ledger.happenings(ids).items():
        state: lifecycle.State | None = None
        for happened in past:
            state = lifecycle.evolve(state, happened)
            assert isinstance(state, ClaimState)
            found.setdefault(id, []).append((timezone.localdate(happened.at), state))
    return found


def _last_of_days(each: Days) -> Iterator[tuple[date, ClaimState]]:
    for n, (day, state) in enumerate(each):
        if n + 1 == len(each) or each[n + 1][0] != day:
            yield (date.min if day == each[0][0] else day), state
