"""An imprecise date over REST: an EDTF string, or the whole object."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.api import fields
from sources.text.edtf import Basis

SHAPE = {
    "type": "object",
    "nullable": True,
    "properties": {
        "edtf": {"type": "string", "nullable": True},
        "text": {"type": "string", "nullable": True},
        "start": {"type": "integer", "nullable": True},
        "end": {"type": "integer", "nullable": True},
        "basis": {"type": "string", "enum": [*(basis.value for basis in Basis), "publication"]},
    },
}


@extend_schema_field({"oneOf": [{"type": "string", "minLength": 1}, SHAPE | {"additionalProperties": False}]})
class DateHeard(fields.ImpreciseDateField):
    """Takes "2023-21" or {"edtf": "2023-21", "text": "in spring"}; gives an ImpreciseDate."""


@extend_schema_field(SHAPE)
class DateShown(serializers.JSONField):
    """An imprecise date."""
