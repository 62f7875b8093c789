"""What an event changed of a claim, as a person reads it: each field from old to new, in the reader's language."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec
import orjson
from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from claims.admin import formatting, reading_reasons
from claims.domain import dates_in_words
from claims.domain.choices import Mode
from claims.domain.field_changes import Change
from claims.domain.fields import FIELDS, SetBy, Type, names_of
from claims.domain.values import Figure, Hop, SpeakerAsRead
from claims.models import Quantity
from sources.admin.field_changes import Row, joined, list_row, row
from sources.models import Document, Snapshot, SpeakerType
from sources.registry import languages
from sources.text.edtf import ImpreciseDate

DATES = names_of(Type.DATE)
PLACE = ("start", "end")  # one row of the two
UNSHOWN = tuple(field.name for field in FIELDS.values() if field.set_by is SetBy.PROGRAM)  # what follows, and which reader it was
WORDINGS = tuple(name for name in names_of(Type.LINE, Type.TEXT, Type.VERBATIM) if name not in UNSHOWN)  # the words that differ are marked
BY_ITS_SENTENCE = "HorizonRegistered"  # the type of event whose own sentence says all that a row could
Titles = Mapping[str, str]


def titles_of(changes: Iterable[Change]) -> Titles:
    """What the documents and texts are called that these changes name: a query for all of either kind, none where none is named."""
    named: dict[str, set[str]] = {"document": set(), "snapshot": set()}
    for change in changes:
        if change.field in named:
            named[change.field] |= {value for value in (change.before, change.after) if value}
    found: dict[str, str] = {}
    if named["document"]:
        found |= {str(each.pk): str(each) for each in Document.objects.filter(pk__in=named["document"]).only("title", "url")}
    if named["snapshot"]:
        rows = Snapshot.objects.filter(pk__in=named["snapshot"]).values_list("pk", "captured_at")
        found |= {str(pk): _("captured %(when)s") % {"when": dates_in_words.moment(at)} for pk, at in rows}
    return found


def change_rows(changes: Iterable[Change], *, labels: Mapping[str, Any], titles: Titles) -> list[Row]:
    """The rows of one event. A quote that says other words stands elsewhere: its place is a row only where the words stayed."""
    by_field = {change.field: change for change in changes if change.field not in UNSHOWN and change.type != BY_ITS_SENTENCE}
    place = [by_field.pop(name) for name in PLACE if name in by_field]
    shown = [_row(change, labels.get(name, name), titles) for name, change in by_field.items()]
    if place and "quote" not in by_field:
        shown.append(row(labels["start"], *(_place(value(change) for change in place) for value in (_before, _after))))
    return shown


def _before(change: Change) -> Any:
    return change.before


def _after(change: Change) -> Any:
    return change.after


def _place(offsets: Iterable[Any]) -> str:
    return "–".join(str(offset) for offset in offsets if offset is not None)


def _row(change: Change, label: Any, titles: Titles) -> Row:
    if change.field == "tags":
        return list_row(label, change.before or [], change.after or [])
    was, now = (readable(change.field, value, titles) for value in (change.before, change.after))
    if was == now and change.field in DATES:  # it was read from other words
        was, now = (_date_in_its_words(value) for value in (change.before, change.after))
    return row(label, was, now, wording=change.field in WORDINGS)


def readable(field: str, value: Any, titles: Titles) -> str:
    """The value of a field (plain JSON) in the reader's language; nothing for none."""
    if value is None or value in ("", [], {}):
        return ""
    if field in _FORMATS:
        return _FORMATS[field](value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return joined(value)
    if isinstance(value, dict):
        return orjson.dumps(value).decode()
    return titles.get(value, value) if isinstance(value, str) else str(value)


def _label(choices: type[TextChoices]) -> Callable[[Any], str]:
    return lambda value: str(dict(choices.choices).get(value, value))


def _date(value: Any) -> str:
    return dates_in_words.readable(msgspec.convert(value, ImpreciseDate))


def _date_in_its_words(value: Any) -> str:
    return " ".join(_with_words(_date(value), value["text"])) if value else ""


def _with_words(said: str, text: str | None) -> Iterator[str]:
    yield formatting.isolated(said)
    if text:
        yield f"«{formatting.isolated(text)}»"


def speaker(value: Any) -> str:
    """Who speaks, and what they are."""
    read = msgspec.convert(value, SpeakerAsRead)
    kind = _label(SpeakerType)(read.type)
    if not read.name:
        return kind
    named = " – ".join(formatting.isolated(part) for part in (read.name, read.title) if part)
    return f"{named} ({formatting.isolated(kind)})"


def _hops(value: Any) -> str:
    hops = msgspec.convert(value, list[Hop])
    return joined(
        f"{formatting.isolated(hop.agent)} ({formatting.ROLES.get(hop.role, hop.role)}{_(', ')}{_label(Mode)(hop.mode)})" for hop in hops
    )


def figures(value: Any) -> str:
    """What each figure comes to, with the words it was read from."""
    return joined(" ".join(_with_words(_figure(figure), figure.text)) for figure in msgspec.convert(value, list[Figure]))


def _figure(figure: Figure) -> str:
    return formatting.figure(
        Quantity(value=figure.value, value_max=figure.value_max, unit=figure.unit or "", comparator=str(figure.comparator.value))
    )


def _registered(value: Any) -> str:
    return joined(part for part in (_date(value["due"]) if value.get("due") else "", value.get("criteria", "")) if part)


_FORMATS: dict[str, Callable[[Any], str]] = {
    **dict.fromkeys(DATES, _date),
    **{field.name: _label(field.choices) for field in FIELDS.values() if field.choices},
    "language": lambda value: languages.name_of(value, get_language() or "en"),
    "speaker": speaker,
    "attributions": _hops,
    "quantities": figures,
    "registered": _registered,
    "why": lambda value: joined(reading_reasons.describe_reasons(value)),
    "check_worthiness": lambda value: formatting.plain(Decimal(value)),
}
