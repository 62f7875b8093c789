"""Fields of requests in which one thing may be written in several ways, and comes out in one: dates, days, languages."""

from dataclasses import fields, replace
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from sources.api.strict import unknown
from sources.registry import languages
from sources.text import edtf
from sources.text.edtf import ImpreciseDate, NotEDTF

# What a column holds: JSON itself has longer numbers, and halves of letters.
_WORDS = serializers.CharField(allow_null=True, allow_blank=True, trim_whitespace=False)
_PLACE = serializers.IntegerField(allow_null=True, min_value=0, max_value=2**31 - 1)
_MEMBERS = [field.name for field in fields(ImpreciseDate)]


class ImpreciseDateField(serializers.Field[Any, Any, Any, Any]):
    """Takes "2023-21" or {"edtf": "2023-21", "text": "in spring"}; gives an ImpreciseDate. No date is null, and not empty words."""

    default_error_messages = {
        "edtf": gettext_lazy("Not a date in EDTF: write 2023, 2023-05, 2023-05-31, 2023-21 (spring), 2023-33 (first quarter) or 2022/2023.")
    }

    def to_internal_value(self, data: Any) -> ImpreciseDate:
        """The date, if it is one, as EDTF writes it."""
        given = {"edtf": data} if isinstance(data, str) else data
        if isinstance(given, dict) and (strange := unknown(given, _MEMBERS, _("There is no such field."))):
            raise serializers.ValidationError(strange)
        try:
            when = msgspec.convert(given, ImpreciseDate)
            if when.edtf is not None:
                when = replace(when, edtf=edtf.canonical(when.edtf, timezone.get_default_timezone()))
        except (NotEDTF, msgspec.ValidationError):
            self.fail("edtf")
        _WORDS.run_validation(when.text)
        for place in (when.start, when.end):
            _PLACE.run_validation(place)
        return when

    def to_representation(self, value: Any) -> Any:
        """The object."""
        return value


class DayField(serializers.DateField):
    """A day; of a moment, the day that the desk's clock (`TIME_ZONE`) showed then."""

    def to_internal_value(self, value: Any) -> Any:
        """The day."""
        if not isinstance(value, str):
            return super().to_internal_value(value)
        try:
            return edtf.day(value, timezone.get_default_timezone())
        except NotEDTF:
            self.fail("invalid", format="YYYY-MM-DD")


class LanguageField(serializers.CharField):
    """A language tag, as it is written by custom: `EN` is `en`."""

    default_error_messages = {"language": gettext_lazy("Not a language tag of BCP 47: write ar, en, ar-SA or zh-Hant.")}

    def to_internal_value(self, data: Any) -> str:
        """The tag."""
        try:
            return languages.tag(super().to_internal_value(data))
        except languages.UnknownLanguage:
            self.fail("language")
