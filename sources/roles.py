"""Who may take which step: reporter, reviewer, editor, administrator."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from sources.models import new_id


class Role(StrEnum):
    """A desk's four roles, and the program itself. Each is a Django group of the same name."""

    REPORTER = "reporter"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts, kept as text so that it outlives the account.

    `context` marks all that one action of theirs does, also where it touches claims and sources; None: each append has its own.
    """

    name: str
    id: str = ""
    roles: frozenset[str] = field(default=frozenset(), compare=False)
    context: UUID | None = field(default=None, compare=False)


PROGRAM = Actor("isnad", roles=frozenset({Role.PROGRAM}))

# Each role may do what the one before it may.
_RANK = [Role.REPORTER, Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR]
LEAST = {
    Role.REPORTER: {"capture", "record", "revise", "evidence"},
    Role.REVIEWER: {
        *("accept", "reject", "assign", "schedule", "register", "redate", "reread", "withdraw-evidence", "verdict", "return", "flag"),
        *("link", "unlink", "watch"),
    },
    Role.EDITOR: {"approve", "publish", "withdraw", "reopen", "merge", "unmerge", "erase", "source", "subscribe"},
    Role.ADMINISTRATOR: {"operate"},
}
# What the workers do by themselves: they propose and flag, they never judge.
PROGRAM_STEPS = {"capture", "record", "raise", "clear", "source"}


class NotAllowed(Exception):
    """This step needs a role that you do not have."""

    def __init__(self, step: str, needed: Role) -> None:
        self.step, self.needed = step, needed
        super().__init__(_("This step (%(step)s) needs the role of %(role)s.") % {"step": step, "role": needed.value})


def _needed(step: str) -> Role:
    return next((role for role, steps in LEAST.items() if step in steps), Role.ADMINISTRATOR)


def may(actor: Actor, step: str) -> bool:
    """May `actor` take `step`?"""
    if Role.PROGRAM in actor.roles:
        return step in PROGRAM_STEPS
    needed = _needed(step)
    return any(role in actor.roles for role in _RANK[_RANK.index(needed) :])


def must(actor: Actor, step: str) -> None:
    """Raises NotAllowed unless `actor` may take `step`."""
    if not may(actor, step):
        raise NotAllowed(step, _needed(step))


def actor_of(user: Any) -> Actor:
    """The actor that a signed-in Django user is for one action; a superuser is an administrator."""
    groups = set(user.groups.values_list("name", flat=True)) & set(_RANK)
    if user.is_superuser:
        groups.add(Role.ADMINISTRATOR)
    return Actor(user.get_username(), str(user.pk), frozenset(groups), new_id())


def is_colleague(name: str) -> bool:
    """Is there an active account with this user name?"""
    return bool(get_user_model()._default_manager.filter(username=name, is_active=True).exists())
