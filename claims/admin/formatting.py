"""Dates and figures as a person reads them, kept apart from the direction of the text around them."""

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from claims.domain.choices import Comparator, Relation
from claims.domain.dates_in_words import day as day
from claims.domain.dates_in_words import readable as readable
from claims.models import Quantity
from sources.text.edtf import ImpreciseDate

FSI, PDI = "\u2068", "\u2069"  # Unicode's isolates: for plain sentences, where a <bdi> cannot go

# What an agent does in an attribution.
ROLES = {
    "publisher": _("publisher"),
    "agency": _("agency"),
    "newspaper": _("newspaper"),
    "broadcaster": _("broadcaster"),
    "spokesperson": _("spokesperson"),
    "speaker": _("speaker"),
    "document": _("document"),
}

# A judgement as it is read from the other claim's end; the others read the same from both.
_INWARD = {
    Relation.REPEATS: _("is repeated by"),
    Relation.REFINES: _("is refined by"),
    Relation.UPDATES: _("is updated by"),
    Relation.DENIES: _("is denied by"),
    Relation.DERIVED_FROM: _("is the origin of"),
}


def relation(kind: str, *, outward: bool) -> str:
    """What this claim is to the other, as the middle of a sentence."""
    found = Relation(kind)
    return str(found.label if outward else _INWARD.get(found, found.label))


def isolated(text: object) -> str:
    """`text` so that its direction does not leak into the sentence it stands in."""
    return f"{FSI}{text}{PDI}"


def when_html(when: ImpreciseDate | None) -> SafeString | str:
    """A date for a page: readable, with its EDTF and the words it was read from on hover."""
    if when is None:
        return ""
    title = " · ".join(part for part in (when.edtf, when.text) if part)
    return format_html('<bdi title="{}">{}</bdi>', title, readable(when))


def figure(quantity: Quantity) -> str:
    """What a figure comes to: “more than 2,000 جندي”, its parts isolated from each other."""
    value = plain(quantity.value)
    if quantity.value_max is not None:
        value = f"{value}–{plain(quantity.value_max)}"
    words = "" if quantity.comparator == Comparator.EXACTLY else quantity.get_comparator_display()
    unit = _("percent") if quantity.unit == "percent" else quantity.unit
    return " ".join(isolated(part) for part in (words, value, unit) if part)


def plain(value: Decimal) -> str:
    """A number without the zeros that its column pads it with, its thousands apart: Django groups none in Arabic."""
    return f"{value.normalize():,f}"


def short(text: str, length: int = 140) -> SafeString:
    """A text cut to one glance, in its own direction."""
    return format_html('<bdi dir="auto">{}</bdi>', Truncator(text).chars(length))
