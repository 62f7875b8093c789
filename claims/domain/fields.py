"""The fields of a claim: what each is called, and whether a change of it touches what a verdict judges."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Field:
    """One field of ClaimRecorded that people may change."""

    name: str
    label: Any
    judged: bool = True  # a change needs approval once the claim was judged, and sends a pending verdict back


_FIELDS = (
    Field("statement", _("statement")),
    Field("kind", _("kind")),
    Field("speaker", _("speaker")),
    Field("quote", _("quote")),
    Field("start", _("place in the text")),
    Field("end", _("end of the quote")),
    Field("prefix", _("words before the quote")),
    Field("suffix", _("words after the quote")),
    Field("language", _("language")),
    Field("attributions", _("attribution")),
    Field("document", _("document")),
    Field("snapshot", _("snapshot")),
    Field("snapshot_digest", _("digest of the snapshot")),
    Field("source", _("source")),
    Field("said_on", _("date")),
    Field("scope", _("about when")),
    Field("due", _("due")),
    Field("quantities", _("figures")),
    Field("polarity", _("polarity")),
    Field("denial", _("denial")),
    Field("superlative", _("superlative")),
    Field("check_worthiness", _("check-worthiness")),
    Field("why", _("why it was proposed")),
    Field("criteria", _("how it will be settled")),
    Field("tags", _("tags"), judged=False),
    Field("notes", _("notes"), judged=False),
)
FIELDS = {field.name: field for field in _FIELDS}
LABELS = {field.name: field.label for field in _FIELDS}


def is_judged(name: str) -> bool:
    """Does a change of this field touch what a verdict judges? Whatever is not said to be free does."""
    return name not in FIELDS or FIELDS[name].judged


_GO_WITH_THE_QUOTE = {"start", "end", "prefix", "suffix", "snapshot_digest"}


def named(names: Collection[str]) -> str:
    """The fields' labels in the reader's language, in their order here; a quote's place goes without saying where the quote changed."""
    said = set(names) - _GO_WITH_THE_QUOTE if "quote" in names else set(names)
    known = [str(field.label) for field in _FIELDS if field.name in said]
    return str(_(", ")).join(known or sorted(said))
