"""Claims that need follow-up are flagged: what should be raised is compared with what was."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import ledger, lifecycle, rules
from claims.choices import FlagStatus
from claims.events import Event, FlagAssigned, FlagCleared, FlagDismissed, FlagRaised, FlagResolved, FlagSnoozed
from claims.ledger import Receipt
from claims.lifecycle import State
from claims.models import WAITING, Claim, Flag
from claims.rules import Finding, Rule
from sources import roles
from sources.roles import PROGRAM, Actor

log = logging.getLogger(__name__)
BATCH = 500


class Unflaggable(ledger.Unfit):
    """This step on a flag lacks something. `errors` says what, by field."""


class NoSuchRule(ValueError):
    """There is no such rule, or it is switched off."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, whose it is and by which rule."""

    claim: Claim
    rule: Rule
    finding: Finding

    @property
    def stream(self) -> UUID:
        """The flag's own stream: the same for the same claim, rule and key, so that it is raised once."""
        return uuid5(ledger.NAMESPACE, f"flag:{self.claim.pk}:{self.rule.name}:{self.finding.key}")

    @property
    def event(self) -> FlagRaised:
        """The flag going up."""
        f = self.finding
        return FlagRaised(
            claim=str(self.claim.pk),
            rule=self.rule.name,
            key=f.key,
            code=f.code,
            parameters=dict(f.parameters),
            severity=f.severity,
            due_on=f.due_on,
        )


@dataclass(slots=True)
class Outcome:
    """What one run did."""

    raised: int = 0
    cleared: int = 0
    failed: int = 0


def chosen(name: str | None = None) -> list[Rule]:
    """The rules that are switched on, or the one named. Raises NoSuchRule."""
    on = {n: r for n, r in rules.all_rules().items() if n not in settings.RULES_OFF}
    if name is None:
        return list(on.values())
    if name not in on:
        raise NoSuchRule(_("There is no rule “%(name)s” switched on: there are %(names)s.") % {"name": name, "names": ", ".join(on)})
    return [on[name]]


def findings(claims: Iterable[Claim], today: date, only: list[Rule]) -> Iterator[Found]:
    """What the rules find on these claims on that day. A rule that fails on one claim says so, and the others go on."""
    for claim in claims:
        for rule in only:
            parameters = {**rule.defaults, **settings.RULE_PARAMETERS.get(rule.name, {})}
            try:
                for finding in rule.find(claim, today, parameters):
                    yield Found(claim, rule, finding)
            except Exception:
                log.exception("The rule %s failed on claim %s.", rule.name, claim.pk)


def run(name: str | None = None, *, today: date | None = None) -> Outcome:
    """Raises what should be raised and clears what has ended, on every waiting claim, in batches; safe to run twice."""
    today, only, outcome = today or timezone.localdate(), chosen(name), Outcome()
    last: UUID | None = None
    while True:
        some = Claim.objects.waiting().order_by("id")
        batch = list((some.filter(id__gt=last) if last else some)[:BATCH])
        if not batch:
            break
        _settle(batch, today, only, outcome)
        last = batch[-1].pk
    _settle_finished(only, outcome)
    return outcome


def _settle(batch: list[Claim], today: date, only: list[Rule], outcome: Outcome) -> None:
    should = {found.stream: found for found in findings(batch, today, only)}
    names = [rule.name for rule in only]
    there = {f.pk: f for f in Flag.objects.filter(claim__in=batch, rule__in=names)}
    new = [found for stream, found in should.items() if _to_raise(there.get(stream), found, today)]
    ended = [f for f in there.values() if f.pk not in should and f.state in lifecycle.OPEN_FLAGS]
    outcome.raised += _append_each({f.stream: (f.event, there.get(f.stream)) for f in new})
    outcome.cleared += _append_each({f.pk: (FlagCleared(), f) for f in ended})


def _to_raise(flag: Flag | None, found: Found, today: date) -> bool:
    if flag is None:
        return True
    if flag.state == FlagStatus.SNOOZED:
        return flag.until is not None and flag.until <= today
    if flag.state == FlagStatus.CLEARED:
        return True
    # still open: only an escalation (another code, another severity) is news
    return flag.state == FlagStatus.OPEN and (flag.code, flag.severity) != (found.finding.code, found.finding.severity)


def _settle_finished(only: list[Rule], outcome: Outcome) -> None:
    """Flags whose claim no longer waits have ended."""
    names = [rule.name for rule in only]
    while True:
        open_ones = Flag.objects.filter(state__in=lifecycle.OPEN_FLAGS, rule__in=names).exclude(claim__status__in=WAITING)
        ended = list(open_ones.order_by("id")[:BATCH])
        done = _append_each({f.pk: (FlagCleared(), f) for f in ended})
        outcome.cleared += done
        if len(ended) < BATCH or not done:
            return


def _append_each(wanted: dict[UUID, tuple[Event, Flag | None]]) -> int:
    """Appends one event to each flag's stream: all at once, and one by one where another worker came first."""
    if not wanted:
        return 0
    past = ledger.happenings([stream for stream, (_event, flag) in wanted.items() if flag])
    changes: dict[UUID, tuple[State | None, list[Event]]] = {
        stream: (lifecycle.fold(past.get(stream, [])), [event]) for stream, (event, _flag) in wanted.items()
    }
    try:
        with transaction.atomic():
            ledger.append(changes, by=PROGRAM)
        return len(changes)
    except ledger.Conflict:
        return sum(_append_one(stream, change) for stream, change in changes.items())


def _append_one(stream: UUID, change: tuple[State | None, list[Event]]) -> int:
    try:
        with transaction.atomic():
            ledger.append({stream: change}, by=PROGRAM)
        return 1
    except ledger.Conflict:  # another worker raised or cleared it: done, not by us
        return 0


# ── what people do with a flag


def resolve(flag: UUID, *, reason: str = "", by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """What the flag asked is done."""
    return ledger.take("resolve", flag, lambda state: [FlagResolved(reason=reason)], by=by, key=key, after=after, asked=reason)


def dismiss(flag: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The flag is beside the point, with the reason."""
    if not reason.strip():
        raise Unflaggable(reason=_("Say why."))
    return ledger.take("dismiss", flag, lambda state: [FlagDismissed(reason=reason)], by=by, key=key, after=after, asked=reason)


def snooze(flag: UUID, *, until: date, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The flag sleeps until a day to come."""
    if until <= timezone.localdate():
        raise Unflaggable(until=_("Choose a day to come."))
    return ledger.take("snooze", flag, lambda state: [FlagSnoozed(until=until)], by=by, key=key, after=after, asked=until)


def assign(flag: UUID, *, to: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The flag is given to somebody, by user name."""
    if not roles.is_colleague(to):
        raise Unflaggable(to=_("There is no such colleague."))
    return ledger.take("assign", flag, lambda state: [FlagAssigned(assignee=to)], by=by, key=key, after=after, asked=to)
