"""What a step is, as plain data: a row of the table of steps, and what each step asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices

from claims.domain.events import Event

# Sets of roles for the column `roles`, by the names of their groups. A step may name any other set.
# They are those of sources.roles, which cannot be imported here (it asks the database); a test compares them.
ADMINISTRATORS = frozenset({"administrator"})
EDITORS = ADMINISTRATORS | {"editor"}
REVIEWERS = EDITORS | {"reviewer"}
REPORTERS = REVIEWERS | {"reporter"}
PROGRAM = frozenset({"program"})


Choices = type[TextChoices]


class Type(StrEnum):
    """What an argument is. Each door knows how it asks for each; the remark says what the room is given."""

    LINE = "line"  # a few words: text
    TEXT = "text"  # some sentences: text
    CHOICE = "choice"  # one of `choices`: its value, or empty
    ADDRESS = "address"  # a URL, or empty
    DAY = "day"  # a date
    WHEN = "when"  # an ImpreciseDate; None where there is none
    COLLEAGUE = "colleague"  # a user name
    CLAIM = "claim"  # another claim: its UUID
    SNAPSHOT = "snapshot"  # a text that was kept: its id as text
    EVIDENCE = "evidence"  # a piece of the claim's evidence: its id as text
    CORRECTION = "correction"  # a correction that waits: its UUID
    CHANGES = "changes"  # fields of the claim, and what they are now, as plain JSON values


@dataclass(frozen=True, slots=True, kw_only=True)
class Argument:
    """What a step asks for besides the claim. Left out, it is empty: no words, no day, no id, no piece."""

    name: str  # of the room's parameter, and at every door
    type: Type
    label: Any  # at the desk
    help: str  # in plain English, for the command line and the documentation
    schema_help: str = ""  # what the API's schema says beside the name, where that does not say it
    required: bool = True
    many: bool = False
    choices: Choices | None = None
    longest: int = 10_000  # letters
    prefilled: bool = False  # the desk begins with what the claim has under this name
    option: str = ""  # what the command line calls it, where that is not its name


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What must be so besides the status, and the sentence for whoever comes when it is not."""

    met: Callable[[Any], bool]
    sentence: Any = None


class Section(StrEnum):
    """Where the desk offers a step: those that lead on, those about what is known, those that end or undo."""

    ROAD = "road"
    CLAIM = "claim"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One row: all that the program must know of a step, but for what its room does."""

    name: str
    label: Any = ""  # of its button; empty: it has none of its own
    done: Any = ""  # what is said when it was taken
    statuses: tuple[str, ...]  # from which it is open
    needs: tuple[Need, ...] = ()
    roles: frozenset[str]  # who may take it
    right: str = ""  # the name under which roles are asked, where several steps share one; empty: its own
    events: tuple[type[Event], ...]  # what it may append to the stream that it is taken on
    room: str = ""  # the function that takes it, by its full name; empty: only the program takes it
    arguments: tuple[Argument, ...] = ()
    compose: Callable[..., Mapping[str, Any]] | None = None  # makes of the arguments what the room takes, where that is not the same
    undo: bool = False  # whoever took it by mistake may have it undone
    grave: bool = False  # shown apart: it ends something
    section: Section = Section.CLAIM
    may_wait: bool = False  # of what was judged it is only proposed, as a correction that waits for approval
    names_version: bool = False  # vouches for what somebody has read, and is not taken without the version that they read

    @property
    def asked_as(self) -> str:
        """The name under which the roles are asked."""
        return self.right or self.name

    def for_room(self, given: Mapping[str, Any]) -> Mapping[str, Any]:
        """What its room is called with: the arguments that a door was given, as the room knows them."""
        values = {each.name: _plain(each, given[each.name]) for each in self.arguments if each.name in given}
        return self.compose(**values) if self.compose else values


_KEPT_AS_TEXT = (Type.EVIDENCE, Type.SNAPSHOT)


def _plain(argument: Argument, value: Any) -> Any:
    if argument.type not in _KEPT_AS_TEXT:
        return value
    if argument.many:
        return tuple(map(str, value))
    return str(value) if value else None
