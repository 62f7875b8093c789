"""What the table says of a field: its type, who sets it, where it shows."""

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import TextChoices

Choices = type[TextChoices]


class Type(StrEnum):
    """What a field holds."""

    LINE = "line"  # a few words
    TEXT = "text"
    VERBATIM = "verbatim text"  # a text as it stood, to the blank
    LIST = "list of lines"
    CHOICE = "choice"
    BOOLEAN = "boolean"
    DATE = "imprecise date"
    LANGUAGE = "language tag"
    ID = "id"
    OFFSET = "offset"  # in a text, in code points
    SCORE = "score, 0 to 1"
    DIGEST = "digest"  # SHA-256, in hex
    SPEAKER = "speaker"
    FIGURES = "figures"
    HOPS = "hops"


class SetBy(StrEnum):
    """Who says what a field holds. What people set is changed by `revise`, under the rules of claims/workflow/changes.py."""

    PEOPLE = "people"
    BOTH = "reader and people"  # read from the text, put right by people
    READER = "reader"
    PROGRAM = "program"  # it follows from what else is known


class Door(StrEnum):
    """Where a field may show."""

    REQUEST = "request"  # the bodies of POST claims/ and PATCH claims/{id}/
    ANSWER = "answer"  # GET claims/{id}/
    LIST = "list"  # an item of GET claims/
    FILTER = "filter"  # what GET claims/ is narrowed by
    FORM = "form"  # the form that corrects a claim
    PAGE = "page"  # the claim's page at the desk
    COMMAND = "command"  # take revise --set
    SENTENCE = "sentence"  # “Corrected: due”


_FOR_PEOPLE = (Door.REQUEST, Door.FORM, Door.COMMAND)  # where people set a field
_BY_PEOPLE = (SetBy.PEOPLE, SetBy.BOTH)


@dataclass(frozen=True, slots=True)
class Field:
    """One field of ClaimRecorded.

    `label` is its name in the middle of a sentence; a door that needs a heading writes it with a capital. `meaning` is what
    docs/api.md says of it, in Markdown; `help` what the schema says of it in a request. `without` names the doors where it does
    not show, each with the reason; `called` gives its name in a door that calls it otherwise.
    """

    name: str
    type: Type
    label: Any
    meaning: str
    _: KW_ONLY
    choices: Choices | None = None
    help: str = ""
    set_by: SetBy = SetBy.PEOPLE
    judged: bool = True  # a change needs approval once the claim was judged, and sends a pending verdict back
    required: bool = False  # a claim cannot be recorded without it
    nullable: bool = False  # null where it is not known
    internal: bool = False  # readers outside the desk never see it
    max_length: int | None = None  # of its text, of each of a list; what the copy in the tables cuts where it is a line
    max_items: int | None = None
    days: tuple[str, str] | None = None  # of a date: the columns of the first and the last day that it may mean
    with_quote: bool = False  # it says where the quote stands
    called: Mapping[Door, str] = field(default_factory=dict)
    without: Mapping[Door, str] = field(default_factory=dict)

    @property
    def by_people(self) -> bool:
        """May people say what it holds?"""
        return self.set_by in _BY_PEOPLE

    def shows_in(self, door: Door) -> bool:
        """Does it stand there? What people do not set, nobody is asked for."""
        return door not in self.without and (self.by_people or door not in _FOR_PEOPLE)

    def name_in(self, door: Door) -> str:
        """What it is called there."""
        return self.called.get(door, self.name)

    @property
    def filters(self) -> tuple[str, ...]:
        """What a list is narrowed by: a day on either side of a date, the measure and the borders of a figure, else its value."""
        if not self.shows_in(Door.FILTER):
            return ()
        name = self.name_in(Door.FILTER)
        return {Type.DATE: (f"{name}_after", f"{name}_before"), Type.FIGURES: ("unit", "value_min", "value_max")}.get(self.type, (name,))
