"""Which fields of a claim each event changed: what stood there before, and what since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec.structs import replace

from claims.domain import lifecycle
from claims.domain.events import ClaimRecorded, ClaimScheduled, Event, HorizonRegistered
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState, State

SAID = tuple(field.name for field in fields(ClaimRecorded))  # what a claim says, in its order
_FOLLOWED = (*SAID, "registered")  # what stands elsewhere (verdicts, evidence, the status) is told by the events themselves


@dataclass(frozen=True, slots=True)
class Change:
    """A field that reads otherwise than before (plain JSON values), and the event that changed it."""

    field: str
    before: Any
    after: Any
    by: str
    at: datetime
    version: int
    type: str

    def plain(self) -> dict[str, Any]:
        """As it is told beside its event, which says the rest."""
        return {"field": self.field, "before": self.before, "after": self.after}


def by_event(past: Iterable[Happening]) -> dict[UUID, tuple[Change, ...]]:
    """For each event, by its id, the fields of what its claim says that it changed, or that it proposes to change.

    `past` holds whole histories of any number of streams. The first event of a claim changes nothing, nor does one of a flag.
    Of an event that carries `changes` and does not make them (an offer, a proposed correction), `after` is what is proposed.
    """
    states: dict[UUID, State] = {}
    found: dict[UUID, tuple[Change, ...]] = {}
    for happened in sorted(past, key=lambda h: (h.stream, h.version)):
        before = states.get(happened.stream)
        states[happened.stream] = after = lifecycle.evolve(before, happened)
        both = isinstance(before, ClaimState) and isinstance(after, ClaimState)
        found[happened.id] = tuple(_changes(before, after, happened)) if both else ()
    return found


def may_change(event: Event) -> bool:
    """Can an event of this type change, or propose to change, what a claim says? Whoever has no history need not fetch one else."""
    return isinstance(event, ClaimScheduled | HorizonRegistered) or hasattr(event, "changes")


def plain_fields(state: State | None) -> dict[str, Any]:
    """A state as plain values, field by field; each verdict, piece of evidence and judgement is a field (`verdicts.ID`)."""
    if state is None:
        return {}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(state))
    named = {f"{part}.{one['id']}": one for part in ("evidence", "links", "verdicts", "corrections") for one in plain.get(part, ())}
    return {**plain.get("said", {}), **plain.get("raised", {}), **{n: v for n, v in plain.items() if n not in _OWN}, **named}


_OWN = {
    *("id", "version", "said", "raised", "verdicts", "evidence", "links", "corrections", "merged_when", "changed_at"),
    *("shown", "published_verdict"),  # of use to public records, which say what they lead to
}


def _changes(before: Any, after: Any, happened: Happening) -> Iterator[Change]:
    named: Iterable[str] = _FOLLOWED
    if after.said is not before.said or after.registered is not before.registered:
        was, now = plain_fields(before), plain_fields(after)
    elif proposed := getattr(happened.event, "changes", None):
        was, now, named = plain_fields(before), _as_proposed(before, proposed), _in_order(proposed)
    else:
        return
    for name in named:
        if was.get(name) != now.get(name):
            yield Change(name, was.get(name), now.get(name), happened.actor, happened.at, happened.version, happened.event.type)


def _as_proposed(state: ClaimState, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as they would be; what is no field of a claim (a registration, evidence to withdraw) as it is proposed."""
    said = {name: value for name, value in changes.items() if name in SAID}
    return {
        **plain_fields(replace(state, said=lifecycle.revised(state.said, said))),
        **{n: changes[n] for n in changes.keys() - said.keys()},
    }


def _in_order(changes: Mapping[str, Any]) -> list[str]:
    return [name for name in SAID if name in changes] + [name for name in changes if name not in SAID]
