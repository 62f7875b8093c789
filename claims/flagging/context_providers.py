"""What is around the claims of a batch, fetched for all of them at once: only what the rules to be run look at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from claims.flagging import evidence_pages, former_pages, grounds, neighbours, origins_around
from claims.models import Claim
from claims.rules import Rule
from claims.rules.context import Around

Since = Sequence[tuple[date, Any]]  # what a part was, and from which day on; the first one often from `date.min`


def nobody(streams: Sequence[UUID]) -> Iterable[UUID]:
    """What happens to others changes nothing here."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Fills one part of `Around` for a whole batch, in a number of queries that does not grow with it.

    `now(claims)` gives the part of each claim; those that have none may be left out. `past(ids)` gives it as it was, and from
    which day on, for the back-test; None where nobody can know. `events` are those that change it for other claims than
    the one they happened to, and `seen_by(streams)` finds these others by an index.
    """

    part: str
    now: Callable[[Sequence[Claim]], Mapping[UUID, Any]]
    past: Callable[[Sequence[UUID]], Mapping[UUID, Since]] | None = None
    events: frozenset[str] = frozenset()
    seen_by: Callable[[Sequence[UUID]], Iterable[UUID]] = nobody


# A provider's file is beside this one; here it is hooked in.
_ALL: tuple[Provider, ...] = (
    Provider(part="grounds", now=grounds.grounds, past=grounds.grounds_then, events=grounds.MOVING, seen_by=grounds.leaning),
    Provider(part="neighbours", now=neighbours.now, past=neighbours.then, events=neighbours.EVENTS, seen_by=neighbours.seen_by),
    Provider(part="verdicts", now=grounds.verdicts, past=grounds.verdicts_then),  # its own: what happens to others changes nothing
    # No event tells of a page: whoever notices a change calls `look_again`.
    Provider(part="pages", now=evidence_pages.around, past=former_pages.then),
    Provider(
        part="origins",
        now=origins_around.now,
        past=origins_around.origins_by_day,
        events=origins_around.EVENTS,
        seen_by=origins_around.seen_by,
    ),
)
PROVIDERS: dict[str, Provider] = {provider.part: provider for provider in _ALL}


def providers_for(only: Iterable[Rule]) -> list[Provider]:
    """The providers of all that these rules look at."""
    return [PROVIDERS[part] for part in sorted({part for rule in only for part in rule.needs})]


def around(claims: Sequence[Claim], only: Iterable[Rule]) -> dict[UUID, Around]:
    """What is around each of these claims now; a claim with nothing around it may be left out."""
    parts = {provider.part: provider.now(claims) for provider in providers_for(only)} if claims else {}
    return {
        claim.pk: Around(**own)
        for claim in (claims if parts else ())
        if (own := {part: found[claim.pk] for part, found in parts.items() if claim.pk in found})
    }


def around_by_day(claims: Sequence[UUID], only: Iterable[Rule]) -> dict[UUID, list[tuple[date, Around]]]:
    """What was around each of these claims, and from which day on; the first since ever. Only where nothing lacks a past."""
    known = {provider.part: provider.past(claims) for provider in providers_for(only) if provider.past}
    return {claim: _days({part: found[claim] for part, found in known.items() if claim in found}) for claim in claims}


def forgotten(rule: Rule) -> bool:
    """Does the rule look at something of which nobody knows how it was?"""
    return any(provider.past is None for provider in providers_for([rule]))


def events(only: Iterable[Rule]) -> frozenset[str]:
    """The types of event that change what is around other claims than their own."""
    return frozenset[str]().union(*(provider.events for provider in providers_for(only)))


def seen_by(touched: Mapping[str, Iterable[UUID]], only: Iterable[Rule]) -> set[UUID]:
    """The claims around which something changed, since such events (by type) happened to such streams."""
    found: set[UUID] = set()
    for provider in providers_for(only):
        if streams := sorted({stream for type in provider.events for stream in touched.get(type, ())}):
            found.update(provider.seen_by(streams))
    return found


def _days(parts: Mapping[str, Since]) -> list[tuple[date, Around]]:
    """Several parts, each with its own days, as one."""
    days = sorted({date.min, *(day for since in parts.values() for day, _ in since)})
    return [(day, Around(**{part: value for part, since in parts.items() for from_day, value in since if from_day <= day})) for day in days]


assert all(part in {field.name for field in fields(Around)} for part in PROVIDERS)
