"""What of a claim the program may change by itself: a draft that waits, and no field that a person has set."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from claims.domain import events, lifecycle
from claims.domain.choices import Status
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState

# What the program does to claims by itself.
_OWN = (events.ClaimRecorded, events.ClaimRedated, events.ClaimRedatingOffered, events.ClaimReread, events.ClaimRereadingOffered)
# A person who corrects a field has looked at that field: the others are the program's still.
_SETTING = (events.ClaimRevised, events.ClaimScheduled)
# A quote, where it stands and what stands around it are one.
PLACE = ("quote", "start", "end", "prefix", "suffix")


def fields(state: ClaimState, past: Sequence[Happening], names: Collection[str]) -> set[str]:
    """Those of the fields `names` that the program may change; none once a person has decided on the claim, or built on it.

    Evidence, a registered horizon, a judgement of two claims lean on what the claim said when they were made.
    """
    if state.status is not Status.PROPOSED or any(not isinstance(h.event, (*_OWN, *_SETTING)) for h in past):
        return set()
    return set(names) - set_by_people(past)


def set_by_people(past: Sequence[Happening]) -> set[str]:
    """The fields that a person has set since the claim was recorded."""
    names: set[str] = set()
    for happened in past:
        if isinstance(happened.event, events.ClaimRevised):
            names |= happened.event.changes.keys()
        elif isinstance(happened.event, events.ClaimScheduled):
            names.add("due")
    return names | set(PLACE) if names & set(PLACE) else names


def last_read(past: Sequence[Happening]) -> dict[str, Any]:
    """What the program said last of each field, as plain values: recorded, changed or only offered, whatever people made of it."""
    read: dict[str, Any] = {}
    before: ClaimState | None = None
    for happened in past:
        state = lifecycle.evolve(before, happened)
        assert isinstance(state, ClaimState)
        match happened.event:
            case events.ClaimRecorded() as recorded:
                read = plain(recorded)
            case events.ClaimRedated(changes=changes) | events.ClaimReread(changes=changes):
                read |= changes
            case events.ClaimRedatingOffered(changes=changes) | events.ClaimRereadingOffered(changes=changes):
                # An offer that was taken back had come right.
                gone = offered(before).keys() - offered(state).keys() if before else set()
                now = plain(state.said) if gone else {}
                read |= {name: now[name] for name in gone} | changes
        before = state
    return read


def offered(state: ClaimState) -> dict[str, Any]:
    """All that is offered to people now."""
    return (state.offered or {}) | (state.offered_reading.changes if state.offered_reading else {})


def plain(said: events.ClaimRecorded) -> dict[str, Any]:
    """What a claim says as JSON values, as `changes` hold them."""
    values: dict[str, Any] = msgspec.json.decode(events.body_of(said))
    return values
