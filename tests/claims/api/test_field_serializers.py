"""A row of the table of fields becomes what a request gives, what an answer says and what a list is narrowed by."""

from typing import Any

import pytest
from rest_framework import serializers

from claims.api import field_serializers
from claims.domain.choices import Kind
from claims.domain.fields import Door, Field, Type

OF_ITS_OWN = {
    "request": (Type.SPEAKER, Type.FIGURES, Type.HOPS, Type.SCORE, Type.DIGEST),
    "answer": (Type.SPEAKER, Type.FIGURES, Type.HOPS),
    "filter": (Type.SPEAKER, Type.FIGURES, Type.HOPS, Type.SCORE, Type.DIGEST, Type.TEXT, Type.VERBATIM, Type.OFFSET),
}
MADE = {
    "request": field_serializers.request_field,
    "answer": field_serializers.answer_field,
    "filter": field_serializers.filter_field,
}


def row(type: Type, **said: Any) -> Field:  # noqa: A002
    """A row of this type."""
    return Field("place", type, "place", "where it was", **({"choices": Kind} if type is Type.CHOICE else {}) | said)


@pytest.mark.parametrize("type", Type)
@pytest.mark.parametrize("door", MADE)
def test_every_type_is_a_field_there_or_asks_for_one(door: str, type: Type):  # noqa: A002
    if type in OF_ITS_OWN[door]:
        with pytest.raises(NotImplementedError, match="place"):
            MADE[door](row(type))
    else:
        assert isinstance(MADE[door](row(type)), serializers.Field)


@pytest.mark.parametrize(
    ("said", "given", "taken"),
    [
        ({}, "", True),
        ({}, None, False),
        ({"required": True}, "", False),
        ({"nullable": True}, None, True),
        ({"nullable": True}, "", False),
        ({"max_length": 3}, "بغداد", False),
        ({"max_length": 5}, "بغداد", True),
    ],
)
def test_a_text_is_as_empty_and_as_long_as_its_row_allows(said: dict[str, Any], given: Any, taken: bool):
    body = type("Body", (serializers.Serializer,), {"place": field_serializers.request_field(row(Type.LINE, **said))})
    assert body(data={"place": given}).is_valid() is taken


def test_what_readers_outside_never_see_may_be_missing_from_an_answer():
    assert field_serializers.answer_field(row(Type.TEXT)).required
    assert not field_serializers.answer_field(row(Type.TEXT, internal=True)).required


@pytest.mark.parametrize(
    ("field", "lookups"),
    [
        (row(Type.LINE), {"place": "place"}),
        (row(Type.LIST, called={Door.FILTER: "spot"}), {"spot": "place__contains"}),
        (row(Type.DATE, days=("first", "last")), {"place_after": "first__gte", "place_before": "last__lte"}),
        (row(Type.LINE, without={Door.FILTER: "not asked for"}), {}),
    ],
)
def test_a_filter_stands_for_a_lookup(field: Field, lookups: dict[str, str]):
    assert field_serializers.lookups(field) == lookups


def test_fields_go_behind_those_that_are_named():
    made = {name: serializers.CharField() for name in "abcd"}
    assert list(field_serializers.behind({"a": made["a"], "c": made["c"]}, {"a": {"b": made["b"]}, "c": {"d": made["d"]}})) == list("abcd")
