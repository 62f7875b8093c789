"""The table of a claim's fields: what each is, who sets it, and where it shows.

A row is plain data. The doors derive from it what they take and show: the bodies and answers of the API, its filters and schema, the
form and the page of the desk, `take revise --set`, the names in a sentence, the table in docs/api.md. Where a door has something of its
own for a field it says so by the field's name, with the reason. The event, the model and the migration stay written out;
tests/claims/test_net_of_fields.py holds them against the table.
"""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from claims.domain.fields.field import Door, Field, SetBy, Type
from claims.domain.fields.table import TABLE

__all__ = ["FIELDS", "LABELS", "WITH_QUOTE", "Door", "Field", "SetBy", "Type", "is_judged", "named", "names_of", "shown_in"]

FIELDS: Mapping[str, Field] = MappingProxyType({each.name: each for each in TABLE})
# What it is called in the middle of a sentence.
LABELS = {each.name: each.label for each in TABLE if each.shows_in(Door.SENTENCE)}
WITH_QUOTE = frozenset(each.name for each in TABLE if each.with_quote)


def shown_in(door: Door, *, first: Collection[str] = ()) -> Iterator[Field]:
    """The fields that show there: those named in `first` in that order, then the others in the order of the table."""
    ordered = (*first, *(name for name in FIELDS if name not in first))
    return (FIELDS[name] for name in ordered if FIELDS[name].shows_in(door))


def names_of(*types: Type) -> tuple[str, ...]:
    """The names of the fields that hold one of these types."""
    return tuple(each.name for each in TABLE if each.type in types)


def is_judged(name: str) -> bool:
    """Does a change of this field touch what a verdict judges? Whatever is not said to be free does."""
    return name not in FIELDS or FIELDS[name].judged


def named(names: Collection[str]) -> str:
    """The fields' labels in the reader's language, in their order here; a quote's place goes without saying where the quote changed."""
    said = set(names) - WITH_QUOTE if "quote" in names else set(names)
    known = [str(each.label) for each in TABLE if each.name in said and each.label]
    return str(_(", ")).join(known or sorted(said))
