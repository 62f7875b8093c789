"""Payloads of older schemas, brought up to the newest shape as they are read; what is stored stays as it was written.

An event type whose payload must change its shape raises its `schema` by one and says here how one payload of the schema
before becomes one of the next. The steps are run in order, so each needs to know its own two shapes only.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Payload = dict[str, Any]
Step = Callable[[Payload], Payload]

STEPS: dict[tuple[str, int], Step] = {}


class TooNew(ValueError):
    """This event was written by a newer program than this one: upgrade before you read it."""

    def __init__(self, name: str, schema: int, known: int) -> None:
        super().__init__(f"{name} was written with schema {schema}, and this program knows {known}: upgrade it first.")


class NoWayUp(LookupError):
    """Nobody has said how a payload of this schema becomes one of the next."""


def upcaster(name: str, schema: int) -> Callable[[Step], Step]:
    """Marks a function that makes a payload of `schema` + 1 out of one of `schema`; it may change the dict it is given."""

    def mark(step: Step) -> Step:
        if (name, schema) in STEPS:
            raise ValueError(f"{name} {schema} has its step already")
        STEPS[name, schema] = step
        return step

    return mark


def raised(name: str, payload: Payload, *, schema: int, to: int) -> Payload:
    """The payload in the shape of schema `to`. Raises NoWayUp where a step between is missing, TooNew where it is newer."""
    if schema > to:
        raise TooNew(name, schema, to)
    for step in range(schema, to):
        if (name, step) not in STEPS:
            raise NoWayUp(f"{name}: nothing leads from schema {step} to {step + 1}")
        payload = STEPS[name, step](payload)
    return payload
