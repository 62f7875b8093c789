"""What a claim is made of, as plain frozen values: figures, hops, speakers, evidence."""

from dataclasses import dataclass
from decimal import Decimal

from claims.domain.choices import Comparator, Mode, Stance
from sources.text.edtf import ImpreciseDate


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerAsRead:
    """Who said it, as the text had it: type, name and title stay although the speaker's row may change."""

    type: str
    name: str = ""
    title: str = ""
    id: str | None = None  # the Speaker row; unnamed speakers have none
    mention_start: int | None = None
    mention_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One hop of an attribution, from the publisher towards the origin."""

    agent: str
    role: str  # publisher, agency, newspaper, broadcaster, spokesperson, speaker, document
    cue: str = ""
    mode: Mode = Mode.NARRATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A quantity: the words, the value they give, its unit (percent, ISO 4217 or the counted noun) and the comparator."""

    text: str
    value: Decimal
    unit: str | None = None
    comparator: Comparator = Comparator.EXACTLY
    value_max: Decimal | None = None
    role: str = "level"  # level, change, share, rank, duration
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exhibit:
    """A piece of evidence: a snapshot, or an address with its archived copy, and what it does to the claim."""

    stance: Stance
    note: str = ""
    snapshot: str | None = None
    url: str = ""
    archived: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownExhibit:
    """A piece of evidence as readers are shown it: no internal note, nobody's name. `digest` is SHA-256 (hex) of the captured text."""

    stance: Stance
    address: str = ""
    archived: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSources:
    """How a claim's sources are shown to readers, frozen when a verdict or a correction is proposed.

    Speakers and outlets are renamed and merged, documents get other dates and titles: none of that changes by itself what two
    people have agreed to publish.
    """

    speaker: str = ""  # the name the speaker is kept under, else the words as read
    speaker_title: str = ""  # as read, else the one that is kept
    speaker_id: str | None = None
    source: str = ""  # the outlet's name, else the words for where it was heard
    title: str = ""
    address: str = ""
    publication: ImpreciseDate | None = None  # of the document
    exhibits: tuple[ShownExhibit, ...] = ()
