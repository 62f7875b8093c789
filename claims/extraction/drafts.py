"""What reading a text yields, and its JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from claims.domain import denials
from sources.text.carriers import role_of
from sources.text.edtf import ImpreciseDate
from sources.text.numbers import Quantity

NAMED_TYPES = ("person", "organisation")  # the words of sources.models, which reading a text does without


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of the text, where they stand."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A claim as proposed: `text[start:end] == quote`, always."""

    quote: str
    start: int
    end: int
    kind: str
    polarity: str
    denial: bool = False
    before: str = ""  # the text that runs up to the quote
    superlative: bool
    check_worthiness: float
    why: list[str]
    speaker_type: str
    speaker_name: str | None
    speaker_title: str | None
    mention: Mention | None
    mode: str
    cue: Mention | None
    reported_by: list[str]
    said_on: ImpreciseDate | None
    scope: ImpreciseDate | None
    due: ImpreciseDate | None
    quantities: list[Quantity]

    @property
    def statement(self) -> str:
        """What stands for the claim in a list: the quote, or of a denial the sentence that says so."""
        if not self.denial:
            return self.quote
        mention, cue = (words.text if words else "" for words in (self.mention, self.cue))
        who = {"speaker_type": self.speaker_type, "speaker": self.speaker_name or mention, "mention": mention}
        return denials.statement(self.quote, before=self.before, cue=cue, **who)

    @property
    def explicit(self) -> bool:
        """Do words say that it was said, and by a person or an organisation with a name?"""
        return self.cue is not None and self.speaker_type in NAMED_TYPES and bool((self.speaker_name or "").strip())

    def as_json(self) -> dict[str, Any]:
        """The shape that `extract` prints."""
        return {
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "statement": self.statement,
            "kind": self.kind,
            "polarity": self.polarity,
            "denial": self.denial,
            "superlative": self.superlative,
            "check_worthiness": self.check_worthiness,
            "why": self.why,
            "speaker": {
                "type": self.speaker_type,
                "name": self.speaker_name,
                "title": self.speaker_title,
                "mention": asdict(self.mention) if self.mention else None,
            },
            "attribution": {"mode": self.mode, "cue": asdict(self.cue) if self.cue else None},
            "reported_by": [{"name": name, "role": role_of(name)} for name in self.reported_by],
            "said_on": date_json(self.said_on),
            "scope": date_json(self.scope),
            "due": date_json(self.due),
            "quantities": [quantity_json(quantity) for quantity in self.quantities],
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one text."""

    language: str
    published: str | None = None
    claims: list[Draft] = field(default_factory=list)
    quantities: list[Quantity] = field(default_factory=list)
    dates: list[ImpreciseDate] = field(default_factory=list)
    reader: str = ""  # the version that read it

    def as_json(self) -> dict[str, Any]:
        """The shape that `extract` prints."""
        return {
            "language": self.language,
            "published": self.published,
            "claims": [claim.as_json() for claim in self.claims],
            "quantities": [quantity_json(quantity) for quantity in self.quantities],
            "dates": [{"text": d.text, "start": d.start, "end": d.end, "edtf": d.edtf} for d in self.dates],
        }


def date_json(when: ImpreciseDate | None) -> dict[str, Any] | None:
    """A date as the JSON has it."""
    if when is None:
        return None
    return {"edtf": when.edtf, "text": when.text, "start": when.start, "end": when.end, "basis": str(when.basis)}


def quantity_json(quantity: Quantity) -> dict[str, Any]:
    """A quantity as the JSON has it: whole numbers whole, others as decimals."""
    return {
        "text": quantity.text,
        "start": quantity.start,
        "end": quantity.end,
        "value": _number(quantity.value),
        "value_max": _number(quantity.value_max),
        "unit": quantity.unit,
        "comparator": quantity.comparator,
    }


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
