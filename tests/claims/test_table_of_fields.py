"""The event that records a claim and the table in the database are written out: here they are held against the table of fields."""

import dataclasses
import typing
from decimal import Decimal
from types import UnionType
from typing import Any

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models

from claims.domain.events import ClaimRecorded
from claims.domain.fields import FIELDS, Door, Field, SetBy, Type, is_judged, shown_in
from claims.domain.values import Figure, Hop, SpeakerAsRead
from claims.models import Claim
from sources.text.edtf import ImpreciseDate

EVERY = list(FIELDS.values())
BY_NAME = pytest.mark.parametrize("field", EVERY, ids=list(FIELDS))

# What the event has for a field of each type (for a choice: its own), and by which columns a row has it.
HELD: dict[Type, Any] = {
    Type.LINE: str,
    Type.TEXT: str,
    Type.VERBATIM: str,
    Type.LIST: tuple[str, ...],
    Type.BOOLEAN: bool,
    Type.DATE: ImpreciseDate,
    Type.LANGUAGE: str,
    Type.ID: str,
    Type.OFFSET: int,
    Type.SCORE: Decimal,
    Type.DIGEST: str,
    Type.SPEAKER: SpeakerAsRead,
    Type.FIGURES: tuple[Figure, ...],
    Type.HOPS: tuple[Hop, ...],
}
COLUMNS: dict[Type, tuple[type[Any], ...]] = {
    Type.LINE: (models.CharField, models.TextField),
    Type.TEXT: (models.TextField,),
    Type.VERBATIM: (models.TextField,),
    Type.LIST: (ArrayField,),
    Type.CHOICE: (models.CharField,),
    Type.BOOLEAN: (models.BooleanField,),
    Type.DATE: (models.JSONField,),
    Type.LANGUAGE: (models.CharField,),
    Type.ID: (models.ForeignKey,),
    Type.OFFSET: (models.PositiveIntegerField,),
    Type.SCORE: (models.DecimalField,),
    Type.SPEAKER: (models.ForeignKey,),
}
ELSEWHERE = {
    "attributions": "has rows of its own",
    "quantities": "has rows of its own",
    "snapshot_digest": "is the snapshot's own, which the claim's row points to",
}


def hint_of(name: str) -> tuple[Any, bool]:
    """The type of a field of the event, and whether it may be null."""
    hint = typing.get_type_hints(ClaimRecorded)[name]
    if typing.get_origin(hint) not in (UnionType, typing.Union):
        return hint, False
    (inside,) = (each for each in typing.get_args(hint) if each is not type(None))
    return inside, True


def test_the_table_has_the_fields_of_the_event_in_their_order():
    assert list(FIELDS) == [each.name for each in dataclasses.fields(ClaimRecorded)], "claims/domain/fields/table.py, events/claims.py"


@BY_NAME
def test_the_event_holds_what_the_table_says(field: Field):
    expected = field.choices if field.type is Type.CHOICE else HELD[field.type]
    assert hint_of(field.name) == (expected, field.nullable)


@BY_NAME
def test_what_a_claim_needs_has_no_default_and_all_else_has_one(field: Field):
    (written,) = (each for each in dataclasses.fields(ClaimRecorded) if each.name == field.name)
    assert (written.default is dataclasses.MISSING) == field.required


@BY_NAME
def test_the_row_of_a_claim_can_hold_what_the_table_says(field: Field):
    columns: dict[str, Any] = {each.name: each for each in Claim._meta.concrete_fields}
    if field.name in ELSEWHERE:
        assert field.name not in columns
        return
    assert field.name in columns, f"claims/models/claims.py has no column {field.name}: add it, with a migration"
    column = columns[field.name]
    assert isinstance(column, COLUMNS[field.type])
    if field.type is not Type.SPEAKER:  # an unnamed speaker has a type and no row
        assert column.null == field.nullable
    if field.choices:
        assert column.choices == field.choices.choices
    if field.type is Type.LANGUAGE or (field.type is Type.LINE and field.by_people):
        assert (column.max_length or 0) == field.max_length, "the column is as wide as what it is cut to"
    if field.type is Type.LIST and field.by_people:
        assert column.base_field.max_length == field.max_length
    for day in field.days or ():
        assert isinstance(columns.get(day), models.DateField)


@BY_NAME
def test_a_row_of_the_table_says_all_of_its_field(field: Field):
    assert (field.choices is not None) == (field.type is Type.CHOICE)
    assert field.days is None or field.type is Type.DATE
    assert all(reason.strip() for reason in field.without.values()), "why does it not show there?"
    assert bool(field.label) == field.shows_in(Door.SENTENCE)
    if field.shows_in(Door.REQUEST) or field.shows_in(Door.ANSWER):
        assert field.meaning, "docs/api.md says what it is"
    if field.by_people and field.type in (Type.LINE, Type.TEXT, Type.VERBATIM, Type.LIST, Type.LANGUAGE):
        assert field.max_length, "what clients send is bounded"


@BY_NAME
def test_a_field_stands_in_no_door_that_the_table_shuts(field: Field):
    for door in field.without:
        assert field not in shown_in(door)
    assert field.by_people or field not in shown_in(Door.REQUEST)


def test_a_door_may_say_which_come_first():
    names = [field.name for field in shown_in(Door.FORM, first=("tags", "denial", "quote"))]
    assert names[:3] == ["tags", "denial", "statement"]
    assert sorted(names) == sorted(field.name for field in shown_in(Door.FORM))


def test_a_change_is_of_what_is_judged_unless_the_table_frees_it():
    assert [field.name for field in EVERY if not is_judged(field.name)] == ["tags", "notes"]
    assert is_judged("registered")


def test_nobody_is_asked_for_what_the_program_works_out():
    assert {field.name for field in EVERY if field.set_by in (SetBy.PROGRAM, SetBy.READER)} == {
        field.name for field in EVERY if not field.by_people
    }
