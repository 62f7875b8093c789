"""What the log vouches for without holding it: texts, the states of sources, and the tables that copy both."""

import hashlib
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from claims import ledger
from claims.erasure import redaction
from claims.ledger import rebuild
from claims.models import Action, Checkpoint, EventRecord, Position, PublicProof, Tile
from claims.transparency.faults import Fault, Progress
from sources.capturing import restore
from sources.models import Content, Revision, Snapshot
from sources.registry import revisions
from sources.registry.names import STRUCK

BATCH = 2000

# The bodies were held against the log before these are asked.
_REVISIONS = """
SELECT p.position, e.stream, b.body->>'subject_type', b.body->>'number', r.id IS NULL
FROM claims_position p JOIN claims_event e USING (number) CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
LEFT JOIN sources_revision r ON r.subject_id = e.stream AND r.number = (b.body->>'number')::int
WHERE p.position >= %s AND e.type = 'SourceRevised'
  AND NOT e.stream || '/' || (b.body->>'number') = ANY(%s)
  AND (r.id IS NULL OR encode(sha256(convert_to(r.data, 'UTF8')), 'hex') <> b.body->>'digest')
ORDER BY p.position LIMIT 1
"""
# Who changed it, why and when. Those that were written before events said why and when are held against who.
_ABOUT_REVISIONS = """
SELECT p.position, e.stream, b.body->>'subject_type', b.body->>'number'
FROM claims_position p JOIN claims_event e USING (number) CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
JOIN sources_revision r ON r.subject_id = e.stream AND r.number = (b.body->>'number')::int
WHERE p.position >= %s AND e.type = 'SourceRevised'
  AND (r.subject_type <> b.body->>'subject_type' OR r.by <> left(e.actor, 150)
       OR coalesce(b.body->>'at', '') <> '' AND (r.at <> (b.body->>'at')::timestamptz OR r.reason <> b.body->>'reason'))
ORDER BY p.position LIMIT 1
"""
_TEXTS = """
SELECT p.position, e.stream
FROM claims_position p JOIN claims_event e USING (number) CROSS JOIN LATERAL (SELECT e.body::jsonb AS body) b
LEFT JOIN sources_snapshot s ON s.id = (b.body->>'snapshot')::uuid LEFT JOIN sources_content c ON c.digest = s.content_id
WHERE p.position >= %s AND e.type = 'ClaimRecorded' AND b.body->>'snapshot' IS NOT NULL
  AND NOT coalesce(encode(c.digest, 'hex') = ANY(%s), false)
  AND encode(sha256(convert_to(c.text, 'UTF8')), 'hex') IS DISTINCT FROM b.body->>'snapshot_digest'
ORDER BY p.position LIMIT 1
"""


def erased() -> tuple[set[str], set[str]]:
    """The texts (digest as captured) and revisions (SUBJECT/NUMBER) that read as an erasure says they do now."""
    allowed = redaction.Allowed()
    texts = Content.objects.filter(pk__in=[bytes.fromhex(digest) for digest in allowed.texts]).values_list("digest", "text")
    ids = {key.split("/")[0] for key in allowed.revisions}
    rows = Revision.objects.filter(subject_id__in=ids).values_list("subject_id", "number", "data")
    data = {f"{subject}/{number}": data for subject, number, data in rows}
    return (
        {bytes(digest).hex() for digest, text in texts if _sha256(text) == allowed.texts[bytes(digest).hex()]},
        {key for key, now in allowed.revisions.items() if key in data and _sha256(data[key]) == now},
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def by_events(start: int) -> Iterator[Fault]:
    """Revisions and texts that events from position `start` on hold digests of."""
    texts, revised = erased()
    for position, id_, type_, number, gone in _asked(_REVISIONS, start, revised):
        words = {"number": number, "type": type_, "id": id_}
        missing, other = (
            _("Revision %(number)s of the %(type)s %(id)s is missing."),
            _("Revision %(number)s of the %(type)s %(id)s is not the one that was vouched for."),
        )
        yield Fault((missing if gone else other) % words, position)
    for position, id_, type_, number in _asked(_ABOUT_REVISIONS, start):
        words = {"number": number, "type": type_, "id": id_}
        yield Fault(_("Who made revision %(number)s of the %(type)s %(id)s, why or when is not what was vouched for.") % words, position)
    for position, claim in _asked(_TEXTS, start, texts):
        yield Fault(_("The text that the claim %s was read in is not the one it was read in.") % claim, position)


def _asked(query: str, start: int, excused: set[str] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [start, *([] if excused is None else [sorted(excused)])])
        return list(cursor.fetchall())


def unsealed() -> Iterator[Fault]:
    """Events that were left out of the order."""
    # Nothing is older than the last position and still without one: what came after the seal is new, not lost.
    last = Position.objects.order_by("-position").values_list("event_id", flat=True).first() or 0
    lost = EventRecord.objects.filter(number__lte=last, sealed=None).order_by("number").first()
    if lost is not None:
        ledger.seal()
        if not Position.objects.filter(event=lost).exists():
            yield Fault(_("The event %s has no position.") % lost.id)


def texts() -> Iterator[Fault]:
    """Every text against its digest."""
    excused, _revisions = erased()
    for content in Content.objects.order_by("pk").iterator(chunk_size=100):
        if (digest := bytes(content.pk).hex()) != _sha256(content.text) and digest not in excused:
            yield Fault(_("The text %s was changed: its digest is another.") % bytes(content.pk).hex())


def raw() -> Iterator[Fault]:
    """The bytes that texts were made of, against their digests."""
    for snapshot in Snapshot.objects.filter(raw__isnull=False).order_by("pk").iterator(chunk_size=20):
        if hashlib.sha256(bytes(snapshot.raw or b"")).digest() != bytes(snapshot.raw_digest or b""):
            yield Fault(_("The bytes of the snapshot %s were changed: their digest is another.") % snapshot.pk)
    dropped = [bytes.fromhex(digest) for digest in redaction.Allowed().texts]
    lost = Snapshot.objects.filter(raw=None, raw_digest__isnull=False).exclude(raw_digest=F("content_id")).exclude(content__in=dropped)
    for id_ in lost.order_by("pk").values_list("pk", flat=True):
        yield Fault(_("The bytes of the snapshot %s are gone, and no erasure says so.") % id_)


def states_of_sources() -> Iterator[Fault]:
    """Every revision against its digest, and the tables of sources against the newest revision of each row."""
    _texts, excused = erased()
    for revision in Revision.objects.order_by("pk").iterator(chunk_size=BATCH):
        other = hashlib.sha256(revision.data.encode()).digest() != bytes(revision.digest)
        if other and f"{revision.subject_id}/{revision.number}" not in excused:
            words = {"number": revision.number, "type": revision.subject_type, "id": revision.subject_id}
            yield Fault(_("Revision %(number)s of the %(type)s %(id)s was changed: its digest is another.") % words)
    for wrong in chain(revisions.differences(), restore.differences()):
        words = {"type": wrong.type, "id": wrong.id, "fields": ", ".join(wrong.fields)}
        yield Fault(_("The %(type)s %(id)s is not what its newest revision says: %(fields)s.") % words)


def beside() -> Iterator[Fault]:
    """How each snapshot was captured, against the revision that brought it; and the keys of actions."""
    for id_, document in revisions.other_captures():
        yield Fault(_("How the snapshot %(id)s of the document %(document)s was captured was changed.") % {"id": id_, "document": document})
    yield from _actions()


def _actions() -> Iterator[Fault]:
    """Each key against the event that it came to, whose id was made of it; a key that was erased says nothing."""
    kept = Action.objects.exclude(key__startswith=f"{STRUCK} ").order_by("pk").values_list("key", "stream", "version")
    rows = kept.iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        there = EventRecord.objects.filter(stream__in={stream for _key, stream, _version in batch})
        ids = {(stream, version): id_ for stream, version, id_ in there.values_list("stream", "version", "id")}
        for key, stream, version in batch:
            made: set[UUID | None] = {uuid5(ledger.NAMESPACE, f"{key}:{stream}:{place}") for place in range(version)}
            if ids.get((stream, version)) not in made:
                words = {"version": version, "stream": stream}
                yield Fault(_("The key of an action was changed: it did not make the event %(version)s of %(stream)s.") % words)


def copies(progress: Progress) -> Iterator[Fault]:
    """The tables that people query against a replay of the events."""
    yield from (Fault(difference) for difference in rebuild.differences(progress))


_GUARDS = """
SELECT t.name FROM unnest(%s::text[]) AS t (name) CROSS JOIN unnest(ARRAY['_keeps_rows', '_keeps_all']) AS k (kind)
WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(t.name) AND tgname = t.name || k.kind AND tgenabled = 'A')
ORDER BY t.name LIMIT 1
"""
GUARDED = [model._meta.db_table for model in (EventRecord, Position, Action, Tile, Checkpoint, PublicProof, Content, Snapshot, Revision)]


def guards() -> Iterator[Fault]:
    """The triggers that refuse change, which a restore or a careless hand may have left out or off."""
    with connection.cursor() as cursor:
        cursor.execute(_GUARDS, [GUARDED])
        for (table,) in cursor.fetchall():
            yield Fault(_("PostgreSQL does not guard the table %s: its triggers are missing or off.") % table)
