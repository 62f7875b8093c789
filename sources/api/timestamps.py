"""A moment as an address names it."""

from contextlib import suppress
from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError


def read(given: str, name: str) -> datetime:
    """A moment in RFC 3339, of the parameter `name`. Raises ValidationError; one without its zone is none."""
    try:
        at = parse_datetime(given.replace(" ", "+"))  # a bare + in an address reads as a blank
    except ValueError:
        at = None
    if at is not None and at.tzinfo is not None:
        with suppress(OverflowError):  # in the first or last hours that there are
            return at.astimezone(UTC)  # PostgreSQL takes no offset of 16 hours or more
    raise ValidationError({name: [_("Write a moment as 2026-01-31T12:00:00Z.")]})
