"""What is kept beside the ledger and its sources forgets the words, too: what failed, who did what in the admin, keys, letters."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Collection
from html import unescape
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import connection, models

from claims.erasure.redaction import ErasedWords
from claims.ledger.rebuild import fresh
from claims.models import Delivery, Digest, FeedKey, Subscription, Webhook
from sources.models import Answered, ApiToken, LastRun, Work
from sources.registry.names import STRUCK

# What people and clients wrote, or programs quoted, in rows that nothing vouches for.
_TOLD: tuple[tuple[type[models.Model], tuple[str, ...]], ...] = (
    *((kind, ("error",)) for kind in (Work, LastRun, Subscription, Webhook, Delivery, Digest)),
    (Webhook, ("url",)),
    (FeedKey, ("name",)),
    (ApiToken, ("name",)),
    (LogEntry, ("object_repr", "change_message")),
)
# A client may have made its keys of names. Without them the same request again is a new one.
_KEYS = (("claims_action", "key"), ("sources_answered", "key"), ("claims_webhook", "made_key"))


def forget(wanted: ErasedWords) -> None:
    """Strikes the words out of all that; call it in the erasure's transaction, while PostgreSQL lets keys be struck out."""
    for kind, fields in _TOLD:
        for field in fields:
            rows = kind._default_manager.exclude(**{field: ""})
            for pk, text in rows.values_list("pk", field).iterator():
                if (now := wanted.struck_from(text, name=field)) != text:
                    rows.filter(pk=pk).update(**{field: now})
    with connection.cursor() as cursor:
        for table, column in _KEYS:
            cursor.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")  # noqa: S608 - our own names
            held = [key for (key,) in cursor.fetchall() if wanted.holds(key, "key")]
            cursor.execute(
                f"UPDATE {table} SET {column} = %s || gen_random_uuid() WHERE {column} = ANY(%s)",  # noqa: S608
                [f"{STRUCK} ", held],
            )
    # An answer under a key may show the words; what was done under it is not done again all the same.
    Answered.objects.update(answer=None)
    # What was to be said at somebody's next page quotes statements, shortened: none of it is said any more.
    for session in Session.objects.iterator():
        if (kept := session.get_decoded()).pop("_messages", None):
            Session.objects.filter(pk=session.pk).update(session_data=Session.objects.encode(kept))
    fresh.drop()  # what a rebuild that was killed had made by then; the next one begins anew


def samples() -> None:
    """PostgreSQL keeps samples of what stands in columns, to plan with: they are drawn anew."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def delete_letters(wanted: ErasedWords, remnants: Collection[str] = ()) -> int:
    """Deletes the letters that hold the words, where mail is kept as files; how many there were.

    `remnants` are texts that were cut in the midst of the words: a letter that quotes one goes, too.
    """
    folder = Path(settings.EMAIL_FILE_PATH) if settings.EMAIL_FILE_PATH else None
    if folder is None or not folder.is_dir():
        return 0
    holding = [file for file in folder.iterdir() if file.is_file() and any(_in_letter(wanted, remnants, each) for each in _letters(file))]
    for file in holding:
        file.unlink(missing_ok=True)
    return len(holding)


def _letters(file: Path) -> list[bytes]:
    """The letters of a file: Django adds to the file of a writer that has the id of an earlier one, with a line of dashes between."""
    return file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")


def _in_letter(wanted: ErasedWords, remnants: Collection[str], raw: bytes) -> bool:
    """In the subject or in any part: a mail encodes both."""
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [str(letter["subject"] or "")]
    parts += [str(part.get_content()) for part in letter.walk() if part.get_content_maintype() == "text"]
    if any(wanted.in_bytes(part.encode(errors="replace")) for part in parts):
        return True
    lines = [" ".join(unescape(part).split()) for part in parts]
    return any(" ".join(remnant.split()) in line for remnant in remnants for line in lines)
