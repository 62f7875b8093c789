"""The fresh tables that a rebuild fills beside those that people query, and how far it has come with them.

They are not logged: a rebuild that was killed goes on with them; after a crash of PostgreSQL they are empty, and it begins anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from uuid import UUID

from django.db import connection, models, transaction

from claims import ledger
from claims.ledger import bulk, projections
from claims.ledger.rebuild.folding import BOUNDS, COPIES, Bounds

PREFIX = "fresh_"
_PLAN, _RUN, DIFFERS = "fresh_plan", "fresh_run", "fresh_differs"
# What decides what an event comes to: a rebuild that was begun by other code is not gone on with.
_MEANING = (
    *("domain/choices.py", "domain/lifecycle.py", "domain/state.py", "domain/upcasting.py", "domain/values.py"),
    *("domain/events/__init__.py", "domain/events/claims.py", "domain/events/flags.py", "domain/events/public_records.py"),
    *("domain/events/sources.py", "ledger/bulk.py", "ledger/projections.py", "ledger/text_format.py"),
)


def table(model: type[models.Model]) -> str:
    """The fresh table of one of the copies."""
    return PREFIX + model._meta.db_table


def names(model: type[models.Model]) -> str:
    """Its columns: all but the database's own numbering."""
    return ", ".join(f'"{name}"' for name in bulk.columns(model))


def prepare(size: int) -> bool:
    """Makes the fresh tables and the plan of ranges, about `size` events each; False where a rebuild was begun and goes on."""
    mark = _mark()
    with transaction.atomic():
        if _begun(mark):
            return False
        drop()
        ledger.seal()
        with connection.cursor() as cursor:
            for model in COPIES:
                source = f"SELECT {names(model)} FROM {model._meta.db_table}"  # noqa: S608 - our own tables' names
                cursor.execute(f"CREATE UNLOGGED TABLE {table(model)} AS {source} WITH NO DATA")
            cursor.execute(f"CREATE UNLOGGED TABLE {DIFFERS} (id uuid PRIMARY KEY)")
            cursor.execute(f"CREATE UNLOGGED TABLE {_PLAN} (low uuid, high uuid, events int)")
            cursor.execute(f"INSERT INTO {_PLAN} (low, high) {BOUNDS}", {"size": size})
            cursor.execute(
                f"CREATE UNLOGGED TABLE {_RUN} AS"  # noqa: S608
                " SELECT %s::text AS mark, (SELECT coalesce(max(position), -1) FROM claims_position) AS caught, false AS indexed",
                [mark],
            )
    return True


def drop() -> None:
    """No fresh tables any more."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {', '.join([*map(table, COPIES), DIFFERS, _PLAN, _RUN])}")


def _mark() -> str:
    seen = hashlib.sha256()
    for name in _MEANING:
        seen.update((Path(projections.__file__).parents[1] / name).read_bytes())
    for model in COPIES:
        seen.update(repr([(f.column, f.db_type(connection)) for f in model._meta.concrete_fields]).encode())
    return seen.hexdigest()


def _begun(mark: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [_RUN])
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(f"SELECT EXISTS (SELECT FROM {_RUN} WHERE mark = %s)", [mark])  # noqa: S608
        return bool(cursor.fetchone()[0])


# ── ranges


def take_range(*, wait: bool = False) -> Bounds | None:
    """A range that is not folded yet, ours until the transaction ends; with `wait` also one that somebody else has in hand."""
    with connection.cursor() as cursor:
        skip = "" if wait else "SKIP LOCKED"
        cursor.execute(f"SELECT low, high FROM {_PLAN} WHERE events IS NULL ORDER BY low NULLS FIRST LIMIT 1 FOR UPDATE {skip}")  # noqa: S608
        found = cursor.fetchone()
    return (found[0], found[1]) if found else None


def folded(between: Bounds, events: int) -> None:
    """Notes that a range is folded, in the transaction that wrote its rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_PLAN} SET events = %s WHERE low IS NOT DISTINCT FROM %s AND high IS NOT DISTINCT FROM %s",  # noqa: S608
            [events, *between],
        )


def done() -> int:
    """How many events were folded so far."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(sum(events), 0) FROM {_PLAN}")  # noqa: S608
        return int(cursor.fetchone()[0])


# ── what came since


def index() -> None:
    """Indexes the fresh tables, once they are full."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT indexed FROM {_RUN}")  # noqa: S608
        if cursor.fetchone()[0]:
            return
        for model in COPIES:
            key = "id" if model in projections.ROOTS else "claim_id, ordinal"
            cursor.execute(f"CREATE UNIQUE INDEX ON {table(model)} ({key})")
        cursor.execute(f"UPDATE {_RUN} SET indexed = true")  # noqa: S608


def caught() -> int:
    """The position up to which the fresh tables hold everything."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT caught FROM {_RUN}")  # noqa: S608
        return int(cursor.fetchone()[0])


def catch(position: int) -> None:
    """Notes that they hold everything up to `position`."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {_RUN} SET caught = %s", [position])  # noqa: S608


def forget(streams: list[UUID]) -> None:
    """Takes these streams' rows out of the fresh tables."""
    with connection.cursor() as cursor:
        for model in COPIES:
            key = "id" if model in projections.ROOTS else "claim_id"
            cursor.execute(f"DELETE FROM {table(model)} WHERE {key} = ANY(%s)", [streams])  # noqa: S608
