"""Whom claims go back to, now and on each day, for the rules that ask it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from claims.domain.choices import JOINING, Status
from claims.domain.state import ClaimState
from claims.flagging import claims_by_day
from claims.models import Claim
from claims.provenance import queries
from claims.provenance.graph import OriginsFound

WORKED_ON = (Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED)  # a claim that nobody took up is not asked whom it goes back to
# What happens to a claim and changes whom those go back to that say the same.
EVENTS = frozenset(
    {
        "EvidenceAdded", "EvidenceWithdrawn", "ClaimRevised", "ClaimRejected", "ClaimWithdrawn", "ClaimReopened", "ClaimLinked",
        "ClaimUnlinked", "ClaimMerged", "ClaimUnmerged", "ClaimTookIn", "ClaimGaveBack",
        "ClaimReread",
    }
)  # fmt: skip


def now(claims: Sequence[Claim]) -> Mapping[UUID, OriginsFound]:
    """Of the claims that are worked on."""
    asked = [claim for claim in claims if claim.status in WORKED_ON]
    return queries.origins_of(asked) if asked else {}


def seen_by(streams: Sequence[UUID]) -> Iterable[UUID]:
    """The claims that say the same as these."""
    return {other for others in queries.joined(streams).values() for other in others}


def origins_by_day(ids: Sequence[UUID]) -> Mapping[UUID, Sequence[tuple[date, OriginsFound]]]:
    """The same on each day, as the claims were then; which names are one and the same is what is known now."""
    days = _with_others(ids)
    ever = {each: {other for _, state in states for other in _beside(state)} for each, states in days.items()}
    sources = claims_by_day.SourceRows([state for states in days.values() for _, state in states])
    groups: dict[tuple[UUID, date], list[Claim]] = {}
    for id in ids:
        group = [each for each in (id, *queries.reached(id, ever)) if each in days]
        for day in sorted({day for each in group for day, _ in days[each]}):
            then = {each: state for each in group if (state := _on(day, days[each]))}
            if then[id].status in WORKED_ON:
                beside = {each: _beside(state) for each, state in then.items()}
                groups[id, day] = [sources.row(then[each]) for each in (id, *queries.reached(id, beside)) if each in then]
    told: dict[UUID, list[tuple[date, OriginsFound]]] = {}
    for (id, day), origins in queries.together(groups).items():
        told.setdefault(id, []).append((day, origins))
    return told


def _with_others(ids: Sequence[UUID]) -> dict[UUID, claims_by_day.Days]:
    """The days of these claims, and of all that were ever judged to say the same."""
    days: dict[UUID, claims_by_day.Days] = {}
    fresh = set(ids)
    while fresh:
        days |= claims_by_day.states(sorted(fresh))
        fresh = {other for id in fresh for _, state in days.get(id, ()) for other in _beside(state)} - days.keys()
    return days


def _beside(state: ClaimState) -> list[UUID]:
    linked = [link.other for link in state.links if link.relation in JOINING]
    return [UUID(other) for other in (*linked, *state.took_in, *([str(state.merged_into)] if state.merged_into else []))]


def _on(day: date, days: claims_by_day.Days) -> ClaimState | None:
    return next((state for since, state in reversed(days) if since <= day), None)
