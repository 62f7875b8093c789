"""How good the reader is in use: what became of what it proposed, field by field, told by the ledger's events."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from claims import ledger
from claims.domain import events
from claims.domain.lifecycle import Happening
from claims.models import Claim, EventRecord

Progress = Callable[[int], None]
Plain = dict[str, Any]
PAGE = 2000  # events read at once
STREAMS = 500


class Fate(StrEnum):
    """What became of a proposed value."""

    UNCHANGED = "unchanged"  # accepted as it was read
    EDITED = "edited"  # somebody put it right
    REJECTED = "rejected"  # the claim was turned down
    WAITING = "waiting"  # nobody has looked yet
    SET_ASIDE = "set_aside"  # withdrawn or merged before anybody accepted it


def _edtf(name: str) -> Callable[[Plain], Any]:
    return lambda said: (said[name] or {}).get("edtf")


def _figures(said: Plain) -> Any:
    return sorted(
        (Decimal(f["value"]), Decimal(f["value_max"] or 0), f["unit"] or "", f["comparator"], f["value_max"] is None)
        for f in said["quantities"]
    )


# What is compared of each field. Where a mention stands is no difference in who speaks.
FIELDS: dict[str, Callable[[Plain], Any]] = {
    "span": lambda said: (said["start"], said["end"]),
    "speaker": lambda said: (said["speaker"]["type"], said["speaker"]["name"]),
    "kind": lambda said: said["kind"],
    "figures": _figures,
    "said_on": _edtf("said_on"),
    "scope": _edtf("scope"),
    "due": _edtf("due"),
    "polarity": lambda said: said["polarity"],
    "denial": lambda said: said["denial"],
    "superlative": lambda said: said["superlative"],
    "attribution": lambda said: [(hop["role"], hop["agent"], hop["mode"]) for hop in said["attributions"]],
    "statement": lambda said: said["statement"],
}
# A desk words statements its own way: that is no mistake of the reader's.
WORDING = frozenset({"statement"})


@dataclass(slots=True)
class Count:
    """How many of each fate."""

    unchanged: int = 0
    edited: int = 0
    rejected: int = 0
    waiting: int = 0
    set_aside: int = 0

    def add(self, fate: Fate) -> None:
        """One more."""
        setattr(self, fate, getattr(self, fate) + 1)

    @property
    def right(self) -> float | None:
        """The share that was accepted as read among all that were decided; None where nothing was."""
        decided = self.unchanged + self.edited + self.rejected
        return self.unchanged / decided if decided else None

    @property
    def kept(self) -> float | None:
        """The share left as read among the claims that were taken: what a single field is worth."""
        taken = self.unchanged + self.edited
        return self.unchanged / taken if taken else None


def _by_field() -> dict[str, Count]:
    return {name: Count() for name in FIELDS}


@dataclass(slots=True)
class Reader:
    """One version of the reader: its proposals as wholes, and field by field."""

    proposals: int = 0
    whole: Count = field(default_factory=Count)
    fields: dict[str, Count] = field(default_factory=_by_field)

    def add(self, fates: dict[str, Fate]) -> None:
        """One proposal more."""
        self.proposals += 1
        read = [fate for name, fate in fates.items() if name not in WORDING]
        self.whole.add(Fate.EDITED if Fate.EDITED in read else read[0])
        for name, fate in fates.items():
            self.fields[name].add(fate)


@dataclass(slots=True)
class Report:
    """What became of the proposals of every version, and how many claims people marked in texts themselves."""

    readers: dict[str, Reader] = field(default_factory=dict)
    together: Reader = field(default_factory=Reader)
    by_people: int = 0


def report(streams: Iterable[Sequence[Happening]], *, since: datetime | None = None) -> Report:
    """Counts over the streams given, each whole and in order; only claims recorded from `since` on."""
    told = Report()
    for happened in streams:
        first = happened[0].event
        if not isinstance(first, events.ClaimRecorded) or (since and happened[0].at < since):
            continue
        if first.reader:
            fates = fates_of(happened)
            told.readers.setdefault(_version(first, happened), Reader()).add(fates)
            told.together.add(fates)
        elif first.snapshot:
            told.by_people += 1
    return told


def _version(first: events.ClaimRecorded, happened: Sequence[Happening]) -> str:
    """The version whose reading people had before them: a draft may have been read again."""
    again = [later.event.reader for later in happened if isinstance(later.event, events.ClaimReread)]
    return again[-1] if again else first.reader


def fates_of(happened: Sequence[Happening]) -> dict[str, Fate]:
    """What became of each field of one proposal, from all that happened to it."""
    first = happened[0].event
    assert isinstance(first, events.ClaimRecorded)
    decided = _decided(happened)
    if decided is Fate.REJECTED or decided is Fate.SET_ASIDE:
        return dict.fromkeys(FIELDS, decided)
    edited = _edited(first, happened)
    return {name: Fate.EDITED if name in edited else decided for name in FIELDS}


def _decided(happened: Sequence[Happening]) -> Fate:
    """The desk's last word on whether it is a claim; one that was reopened was taken."""
    fate, merged = Fate.WAITING, False
    for later in happened:
        match later.event:
            case events.ClaimAccepted() | events.ClaimReopened():
                fate = Fate.UNCHANGED
            case events.ClaimRejected():
                fate = Fate.REJECTED
            case events.ClaimMerged() if fate is Fate.WAITING:
                fate, merged = Fate.SET_ASIDE, True
            case events.ClaimUnmerged() if merged:
                fate, merged = Fate.WAITING, False
            case events.ClaimWithdrawn() if merged or fate is Fate.WAITING:
                fate, merged = Fate.SET_ASIDE, False
    return fate


def _edited(first: events.ClaimRecorded, happened: Sequence[Happening]) -> set[str]:
    """The fields that people left other than the program had them."""
    theirs: Plain | None = None  # made only for the few claims that somebody has touched
    ours: Plain = {}
    for later in happened[1:]:
        match later.event:
            case events.ClaimRevised(changes=changes):
                pass
            case events.ClaimScheduled(due=due):
                changes = {"due": msgspec.to_builtins(due)}
            case events.ClaimRedated(changes=changes) | events.ClaimReread(changes=changes):
                ours = (ours or msgspec.to_builtins(first)) | changes
            case _:
                continue
        theirs = (theirs or msgspec.to_builtins(first)) | changes
    if theirs is None:
        return set()
    ours = ours or msgspec.to_builtins(first)
    return {name for name, seen in FIELDS.items() if seen(theirs) != seen(ours)}


# ── which streams


def whole_ledger(progress: Progress = lambda done: None) -> Iterator[list[Happening]]:
    """Every claim's events, claim by claim: one pass over the log in the order of its index, a page in memory at a time.

    No cursor is held open in between, so that it runs behind a pooling proxy and beside everything else.
    """
    kinds = [name for name in events.TYPES if name.startswith("Claim")]
    rows = EventRecord.objects.filter(type__in=kinds).order_by("stream", "version")
    names = ("id", "stream", "version", "type", "schema", "body", "actor", "recorded_at")
    stream: list[Happening] = []
    last: tuple[UUID, int] | None = None
    done = 0
    while True:
        page = rows.extra(where=["(stream, version) > (%s, %s)"], params=list(last)) if last else rows
        read = [ledger.happening(*row) for row in page.values_list(*names)[:PAGE]]
        for happened in read:
            if stream and stream[0].stream != happened.stream:
                yield stream
                stream = []
            stream.append(happened)
        done += len(read)
        progress(done)
        if len(read) < PAGE:
            break
        last = read[-1].stream, read[-1].version
    if stream:
        yield stream


def newest(number: int) -> Iterator[list[Happening]]:
    """The events of the newest claims, at most so many: what a page can show without reading all that is kept."""
    ids = list(Claim.objects.order_by("-id").values_list("pk", flat=True)[:number])
    for some in (ids[n : n + STREAMS] for n in range(0, len(ids), STREAMS)):
        yield from (happened for happened in ledger.happenings(some).values() if happened)
