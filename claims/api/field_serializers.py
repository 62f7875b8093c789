"""The fields of a claim as serializers have them, made of the table of fields: what is given, what is answered, what a list is narrowed by.

A door that has something of its own for a field hands it in by the field's name (`own`): the serializer fields that stand in its place.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from rest_framework import serializers

from claims.api.dates import DateHeard, DateShown
from claims.domain.fields import Door, Field, Type, shown_in
from sources.api import fields as api_fields

AnyField = serializers.Field[Any, Any, Any, Any]
Made = dict[str, AnyField]
Own = Mapping[str, Callable[[], Made]]
OFFSET: dict[str, Any] = {"min_value": 0, "max_value": 2**31 - 1}


def requested(*, own: Own, first: Collection[str]) -> Made:
    """What a request may give."""
    return _made(shown_in(Door.REQUEST, first=first), own, lambda field: {field.name_in(Door.REQUEST): request_field(field)})


def answered(fields: Iterable[Field], *, own: Own) -> Made:
    """What an answer says of these fields."""
    return _made(fields, own, lambda field: {field.name_in(Door.ANSWER): answer_field(field)})


def narrowing(*, own: Own) -> Made:
    """What a list may be narrowed by."""
    return _made(shown_in(Door.FILTER), own, lambda field: {name: filter_field(field) for name in field.filters})


def _made(fields: Iterable[Field], own: Own, make: Callable[[Field], Made]) -> Made:
    return {name: made for field in fields for name, made in (own[field.name]() if field.name in own else make(field)).items()}


def behind(fields: Made, more: Mapping[str, Made]) -> Made:
    """The fields of a serializer with others behind those that `more` names."""
    return {name: made for known, field in fields.items() for name, made in {known: field, **more.get(known, {})}.items()}


def request_field(field: Field) -> AnyField:
    """What a client gives. Raises NotImplementedError for a type of which each door has to say for itself what it is."""
    given: dict[str, Any] = {"required": field.required, "help_text": field.help or None}
    null: dict[str, Any] = {"allow_null": field.nullable}
    blank: dict[str, Any] = {"allow_blank": not field.required and not field.nullable}
    match field.type:
        case Type.LANGUAGE:
            return api_fields.LanguageField(max_length=field.max_length, **given, **null, **blank)
        case Type.LINE | Type.TEXT:
            return serializers.CharField(max_length=field.max_length, **given, **null, **blank)
        case Type.VERBATIM:
            return serializers.CharField(max_length=field.max_length, trim_whitespace=False, **given, **null, **blank)
        case Type.LIST:
            return serializers.ListField(child=serializers.CharField(max_length=field.max_length), max_length=field.max_items, **given)
        case Type.CHOICE:
            return serializers.ChoiceField(_choices(field), **given)
        case Type.BOOLEAN:
            return serializers.BooleanField(**given)
        case Type.DATE:
            return DateHeard(**given, **null)
        case Type.ID:
            return serializers.UUIDField(**given)  # one that was named can be replaced, and not be taken away
        case Type.OFFSET:
            return serializers.IntegerField(**given, **null, **OFFSET)
    raise NotImplementedError(f"Say in the door what a client gives for {field.name}.")


def answer_field(field: Field) -> AnyField:
    """What a client is answered. Raises NotImplementedError as above."""
    told: dict[str, Any] = {"allow_null": field.nullable, "required": not field.internal}
    match field.type:
        case Type.LINE | Type.TEXT | Type.VERBATIM | Type.LANGUAGE | Type.DIGEST:
            return serializers.CharField(**told)
        case Type.LIST:
            return serializers.ListField(child=serializers.CharField(), **told)
        case Type.CHOICE:
            return serializers.ChoiceField(_choices(field), **told)
        case Type.BOOLEAN:
            return serializers.BooleanField(**told)
        case Type.DATE:
            return DateShown(**told)
        case Type.ID:
            return serializers.UUIDField(**told)
        case Type.OFFSET:
            return serializers.IntegerField(**told)
        case Type.SCORE:
            return serializers.FloatField(**told)
    raise NotImplementedError(f"Say in the door what {field.name} is in an answer.")


def filter_field(field: Field) -> AnyField:
    """What a list is narrowed by: each of `field.filters`. Raises NotImplementedError as above."""
    match field.type:
        case Type.LANGUAGE:
            return api_fields.LanguageField(required=False, max_length=field.max_length)
        case Type.LINE | Type.LIST:
            return serializers.CharField(required=False, max_length=field.max_length)
        case Type.CHOICE:
            return serializers.ChoiceField(_choices(field), required=False)
        case Type.BOOLEAN:
            return serializers.BooleanField(required=False)
        case Type.DATE:
            return api_fields.DayField(required=False)
        case Type.ID:
            return serializers.UUIDField(required=False)
    raise NotImplementedError(f"Say in the door what a list is narrowed by for {field.name}.")


def lookups(field: Field) -> dict[str, str]:
    """For each of `field.filters` the lookup of Django's that it stands for; of a list, one of its values."""
    match field.type:
        case Type.DATE:
            assert field.days is not None  # a date without columns for its days cannot be searched for
            (after, before), (first, last) = field.filters, field.days
            return {after: f"{first}__gte", before: f"{last}__lte"}
        case Type.LIST:
            return dict.fromkeys(field.filters, f"{field.name}__contains")
    return dict.fromkeys(field.filters, field.name)


def _choices(field: Field) -> list[tuple[str, str]]:
    assert field.choices is not None
    return field.choices.choices
