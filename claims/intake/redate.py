"""A document's publication date was corrected: what its claims count from it is read again, and changed or offered."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import msgspec
import orjson
from django.db import transaction

from claims import extraction, ledger
from claims.domain import events, lifecycle, untouched
from claims.domain.choices import CLOSED
from claims.domain.lifecycle import Happening
from claims.domain.state import ClaimState
from claims.extraction import Draft, Reading
from claims.ledger import erasure_guard
from claims.models import Claim
from sources.models import Document, Revision, Snapshot
from sources.roles import PROGRAM
from sources.text.edtf import Basis, ImpreciseDate

FIELDS = ("said_on", "scope", "due")


@dataclass(frozen=True, slots=True)
class Readings:
    """One text read with the old publication date and with the new one."""

    before: Reading
    after: Reading
    published_before: ImpreciseDate | None
    published_after: ImpreciseDate | None


def redate(document: UUID, number: int) -> None:
    """Looks at every claim of a document whose date revision `number` corrected; the same again changes nothing.

    What another version of the reader read is left alone: its dates would be compared with those of today's.
    Drafts that nobody has reviewed are changed, field by field where no person has set it; for the others the change is
    offered. Raises ledger.Conflict where somebody came in between: then nothing is changed, and it is tried again.
    """
    with transaction.atomic():
        erasure_guard.hold_off()
        _redate_all(document, number)


def _redate_all(document: UUID, number: int) -> None:
    found = Document.objects.get(pk=document)
    correction = Revision.objects.get(subject_id=document, number=number)
    before = _published(Revision.objects.get(subject_id=document, number=number - 1))
    for snapshot in found.snapshots.select_related("content").defer("raw"):
        # With the date as it is now: of two corrections in a row the second one counts, in whatever order they are done.
        _redate(snapshot, found, before, found.publication, correction.reason)


def _published(revision: Revision) -> ImpreciseDate | None:
    kept = orjson.loads(revision.data).get("published")
    return msgspec.convert(kept, ImpreciseDate) if kept else None


def _redate(snapshot: Snapshot, document: Document, before: ImpreciseDate | None, after: ImpreciseDate | None, reason: str) -> None:
    ids = list(Claim.objects.filter(document=document, snapshot=snapshot).exclude(status__in=CLOSED).values_list("pk", flat=True))
    if not ids:
        return
    language = document.language if document.language not in ("", "und") else None
    old, new = (extraction.read(snapshot.text, published=when, language=language) for when in (before, after))
    readings = Readings(old, new, before, after)
    about = {"before": before.edtf if before else None, "published": after.edtf if after else None, "reason": reason}
    changes = {}
    for stream, past in ledger.happenings(ids).items():
        state = lifecycle.fold(past)
        if isinstance(state, ClaimState) and (told := _told(state, past, readings, about)):
            changes[stream] = (state, told)
    ledger.append(changes, by=PROGRAM)


def _told(state: ClaimState, past: list[Happening], readings: Readings, about: dict[str, Any]) -> list[events.Event]:
    """The events of one claim: fields that the program may change, and those that it may only offer to change."""
    moved = dict(_moved(state, past, readings))
    free = untouched.fields(state, past, FIELDS)
    ours = {name: value for name, value in moved.items() if name in free}
    theirs = {name: value for name, value in moved.items() if name not in ours}
    if not _own_version(state, readings):  # of what another version read, an offer that was made stands
        theirs = {name: value for name, value in (state.offered or {}).items() if name not in ours} | theirs
    told: list[events.Event] = []
    if ours:
        told.append(events.ClaimRedated(changes=ours, **about))
    # What was offered before and has come right meanwhile is taken back.
    if theirs != (state.offered or {}):
        told.append(events.ClaimRedatingOffered(changes=theirs, **about))
    return told


def _own_version(state: ClaimState, readings: Readings) -> bool:
    """Did this version of the reader read the claim? Where a person wrote it down, any version may be asked what its words mean."""
    return state.said.reader in ("", readings.after.reader)


def _moved(state: ClaimState, past: list[Happening], readings: Readings) -> Iterator[tuple[str, Any]]:
    """The dates that hang on the publication date, and what they come to now, as plain values."""
    own = _own_version(state, readings)
    read = untouched.last_read(past) if own else {}
    place = read.get("start"), read.get("end")
    old, new = _draft(readings.before, place), _draft(readings.after, place)
    for name in FIELDS:
        now: ImpreciseDate | None = getattr(state.said, name)
        counted = _counted(name, now, old, new, readings) if own else now
        if counted is now and name == "said_on" and _follows(state, past, readings):
            counted = _said_on(readings.published_after)
        if _edtf(counted) != _edtf(now):
            yield name, msgspec.to_builtins(counted)


def _counted(name: str, now: ImpreciseDate | None, old: Draft | None, new: Draft | None, readings: Readings) -> ImpreciseDate | None:
    """What a field comes to with the new date; what it is now where it does not hang on it."""
    given = (getattr(old, name, None), getattr(new, name, None)) if old and new else (None, None)
    # Only where the old date gave what is there now: else somebody has set it.
    if _edtf(given[0]) != _edtf(given[1]) and _edtf(now) in (_edtf(given[0]), *_fallback(name, readings.published_before)):
        return _said_on(readings.published_after) if given[1] is None and name == "said_on" else given[1]
    if now and now.start is not None:
        return _at_place(now, readings)
    return now


def _follows(state: ClaimState, past: list[Happening], readings: Readings) -> bool:
    """Was it said on the publication date, for want of a date in the text? That hangs on no version of the reader."""
    now = state.said.said_on
    if not _is_fallback(now):
        return False
    # Where nobody has set it, it is the publication date of some time: of two corrections in a row the first may only be offered yet.
    program = bool(state.said.reader) and "said_on" not in untouched.set_by_people(past)
    return program or _edtf(now) in _fallback("said_on", readings.published_before)


def _at_place(now: ImpreciseDate, readings: Readings) -> ImpreciseDate:
    """The same words, counted from the new date; the date itself where it does not hang on one."""
    found = _by_place(readings.after).get((now.start, now.end))
    before = _by_place(readings.before).get((now.start, now.end))
    # Somebody set another one, or it was reckoned from these words («قبل العام المقبل»): the words alone do not tell it.
    if found is None or before is None or found.edtf == before.edtf or now.edtf != before.edtf:
        return now
    basis = now.basis if now.basis is Basis.CONTEXT else found.basis
    return replace(now, edtf=found.edtf, basis=basis)


def _by_place(reading: Reading) -> Mapping[tuple[int | None, int | None], ImpreciseDate]:
    return {(when.start, when.end): when for when in reading.dates}


def _draft(reading: Reading, place: tuple[int | None, int | None]) -> Draft | None:
    return next((draft for draft in reading.claims if (draft.start, draft.end) == place), None)


def _fallback(name: str, published: ImpreciseDate | None) -> tuple[str | None, ...]:
    """What stands for a day that the text does not give: the publication date, for when it was said."""
    return (published.edtf if published else None,) if name == "said_on" else ()


def _is_fallback(now: ImpreciseDate | None) -> bool:
    return now is None or (now.text is None and now.basis is Basis.CONTEXT)


def _said_on(published: ImpreciseDate | None) -> ImpreciseDate | None:
    return ImpreciseDate(edtf=published.edtf, basis=Basis.CONTEXT) if published and published.edtf else None


def _edtf(when: ImpreciseDate | None) -> str | None:
    return when.edtf if when else None
