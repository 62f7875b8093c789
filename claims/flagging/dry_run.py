"""The rules tried on the past: what each would have raised, and on which day, had it run then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from uuid import UUID

from claims.domain.state import ClaimState
from claims.flagging import claims_by_day, context_providers, raise_and_clear
from claims.flagging.raise_and_clear import Found
from claims.models import Claim
from claims.rules import Rule
from claims.rules.context import ALONE, Around

BATCH = 500
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def tried(only: list[Rule], first: date, last: date, progress: Progress = silent) -> list[tuple[date, Found]]:
    """Each finding on its first day between `first` and `last`, by day: on every claim as it was known on each of these days.

    What a claim said when it was recorded is taken as known before that too: it was said before somebody wrote it down. What
    is around it is what was known on that day; the `forgetful` rules are left out.
    Cost: the events of all claims once, and a look on each day that a rule names or something around the claim changed.
    """
    only = [rule for rule in only if not context_providers.forgotten(rule)]
    total, done, after = Claim.objects.count(), 0, None
    found: list[tuple[date, Found]] = []
    while ids := _some(after):
        states = claims_by_day.states(ids)
        sources = claims_by_day.SourceRows([state for days in states.values() for _, state in days])
        around = context_providers.around_by_day(ids, only)
        for id, days in states.items():
            found += _of_claim(_both(days, around[id]), only, first, last, sources)
        after, done = ids[-1], done + len(ids)
        progress(done, total)
    return sorted(found, key=lambda each: (each[0], each[1].rule.name, each[1].claim.pk))


def forgetful(only: Iterable[Rule]) -> list[str]:
    """The rules that cannot be tried on the past: nobody knows how what they look at was then."""
    return [rule.name for rule in only if context_providers.forgotten(rule)]


def _some(after: UUID | None) -> list[UUID]:
    rows = Claim.objects.order_by("id")
    return list((rows.filter(id__gt=after) if after else rows).values_list("id", flat=True)[:BATCH])


def _both(states: list[tuple[date, ClaimState]], arounds: list[tuple[date, Around]]) -> list[tuple[date, ClaimState, Around]]:
    """The claim and what was around it, from each day on which one of them changed."""
    days: list[tuple[date, ClaimState, Around]] = []
    for day in sorted({day for day, _ in states} | {day for day, _ in arounds}):
        state = [state for since, state in states if since <= day][-1]
        days.append((day, state, next((around for since, around in reversed(arounds) if since <= day), ALONE)))
    return days


def _of_claim(
    days: list[tuple[date, ClaimState, Around]], only: list[Rule], first: date, last: date, sources: claims_by_day.SourceRows
) -> Iterator[tuple[date, Found]]:
    news: set[tuple[raise_and_clear.Key, str]] = set()
    for n, (since, state, around) in enumerate(days):
        start = max(since, first)
        end = min(days[n + 1][0] - timedelta(days=1), last) if n + 1 < len(days) else last
        if start > end:
            continue
        claim = sources.row(state)
        for rule in only:
            turns = {day for day in rule.turns(claim, raise_and_clear.parameters_of(rule)) if start < day <= end}
            for day in sorted({start, *turns}):
                for found in raise_and_clear.findings([claim], day, [rule], around={claim.pk: around}):
                    if (new := (found.key, found.finding.code)) not in news:
                        news.add(new)
                        yield day, found
