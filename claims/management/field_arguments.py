"""FIELD=VALUE as a person types it: what a correction changes, as the plain values that recording.revise takes."""

import typing
from argparse import ArgumentTypeError
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.events import ClaimRecorded
from claims.domain.fields import Door, Type, shown_in
from claims.domain.values import SpeakerAsRead
from sources.models import NAMED_TYPES, SpeakerType
from sources.registry import languages, speakers
from sources.text.edtf import Basis, ImpreciseDate, NotEDTF, canonical, day

_SETTABLE = {field.name: field for field in shown_in(Door.COMMAND)}
_HINTS = typing.get_type_hints(ClaimRecorded)
_AS_IT_STANDS = (Type.LINE, Type.TEXT, Type.VERBATIM, Type.CHOICE)  # what is typed without quotes around it
FIELDS = tuple(_SETTABLE)


def changes(given: Iterable[str]) -> dict[str, Any]:
    """The fields and their values: words as they stand, dates in EDTF (nothing or none: it has no date), all else as JSON.

    Raises CommandError for what is no field or no such value.
    """
    changed = {}
    for words in given:
        field, equals, value = words.partition("=")
        if not equals or field not in _SETTABLE:
            raise CommandError(_("“%(given)s” sets no field: write FIELD=VALUE with one of %(fields)s.") % _of(words))
        changed[field] = _value(field, value)
    return changed


def _of(words: str) -> dict[str, str]:
    return {"given": words, "fields": ", ".join(FIELDS)}


def _value(field: str, value: str) -> Any:
    kind, hint = _SETTABLE[field].type, _HINTS[field]
    try:
        if kind is Type.DATE:
            return msgspec.to_builtins(date_of(value))
        if kind is Type.LANGUAGE:
            return languages.tag(value)
        if kind is Type.ID:
            return str(msgspec.convert(value, UUID))
        if kind in _AS_IT_STANDS:
            return msgspec.to_builtins(msgspec.convert(value, hint))
        plain = msgspec.json.decode(value)
        read = msgspec.convert(plain, hint)
    except languages.UnknownLanguage as error:
        raise CommandError(_("“%(given)s” is no language tag: write ar, en, ar-SA or zh-Hant.") % {"given": value}) from error
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise CommandError(_("%(field)s cannot be “%(given)s”: %(why)s.") % {"field": field, "given": value, "why": error}) from error
    return msgspec.to_builtins(_known(read) if isinstance(read, SpeakerAsRead) else read)


def date_of(value: str) -> ImpreciseDate | None:
    """The date that is written so, if there is to be one. Raises CommandError for what is no EDTF."""
    if value in ("", "none"):
        return None
    try:
        edtf = canonical(value, timezone.get_default_timezone())
    except NotEDTF as error:
        raise CommandError(_("“%(given)s” is no date in EDTF, such as 2023-05-31 or 2023-21.") % {"given": value}) from error
    # Nothing in a text says it: an editor worked it out.
    return ImpreciseDate(edtf=edtf, basis=Basis.CONTEXT)


def day_of(value: str) -> date:
    """The day that is written so, for argparse. Raises ArgumentTypeError."""
    try:
        return day(value, timezone.get_default_timezone())
    except NotEDTF as error:
        raise ArgumentTypeError(_("“%s” is no day: write it as 2023-06-10.") % value) from error


def _known(said: SpeakerAsRead) -> SpeakerAsRead:
    """The speaker with the id of whoever the desk knows by this name."""
    if said.type not in SpeakerType.values:
        raise CommandError(_("“%(given)s” is no kind of speaker: it is one of %(kinds)s.") % {
            "given": said.type, "kinds": ", ".join(SpeakerType.values),
        })  # fmt: skip
    if said.id or not said.name.strip() or said.type not in NAMED_TYPES:
        return said
    known = speakers.find(said.name, type=said.type)
    return replace(said, id=str(known.pk)) if known else said
