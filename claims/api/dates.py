"""An imprecise date over REST: an EDTF string, or the whole object."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.api import fields
from sources.api.openapi.components import DATE_REQUEST, IMPRECISE_DATE_REF


@extend_schema_field(DATE_REQUEST)
class DateHeard(fields.ImpreciseDateField):
    """Takes "2023-21" or {"edtf": "2023-21", "text": "in spring"}; gives an ImpreciseDate."""


@extend_schema_field(IMPRECISE_DATE_REF)
class DateShown(serializers.JSONField):
    """An imprecise date."""
