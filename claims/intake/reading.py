"""A snapshot is read and its drafts are written down as proposed claims: the door between extraction and recording."""

import logging
from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from claims import extraction, ledger
from claims.domain import lifecycle, overlap
from claims.domain.choices import Comparator, Kind, Mode, Polarity
from claims.domain.events import ClaimRecorded
from claims.domain.lifecycle import Happening
from claims.domain.overlap import Span
from claims.domain.state import ClaimState
from claims.domain.values import Figure, Hop, SpeakerAsRead
from claims.extraction import Draft, Reading
from claims.ledger import Receipt, erasure_guard
from claims.models import Action, Claim
from claims.workflow import recording
from sources.models import NAMED_TYPES, Content, Document, Snapshot, SpeakerType
from sources.registry import speakers
from sources.roles import PROGRAM, Actor
from sources.text.carriers import role_of
from sources.text.edtf import Basis, ImpreciseDate

log = logging.getLogger(__name__)


def read(snapshot: Snapshot, *, precise: bool | None = None) -> Reading:
    """What the reader finds in a snapshot; dates hang on its document's publication.

    `precise`: only claims with a cue and a named speaker; READER_PRECISE decides where it is left out.
    """
    document = snapshot.document
    language = document.language if document.language not in ("", "und") else None
    precise = settings.READER_PRECISE if precise is None else precise
    return extraction.read(snapshot.text, published=document.publication, language=language, precise=precise)


def read_snapshot(snapshot: Snapshot, *, by: Actor = PROGRAM) -> list[Receipt]:
    """Reads a snapshot and proposes its claims, all or none; the same snapshot again proposes nothing new."""
    return propose(snapshot, read(snapshot), by=by)


def propose(snapshot: Snapshot, reading: Reading, *, by: Actor = PROGRAM) -> list[Receipt]:
    """Writes down what was read, each draft once. Of a later text of a document only what no earlier one said: it is no news.

    What one version of the reader has begun, no other goes on with: `manage.py reread` shows first what another would change.
    Raises ledger.Conflict where words of the text were erased since it was read: then nothing is written.
    """
    with transaction.atomic():
        hold(snapshot)
        others = _own(snapshot).exclude(reader__in=["", reading.reader])
        if others.exists():
            log.info("%s was read by another version of the reader: %s proposes nothing", snapshot.pk, reading.reader)
            return []
        return propose_new(snapshot, reading, by=by)


def hold(snapshot: Snapshot) -> None:
    """Until the transaction ends nobody else reads this document's texts, and nothing is erased. Raises ledger.Conflict.

    Two versions of the reader at once, in an upgrade, would not see what the other is about to propose.
    """
    erasure_guard.hold_off()
    Document.objects.select_for_update(of=("self",), no_key=True).get(pk=snapshot.document_id)
    if not Content.objects.filter(pk=snapshot.content_id, text=snapshot.text).exists():
        raise ledger.Conflict


def propose_new(snapshot: Snapshot, reading: Reading, *, by: Actor = PROGRAM) -> list[Receipt]:
    """The same, whatever version read it before; the caller holds the snapshot.

    A draft that is half of a claim of the text, whoever recorded it and whatever became of it, is none beside it.
    """
    receipts = []
    said_before, taken = _said_before(snapshot, reading)
    taken += (span for past in ledger.happenings(list(_own(snapshot).values_list("pk", flat=True))).values() for span in spans(past))
    keys = {key_of(snapshot, draft, reading.reader): draft for draft in reading.claims if draft.quote not in said_before}
    proposed = set(Action.objects.filter(key__in=list(keys)).values_list("key", flat=True)) if taken else set()
    for key, draft in keys.items():
        span = (draft.start, draft.end)
        if key not in proposed and overlap.taken(span, taken):
            continue
        told = claim_from_draft(draft, snapshot, reading.language, by=by, reader=reading.reader)
        try:
            receipts.append(recording.record(told, by=by, key=key))
        except ledger.KeyReused:
            # Read before, and what we know of its speaker or document has changed since: it stays as it was proposed.
            log.info("%s was proposed before, at %s-%s", snapshot.pk, draft.start, draft.end)
        taken.append(span)
    return receipts


def spans(past: list[Happening]) -> Iterator[Span]:
    """Where a claim's quote stands, and where it ever stood: a person may have moved it."""
    state = None
    for happened in past:
        state = lifecycle.evolve(state, happened)
        if isinstance(state, ClaimState) and state.said.start is not None and state.said.end is not None:
            yield state.said.start, state.said.end


def _own(snapshot: Snapshot) -> QuerySet[Claim]:
    return Claim.objects.filter(document=snapshot.document_id, snapshot=snapshot.pk)


def _said_before(snapshot: Snapshot, reading: Reading) -> tuple[set[str], list[Span]]:
    """What other texts of the document say: quotes, and the places in this text where another version of the reader found one.

    Another version draws other borders where the words are the same: there half of the words is enough.
    """
    quotes: set[str] = set()
    places: list[Span] = []
    others = Claim.objects.filter(document=snapshot.document_id).exclude(snapshot=snapshot)
    for quote, reader in others.values_list("quote", "reader").distinct():
        if not quote:
            continue
        if reader in ("", reading.reader):
            quotes.add(quote)
        else:
            places += overlap.word_spans(quote, snapshot.text)
    return quotes, places


def key_of(snapshot: Snapshot, draft: Draft, reader: str) -> str:
    """The same text read by the same version of the reader proposes the same claim at the same place."""
    return str(uuid5(ledger.NAMESPACE, f"read:{snapshot.pk}:{reader}:{draft.start}:{draft.end}"))


def claim_from_draft(draft: Draft, snapshot: Snapshot, language: str, *, by: Actor | None, reader: str = "") -> ClaimRecorded:
    """A draft as the claim to be recorded; its speaker is found among those known, or made by `by`; None: only named as read.

    `reader` is the version that read it.
    """
    document = snapshot.document
    outlet = document.outlet.name if document.outlet else ""
    return ClaimRecorded(
        statement=draft.statement,
        kind=Kind(draft.kind),
        speaker=speaker(draft, by=by),
        quote=draft.quote,
        start=draft.start,
        end=draft.end,
        language=language,
        attributions=tuple(_hops(draft, outlet)),
        document=str(document.pk),
        snapshot=str(snapshot.pk),
        source=outlet,
        said_on=draft.said_on or _publication(document),
        scope=draft.scope,
        due=draft.due,
        quantities=tuple(_figures(draft)),
        polarity=Polarity(draft.polarity),
        denial=draft.denial,
        superlative=draft.superlative,
        check_worthiness=Decimal(str(round(draft.check_worthiness, 2))),
        why=tuple(draft.why),
        reader=reader,
    )


def _publication(document: Document) -> ImpreciseDate | None:
    """When nothing says when it was said: the publication date, marked as no words of the text."""
    when = document.publication
    return ImpreciseDate(edtf=when.edtf, basis=Basis.CONTEXT) if when and when.edtf else None


def speaker(draft: Draft, *, by: Actor | None) -> SpeakerAsRead:
    """Who says it, as read; found among the known speakers or made by `by`, if anybody."""
    mention = draft.mention
    name = (draft.speaker_name or (mention.text if mention else ""))[:300]
    title = (draft.speaker_title or "")[:300]
    named = draft.speaker_type in NAMED_TYPES and name.strip()
    known = speakers.find_or_make(name, draft.speaker_type, title, by=by) if by is not None and named else None
    return SpeakerAsRead(
        type=draft.speaker_type,
        name=name,
        title=title,
        id=str(known.pk) if known else None,
        mention_start=mention.start if mention else None,
        mention_end=mention.end if mention else None,
    )


def _hops(draft: Draft, outlet: str) -> Iterator[Hop]:
    """From the publisher to the origin."""
    if outlet:
        yield Hop(agent=outlet, role="publisher")
    for name in draft.reported_by:
        yield Hop(agent=name, role=role_of(name), mode=Mode.INDIRECT)
    if draft.speaker_type != SpeakerType.NARRATOR:
        agent = draft.speaker_name or (draft.mention.text if draft.mention else "")
        yield Hop(agent=agent, role="speaker", cue=draft.cue.text if draft.cue else "", mode=Mode(draft.mode))


def _figures(draft: Draft) -> Iterator[Figure]:
    for q in draft.quantities:
        yield Figure(
            text=q.text,
            value=q.value,
            value_max=q.value_max,
            unit=q.unit,
            comparator=Comparator(q.comparator),
            start=q.start,
            end=q.end,
        )
