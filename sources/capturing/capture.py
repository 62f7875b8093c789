"""The only door in: a text is kept once, exactly as it read."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources import roles
from sources.errors import Category, Refusal
from sources.fetching import addresses
from sources.models import Content, Document, Outlet, Snapshot
from sources.registry import languages, outlets, revisions
from sources.roles import Actor
from sources.signals import snapshot_captured
from sources.text.edtf import ImpreciseDate, NotEDTF, canonical, span
from sources.text.language import language_of

LONGEST_TITLE = 1000


class EmptyText(Refusal, ValueError):
    """There is no text to keep."""

    sentence = _("There is no text to keep.")
    category, title, field = Category.INVALID, _("Not a text"), "text"


class BinaryText(Refusal, ValueError):
    """This is not a text: it holds binary data."""

    sentence = _("This is not a text: it holds binary data.")
    category, title, field = Category.INVALID, _("Not a text"), "text"


class NotUTF8(Refusal, ValueError):
    """This text is not valid UTF-8."""

    sentence = _("This text is not valid UTF-8.")
    category, title, field = Category.INVALID, _("Not a text"), "text"


class TextTooLong(Refusal, ValueError):
    """This text is longer than this install takes (MAX_TEXT_BYTES)."""

    sentence = _("This text is longer than this install takes (MAX_TEXT_BYTES).")
    category, title, field = Category.TOO_LARGE, _("Too long"), "text"


class TitleTooLong(Refusal, ValueError):
    """A title takes at most 1,000 characters, an author's name 300."""

    sentence = _("A title takes at most 1,000 characters, an author's name 300.")
    category, title, field = Category.INVALID, _("Too long"), "title"


class NotADate(Refusal, ValueError):
    """The publication date is none that can be read."""

    sentence = _("Not a date in EDTF: write 2023, 2023-05, 2023-05-31, 2023-21 (spring), 2023-33 (first quarter) or 2022/2023.")
    category, title, field, code = Category.INVALID, _("Not a date"), "published", "not-edtf"


class Captured(NamedTuple):
    """What a capture came to; `new` where the document did not have this text yet."""

    document: Document
    snapshot: Snapshot
    new: bool


def capture(
    text: str,
    *,
    by: Actor,
    title: str = "",
    url: str = "",
    outlet: str | Outlet | None = "",
    published: ImpreciseDate | str | None = None,
    language: str = "",
    raw: bytes | None = None,
    media_type: str = "text/plain",
    authors: Sequence[str] = (),
    published_offered: ImpreciseDate | str | None = None,
    extractor: str = "",
    fetched: Mapping[str, Any] | None = None,
    captured_at: datetime | None = None,
) -> Captured:
    """Keeps `text` as a snapshot of its document. The same text of the same document again is the same snapshot.

    What was unknown of a document that is already here (title, date, language) is filled in; what is known stays. A language that
    nobody names is told by the text, as the reader tells it, so that the document says in which one it is read.
    `captured_at` is for what was captured elsewhere, before; else it is now.
    Raises EmptyText, BinaryText, NotUTF8, TextTooLong, TitleTooLong, UnknownLanguage, NotAnAddress, NotADate, NotAllowed.
    """
    roles.must(by, "capture")
    encoded = checked(text)
    url = addresses.checked(url) if url.strip() else ""
    about = {
        "url": url,
        "title": " ".join(title.split()),
        "authors": [" ".join(author.split()) for author in authors if author.strip()],
        "language": languages.tag(language) or _language_told_by(text),
        **dated(published),
        "published_offered": _plain(_imprecise(published_offered)),
    }
    if len(about["title"]) > LONGEST_TITLE or any(len(author) > 300 for author in about["authors"]):
        raise TitleTooLong
    digest = hashlib.sha256(encoded).digest()
    with transaction.atomic():
        if isinstance(outlet, str):
            outlet = outlets.find_or_make(outlet, by=by) if outlet.strip() else None
        document, changed = _document(identity(outlet, url, digest), outlet, about)
        how: dict[str, Any] = {"captured_by": by.name[:150], "media_type": media_type[:100], "extractor": extractor[:100]}
        how |= {"fetched": fetched} | ({"captured_at": captured_at} if captured_at else {})
        return _keep(document, changed, text, how | _bytes(raw, encoded), by)


def recapture(
    document: Document,
    text: str,
    *,
    by: Actor,
    raw: bytes,
    media_type: str,
    extractor: str = "",
    fetched: Mapping[str, Any] | None = None,
) -> Captured:
    """Keeps what a known document's page says now. A text that it had before is the snapshot of then.

    Raises EmptyText, BinaryText, NotUTF8, TextTooLong, NotAllowed.
    """
    roles.must(by, "capture")
    encoded = checked(text)
    with transaction.atomic():
        document = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
        how = {"captured_by": by.name[:150], "media_type": media_type[:100], "extractor": extractor[:100], "fetched": fetched}
        return _keep(document, False, text, how | _bytes(raw, encoded), by)


def _keep(document: Document, changed: bool, text: str, how: dict[str, Any], by: Actor) -> Captured:
    """Under the document's lock."""
    digest = hashlib.sha256(text.encode()).digest()
    Content.objects.bulk_create([Content(digest=digest, text=text)], ignore_conflicts=True)
    snapshot, new = Snapshot.objects.get_or_create(document=document, content_id=digest, defaults=how)
    if new or changed:
        revisions.record(document, by=by, captured=snapshot if new else None)
    if new:
        snapshot_captured.send(Snapshot, snapshot=snapshot)
    return Captured(document, snapshot, new)


def checked(text: str) -> bytes:
    """The text in UTF-8, if it is one that can be kept. Raises EmptyText, BinaryText, NotUTF8, TextTooLong."""
    if not text.strip("\ufeff \t\r\n\f\v\u00a0\u200b"):
        raise EmptyText
    if "\x00" in text:
        raise BinaryText
    if len(text) > settings.MAX_TEXT_BYTES:
        raise TextTooLong
    try:
        encoded = text.encode()
    except UnicodeEncodeError as error:  # half a surrogate pair
        raise NotUTF8 from error
    if len(encoded) > settings.MAX_TEXT_BYTES:
        raise TextTooLong
    return encoded


def identity(outlet: Outlet | None, url: str, digest: bytes) -> str:
    """What makes it the same document: the outlet and the canonical address, else the outlet and the text."""
    what = f"url {addresses.canonical(url)}" if url else f"text {digest.hex()}"
    return hashlib.sha256(f"{outlet.pk if outlet else '-'} {what}".encode()).hexdigest()


def _language_told_by(text: str) -> str:
    found = language_of(text)
    return "" if found == "und" else found


def dated(published: ImpreciseDate | str | None) -> dict[str, Any]:
    """The three fields of a document that hold its publication date. Raises NotADate."""
    when = _imprecise(published)
    first, last = dates(when.edtf) if when and when.edtf else (None, None)
    return {"published": _plain(when), "published_first": first, "published_last": last}


def _imprecise(when: ImpreciseDate | str | None) -> ImpreciseDate | None:
    if isinstance(when, str):
        when = ImpreciseDate(edtf=canonical_date(when)) if when.strip() else None
    if when and when.edtf:
        dates(when.edtf)
    return when


def canonical_date(written: str) -> str:
    """A publication date as EDTF writes it. Raises NotADate."""
    try:
        return canonical(written, timezone.get_default_timezone())
    except NotEDTF as error:
        raise NotADate(written) from error


def dates(edtf: str) -> tuple[date | None, date | None]:
    """The first and last day that a publication date may mean. Raises NotADate."""
    try:
        return span(edtf)
    except NotEDTF as error:
        raise NotADate(edtf) from error


def _plain(when: ImpreciseDate | None) -> Any:
    return msgspec.to_builtins(when) if when else None


def _bytes(raw: bytes | None, encoded: bytes) -> dict[str, Any]:
    if raw is None:
        return {}
    return {"raw": raw if raw != encoded else None, "raw_digest": hashlib.sha256(raw).digest()}


def _document(identity: str, outlet: Outlet | None, about: dict[str, Any]) -> tuple[Document, bool]:
    # The lock lasts to the end of the capture: two captures of one document take turns.
    document, made = Document.objects.select_for_update(of=("self",)).get_or_create(identity=identity, defaults={"outlet": outlet, **about})
    missing = {} if made else {field: value for field, value in about.items() if value and not getattr(document, field)}
    for field, value in missing.items():
        setattr(document, field, value)
    if missing:
        document.save(update_fields=list(missing))
    return document, made or bool(missing)
