"""What must be forgotten is made unreadable wherever it stands, with a reason; that it was there, and when, stays provable."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from uuid import UUID

import msgspec
import orjson
from django.contrib.postgres.fields import ArrayField
from django.db import OperationalError, connection, models, transaction
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from psycopg.errors import LockNotAvailable

from claims import ledger
from claims.domain import lifecycle
from claims.domain.events import Erased
from claims.domain.state import ClaimState, ErasureState, State
from claims.erasure import public, redaction, side_tables
from claims.erasure.redaction import ErasedWords
from claims.ledger import codec, rebuild
from claims.models import Action, EventRecord, Flag
from claims.similarity import index
from sources import roles, watching
from sources.models import Content, Document, Outlet, Revision, Snapshot, Speaker, SpeakerName, new_id
from sources.registry import names
from sources.roles import Actor

Progress = Callable[[int, int], None]
_FORGET_BYTES = """
UPDATE sources_snapshot SET raw = NULL, fetched = NULL
WHERE content_id = ANY(%s) AND (raw IS NOT NULL OR fetched IS NOT NULL)
"""
_SAME_KEY = 4_775_617  # of two numbers, so that it is none of the locks that have one
SHORTEST = 3  # letters; a shorter word would strike out half the language


class Unerasable(ledger.Unfit):
    """This cannot be erased. `errors` says why, by field."""


@dataclass
class Found:
    """Where the words stand: what an erasure would change, or has changed."""

    bodies: dict[UUID, str] = field(default_factory=dict)  # event id → its body without the words
    streams: set[UUID] = field(default_factory=set)
    texts: dict[bytes, str] = field(default_factory=dict)  # digest as captured → the text without the words; its bytes go
    revisions: dict[str, str] = field(default_factory=dict)  # SUBJECT/NUMBER → its data without the words
    reasons: dict[str, str] = field(default_factory=dict)  # of those, where a reason was given → without the words
    remnants: set[str] = field(default_factory=set)  # texts that were cut in the midst of the words: letters may quote them
    actors: int = 0  # events by an account of that name: entries are never changed
    replayed: bool = False  # the same key had been used: nothing was changed

    def __bool__(self) -> bool:
        return bool(self.bodies or self.texts or self.revisions)

    def counts(self) -> dict[str, int]:
        """How many events, texts and revisions."""
        return {"events": len(self.bodies), "texts": len(self.texts), "revisions": len(self.revisions), "actors": self.actors}


def silent(done: int, total: int) -> None:
    """Nobody watches."""


def find(words: Sequence[str], *, progress: Progress = silent) -> Found:
    """Where the words stand now. Reads all that is kept, once. Raises Unerasable for words that are too short."""
    wanted, found = _checked(words), Found()
    known: dict[Any, UUID] = {}
    total = EventRecord.objects.count() + Content.objects.count() + Revision.objects.count()
    rows = EventRecord.objects.exclude(type="Erased").order_by("number").values_list("id", "stream", "body", "actor")
    for done, (id, stream, body, actor) in enumerate(rows.iterator(chunk_size=2000), 1):
        if (struck := redaction.rewritten(body, wanted, partial(_before, stream, id))) is not None:
            found.bodies[id] = _apart(struck, stream, known)
            found.streams.add(stream)
            found.remnants |= set(wanted.remnants(orjson.loads(body)))
        found.actors += bool(wanted.spans(actor))
        if done % 2000 == 0:
            progress(done, total)
    for digest, text in Content.objects.values_list("digest", "text").iterator(chunk_size=100):
        if wanted.spans(text):
            found.texts[bytes(digest)] = wanted.struck(text)
    # A page holds more than its text. The text is named, as it stands, so that PostgreSQL lets go of the bytes.
    kept = Snapshot.objects.filter(Q(raw__isnull=False) | Q(fetched__isnull=False))
    for digest, raw, fetched in kept.values_list("content_id", "raw", "fetched").iterator(chunk_size=20):
        if bytes(digest) not in found.texts and (wanted.in_bytes(bytes(raw or b"")) or wanted.in_bytes(str(fetched or "").encode())):
            found.texts[bytes(digest)] = Content.objects.get(pk=digest).text
    for subject, number, data, reason in Revision.objects.values_list("subject_id", "number", "data", "reason").iterator(chunk_size=2000):
        struck, key = redaction.rewritten(data, wanted), f"{subject}/{number}"
        if struck is not None or wanted.spans(reason):
            found.revisions[key] = data if struck is None else struck
            found.reasons[key] = wanted.struck(reason)
    progress(total, total)
    return found


def _before(stream: UUID, event: UUID) -> Mapping[str, Any]:
    """The fields of a claim before this event of it: a change of a quote's end says nothing of what stands before the quote."""
    state: State | None = None
    for happened in ledger.happenings([stream])[stream]:
        if happened.id == event:
            break
        state = lifecycle.evolve(state, happened)
    return msgspec.to_builtins(state.said) if isinstance(state, ClaimState) else {}


def _apart(struck: str, stream: UUID, known: dict[Any, UUID]) -> str:
    """Two flags on a claim that only the words told apart are told apart by their streams."""
    said = orjson.loads(struck)
    flag = claim, rule, key = tuple(said.get(name) for name in ("claim", "rule", "key"))
    if not key or names.STRUCK not in key:
        return struck
    others = Flag.objects.filter(claim=claim, rule=rule, key=key).exclude(pk=stream)
    if known.setdefault(flag, stream) == stream and not others.exists():
        return struck
    return orjson.dumps(said | {"key": f"{key[:150]} {stream}"}, option=orjson.OPT_SORT_KEYS).decode()


def erase(words: Sequence[str], *, reason: str, by: Actor, key: str | None = None, progress: Progress = silent) -> Found:
    """Makes the words unreadable in every event's body, text and source, and in all that is made of them.

    Entries, positions, roots and proofs stay as they were; the event that is appended names what may now read otherwise.
    The same key again gives the first answer, as counts; with other words it is refused. Raises Unerasable, ledger.KeyReused or
    roles.NotAllowed or Busy; then nothing is changed.
    """
    roles.must(by, "erase")
    asked = _fingerprint(words, reason)
    if key and (kept := Action.objects.filter(key=key).first()):
        return _answered(kept, asked)
    wanted = _checked(words)
    if not reason.strip():
        raise Unerasable(reason=_("Say why."))
    if wanted.spans(reason):
        raise Unerasable(reason=_("The reason is kept for ever: it must not hold what is to be forgotten."))
    with transaction.atomic():
        if key and (kept := _done_meanwhile(key)):
            return _answered(kept, asked)
        _alone()
        if not (found := find(words, progress=progress)):
            raise Unerasable(words=_("These words stand nowhere."))
        salts = {id: os.urandom(16) for id in found.bodies}
        erased = Erased(
            reason=reason.strip(),
            bodies={str(id): codec.body_digest(salts[id], body) for id, body in found.bodies.items()},
            texts={digest.hex(): _sha256(text) for digest, text in found.texts.items()},
            revisions={key: _sha256(data) for key, data in found.revisions.items()},
        )
        stream = new_id()
        ledger.append({stream: (None, [erased])}, by=by, key=key, answer=(asked, stream))
        before, after = _overwrite(found, salts, wanted)
        public.tell(before, after, erased.bodies, by=by)
    side_tables.samples()
    side_tables.delete_letters(wanted, found.remnants)  # files know no transaction: last
    return found


def _done_meanwhile(key: str) -> Action | None:
    """Waits for whoever erases under the same key, and finds what they did."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_SAME_KEY, key])
    return Action.objects.filter(key=key).first()


def _fingerprint(words: Sequence[str], reason: str) -> bytes:
    """Of what was asked, keyed with this install's secret: without it nobody can guess the words from what is kept."""
    return salted_hmac("claims.erasure", orjson.dumps([list(words), reason]), algorithm="sha256").digest()


def _answered(kept: Action, asked: bytes) -> Found:
    state = ledger.state_of(kept.stream)
    if not isinstance(state, ErasureState) or bytes(kept.fingerprint) != asked:
        raise ledger.KeyReused
    done = state.erased
    return Found(
        bodies={UUID(id): "" for id in done.bodies},
        texts={bytes.fromhex(digest): "" for digest in done.texts},
        revisions=dict.fromkeys(done.revisions, ""),
        replayed=True,
    )


def _checked(words: Iterable[str]) -> ErasedWords:
    said = [" ".join(phrase.split()) for phrase in words if phrase.strip()]
    if not said:
        raise Unerasable(words=_("Say which words are to be forgotten."))
    if any(len(phrase) < SHORTEST for phrase in said):
        raise Unerasable(words=_("A word of fewer than three letters would strike out too much."))
    return ErasedWords(said)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


class Busy(ledger.Conflict):
    """The tables are being made again, or somebody holds them for long: try again when that is over."""

    sentence = _("The tables are being made again, or somebody holds them for long: try again when that is over.")


# Whoever captures, appends or works holds one of these until its transaction ends.
_HELD = (
    "LOCK TABLE sources_outlet, sources_speaker, sources_document, sources_content, sources_revision, sources_watch, sources_feed,"
    " sources_work, sources_answered, claims_event IN EXCLUSIVE MODE"
)
PATIENCE, TRIES = 700, 100  # milliseconds for each of them, less than PostgreSQL takes to call it a deadlock; and how often


def _alone() -> None:
    """Nobody captures or appends what holds the words while they are struck out, and nobody makes tables of it. Raises Busy.

    Some of those who write took one of the locks before another that we have already: we step back then, and come again.
    """
    with connection.cursor() as cursor:
        for _try in range(TRIES):
            try:
                with transaction.atomic():
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}ms'")
                    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [rebuild.LOCK])
                    if not cursor.fetchone()[0]:
                        raise Busy
                    cursor.execute(_HELD)
                    cursor.execute("SET LOCAL lock_timeout = 0")
                    return
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                time.sleep(0.05)
    raise Busy


States = dict[UUID, State]


def _overwrite(found: Found, salts: dict[UUID, bytes], wanted: ErasedWords) -> tuple[States, States]:
    """Strikes the words out of all that is kept; the states of the streams that held them, before and after."""
    before = _states(found.streams)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('isnad.erasing', 'on', true)")
        rows = [(body, salts[id], id) for id, body in found.bodies.items()]
        cursor.executemany("UPDATE claims_event SET body = %s, salt = %s WHERE id = %s", rows)
        # A fingerprint of what was asked would let somebody guess what it was; the same key again is refused from now on.
        cursor.execute("UPDATE claims_action SET fingerprint = '' WHERE stream = ANY(%s)", [list(found.streams)])
        cursor.executemany("UPDATE sources_content SET text = %s WHERE digest = %s", [(text, d) for d, text in found.texts.items()])
        cursor.execute(_FORGET_BYTES, [list(found.texts)])
        lines = [(data, found.reasons[key], *key.split("/")) for key, data in found.revisions.items()]
        cursor.executemany("UPDATE sources_revision SET data = %s, reason = %s WHERE subject_id = %s AND number = %s", lines)
        side_tables.forget(wanted)
        cursor.execute("SELECT set_config('isnad.erasing', 'off', true)")
    watching.forget(found.texts, wanted.holds)
    _sources(wanted, {UUID(key.split("/")[0]) for key in found.revisions})
    after = _states(found.streams)
    ledger.copy_again([(before[stream], after[stream]) for stream in after])
    index.renew(after)  # words that are only in the index would survive there
    return before, after


def _states(streams: Iterable[UUID]) -> States:
    past = ledger.happenings(list(streams))
    return {stream: state for stream, happened in past.items() if (state := lifecycle.fold(happened))}


def _sources(wanted: ErasedWords, subjects: set[UUID]) -> None:
    """The rows of sources whose revisions were struck out: as the newest of them reads now."""
    for kind in (Outlet, Speaker, Document):
        for row in kind._default_manager.filter(pk__in=subjects):
            changed = []
            for column in row._meta.concrete_fields:
                if isinstance(column, models.CharField | models.TextField | models.JSONField | ArrayField) and not column.choices:
                    value = getattr(row, column.attname)
                    if (
                        column.name not in {"identity", "folded", "language"}
                        and (now := wanted.struck_from(value, name=column.name)) != value
                    ):
                        setattr(row, column.attname, now)
                        changed.append(column.attname)
            if isinstance(row, Outlet) and "name" in changed:
                row.folded = names.key_of(row.name, row.pk)
                changed.append("folded")
            if changed:
                row.save(update_fields=changed)
    for spelling in SpeakerName.objects.filter(speaker__in=subjects):
        if (now := wanted.struck_from(spelling.name, name="names")) != spelling.name:
            SpeakerName.objects.filter(pk=spelling.pk).update(name=now, folded=names.key_of(now, spelling.pk))
