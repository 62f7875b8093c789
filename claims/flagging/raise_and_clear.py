"""What should be raised on some claims is compared with what was, and the difference is appended."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import starmap
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from uuid_utils.compat import uuid5

from claims import ledger, rules
from claims.domain import lifecycle
from claims.domain.choices import FlagStatus
from claims.domain.events import Event, FlagCleared, FlagRaised
from claims.domain.state import State
from claims.domain.steps import OPEN_FLAGS
from claims.flagging import context_providers
from claims.ledger import text_format
from claims.models import Claim
from claims.rules import Finding, Rule
from claims.rules.context import ALONE, Around
from sources.errors import Category, Refusal
from sources.roles import PROGRAM

log = logging.getLogger(__name__)


class NoSuchRule(Refusal, ValueError):
    """There is no such rule, or it is switched off."""

    sentence = _("There is no rule “%(name)s” switched on: there are %(names)s.")
    category = Category.INVALID


Key = tuple[UUID, str, str]  # a flag's claim, rule and key: there is one flag of each


class Found(NamedTuple):
    """A finding, whose it is and by which rule."""

    claim: Claim
    rule: Rule
    finding: Finding

    @property
    def key(self) -> Key:
        """What its flag is known by."""
        return self.claim.id, self.rule.name, self.finding.key

    def raised(self) -> tuple[UUID, FlagRaised]:
        """The flag going up, on a stream of its own: the same for the same claim, rule and key, so that it is raised once."""
        f, claim, rule = self.finding, str(self.claim.id), self.rule.name
        event = FlagRaised(
            claim=claim,
            rule=rule,
            key=f.key,
            code=f.code,
            parameters=dict(f.parameters),
            severity=f.severity,
            due_on=f.due_on,
        )
        return uuid5(ledger.NAMESPACE, f"flag:{claim}:{rule}:{f.key}"), event


class FlagStanding(NamedTuple):
    """A flag as it stands."""

    id: UUID
    claim: UUID
    rule: str
    key: str
    code: str
    severity: str
    state: str
    until: date | None


@dataclass(slots=True)
class Outcome:
    """What one run did."""

    raised: int = 0
    cleared: int = 0
    failed: int = 0

    def add(self, other: "Outcome") -> None:
        """What another hand did of the same run."""
        self.raised += other.raised
        self.cleared += other.cleared
        self.failed += other.failed


@dataclass(slots=True)
class Failures:
    """Which rule failed on which claim: what it raised before is left alone, and the claim is looked at again."""

    pairs: set[tuple[UUID, str]] = field(default_factory=set)

    def note(self, claim: Claim, rule: Rule) -> None:
        """One more."""
        self.pairs.add((claim.pk, rule.name))


def chosen(name: str | None = None) -> list[Rule]:
    """The rules that are switched on, or the one named. Raises NoSuchRule."""
    on = {n: r for n, r in rules.all_rules().items() if n not in settings.RULES_OFF}
    if name is None:
        return list(on.values())
    if name not in on:
        raise NoSuchRule(name=name, names=", ".join(on))
    return [on[name]]


def parameters_of(rule: Rule) -> dict[str, Any]:
    """A rule's own defaults, and what the settings say instead."""
    return {**rule.defaults, **settings.RULE_PARAMETERS.get(rule.name, {})}


def findings(
    claims: Iterable[Claim], today: date, only: list[Rule], failures: Failures | None = None, *, around: Mapping[UUID, Around] | None = None
) -> Iterator[Found]:
    """What the rules find on these claims on that day. A rule that fails on one claim says so, and the others go on.

    What is `around` them is fetched unless it is given.
    """
    asked = [(rule, parameters_of(rule)) for rule in only]
    batch = list(claims)
    there = context_providers.around(batch, only) if around is None else around
    for claim in batch:
        near = there.get(claim.pk, ALONE)
        for rule, parameters in asked:
            try:
                for finding in rule.find(claim, near, today, parameters):
                    yield Found(claim, rule, finding)
            except Exception:
                log.exception("The rule %s failed on claim %s.", rule.name, claim.pk)
                if failures is not None:
                    failures.note(claim, rule)


_STANDING = "SELECT id, claim_id, rule, key, code, severity, state, until FROM claims_flag WHERE claim_id = ANY(%s::uuid[])"


_SOME = f"{_STANDING} AND (rule = ANY(%s) OR state = 'snoozed' OR claim_id = ANY(%s::uuid[]))"


def flags_of(claims: Iterable[UUID]) -> list[FlagStanding]:
    """All flags that were ever raised on these claims."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [text_format.array(id.hex for id in claims)])
        return list(starmap(FlagStanding, cursor.fetchall()))


def standing_of(claims: Iterable[UUID], only: list[Rule], whole: Iterable[UUID]) -> list[FlagStanding]:
    """The flags of these rules and those that sleep; of the claims that are asked the `whole` of the rules, all."""
    with connection.cursor() as cursor:
        ids, others = text_format.array(id.hex for id in claims), text_format.array(id.hex for id in whole)
        cursor.execute(_SOME, [ids, [rule.name for rule in only], others])
        return list(starmap(FlagStanding, cursor.fetchall()))


def settle(batch: list[Claim], today: date, only: list[Rule], outcome: Outcome, flags: Iterable[FlagStanding] | None = None) -> Failures:
    """Raises on these claims what should be raised, and clears what has ended. `flags` are the claims' own, where the caller has them."""
    failures, names, ids = Failures(), {rule.name for rule in only}, {claim.id for claim in batch}
    there = {(f.claim, f.rule, f.key): f for f in (flags_of(ids) if flags is None else flags) if f.rule in names and f.claim in ids}
    should = {found.key: found for found in findings(batch, today, only, failures)}
    new = [(found, there.get(key)) for key, found in should.items() if _to_raise(there.get(key), found, today)]
    ended = [f for key, f in there.items() if key not in should and f.state in OPEN_FLAGS and (f.claim, f.rule) not in failures.pairs]
    going_up = [(found.raised(), flag) for found, flag in new]
    outcome.raised += _append_each({flag.id if flag else stream: (event, flag) for (stream, event), flag in going_up})
    outcome.cleared += _append_each({f.id: (FlagCleared(), f) for f in ended})
    outcome.failed += len(failures.pairs)
    return failures


def _to_raise(flag: FlagStanding | None, found: Found, today: date) -> bool:
    if flag is None:
        return True
    if flag.state == FlagStatus.SNOOZED:
        return flag.until is not None and flag.until <= today
    if flag.state == FlagStatus.CLEARED:
        return True
    # still open: only an escalation (another code, another severity) is news
    return flag.state == FlagStatus.OPEN and (flag.code, flag.severity) != (found.finding.code, found.finding.severity)


def _append_each(wanted: dict[UUID, tuple[Event, FlagStanding | None]]) -> int:
    """Appends one event to each flag's stream; how many, for where another worker came first it is done, not by us."""
    if not wanted:
        return 0
    known = [stream for stream, (_event, flag) in wanted.items() if flag]
    states = {stream: lifecycle.fold(past) for stream, past in ledger.happenings(known).items()} if known else {}
    return _append([(stream, (states.get(stream), [event])) for stream, (event, _flag) in wanted.items()])


def _append(changes: list[tuple[UUID, tuple[State | None, list[Event]]]]) -> int:
    """All at once; where one of them was lost, each half by itself, so that one in a thousand costs some twenty appends."""
    try:
        with transaction.atomic():
            ledger.append(dict(changes), by=PROGRAM)
        return len(changes)
    except ledger.Conflict:
        middle = len(changes) // 2
        return _append(changes[:middle]) + _append(changes[middle:]) if middle else 0
