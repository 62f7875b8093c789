"""A million claims in statements: copies of one that went through the ledger, each with its event, its place and its next look."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone

from claims import flagging, ledger, review
from claims.flagging import looking
from claims.models import Claim, Position, Quantity, Rounds
from config.bench import claims as made
from config.bench.rounds import Notice
from sources.models import new_id

PART = 50_000
_IDS = "CREATE TEMP TABLE fresh ON COMMIT DROP AS SELECT gen_random_uuid() AS id, n FROM generate_series(1, %s) n"
# What a recorded claim's first event looks like; its entry is as long as a real one, and sealed as one.
_EVENTS = """
WITH written AS (
    INSERT INTO claims_event (id, stream, version, type, schema, actor, context, recorded_at, entry, body, salt)
    SELECT gen_random_uuid(), f.id, 1, e.type, e.schema, e.actor, e.context, e.recorded_at, replace(e.entry, e.stream::text, f.id::text),
           e.body, e.salt
    FROM fresh f, claims_event e WHERE e.stream = %(like)s AND e.version = 1
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
    like = Claim.objects.order_by("recorded_at", "id")[0]
    while there < size:
        notice(f"keeping claims: {there:,} of {size:,}")
        part = min(PART, size - there)
        _copies(like, part)
        there += part
    with connection.cursor() as cursor:
        for table in ("claim", "quantity", "event", "position", "look", "flag"):
            cursor.execute(f"ANALYZE claims_{table}")  # as autovacuum has done wherever there are so many
    _caught_up()


def due(number: int, on: date) -> None:
    """Lets so many of the claims be due on a day, as if they had always been."""
    day = made.day(on)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        cursor.execute(
            "CREATE TEMP TABLE chosen ON COMMIT DROP AS SELECT id AS claim FROM claims_claim c"
            " WHERE status IN ('proposed', 'accepted', 'in_review') AND due_last > '2031-01-01'"
            " AND NOT EXISTS (SELECT FROM claims_flag f WHERE f.claim_id = c.id) LIMIT %s",
            [number],
        )
        cursor.execute(
            "UPDATE claims_claim SET due = jsonb_build_object('edtf', %s::text, 'basis', 'text'), due_first = %s, due_last = %s"
            " WHERE id IN (SELECT claim FROM chosen)",
            [day.edtf, on, on],
        )
        cursor.execute('UPDATE claims_look SET "on" = %s WHERE claim IN (SELECT claim FROM chosen)', [on + timedelta(days=1)])
        cursor.execute("SELECT set_config('isnad.writing', 'off', true)")


def _first() -> None:
    """The claim that all others are like: accepted, with its figure."""
    stream = new_id()
    ledger.append({stream: (None, [made.said(0)])}, by=made.WRITER)
    review.accept(stream, by=made.WRITER)
    flagging.run()  # what else the rules say of such a claim


def _copies(like: Claim, number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.writing', 'on', true)")
        cursor.execute(_IDS, [number])
        others = [f'"{field.column}"' for field in Claim._meta.concrete_fields if field.column not in ("id", "speaker_name")]
        cursor.execute(
            f"INSERT INTO claims_claim (id, speaker_name, {', '.join(others)})"  # noqa: S608 - our own columns
            f" SELECT f.id, 'Speaker ' || f.n %% 5000, {', '.join(others)} FROM fresh f, claims_claim c WHERE c.id = %s",
            [like.pk],
        )
        parts = [f'"{f.column}"' for f in Quantity._meta.concrete_fields if f.column not in ("id", "claim_id")]
        named = ", ".join(f"c.{name}" for name in parts)
        cursor.execute(
            f"INSERT INTO claims_quantity (claim_id, {', '.join(parts)}) SELECT f.id, {named}"  # noqa: S608 - our own columns
            " FROM fresh f, claims_quantity c WHERE c.claim_id = %s",
            [like.pk],
        )
        cursor.execute(_EVENTS, {"like": like.pk})
        turn = looking.turns(like, flagging.chosen(), timezone.localdate())
        cursor.execute('INSERT INTO claims_look (claim, "on") SELECT id, %s FROM fresh', [turn or date(2031, 12, 24)])
        cursor.execute("SELECT set_config('isnad.writing', 'off', true)")
    ledger.seal()


def _caught_up() -> None:
    newest = Position.objects.order_by("-position").values_list("position", flat=True)[0]
    Rounds.objects.update_or_create(
        pk=1, defaults={"through": newest, "rules": looking._fingerprint(flagging.chosen()), "day": timezone.localdate()}
    )
