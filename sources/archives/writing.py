"""Snapshots become records of a WARC 1.1 file (ISO 28500:2017), each record a gzip member of its own.

For each snapshot: a `response` with its headers where it was fetched from the web, else a `resource`; a `conversion` with
the text where that is not simply the bytes; and a `metadata` record with what is known of the document (Dublin Core names).
"""

from __future__ import annotations

import hashlib
from base64 import b32encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any
from uuid import UUID, uuid5

from warcio.warcwriter import WARCWriter

from sources.archives.snapshot_records import ArchivedSnapshot

MARK = "isnad-snapshot"  # the field of a metadata record by which our own archives are known
CAPTURED = "isnad-captured"  # when it was captured, where that is not when it was fetched
ORIGINAL = "X-Archive-Orig-"  # before the name of a header that the kept bytes no longer fit, as other tools write it
_SPEAK_OF_BYTES = ("content-encoding", "transfer-encoding")
_SOFTWARE = "Isnad"


def dump(snapshots: Iterable[ArchivedSnapshot], file: IO[bytes], *, compressed: bool, name: str = "") -> int:
    """Writes the snapshots; how many records there are. Holds one snapshot in memory."""
    writer = WARCWriter(file, gzip=compressed, warc_version="WARC/1.1")
    about = {"software": _SOFTWARE, "format": "WARC File Format 1.1", "conformsTo": "https://iipc.github.io/warc-specifications/"}
    writer.write_record(writer.create_warcinfo_record(name, about))
    records = 1
    for kept in snapshots:
        for type, target, content_type, block, headers in _records(kept):
            fields = headers | {"WARC-Target-URI": target, "WARC-Date": _date(_came(kept))}
            # The target is among the fields: told of it, the library would write the headers of the web anew, and otherwise.
            record = writer.create_warc_record(
                "", type, payload=BytesIO(block), length=len(block), warc_content_type=content_type, warc_headers_dict=fields
            )
            writer.write_record(record)
            records += 1
    return records


Written = tuple[str, str, str, bytes, dict[str, str]]  # type, target, content type, block, further fields


def _records(kept: ArchivedSnapshot) -> Iterator[Written]:
    own, text, about = (_id(kept, part) for part in ("", "text", "about"))
    target = (kept.fetched or {}).get("url") or kept.url or f"urn:uuid:{kept.document}"
    whole = not kept.erased
    if whole:
        yield _source(kept, target, own)
    if not whole or kept.raw is not None:
        refers = {"WARC-Refers-To": own} if whole else {}
        yield "conversion", target, "text/plain; charset=utf-8", kept.text.encode(), {"WARC-Record-ID": text, **refers}
    block = "".join(f"{name}: {value}\r\n" for name, value in _about(kept)).encode()
    fields = {"WARC-Record-ID": about, "WARC-Refers-To": own if whole else text}
    yield "metadata", target, "application/warc-fields", block, fields


def _source(kept: ArchivedSnapshot, target: str, own: str) -> Written:
    """The bytes as they came."""
    data = kept.text.encode() if kept.raw is None else kept.raw
    fields = {"WARC-Record-ID": own}
    if kept.fetched is None or not target.startswith("http"):
        charset = "; charset=utf-8" if kept.raw is None else ""
        return "resource", target, f"{kept.media_type}{charset}", data, fields
    if address := kept.fetched.get("address"):
        fields["WARC-IP-Address"] = str(address)
    # of the body alone; SHA-1 in base 32 is what other tools compare
    fields["WARC-Payload-Digest"] = f"sha1:{b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()}"
    return "response", target, "application/http; msgtype=response", _head(kept.fetched, len(data)) + data, fields


def _head(fetched: dict[str, Any], length: int) -> bytes:
    """The status line and headers as received; those that speak of encodings which the bytes no longer have are renamed."""
    lines = [f"HTTP/{fetched.get('version') or '1.1'} {fetched.get('status') or 200} {fetched.get('reason') or ''}".rstrip()]
    for name, value in fetched.get("headers") or ():
        plain = name.lower()
        passed = plain in _SPEAK_OF_BYTES or (plain == "content-length" and value.strip() != str(length))
        lines.append(f"{ORIGINAL if passed else ''}{name}: {value}")
    return b"".join(_bytes(" ".join(line.splitlines())) + b"\r\n" for line in [*lines, ""])


def _bytes(line: str) -> bytes:
    """Headers are read as Latin-1, whatever they are; what is not Latin-1 did not come from a server."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode()


def _about(kept: ArchivedSnapshot) -> Iterator[tuple[str, str]]:
    """What is known of the document and of the snapshot, each on one line."""
    plain = {
        MARK: kept.id,
        "identifier": kept.url,
        "title": kept.title,
        "publisher": kept.outlet,
        "language": kept.language,
        "date": kept.published,
        "format": kept.media_type,
        "extractor": kept.extractor,
        CAPTURED: _date(kept.at) if _came(kept) != kept.at else "",
        "isnad-erased": kept.erased,
    }
    yield from ((name, _line(value)) for name, value in plain.items() if value)
    yield from (("creator", _line(author)) for author in kept.authors)
    yield from (("redirected-from", _line(url)) for url in (kept.fetched or {}).get("redirects") or ())


def _came(kept: ArchivedSnapshot) -> datetime:
    """When it was fetched, else when it was captured."""
    try:
        return datetime.fromisoformat((kept.fetched or {})["at"])
    except (KeyError, ValueError):
        return kept.at


def _line(value: str) -> str:
    return " ".join(value.split())


def _id(kept: ArchivedSnapshot, part: str) -> str:
    """The record's id: the same whenever the snapshot is written."""
    return f"<urn:uuid:{uuid5(UUID(kept.id), part) if part else kept.id}>"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
