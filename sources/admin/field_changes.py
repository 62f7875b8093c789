"""Rows that show a field from old to new, each wording in pieces; the template is sources/field_changes.html."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sources.text.side_by_side import Run, side_by_side, whole

FSI, PDI = "\u2068", "\u2069"  # Unicode's isolates: each of several values keeps its own direction


@dataclass(frozen=True, slots=True)
class Row:
    """A field under its label; no pieces where nothing stood there. `note` says what reading alone would not tell."""

    label: Any
    before: list[Run]
    after: list[Run]
    note: Any = ""


def row(label: Any, before: str, after: str, *, wording: bool = False) -> Row:
    """A row of two readable values; of a `wording` the words that differ are marked."""
    if before == after:
        return Row(label, whole(before), [], _("It reads as before: where it stands in the text, or how it is kept, is another."))
    if wording and before and after:
        return Row(label, *side_by_side(before, after))
    return Row(label, whole(before), whole(after))


def joined(values: Any) -> str:
    """Several values in one line, each isolated from the direction of the others."""
    return str(_(", ")).join(f"{FSI}{value}{PDI}" for value in values)
