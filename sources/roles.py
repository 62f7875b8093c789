"""Who may take which step: reader, reporter, reviewer, editor, administrator. An account without a role may do nothing, not even read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from sources.errors import Category, Refusal
from sources.models import new_id


class Role(StrEnum):
    """A desk's five roles, and the program itself. Each is a Django group of the same name."""

    READER = "reader"
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

GROUPS = [role for role in Role if role is not Role.PROGRAM]  # from the least on; each is a group of accounts
# Each set is built on the next higher one: a role that is new may read, and nothing else before it is named.
EDITORS = frozenset({Role.EDITOR, Role.ADMINISTRATOR})
REVIEWERS = EDITORS | {Role.REVIEWER}
REPORTERS = REVIEWERS | {Role.REPORTER}
READERS = frozenset(GROUPS)

# Who may take which step: a set of roles for each, so that a role may be let into one step and not into its neighbours. The program
# proposes and flags, and never judges. Whoever stands above adds its own steps by `declare`.
STEPS: dict[str, frozenset[Role]] = {
    "read": READERS,
    "act": REPORTERS,  # to change anything at all: a door that knows no finer step asks this one
    "capture": REPORTERS | {Role.PROGRAM},
    "record": REPORTERS | {Role.PROGRAM},
    "raise": frozenset({Role.ADMINISTRATOR, Role.PROGRAM}),  # a flag
    "watch": REVIEWERS,
    "source": EDITORS | {Role.PROGRAM},
    "merge": EDITORS,  # of speakers; that of claims is declared to be the same
    "subscribe": EDITORS,
    "erase": EDITORS,
    "operate": frozenset({Role.ADMINISTRATOR}),
}
_UNKNOWN = frozenset({Role.ADMINISTRATOR})


def declare(step: str, allowed: Iterable[str]) -> None:
    """Says which roles may take a step. Raises ValueError for a role there is not, and where others were said of it before."""
    wanted = frozenset(map(Role, allowed))
    if STEPS.setdefault(step, wanted) != wanted:
        raise ValueError(f"Two tables differ on who may take the step “{step}”.")


class NotAllowed(Refusal):
    """This step needs a role that you do not have."""

    sentence = _("This step (%(step)s) needs the role of %(role)s.")
    category, title = Category.FORBIDDEN, _("Not allowed")

    def __init__(self, step: str, needed: Role) -> None:
        self.step, self.needed = step, needed
        super().__init__(step=step, role=needed.value)


def _allowed(step: str) -> frozenset[Role]:
    return STEPS.get(step, _UNKNOWN)


def may(actor: Actor, step: str) -> bool:
    """May `actor` take `step`?"""
    return not actor.roles.isdisjoint(_allowed(step))


def must(actor: Actor, step: str) -> None:
    """Raises NotAllowed unless `actor` may take `step`."""
    if not may(actor, step):
        raise NotAllowed(step, min(_allowed(step), key=list(Role).index))


def actor_of(user: Any) -> Actor:
    """The actor that a Django user is for one action. A superuser is an administrator; who is not active, or nobody, has no role.

    `highest_role` on the account, set by whoever let it in by a token, is the most that it is here.
    """
    return Actor(user.get_username(), str(user.pk or ""), _roles_of(user) if user.is_active else frozenset(), new_id())


def _roles_of(user: Any) -> frozenset[str]:
    highest: Role | None = getattr(user, "highest_role", None)
    held = _held_by(user)
    return held if highest is None else frozenset(min(role, highest, key=list(Role).index) for role in held)


def _held_by(user: Any) -> frozenset[Role]:
    if user.is_superuser:
        return frozenset({Role.ADMINISTRATOR})
    named = getattr(user, "role_names", None)  # read together with the account by whoever has just done so
    names = user.groups.values_list("name", flat=True) if named is None else named
    return frozenset(Role(name) for name in names if name in READERS)


def actor_of_request(request: Any) -> Actor:
    """Who asks, looked up once for each request: a page asks for each of its parts what they may."""
    kept = getattr(request, "_asking", None)
    if kept is None or kept.id != str(request.user.pk or ""):
        kept = request._asking = actor_of(request.user)
    return kept


def colleagues(step: str = "read") -> QuerySet[Any]:
    """The active accounts whose role may take `step`: those that may read the desk, unless another step is asked about."""
    able = _allowed(step)
    having = Q(groups__name__in=[role.value for role in GROUPS if role in able])
    if Role.ADMINISTRATOR in able:
        having |= Q(is_superuser=True)
    accounts = get_user_model()._default_manager
    return accounts.filter(pk__in=accounts.filter(having, is_active=True).values("pk"))


def without_role() -> QuerySet[Any]:
    """The active accounts that have no role: they see nothing."""
    return get_user_model()._default_manager.filter(is_active=True).exclude(pk__in=colleagues().values("pk"))


def why_no_colleague(name: str) -> Any:
    """Why nothing can be given to the account of this user name, as a sentence; empty where it can."""
    if colleagues("act").filter(username=name).exists():
        return ""
    if colleagues().filter(username=name).exists():
        return _("This colleague only reads the desk: work is given to those who may do it.")
    if get_user_model()._default_manager.filter(username=name, is_active=True).exists():
        return _("This colleague has no role at this desk: an administrator gives one.")
    return _("There is no such colleague.")
