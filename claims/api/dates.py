"""An imprecise date over REST: an EDTF string, or the whole object."""

from typing import Any

import msgspec
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from sources.api.openapi.components import DATE_REQUEST, IMPRECISE_DATE_REF
from sources.text.edtf import ImpreciseDate, NotEDTF

# What a column holds: JSON itself has longer numbers, and halves of letters.
_WORDS = serializers.CharField(allow_null=True, allow_blank=True, trim_whitespace=False)
_PLACE = serializers.IntegerField(allow_null=True, min_value=0, max_value=2**31 - 1)


@extend_schema_field(DATE_REQUEST)
class DateHeard(serializers.Field[ImpreciseDate, Any, Any, Any]):
    """Takes "2023-21" or {"edtf": "2023-21", "text": "in spring"}; gives an ImpreciseDate."""

    default_error_messages = {
        "edtf": _("Not a date in EDTF: write 2023, 2023-05, 2023-05-31, 2023-21 (spring), 2023-33 (first quarter) or 2022/2023.")
    }

    def to_internal_value(self, data: Any) -> ImpreciseDate:
        """The date, if it is one."""
        try:
            when = msgspec.convert({"edtf": data} if isinstance(data, str) else data, ImpreciseDate)
            when.first  # noqa: B018 - reads the EDTF, and raises where it is none
        except (NotEDTF, msgspec.ValidationError):
            self.fail("edtf")
        _WORDS.run_validation(when.text)
        for place in (when.start, when.end):
            _PLACE.run_validation(place)
        return when

    def to_representation(self, value: Any) -> Any:
        """The object."""
        return value


@extend_schema_field(IMPRECISE_DATE_REF)
class DateShown(serializers.JSONField):
    """An imprecise date."""
