"""Rows that show a field from old to new, each wording in pieces; the template is sources/field_changes.html."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sources.text.side_by_side import Run, side_by_side, whole

LINE = 110  # code points that fit into a line of the desk
FSI, PDI = "\u2068", "\u2069"  # Unicode's isolates: each of several values keeps its own direction


@dataclass(frozen=True, slots=True)
class Row:
    """A field under its label; no pieces where nothing stood there. `note` says what reading alone would not tell."""

    label: Any
    before: list[Run]
    after: list[Run]
    note: Any = ""

    @property
    def composed(self) -> bool:
        """Is it put together of isolated values? Then it reads in the page's direction, else in that of its own words."""
        return any(FSI in run.text for run in (*self.before, *self.after))

    @property
    def long(self) -> bool:
        """Would old and new hardly stand in one line?"""
        return sum(len(run.text) - 2 * run.text.count(FSI) for run in (*self.before, *self.after)) > LINE


def row(label: Any, before: str, after: str, *, wording: bool = False) -> Row:
    """A row of two readable values; of a `wording` the words that differ are marked."""
    if before == after:
        return Row(label, whole(before), [], _("It reads as before: where it stands in the text, or how it is kept, is another."))
    if wording and before and after:
        return Row(label, *side_by_side(before, after))
    return Row(label, whole(before), whole(after))


def list_row(label: Any, before: Sequence[str], after: Sequence[str]) -> Row:
    """A row of two lists; values that are in one of them only are marked."""
    return Row(label, list(_listed(before, after)), list(_listed(after, before)))


def _listed(values: Sequence[str], others: Sequence[str]) -> Iterator[Run]:
    for number, value in enumerate(values):
        if number:
            yield Run(str(_(", ")))
        yield Run(f"{FSI}{value}{PDI}", differs=bool(others) and value not in others)


def joined(values: Iterable[Any]) -> str:
    """Several values in one line, each isolated from the direction of the others."""
    return str(_(", ")).join(f"{FSI}{value}{PDI}" for value in values)
