"""Which claims the rules look at, and when: those that an event touched, and those whose day has come.

Each claim that some rule may still have something to say about has a `Look`: the next day on which a rule could change
its mind. An index over that day finds what is due, so that a run costs by what is due and not by what is kept.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from claims import ledger
from claims.domain import events
from claims.domain.choices import FlagStatus
from claims.flagging import batch_loading, context_providers, neighbours, raise_and_clear
from claims.flagging.raise_and_clear import FlagStanding, Outcome
from claims.ledger import erasure_guard, subscriptions, text_format
from claims.models import Claim, Flag, Look, Position, Rounds, Subscription
from claims.rules import Rule

BATCH = 1000
FOLLOWS = "rules"  # the name under which they follow the feed
TOUCHED = 5000  # positions of the feed taken together
NOW = date(1, 1, 1)  # before any day: look at once
# Flags themselves touch no rule.
_TOUCHING = [name for name in events.TYPES if name.startswith(("Claim", "Verdict", "Evidence", "Correction"))]
_NOW = """
INSERT INTO claims_look (claim, "on") SELECT id, %s FROM claims_claim WHERE id = ANY(%s) ORDER BY id
ON CONFLICT (claim) DO UPDATE SET "on" = excluded."on"
"""
_DUE = 'SELECT claim, "on", failed, ctid FROM claims_look WHERE "on" <= %s ORDER BY "on", claim LIMIT %s FOR UPDATE SKIP LOCKED'
_LATER = """
UPDATE claims_look l SET "on" = g."on", failed = coalesce(g.failed, '')
FROM unnest(%s::tid[], %s::date[], %s::text[]) AS g(place, "on", failed) WHERE l.ctid = g.place
"""


def run(name: str | None = None, *, today: date | None = None) -> Outcome:
    """Raises what should be raised and clears what has ended. Safe to run twice, late, side by side, or on a clock set back.

    1. Note which claims were touched since the last run, by their place in the feed, and those that look at them.
    2. Take the claims whose look is due, some at a time; another worker takes others.
    3. Compare what should be raised with what was, append the difference, and note when to look again: in one transaction.

    With a `name` that rule alone looks at every claim.
    """
    only, outcome = raise_and_clear.chosen(name), Outcome()
    if name is not None:
        _look_at_all(only, today or timezone.localdate(), outcome)
        return outcome
    Subscription.objects.get_or_create(name=FOLLOWS)
    day = _begin(only, today)
    while _touched(only):
        pass
    _look_at_what_is_due(only, day, outcome)
    return outcome


def look_again(claims: Iterable[UUID]) -> None:
    """The rules look at these claims in their next run: something around them changed. One statement, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_NOW, [NOW, list(set(claims))])  # in one order, or two at once would wait for each other


def failing() -> dict[str, int]:
    """The rules that failed at the last look, and on how many claims; they are tried again every day."""
    looks = Look.objects.exclude(failed="").values_list("failed", flat=True)
    return dict(sorted(Counter(name for failed in looks for name in failed.split()).items()))


def next_turn(claim: Claim, only: Iterable[Rule], after: date) -> date | None:
    """The first day after `after` on which one of the rules may find something else on this claim as it is now."""
    return _first_turn(claim, [(rule, raise_and_clear.parameters_of(rule)) for rule in only], after)


def _first_turn(claim: Claim, asked: Iterable[tuple[Rule, dict[str, Any]]], after: date) -> date | None:
    return min((day for rule, parameters in asked for day in rule.turns(claim, parameters) if day > after), default=None)


def _begin(only: list[Rule], today: date | None) -> date:
    """The day of this run, which never goes back; where the rules are others than last time, every claim is looked at anew."""
    with transaction.atomic():
        rounds = Rounds.objects.select_for_update().get_or_create(pk=1)[0]
        day = today or max(timezone.localdate(), rounds.day or NOW)
        rules = _fingerprint(only)
        if rules != rounds.rules:
            with connection.cursor() as cursor:
                cursor.execute(
                    'INSERT INTO claims_look (claim, "on") SELECT id, %s FROM claims_claim ON CONFLICT (claim) DO UPDATE SET "on" = %s',
                    [NOW, NOW],
                )
            rounds.rules = rules
        rounds.day = day if rounds.day is None else max(day, rounds.day)
        rounds.save(update_fields=["day", "rules"])
    return day


def _fingerprint(only: list[Rule]) -> str:
    said = [(rule.name, sorted(raise_and_clear.parameters_of(rule).items()), rule.edition) for rule in only]
    return hashlib.sha256(repr((said, settings.TIME_ZONE)).encode()).hexdigest()


def _touched(only: list[Rule]) -> bool:
    """Notes the claims of the next events of the feed, and those that look at them; False where that were all."""
    ledger.seal()
    with subscriptions.held(FOLLOWS) as mine:
        newest: int | None = Position.objects.aggregate(newest=Max("position"))["newest"]
        if newest is None or newest <= mine.position:
            return False
        through = min(newest, mine.position + TOUCHED)  # positions have no gaps
        touched = _touching(mine.position, through, {"FlagSnoozed", "SourceRevised", *_TOUCHING, *context_providers.events(only)})
        snoozed = Flag.objects.filter(pk__in=touched["FlagSnoozed"]).values_list("claim", flat=True)
        moved = _of_sources(touched["SourceRevised"])
        look_again([*snoozed, *moved, *(id for type in _TOUCHING for id in touched[type]), *context_providers.seen_by(touched, only)])
        mine.position = through
        return through < newest


def _of_sources(revised: list[UUID]) -> list[UUID]:
    """The claims of documents that were revised, or whose outlets were: rules ask for their dates and names.

    And those of speakers, with the claims near them: who is one with whom is asked there, by the later of two.
    """
    if not revised:
        return []
    own = Claim.objects.filter(document__in=revised).values_list("pk", flat=True)
    of_outlets = Claim.objects.filter(document__outlet__in=revised).values_list("pk", flat=True)
    said = list(Claim.objects.filter(speaker__in=revised).values_list("pk", flat=True))
    return [*own, *of_outlets, *said, *(neighbours.seen_by(said) if said else ())]


def _touching(after: int, through: int, types: Iterable[str]) -> dict[str, list[UUID]]:
    """The streams to which such events happened, by type: most events of a busy night are flags', and touch no rule."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT e.type, e.stream FROM claims_position p JOIN claims_event e USING (number)"
            " WHERE p.position > %s AND p.position <= %s AND e.type = ANY(%s)",
            [after, through, list(types)],
        )
        found: dict[str, list[UUID]] = defaultdict(list)
        for type, stream in cursor.fetchall():
            found[type].append(stream)
    return found


def _look_at_what_is_due(only: list[Rule], day: date, outcome: Outcome) -> None:
    """Looks at all whose day has come. Where they are many, two hands do it: while PostgreSQL works for one, Python does for the other.

    Both take their batches as two workers would. In somebody's transaction one hand does all: another would not see what it changed.
    """
    tired = threading.Event()
    if connection.in_atomic_block or Look.objects.filter(on__lte=day)[: BATCH + 1].count() <= BATCH:
        _go_on(only, day, outcome, tired)
        return
    with ThreadPoolExecutor(1, "flagging") as hands:
        other = hands.submit(_with_the_other_hand, only, day, tired)
        try:
            _go_on(only, day, outcome, tired)
        except BaseException:
            tired.set()  # it ends with the batch that it has
            raise
        outcome.add(other.result())


def _go_on(only: list[Rule], day: date, outcome: Outcome, tired: threading.Event) -> None:
    while not tired.is_set() and _look(only, day, outcome):
        pass


def _with_the_other_hand(only: list[Rule], day: date, tired: threading.Event) -> Outcome:
    outcome = Outcome()
    try:
        _go_on(only, day, outcome, tired)
    finally:
        connection.close()  # a thread has its own
    return outcome


def _look(only: list[Rule], day: date, outcome: Outcome) -> int:
    """Looks at the next claims whose day has come; how many there were.

    A claim that nothing has happened to is asked only what a day may change. All rules look at one that something happened
    to, one that a rule failed on, and one with a snoozed flag whose day has come.
    """
    with transaction.atomic():
        erasure_guard.hold_off()
        taken = _taken(day)
        passing = [rule for rule in only if rule.turning]
        anew = {claim for claim, on, failed, _ in taken if on == NOW or failed}
        flags = raise_and_clear.standing_of([claim for claim, *_ in taken], passing, anew)
        if woken := {f.claim for f in flags if _wakes(f, day)} - anew:
            anew |= woken
            flags = [f for f in flags if f.claim not in woken] + raise_and_clear.flags_of(woken)
        turned = [claim for claim, *_ in taken if claim not in anew]
        failed: dict[UUID, str] = {}
        claims: list[Claim] = []
        for some, asked in ((batch_loading.gathered(list(anew)), only), (_glanced(turned, passing), passing)):
            if some:
                failed |= _by_claim(raise_and_clear.settle(some, day, asked, outcome, flags))
                claims += some
        _look_again({claim: place for claim, _, _, place in taken}, _next(claims, passing, day, failed, flags), failed)
    return len(taken)


def _taken(day: date) -> list[tuple[UUID, date, str, str]]:
    """The next claims whose day has come and that no other worker has: id, day, the rules that failed on it, and the row's place."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [day, BATCH])
        return list(cursor.fetchall())


def _wakes(flag: FlagStanding, day: date) -> bool:
    return flag.state == FlagStatus.SNOOZED and flag.until is not None and flag.until <= day


def _glanced(ids: list[UUID], only: list[Rule]) -> list[Claim]:
    """These claims with what the rules look at, and no more where they all say what that is."""
    if any(rule.needs or not rule.reads for rule in only):
        return batch_loading.gathered(ids)
    return batch_loading.glanced(ids, sorted({field for rule in only for field in rule.reads}))


def _look_at_all(only: list[Rule], today: date, outcome: Outcome) -> None:
    last: UUID | None = None
    every = Claim.objects.for_rules().order_by("id")
    while True:
        with transaction.atomic():
            erasure_guard.hold_off()
            if not (batch := list((every.filter(id__gt=last) if last else every)[:BATCH])):
                return
            raise_and_clear.settle(batch, today, only, outcome)
        last = batch[-1].pk


def _by_claim(failures: raise_and_clear.Failures) -> dict[UUID, str]:
    failed: dict[UUID, str] = {}
    for claim, rule in sorted(failures.pairs):
        failed[claim] = f"{failed[claim]} {rule}" if claim in failed else rule
    return failed


def _next(claims: list[Claim], only: list[Rule], day: date, failed: Iterable[UUID], flags: list[FlagStanding]) -> dict[UUID, date]:
    """The next day on which to look at each of these claims: when a day may change something, a flag wakes, or to try again."""
    asked = [(rule, raise_and_clear.parameters_of(rule)) for rule in only]
    next_day = {claim.id: turn for claim in claims if (turn := _first_turn(claim, asked, day))}
    asleep = [flag.claim for flag in flags if flag.state == FlagStatus.SNOOZED]
    if asleep:  # and still so, now that what has ended is cleared
        sleeping = Flag.objects.filter(claim__in=asleep, state=FlagStatus.SNOOZED, until__gt=day)
        for id, until in sleeping.values_list("claim", "until"):
            assert until is not None
            next_day[id] = min(until, next_day.get(id, until))
    tomorrow = day + timedelta(days=1)
    return next_day | {id: min(tomorrow, next_day.get(id, tomorrow)) for id in failed}


def _look_again(looked_at: dict[UUID, str], next_day: dict[UUID, date], failed: dict[UUID, str]) -> None:
    """Notes the next days, at the places where these looks stand: nobody moves what is locked."""
    if gone := looked_at.keys() - next_day.keys():
        Look.objects.filter(pk__in=gone).delete()
    if next_day:
        with connection.cursor() as cursor:  # bulk_update() would take longer than all rules together
            places, days = [looked_at[id] for id in next_day], (day.isoformat() for day in next_day.values())
            cursor.execute(_LATER, [places, text_format.array(days), [failed.get(id, "") for id in next_day] if failed else None])
