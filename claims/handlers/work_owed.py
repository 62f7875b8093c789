"""Work that is owed for several reasons, or after an upgrade: what claims have missed is seen to by and by."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from claims import flagging
from claims.handlers.work_kinds import FLAG, INDEX, NEAR, OFFER, RECORDS
from claims.models import Claim
from claims.records import first as first_records
from claims.similarity import index, nearest
from claims.workflow import offering
from sources import jobs


def owe_flagging() -> None:
    """The rules run at the end of this minute."""
    minute = (timezone.now() + timedelta(minutes=1)).replace(second=0, microsecond=0)
    jobs.owe(FLAG, f"{FLAG}:after:{minute:%Y-%m-%dT%H:%M}", minute)


def index_from(after: UUID) -> None:
    """The next claims that have a source, or a statement that is not their quote, are indexed anew; what follows them is owed.

    Where the index was filled by an earlier version it lacks the words of sources, and may hold words that are no part of what is
    compared: then what is near is owed, too.
    """
    claims = index.with_other_words(after)
    index.renew(claims)
    reworded = index.reworded(claims)
    flagging.look_again(nearest.forget(reworded))
    owe_neighbours(reworded)
    if claims:
        jobs.owe(INDEX, f"{INDEX}:{claims[-1]}")
        jobs.wake(INDEX)


def owe_neighbours(claims: Collection[UUID] | None = None) -> int:
    """What is near every claim that is worked on, or near these, is searched anew; how many they are."""
    again = timezone.now().isoformat(timespec="seconds")
    worked_on = Claim.objects.filter(status__in=nearest.WORKED_ON).values_list("pk", flat=True)
    if claims is not None:
        worked_on = worked_on.filter(pk__in=claims)
    owed = jobs.owe_all(NEAR, [f"{NEAR}:{claim}:{again}" for claim in worked_on])
    jobs.wake(NEAR)
    return owed


def owe_first_records(sender: object, **_: Any) -> None:
    """After an upgrade: claims that were published before get their public records, and old denials are looked for.

    On the way back, or where only some migrations were asked for, what this asks is not there: then nothing is owed.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if first_records.missing():
        jobs.owe_again(RECORDS, f"{RECORDS}:first")
        jobs.wake(RECORDS)
    if offering.to_restate().exists() and jobs.owe(OFFER, f"{OFFER}:restate:denials"):  # once
        jobs.wake(OFFER)


def owe_after_loading() -> None:
    """A copy that an earlier version wrote brings claims which an upgrade would see to: here they arrive after it."""
    owe_first_records(None)
    if offering.to_restate().exists():
        jobs.owe_again(OFFER, f"{OFFER}:restate:denials")
        jobs.wake(OFFER)
