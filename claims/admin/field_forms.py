"""The fields of a claim in a form of the desk, made of the table of fields: what is asked, what stood there, what differs."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.utils.text import capfirst

from claims.admin.forms import ImpreciseField
from claims.domain.fields import Field, Type

UNCHANGED = object()


def form_field(field: Field, worded: Mapping[str, Any]) -> forms.Field:
    """What a person is asked; `worded` are words of the form's own. Raises NotImplementedError where a form has to ask by itself."""
    words: dict[str, Any] = {"label": capfirst(field.label), "required": field.required, **worded}
    match field.type:
        case Type.LINE:
            return forms.CharField(max_length=field.max_length, **words)
        case Type.TEXT:
            return forms.CharField(widget=forms.Textarea, **words)
        case Type.LIST:
            return forms.CharField(**words)
        case Type.CHOICE:
            assert field.choices is not None
            return forms.ChoiceField(choices=field.choices.choices, **words)
        case Type.BOOLEAN:
            return forms.BooleanField(**words)
        case Type.DATE:
            return ImpreciseField(label=words["label"])
    raise NotImplementedError(f"Say in the form what it asks for {field.name}.")


def initial(field: Field, value: Any) -> Any:
    """What stands in the form before somebody changes it."""
    match field.type:
        case Type.DATE:
            return _edtf(value)
        case Type.LIST:
            return ", ".join(value)
        case Type.CHOICE:
            return value.value
    return value


def changed(field: Field, given: Any, before: Any, *, sent: bool) -> Any:
    """The plain value that is to be from now on; UNCHANGED where it says what was there before.

    `sent`: was there anything in this field, be it nothing? What a page of an older day did not ask stays as it is.
    """
    match field.type:
        case Type.LIST:
            listed = [each.strip() for each in re.split("[,،]", given) if each.strip()]
            return listed if listed != list(before) else UNCHANGED
        case Type.DATE:
            return msgspec.to_builtins(given) if sent and _edtf(given) != _edtf(before) else UNCHANGED
        case Type.CHOICE | Type.BOOLEAN:
            return given if given not in ("", before) else UNCHANGED
    words = given.replace("\r\n", "\n")
    return words if sent and words != (before or "") else UNCHANGED


def _edtf(when: Any) -> str:
    return (when.edtf or "") if when else ""
