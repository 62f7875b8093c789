"""A row of the table of fields becomes a question of a form, and its answer a change."""

from typing import Any

import pytest
from django import forms

from claims.admin import field_forms
from claims.admin.field_forms import UNCHANGED
from claims.domain.choices import Kind
from claims.domain.fields import Field, Type
from sources.text.edtf import Basis, ImpreciseDate

ASKED = (Type.LINE, Type.TEXT, Type.LIST, Type.CHOICE, Type.BOOLEAN, Type.DATE)


def row(type: Type) -> Field:  # noqa: A002
    """A row of this type."""
    return Field("place", type, "place", "where it was", choices=Kind if type is Type.CHOICE else None)


@pytest.mark.parametrize("type", Type)
def test_every_type_is_asked_for_or_the_form_has_to_ask_itself(type: Type):  # noqa: A002
    if type in ASKED:
        asked = field_forms.form_field(row(type), {})
        assert isinstance(asked, forms.Field)
        assert asked.label == "Place"
    else:
        with pytest.raises(NotImplementedError, match="place"):
            field_forms.form_field(row(type), {})


@pytest.mark.parametrize(
    ("type", "given", "before", "now"),
    [
        (Type.LINE, "بغداد", "البصرة", "بغداد"),
        (Type.LINE, "بغداد", "بغداد", UNCHANGED),
        (Type.LINE, "", None, UNCHANGED),
        (Type.TEXT, "سطر\r\nآخر", "سطر\nآخر", UNCHANGED),
        (Type.LIST, "أ، ب,", ("أ",), ["أ", "ب"]),
        (Type.LIST, " أ ,ب", ("أ", "ب"), UNCHANGED),
        (Type.CHOICE, "event", Kind.EVENT, UNCHANGED),
        (Type.CHOICE, "", Kind.EVENT, UNCHANGED),
        (Type.CHOICE, "event", Kind.POSITION, "event"),
        (Type.BOOLEAN, False, True, False),
        (Type.BOOLEAN, False, False, UNCHANGED),
        (Type.DATE, ImpreciseDate(edtf="2023"), ImpreciseDate(edtf="2023", text="في العام", basis=Basis.TEXT), UNCHANGED),
        (Type.DATE, None, ImpreciseDate(edtf="2023"), None),
    ],
)
def test_only_what_differs_is_a_change(type: Type, given: Any, before: Any, now: Any):  # noqa: A002
    assert field_forms.changed(row(type), given, before, sent=True) == now


@pytest.mark.parametrize("type", [Type.LINE, Type.TEXT])
def test_what_a_page_of_an_older_day_did_not_ask_stays(type: Type):  # noqa: A002
    assert field_forms.changed(row(type), "", "بغداد", sent=False) is UNCHANGED
