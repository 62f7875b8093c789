"""Documents are read again with today's reader: what it reads otherwise is changed where nobody touched it, and else offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from claims import ledger
from claims.domain import events, lifecycle, overlap, untouched
from claims.domain.choices import CLOSED
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState
from claims.extraction import Draft, Reading
from claims.intake import differences, reading
from claims.intake.differences import Plain
from claims.models import Claim
from claims.workflow import recording
from sources.models import Document, Snapshot
from sources.roles import PROGRAM
from sources.text.edtf import Basis

TRIES = 5  # somebody works on a claim of the document just now: then it is read again


@dataclass(frozen=True, slots=True)
class Lost:
    """A claim that today's reader does not propose. It stays; whoever finds it to be none rejects it."""

    claim: UUID
    statement: str
    status: str
    reader: str


@dataclass(frozen=True, slots=True)
class Gained:
    """A claim that no version read before. `claim` is its id; None where it is not kept."""

    claim: UUID | None
    statement: str
    quote: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A claim of which today's reader reads some fields otherwise: field → what stands there and what it reads.

    `changed` the program does by itself; `offered` waits for a person.
    """

    claim: UUID
    statement: str
    status: str
    reader: str
    changed: dict[str, tuple[Any, Any]]
    offered: dict[str, tuple[Any, Any]]


@dataclass(slots=True)
class Reread:
    """What came of one document."""

    document: UUID
    title: str
    lost: list[Lost] = field(default_factory=list)
    gained: list[Gained] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    same: int = 0  # claims that today's reader reads as they are, or as was offered before

    def __bool__(self) -> bool:
        return bool(self.lost or self.gained or self.changed)


def reread(document: UUID, *, dry: bool = False) -> Reread:
    """Reads all texts of a document again, in one transaction; the same again changes nothing. `dry`: only tells what would come of it.

    Raises ledger.Conflict where others kept coming in between, or words were just erased: then nothing of it is changed.
    """
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                came_of_it = _reread(document)
                # The very same is done and taken back, so that what is told is what would be.
                transaction.set_rollback(dry)
            if dry:
                came_of_it.gained = [replace(gained, claim=None) for gained in came_of_it.gained]
            return came_of_it
        except ledger.Conflict:
            if attempt == TRIES - 1:
                raise
    raise AssertionError


def _reread(document: UUID) -> Reread:
    found = Document.objects.get(pk=document)
    came_of_it = Reread(found.pk, found.title or found.url or "")
    texts = Snapshot.objects.filter(document=found).select_related("content", "document__outlet").defer("raw", "fetched")
    rest = []
    for snapshot in texts.order_by("captured_at", "pk"):
        reading.hold(snapshot)
        rest.append((snapshot, _compare_text(snapshot, came_of_it)))
    # Only now, when every text's claims are as they will be: what is said in one of them is no news in another.
    for snapshot, read in rest:
        came_of_it.gained += _gained(snapshot, read)
    return came_of_it


def _compare_text(snapshot: Snapshot, came_of_it: Reread) -> Reading:
    """Changes and offers what is read otherwise in one text; what is left of the reading stands for no claim yet."""
    # Whole: a claim that high precision would leave out today is not lost for that.
    read = reading.read(snapshot, precise=False)
    ids = Claim.objects.filter(document=snapshot.document_id, snapshot=snapshot.pk).order_by("start", "pk").values_list("pk", flat=True)
    pasts = ledger.happenings(list(ids))
    drafts = _paired(pasts, read.claims)
    changes: dict[UUID, tuple[ClaimState, list[events.Event]]] = {}
    for stream, past in pasts.items():
        state = lifecycle.fold(past)
        assert isinstance(state, ClaimState)
        # What people wrote down is no reader's, and what they turned down stays so.
        if not state.said.reader or state.status in CLOSED:
            continue
        if stream not in drafts:
            came_of_it.lost.append(Lost(stream, state.said.statement, state.status, state.said.reader))
        elif appended := _compared(state, past, drafts[stream], snapshot, read, came_of_it):
            changes[stream] = (state, appended)
    ledger.append(changes, by=PROGRAM)
    taken = {id(draft) for draft in drafts.values()}
    rest = [draft for draft in read.claims if id(draft) not in taken and (draft.explicit or not settings.READER_PRECISE)]
    return replace(read, claims=rest)


def _gained(snapshot: Snapshot, read: Reading) -> Iterable[Gained]:
    for receipt in reading.propose_new(snapshot, read):
        if not receipt.replayed and isinstance(receipt.state, ClaimState):
            said = receipt.state.said
            yield Gained(receipt.stream, said.statement, said.quote or "", said.start or 0, said.end or 0, said.kind)


def _paired(pasts: dict[UUID, list[Happening]], drafts: Sequence[Draft]) -> dict[UUID, Draft]:
    """Which draft is which claim: those that have most in common first, each once; nearer than half, or not at all."""
    near = [
        (overlap.shared((draft.start, draft.end), span), stream, draft)
        for stream, past in pasts.items()
        for span in set(reading.spans(past))
        for draft in drafts
    ]
    pairs: dict[UUID, Draft] = {}
    taken: set[int] = set()
    for share, stream, draft in sorted(near, key=lambda pair: (-pair[0], pair[1], pair[2].start)):
        if share >= overlap.HALF and stream not in pairs and id(draft) not in taken:
            pairs[stream] = draft
            taken.add(id(draft))
    return pairs


def _compared(
    state: ClaimState, past: list[Happening], draft: Draft, snapshot: Snapshot, read: Reading, came_of_it: Reread
) -> list[events.Event]:
    """The events of one claim that today's reader reads too, in other borders perhaps."""
    said = recording.placed(reading.claim_from_draft(draft, snapshot, read.language, by=None, reader=read.reader), snapshot, snapshot.text)
    now = untouched.plain(state.said)
    new = differences.beside(now, untouched.plain(said))
    free = untouched.fields(state, past, differences.NAMES)
    # Only what today's reader reads otherwise than the program said last: what people made of that is theirs.
    moved = differences.names(untouched.last_read(past), new)
    ours = differences.names(now, new) & moved & free
    before = state.offered_reading.changes if state.offered_reading else {}
    theirs = (differences.names(now, new) & moved - ours) - differences.ASIDE
    if "speaker" in ours | theirs:  # another is named: who that is
        new["speaker"] = msgspec.to_builtins(reading.speaker(draft, by=PROGRAM))
    answered = differences.wanted_fields(moved, new).keys()
    offered = {name: value for name, value in before.items() if name not in answered} | differences.wanted_fields(theirs, new)
    told: list[events.Event] = []
    if ours:
        told.append(events.ClaimReread(changes=differences.wanted_fields(ours, new), reader=read.reader, before_reader=state.said.reader))
    if offered != before:
        told.append(events.ClaimRereadingOffered(changes=offered, reader=read.reader))
    if not told and not offered and state.said.reader != read.reader and _hangs(state):
        # So that the dates follow a corrected publication date: that is asked of the version that read them.
        told.append(events.ClaimReread(changes={}, reader=read.reader, before_reader=state.said.reader))
    if ours or theirs:
        came_of_it.changed.append(
            Changed(state.id, state.said.statement, state.status, state.said.reader, _both(ours, now, new), _both(theirs, now, new))
        )
    else:
        came_of_it.same += 1
    return told


def _both(names: Iterable[str], old: Plain, new: Plain) -> dict[str, tuple[Any, Any]]:
    return {name: (old[name], new[name]) for name in sorted(names)}


def _hangs(state: ClaimState) -> bool:
    """Does a date of it hang on the publication date?"""
    dates = (state.said.said_on, state.said.scope, state.said.due)
    return any(when is not None and when.basis in (Basis.RELATIVE, Basis.UNSTATED) for when in dates)
