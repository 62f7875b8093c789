"""What readers are shown of a claim: made of its state alone, and issued by the program on a stream of the record's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec

from claims import ledger
from claims.domain import events, lifecycle
from claims.domain.choices import Rating, Scheme
from claims.domain.events import ClaimRecorded, PublicRecordIssued
from claims.domain.lifecycle import revised
from claims.domain.state import ClaimState, CorrectionState, EvidenceState, RecordState, VerdictState, rests_on
from claims.domain.values import ShownExhibit, ShownSources, SpeakerAsRead
from claims.ledger import Authored, Changes, codec
from sources.models import Document, Snapshot, Speaker
from sources.registry import speakers
from sources.roles import PROGRAM

ABOUT_ITSELF = {"number", "cause", "reason", "under_review", "first_published_at", "last_corrected_at"}


def stream_of(claim: UUID) -> UUID:
    """The stream of a claim's public record."""
    return codec.record_stream(claim)


def state_of(claim: UUID) -> RecordState | None:
    """The record of a claim as it stands; None where it never had one."""
    stream = stream_of(claim)
    state = lifecycle.fold(ledger.happenings([stream])[stream])
    return state if isinstance(state, RecordState) else None


# ── how sources are shown: asked once, when a verdict or a correction is proposed


def sources_shown(said: ClaimRecorded, pieces: Iterable[EvidenceState]) -> ShownSources:
    """How speaker, outlet, document and these pieces of evidence are called today. At most four queries."""
    document = Document.objects.select_related("outlet").filter(pk=said.document).first() if said.document else None
    speaker = _speaker(said.speaker.id)
    return ShownSources(
        speaker=speaker.name if speaker else said.speaker.name,
        speaker_title=said.speaker.title or (speaker.title if speaker else ""),
        speaker_id=str(speaker.pk) if speaker else None,
        source=(document.outlet.name if document and document.outlet else "") or said.source,
        title=document.title if document else "",
        address=document.url or "" if document else "",
        publication=document.publication if document else None,
        exhibits=_exhibits(list(pieces)),
    )


def _speaker(id: str | None) -> Speaker | None:  # noqa: A002
    if id is None:
        return None
    asked = UUID(id)
    return Speaker.objects.filter(pk=speakers.canonical_ids([asked]).get(asked, asked)).first()


def _exhibits(pieces: list[EvidenceState]) -> tuple[ShownExhibit, ...]:
    ids = [piece.exhibit.snapshot for piece in pieces if piece.exhibit.snapshot]
    found = Snapshot.objects.filter(pk__in=ids).values_list("pk", "content_id", "document__url") if ids else ()
    texts = {str(pk): (bytes(digest).hex(), url or "") for pk, digest, url in found}
    shown = []
    for piece in pieces:
        digest, url = texts.get(piece.exhibit.snapshot or "", ("", ""))
        about = piece.exhibit
        shown.append(ShownExhibit(stance=about.stance, address=about.url or url, archived=about.archived, digest=digest))
    return tuple(shown)


def pieces_of(verdict: VerdictState, evidence: Iterable[EvidenceState], *, without: Iterable[str] = ()) -> list[EvidenceState]:
    """The evidence that readers are shown with a verdict: what it rests on and nobody has taken back."""
    pieces = list(evidence)
    wanted = set(rests_on(verdict, pieces)) - set(without)
    return [piece for piece in pieces if piece.id in wanted and not piece.withdrawn_at]


# ── the record


def content(claim: UUID, said: ClaimRecorded, verdict: VerdictState, shown: ShownSources) -> PublicRecordIssued:
    """The record that a claim's words, a verdict and the sources as shown come to; number, cause and reason are still to be said."""
    return PublicRecordIssued(
        claim=str(claim),
        number=0,
        statement=said.statement,
        kind=said.kind,
        language=said.language,
        quote=said.quote,
        prefix=said.prefix,
        suffix=said.suffix,
        speaker=SpeakerAsRead(type=said.speaker.type, name=shown.speaker, title=shown.speaker_title, id=shown.speaker_id),
        source=shown.source,
        title=shown.title,
        address=shown.address,
        said_on=said.said_on,
        publication=shown.publication,
        due=said.due,
        figures=said.quantities,
        criteria=said.criteria,
        scheme=Scheme(verdict.scheme),
        rating=Rating(verdict.rating),
        rationale=verdict.rationale,
        known_since=verdict.known_since,
        exhibits=shown.exhibits,
    )


def record_with_verdict(state: ClaimState, verdict: VerdictState) -> PublicRecordIssued:
    """The record as it would be with a verdict that waits for approval."""
    return content(state.id, state.said, verdict, verdict.shown or _shown_with(state.said, verdict, state))


def agreed(state: ClaimState) -> PublicRecordIssued:
    """The record that what stands comes to. Only for a claim that was judged."""
    assert state.standing is not None
    return content(state.id, state.said, state.standing, shown_of(state))


def corrected(state: ClaimState, correction: CorrectionState) -> PublicRecordIssued:
    """The record as it would be with a correction."""
    assert state.standing is not None  # else nothing was judged
    said = revised(state.said, correction.changes)
    shown = correction.shown or _shown_with(said, state.standing, state, without=correction.withdrawn)
    return content(state.id, said, state.standing, shown)


def shown_of(state: ClaimState) -> ShownSources:
    """How the sources of what stands are shown: as it was agreed, or as they are called today where nobody has said."""
    assert state.standing is not None
    return state.shown or _shown_with(state.said, state.standing, state)


def _shown_with(said: ClaimRecorded, verdict: VerdictState, state: ClaimState, *, without: Iterable[str] = ()) -> ShownSources:
    return sources_shown(said, pieces_of(verdict, state.evidence, without=without))


def plain(record: PublicRecordIssued) -> dict[str, Any]:
    """A record as plain JSON values."""
    values: dict[str, Any] = msgspec.to_builtins(record)
    return values


def digest(record: PublicRecordIssued) -> str:
    """SHA-256 (hex) of what a record shows, whatever its number: the same words have the same digest."""
    shown = {name: value for name, value in plain(record).items() if name not in ABOUT_ITSELF}
    return hashlib.sha256(msgspec.json.encode(shown, order="deterministic")).hexdigest()


# ── what a step writes beside its own stream: by the program, in the same transaction


def issued(record: PublicRecordIssued, cause: str, *, reason: str = "", under_review: bool = False) -> Changes:
    """The next record of a claim, numbered after the last."""
    claim = UUID(record.claim)
    before = state_of(claim)
    number = before.record.number + 1 if before else 1
    event = replace(record, number=number, cause=cause, reason=reason, under_review=under_review)
    return {stream_of(claim): (before, [Authored(event, PROGRAM)])}


def restored(claim: UUID, *, under_review: bool) -> Changes:
    """The record that a merge took back is issued again; nothing where none was."""
    before = state_of(claim)
    if before is None or before.withdrawn_cause != "merged":
        return {}
    return issued(before.record, "restored", under_review=under_review)


def withdrawn(claim: UUID, cause: str, *, into: UUID | None = None) -> Changes:
    """The record is taken back; nothing where none stands."""
    return _noted(claim, events.PublicRecordWithdrawn(cause=cause, into=str(into) if into else ""))


def marked(claim: UUID) -> Changes:
    """Readers are told that the claim is under review; nothing where no record stands."""
    return _noted(claim, events.PublicRecordMarked())


def _noted(claim: UUID, event: events.Event) -> Changes:
    state = state_of(claim)
    return {} if state is None or state.withdrawn_at else {state.id: (state, [Authored(event, PROGRAM)])}


def stands(claim: UUID) -> bool:
    """Is the claim public now?"""
    state = state_of(claim)
    return state is not None and state.withdrawn_at is None
