"""The eventsourcing library doing the same: a claim as an aggregate, kept by its PostgreSQL recorder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from itertools import cycle
from typing import Any

import msgspec
from django.db import connection
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from sources.text.edtf import ImpreciseDate
from tests.bench import claims as made
from tests.bench.rounds import Slice


class Claim(Aggregate):  # type: ignore[misc]
    """A claim with the fields that ours is recorded with."""

    @event("Recorded")
    def __init__(self, said: dict[str, Any]) -> None:
        self.said = said

    @event("Scheduled")
    def schedule(self, due: dict[str, Any], reason: str) -> None:
        """A new due date."""
        self.said = self.said | {"due": due}


class Claims(Application):  # type: ignore[misc]
    """Its application."""

    name = "claims"


def application(*, create: bool = True) -> Any:
    """The application on the same PostgreSQL as ours; `create` makes its tables."""
    place = connection.settings_dict
    names = {"DBNAME": "NAME", "HOST": "HOST", "PORT": "PORT", "USER": "USER", "PASSWORD": "PASSWORD"}
    words = {f"POSTGRES_{theirs}": str(place[ours]) or "unused" for theirs, ours in names.items()}
    # Several at once that make them get in each other's way: "tuple concurrently updated".
    words["CREATE_TABLE"] = "yes" if create else "no"
    return Claims(env={"PERSISTENCE_MODULE": "eventsourcing.postgres", "POSTGRES_POOL_SIZE": "2", **words})


def plain(number: int) -> dict[str, Any]:
    """What our claims are recorded with, as its transcoder takes it."""
    return dict(msgspec.to_builtins(made.sample_claim(number)))


def changing(number: int, due: Iterator[ImpreciseDate]) -> Slice:
    """Loads a claim, changes its due date, saves it."""
    app = application()
    claims = [Claim(said=plain(n)) for n in range(number)]
    for start in range(0, number, 100):  # it was seen to hang on batches of 1,000
        app.save(*claims[start : start + 100])
    ids = cycle([claim.id for claim in claims])

    def one() -> int:
        claim = app.repository.get(next(ids))
        claim.schedule(asdict(next(due)), "the minister moved it")
        app.save(claim)
        return 1

    return one


def appending(number: int) -> Slice:
    """Changes claims that are held, and saves them."""
    app = application(create=False)
    claims = [Claim(said=plain(n)) for n in range(number)]
    app.save(*claims)
    each, due = cycle(claims), made.horizons()

    def one() -> int:
        claim = next(each)
        claim.schedule(asdict(next(due)), "the minister moved it")
        app.save(claim)
        return 1

    return one
