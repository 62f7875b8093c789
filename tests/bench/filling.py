"""A million claims in statements: copies of one that went through the ledger, each with its flags, its events and its next look."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import AutoField, Model
from django.utils import timezone

from claims import flagging, ledger
from claims.flagging import rule_runs
from claims.models import Claim, Flag, Position, Quantity, Rounds, Subscription
from claims.workflow import review
from sources.models import new_id
from tests.bench import claims as made
from tests.bench.rounds import Notice

PART = 50_000
_IDS = "CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, %s) n"
# Each claim's own stream, and that of each flag which the rules have raised on it; `like` is the stream that it is like.
_STREAMS = """
CREATE TEMP TABLE streams ON COMMIT DROP AS
SELECT id AS stream, %(like)s::uuid AS "like", id AS claim FROM fresh
UNION ALL SELECT gen_random_uuid(), g.id, f.id FROM fresh f, claims_flag g WHERE g.claim_id = %(like)s
"""
# What a stream's first event looks like; its entry is as long as a real one, and sealed as one.
_EVENTS = """
WITH written AS (
    INSERT INTO claims_event (id, stream, version, type, schema, actor, context, recorded_at, entry, body, salt)
    SELECT gen_random_uuid(), s.stream, 1, e.type, e.schema, e.actor, e.context, e.recorded_at,
           replace(e.entry, e.stream::text, s.stream::text), replace(e.body, %(like)s, s.claim::text), e.salt
    FROM streams s JOIN claims_event e ON e.stream = s."like" AND e.version = 1
    RETURNING number
)
INSERT INTO claims_pending (number) SELECT number FROM written
"""


def fill(size: int, notice: Notice) -> None:
    """Keeps claims that are due in 2031 until there are `size`; what the rules say of them is said, so that no look is owed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM claims_claim")
        there = int(cursor.fetchone()[0])
    if not there:
        _first()
        there = 1
    like = Claim.objects.filter(due_last__gt=date(2031, 1, 1)).order_by("recorded_at", "id")[0]  # one that was never made due
    while there < size:
        notice(f"keeping claims: {there:,} of {size:,}")
        part = min(PART, size - there)
        _copies(like, part)
        there += part
    with connection.cursor() as cursor:
        for table in ("claim", "quantity", "event", "position", "look", "flag"):
            cursor.execute(f"VACUUM (ANALYZE) claims_{table}")  # as autovacuum has done wherever there are so many
    _caught_up()


def due(number: int, on: date) -> None:
    """Lets so many of the claims be due on a day, as if they had always been."""
    day = made.day(on)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        some = f"claims_claim c TABLESAMPLE BERNOULLI ({_percent(cursor, number)})"
        cursor.execute(
            f"CREATE TEMP TABLE chosen ON COMMIT DROP AS SELECT id AS claim FROM {some}"
            " WHERE status IN ('proposed', 'accepted', 'in_review') AND due_last > '2031-01-01'"
            " AND NOT EXISTS (SELECT FROM claims_flag f WHERE f.claim_id = c.id AND f.rule = 'due') ORDER BY random() LIMIT %s",
            [number],
        )
        cursor.execute(
            "UPDATE claims_claim SET due = jsonb_build_object('edtf', %s::text, 'basis', 'text'), due_first = %s, due_last = %s"
            " WHERE id IN (SELECT claim FROM chosen)",
            [day.edtf, on, on],
        )
        cursor.execute('UPDATE claims_look SET "on" = %s WHERE claim IN (SELECT claim FROM chosen)', [on + timedelta(days=1)])
        cursor.execute("SELECT set_config('isnad.writing', 'off', true)")


def _percent(cursor: Any, number: int) -> float:
    """Of how many of all claims some are chosen: among all would take longer than what is measured."""
    cursor.execute("SELECT reltuples FROM pg_class WHERE oid = 'claims_claim'::regclass")
    return min(100.0, 100.0 * 5 * number / max(float(cursor.fetchone()[0]), 1.0))


def _first() -> None:
    """The claim that all others are like: accepted, with its figure."""
    stream = new_id()
    ledger.append({stream: (None, [made.sample_claim(0)])}, by=made.WRITER)
    review.accept(stream, by=made.WRITER)
    flagging.run()  # what else the rules say of such a claim


def _copies(like: Claim, number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        cursor.execute(_IDS, [number])
        cursor.execute(_STREAMS, {"like": str(like.pk)})
        _rows(cursor, Claim, "id, speaker_name", "f.id, 'Speaker ' || f.n % 5000", "fresh f JOIN claims_claim c ON c.id = %s", like)
        _rows(cursor, Quantity, "claim_id", "f.id", "fresh f JOIN claims_quantity c ON c.claim_id = %s", like)
        _rows(
            cursor, Flag, "id, claim_id", "s.stream, s.claim", 'streams s JOIN claims_flag c ON c.claim_id = %s AND c.id = s."like"', like
        )
        cursor.execute(_EVENTS, {"like": str(like.pk)})
        turn = rule_runs.next_turn(like, flagging.chosen(), timezone.localdate())
        cursor.execute('INSERT INTO claims_look (claim, "on") SELECT id, %s FROM fresh', [turn or date(2031, 12, 24)])
        cursor.execute("SELECT set_config('isnad.writing', 'off', true)")
    ledger.seal()


def _rows(cursor: Any, model: type[Model], own: str, values: str, source: str, like: Claim) -> None:
    """Rows that have these values of their own, and in every other column those of the row `c` they are like."""
    others = [f'"{f.column}"' for f in model._meta.concrete_fields if f.column not in own.split(", ") and not isinstance(f, AutoField)]
    named = ", ".join(f"c.{name}" for name in others)
    source = source.replace("%s", f"'{like.pk}'")
    cursor.execute(f"INSERT INTO {model._meta.db_table} ({own}, {', '.join(others)}) SELECT {values}, {named} FROM {source}")


def _caught_up() -> None:
    newest = Position.objects.order_by("-position").values_list("position", flat=True)[0]
    Subscription.objects.update_or_create(name=rule_runs.FOLLOWS, defaults={"position": newest})
    Rounds.objects.update_or_create(pk=1, defaults={"rules": rule_runs._fingerprint(flagging.chosen()), "day": timezone.localdate()})
