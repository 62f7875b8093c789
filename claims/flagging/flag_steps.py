"""What people do with a flag: resolve, dismiss, snooze, assign, unassign."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import ledger
from claims.domain.events import FlagAssigned, FlagDismissed, FlagResolved, FlagSnoozed, FlagUnassigned
from claims.ledger import Receipt
from sources import roles
from sources.roles import Actor


class Unflaggable(ledger.Unfit):
    """This step on a flag lacks something. `errors` says what, by field."""


def resolve(flag: UUID, *, reason: str = "", by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """What the flag asked is done."""
    return ledger.take_step("resolve", flag, lambda state: [FlagResolved(reason=reason)], by=by, key=key, after=after, asked=reason)


def dismiss(flag: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The flag is beside the point, with the reason."""
    if not reason.strip():
        raise Unflaggable(reason=_("Say why."))
    return ledger.take_step("dismiss", flag, lambda state: [FlagDismissed(reason=reason)], by=by, key=key, after=after, asked=reason)


def snooze(flag: UUID, *, until: date, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The flag sleeps until a day to come."""
    if until <= timezone.localdate():
        raise Unflaggable(until=_("Choose a day to come."))
    return ledger.take_step("snooze", flag, lambda state: [FlagSnoozed(until=until)], by=by, key=key, after=after, asked=until)


def assign(flag: UUID, *, to: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The flag is given to somebody, by user name."""
    if why := roles.why_no_colleague(to):
        raise Unflaggable(to=why)
    return ledger.take_step("assign", flag, lambda state: [FlagAssigned(assignee=to)], by=by, key=key, after=after, asked=to)


def unassign(flag: UUID, *, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The flag is taken from whoever has it."""
    return ledger.take_step("unassign", flag, lambda state: [FlagUnassigned(assignee=state.assignee)], by=by, key=key, after=after)
