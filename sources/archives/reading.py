"""What the records of an archive are to this program: pages and texts to keep, and what is passed over and why."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from warcio.bufferedreaders import ChunkedDataReader

from sources.archives import records
from sources.archives.records import Damaged, Torn
from sources.archives.writing import MARK, ORIGINAL
from sources.importers import incoming

_WEB = ("http://", "https://")
_OWN = "urn:uuid:"  # a document of ours without an address
_PART = re.compile(r"\d{4}(-\d\d){0,2}")
_SEVERAL = ("creator", "redirected-from")  # fields of our metadata that may stand several times


@dataclass(slots=True)
class PageRecord:
    """A page or a text as it was fetched; `text` where the archive has it ready, and `about` what it says of the document."""

    offset: int
    id: str
    uri: str
    at: datetime
    data: bytes
    media_type: str
    charset: str
    digest: str  # of the payload, as the archive writes it
    fetched: dict[str, Any] | None = None
    text: str | None = None
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def ours(self) -> bool:
        """Was it written by this program?"""
        return MARK in self.about


@dataclass(frozen=True, slots=True)
class RevisitRecord:
    """A page that was fetched again and had not changed (`revisit`): what it was a copy of, and when that was fetched."""

    offset: int
    uri: str
    at: datetime
    digest: str
    of_uri: str
    of_at: datetime | None
    fetched: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is no text of the web: why it is left alone."""

    offset: int
    why: str


@dataclass(frozen=True, slots=True)
class _Note:
    """A record about another: its text, or what is known of its document."""

    refers: str
    text: str | None = None
    about: dict[str, Any] | None = None


Item = PageRecord | RevisitRecord | Passed | Damaged


def load(file: IO[bytes]) -> Iterator[Item]:
    """Yields what the records are, in order; a page waits for the records about it that follow. Raises NotAnArchive.

    Little is held in memory: one page, up to MAX_TEXT_BYTES of it as fetched and as unpacked.
    """
    waiting: PageRecord | None = None
    for item in records.each(file, _taken):
        if isinstance(item, _Note):
            if waiting is not None and item.refers == waiting.id:
                waiting.text = item.text if item.text is not None else waiting.text
                waiting.about |= item.about or {}
            else:
                yield Passed(-1, "conversion" if item.about is None else "metadata")
            continue
        if isinstance(item, Passed):
            yield item
            continue
        if waiting is not None:
            yield _finished(waiting)
        waiting = item if isinstance(item, PageRecord) else None
        if waiting is None:
            yield item
    if waiting is not None:
        yield _finished(waiting)


def _finished(page: PageRecord) -> PageRecord | Passed:
    if page.about.get("isnad-erased") == "text":
        return Passed(page.offset, "redacted")
    if page.text is not None and not page.ours:  # another tool's extraction: ours is made of the bytes
        page.text = None
    return page


def _taken(offset: int, record: Any) -> PageRecord | RevisitRecord | Passed | _Note:
    """What one record is; its block is read only where it is wanted."""
    said = record.rec_headers.get_header
    kind, uri = record.rec_type or "", said("WARC-Target-URI") or ""
    if kind == "metadata":
        return _metadata(offset, record)
    if kind not in ("response", "resource", "conversion", "revisit"):
        return Passed(offset, kind or "?")
    if said("WARC-Truncated"):
        return Passed(offset, "truncated")
    if said("WARC-Segment-Number"):
        return Passed(offset, "segment")
    if not uri.startswith((*_WEB, _OWN)):
        return Passed(offset, f"{kind} {urlsplit(uri).scheme or '?'}:")
    if urlsplit(uri).path == "/robots.txt":
        return Passed(offset, "robots.txt")
    if kind == "revisit":
        return _again(offset, record, uri)
    return _page(offset, record, kind, uri)


def _page(offset: int, record: Any, kind: str, uri: str) -> PageRecord | Passed | _Note:
    said, at, fetched = record.rec_headers.get_header, _moment(record), None
    content_type, limit = record.content_type or "", settings.MAX_TEXT_BYTES
    if kind == "response":
        if record.http_headers is None:
            return Passed(offset, "response ?")
        fetched = _fetched(record, uri, at)
        if fetched["status"] != 200:
            return Passed(offset, f"status {fetched['status']}")
        content_type = _header(fetched, "content-type")
    media_type, charset = _typed(content_type)
    if media_type not in ("", "text/html", "application/xhtml+xml", "text/plain", "application/octet-stream"):
        return Passed(offset, media_type)
    encodings = _encodings(record) if kind == "response" else []
    if strange := [name for name in encodings if name not in _UNPACK]:
        return Passed(offset, f"encoding {strange[0]}")
    data = _unpacked(_body(record, kind, limit), encodings, limit)
    if data is None or len(data) > limit:
        return Passed(offset, "too long")
    if media_type != "text/plain" and not incoming.looks_like_page(data, media_type):
        return Passed(offset, media_type or "?")
    if kind == "conversion" and (refers := said("WARC-Refers-To")):
        return _Note(refers, text=data.decode())
    digest = said("WARC-Payload-Digest") or ""
    return PageRecord(offset, said("WARC-Record-ID") or "", uri, at, data, media_type or "text/html", charset, digest, fetched)


def _again(offset: int, record: Any, uri: str) -> RevisitRecord:
    said, at = record.rec_headers.get_header, _moment(record)
    fetched = _fetched(record, uri, at) if record.http_headers is not None else None
    of_at = said("WARC-Refers-To-Date")
    return RevisitRecord(
        offset,
        uri,
        at,
        said("WARC-Payload-Digest") or "",
        said("WARC-Refers-To-Target-URI") or uri,
        _read_moment(of_at) if of_at else None,
        fetched,
    )


def _metadata(offset: int, record: Any) -> Passed | _Note:
    refers = record.rec_headers.get_header("WARC-Refers-To")
    if not refers or not (record.content_type or "").startswith("application/warc-fields") or (record.length or 0) > 1024 * 1024:
        return Passed(offset, "metadata")
    about: dict[str, Any] = {}
    for line in record.raw_stream.read(record.length).decode().splitlines():
        name, _colon, value = line.partition(":")
        if name in _SEVERAL:
            about.setdefault(name, []).append(value.strip())
        else:
            about[name] = value.strip()
    return _Note(refers, about=about)


def _fetched(record: Any, uri: str, at: datetime) -> dict[str, Any]:
    """How it came, as models.Snapshot.fetched says; what a writer renamed has its own name again."""
    status, _blank, reason = (record.http_headers.statusline or "").partition(" ")
    headers = [[name.removeprefix(ORIGINAL), value.replace("\0", "")] for name, value in record.http_headers.headers]
    return {
        "url": uri,
        "status": int(status) if status.isascii() and status.isdigit() else 0,
        "reason": reason.strip(),
        "version": (record.http_headers.protocol or "").partition("/")[2] or "1.1",
        "headers": headers,
        "address": record.rec_headers.get_header("WARC-IP-Address") or "",
        "at": at.isoformat(),
        "redirects": [],
    }


def _header(fetched: dict[str, Any], wanted: str) -> str:
    return next((value for name, value in fetched["headers"] if name.lower() == wanted), "")


def _typed(content_type: str) -> tuple[str, str]:
    if not content_type.strip():
        return "", ""
    said = Message()
    said["Content-Type"] = " ".join(content_type.split())
    return said.get_content_type(), said.get_content_charset() or ""


def _encodings(record: Any) -> list[str]:
    """What was done to the bytes, the last first."""
    said = record.http_headers.get_header("Content-Encoding") or ""
    return [name for name in reversed([name.strip().lower() for name in said.split(",")]) if name not in ("", "identity")]


def _body(record: Any, kind: str, limit: int) -> bytes | None:
    """The bytes without the chunks they came in; None where they are more than the limit."""
    stream = record.raw_stream
    if kind == "response" and (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
        stream = ChunkedDataReader(stream)
    data = bytearray()
    while piece := stream.read(65536):
        data += piece
        if len(data) > limit:
            return None
    return bytes(data)


_UNPACK = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}


def _unpacked(data: bytes | None, encodings: list[str], limit: int) -> bytes | None:
    """The bytes unpacked, up to one more than the limit. Some tools keep bytes unpacked and the header as it was."""
    for name in encodings if data else ():
        assert data is not None
        unpacking = zlib.decompressobj(_UNPACK[name])
        try:
            unpacked = unpacking.decompress(data, limit + 1)
        except zlib.error:
            continue
        if not unpacking.eof and len(unpacked) <= limit:
            raise Torn(_("its packed body is cut off."))
        data = unpacked
    return data


def _moment(record: Any) -> datetime:
    return _read_moment(record.rec_headers.get_header("WARC-Date") or "")


def _read_moment(text: str) -> datetime:
    """A moment as the standard writes it, to whatever precision; one that is still to come is now. Raises Torn."""
    try:
        at = datetime.fromisoformat(f"{text}-01-01"[:10] if _PART.fullmatch(text) else text)
    except ValueError as error:
        raise Torn(_("its date cannot be read.")) from error
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return min(at.astimezone(UTC), datetime.now(UTC))
