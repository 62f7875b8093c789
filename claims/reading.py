"""A snapshot is read and its drafts are written down as proposed claims: the door between extraction and recording."""

import logging
from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid5

from django.conf import settings
from django.db import transaction

from claims import extraction, ledger, recording, unerased
from claims.choices import Comparator, Kind, Mode, Polarity
from claims.events import ClaimRecorded
from claims.extraction import READER_VERSION, Draft, Reading
from claims.ledger import Receipt
from claims.models import Claim
from claims.statements import Figure, Hop, SpeakerAsRead
from sources import speakers
from sources.models import NAMED_TYPES, Content, Document, Snapshot, SpeakerType
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

    Raises ledger.Conflict where words of the text were erased since it was read: then nothing is written.
    """
    receipts = []
    with transaction.atomic():
        unerased.hold_off()
        if not Content.objects.filter(pk=snapshot.content_id, text=snapshot.text).exists():
            raise ledger.Conflict
        said_before = set(Claim.objects.filter(document=snapshot.document).exclude(snapshot=snapshot).values_list("quote", flat=True))
        for draft in reading.claims:
            if draft.quote in said_before:
                continue
            told = said(draft, snapshot, reading.language, by=by)
            try:
                receipts.append(recording.record(told, by=by, key=key_of(snapshot, draft)))
            except ledger.KeyReused:
                # Read before, and what we know of its speaker or document has changed since: it stays as it was proposed.
                log.info("%s was proposed before, at %s-%s", snapshot.pk, draft.start, draft.end)
    return receipts


def key_of(snapshot: Snapshot, draft: Draft) -> str:
    """The same text read by the same reader proposes the same claim at the same place."""
    return str(uuid5(ledger.NAMESPACE, f"read:{snapshot.pk}:{READER_VERSION}:{draft.start}:{draft.end}"))


def said(draft: Draft, snapshot: Snapshot, language: str, *, by: Actor) -> ClaimRecorded:
    """A draft as the claim to be recorded; its speaker is found among those known, or made."""
    document = snapshot.document
    outlet = document.outlet.name if document.outlet else ""
    return ClaimRecorded(
        statement=draft.statement,
        kind=Kind(draft.kind),
        speaker=_speaker(draft, by),
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
        reader=READER_VERSION,
    )


def _publication(document: Document) -> ImpreciseDate | None:
    """When nothing says when it was said: the publication date, marked as no words of the text."""
    when = document.publication
    return ImpreciseDate(edtf=when.edtf, basis=Basis.CONTEXT) if when and when.edtf else None


def _speaker(draft: Draft, by: Actor) -> SpeakerAsRead:
    mention = draft.mention
    name = (draft.speaker_name or (mention.text if mention else ""))[:300]
    title = (draft.speaker_title or "")[:300]
    known = speakers.find_or_make(name, draft.speaker_type, title, by=by) if draft.speaker_type in NAMED_TYPES and name.strip() else None
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
