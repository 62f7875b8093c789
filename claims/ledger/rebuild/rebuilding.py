"""Every copy made again from the events while people read and write, and swapped in at once.

1. Fresh tables are filled from the events, range by range, each committed: after a kill the next rebuild goes on there.
2. What was appended meanwhile is folded again, until little is left.
3. Fresh and standing rows are compared, byte for byte, and what differs is listed.
4. The swap: appends wait (each holds its own lock on the events' table until it commits); the last remainder is folded; the
   rows that differ are replaced, in one transaction. Readers see the rows before or those after, and wait for nobody.

Renaming the fresh tables would leave behind what points at the old ones (foreign keys, fences, grants, names), and would make
readers wait. Here writers wait as long as the remainder and the differences take, which is a moment where little was wrong.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import OperationalError, connection, models, transaction
from django.utils.translation import gettext_lazy as _
from psycopg.errors import LockNotAvailable

from claims import ledger
from claims.ledger import projections
from claims.ledger.rebuild import folding, fresh
from claims.ledger.rebuild.folding import COPIES
from claims.models import Claim, EventRecord, Flag, Position, PublicRecord
from sources.errors import Refusal

Progress = Callable[[int, int], None]
FEW = 200  # streams that may be left for the swap
LOCK = 4_775_617_004  # one rebuild at a time, and none beside an erasure
PATIENCE, TRIES = 3, 40  # seconds that appends may queue behind the swap before it steps back, and how often it tries


class AlreadyRebuilding(Refusal):
    """Another rebuild is under way: let it end."""

    sentence = _("Another rebuild is under way: let it end.")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did."""

    events: int
    mended: int  # claims and flags whose rows were not what the events say
    waited: float  # seconds that writers waited at most
    resumed: bool


def rebuild(progress: Progress, *, helpers: Callable[[], None] = lambda: None) -> Rebuilt:
    """Makes every copy again. `helpers` may start processes that call `fold_ranges` too. Raises AlreadyRebuilding."""
    with _alone():
        resumed = not fresh.prepare(folding.RANGE)
        helpers()
        fold_ranges(progress)
        fold_ranges(progress, wait=True)  # what a helper had in hand when it died
        fresh.index()
        events = fresh.done()
        mended, waited = _swap_in()
        fresh.drop()
    return Rebuilt(events, mended, waited, resumed)


def fold_ranges(progress: Progress, *, wait: bool = False) -> None:
    """Folds ranges of the plan until none is left; any number of processes may."""
    total = EventRecord.objects.count()
    while True:
        with transaction.atomic():
            between = fresh.take_range(wait=wait)
            if between is None:
                return
            fresh.folded(between, folding.fold_range(between, fresh.PREFIX))
        progress(min(fresh.done(), total), total)


def fill(progress: Progress) -> int:
    """Writes every copy from the events into tables that are empty, in one transaction; how many events there were."""
    total, done = EventRecord.objects.count(), 0
    with transaction.atomic(), _writing():
        for between in folding.bounds(folding.RANGE):
            done += folding.fold_range(between)
            progress(done, total)
    return done


@contextmanager
def _alone() -> Iterator[None]:
    """Holds a lock over a connection of its own, in a transaction, so that a pooling proxy cannot pass it on."""
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                raise AlreadyRebuilding
        yield
        other.rollback()  # a server that is busy sees a closed connection late, and keeps its lock until then
    finally:
        other.close()


@contextmanager
def _writing() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        yield
        cursor.execute("SELECT set_config('isnad.writing', 'off', true)")


def _swap_in() -> tuple[int, float]:
    """Catches up, compares and swaps; what was mended, and how long writers waited."""
    for tried in range(1, TRIES + 1):
        _catch_up()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {fresh.DIFFERS}")
            cursor.execute(_DIFFERENCES)
        try:
            return _swap()
        except OperationalError as error:
            # Somebody appends in a long transaction: let those go on who queue behind us, and come again.
            if not isinstance(error.__cause__, LockNotAvailable) or tried == TRIES:
                raise
            time.sleep(1)
    raise AssertionError


def _catch_up() -> None:
    for _round in range(20):
        ledger.seal()
        reached = Position.objects.order_by("-position").values_list("position", flat=True).first()
        if reached is None or len(streams := _changed_since(fresh.caught())) <= FEW:
            return
        with transaction.atomic():
            for start in range(0, len(streams), 5000):
                _again(streams[start : start + 5000])
            fresh.catch(reached)


def _changed_since(position: int) -> list[UUID]:
    """The streams that have events after a position, or events that have none yet. One statement: none slips from the one to the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stream FROM claims_position JOIN claims_event USING (number) WHERE position > %s"
            " UNION SELECT stream FROM claims_pending JOIN claims_event USING (number)",
            [position],
        )
        return [stream for (stream,) in cursor.fetchall()]


def _again(streams: list[UUID]) -> None:
    fresh.forget(streams)
    folding.fold_streams(streams, fresh.PREFIX)


def _swap() -> tuple[int, float]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        began = time.monotonic()
        # What an append holds until it commits conflicts with this; what a reader holds does not.
        cursor.execute("LOCK TABLE claims_event IN SHARE MODE")
        cursor.execute("SET LOCAL lock_timeout = 0")
        remainder = _changed_since(fresh.caught())
        _again(remainder)
        cursor.execute(f"INSERT INTO {fresh.DIFFERS} SELECT unnest(%s::uuid[]) ON CONFLICT DO NOTHING", [remainder])
        cursor.execute(f"SELECT count(*) FROM {fresh.DIFFERS} WHERE id <> ALL(%s)", [remainder])  # noqa: S608
        mended = int(cursor.fetchone()[0])
        with _writing():
            for statement in _REPLACE:
                cursor.execute(statement)
    return mended, time.monotonic() - began


# ── the statements; all names are our own tables' and columns'


def _different(model: type[models.Model]) -> str:
    """The streams whose rows in one table differ, byte for byte (`*=` compares images), are missing or are too many."""
    by, also = ("id", "") if model in projections.ROOTS else ("claim_id", "AND l.ordinal = f.ordinal")
    names, live = fresh.names(model), model._meta.db_table
    doubled = "" if by == "id" else f" UNION SELECT claim_id FROM {live} GROUP BY claim_id, ordinal HAVING count(*) > 1"  # noqa: S608
    return (
        f"SELECT coalesce(l.{by}, f.{by}) FROM (SELECT {names} FROM {live}) l"  # noqa: S608
        f" FULL JOIN (SELECT {names} FROM {fresh.table(model)}) f ON l.{by} = f.{by} {also}"
        f" WHERE l.{by} IS NULL OR f.{by} IS NULL OR NOT (l *= f){doubled}"
    )


def _replacing() -> Iterator[str]:
    for part in projections.PARTS:
        yield f"DELETE FROM {part._meta.db_table} USING {fresh.DIFFERS} d WHERE claim_id = d.id"  # noqa: S608
    for root in (Flag, PublicRecord):
        yield f"DELETE FROM {root._meta.db_table} x USING {fresh.DIFFERS} d WHERE x.id = d.id"  # noqa: S608
    yield (
        f"DELETE FROM claims_claim x USING {fresh.DIFFERS} d WHERE x.id = d.id"  # noqa: S608
        f" AND NOT EXISTS (SELECT FROM {fresh.table(Claim)} f WHERE f.id = d.id)"
    )
    for model in COPIES:
        names, key = fresh.names(model), "id" if model in projections.ROOTS else "claim_id"
        statement = (
            f"INSERT INTO {model._meta.db_table} ({names}) SELECT {names} FROM {fresh.table(model)} f"  # noqa: S608
            f" WHERE EXISTS (SELECT FROM {fresh.DIFFERS} d WHERE d.id = f.{key})"
        )
        if model is Claim:  # written over, not away: other tables point at claims
            sets = ", ".join(f"{name} = EXCLUDED.{name}" for name in names.split(", ") if name != '"id"')
            statement += f" ON CONFLICT (id) DO UPDATE SET {sets}"
        elif key == "claim_id":
            statement += " ORDER BY claim_id, ordinal"
        yield statement


_DIFFERENCES = f"INSERT INTO {fresh.DIFFERS} {' UNION '.join(map(_different, COPIES))}"
_REPLACE = list(_replacing())
