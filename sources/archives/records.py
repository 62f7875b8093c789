"""The records of a WARC or ARC file one after another, with those that are damaged told by their place and passed over."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from sources.errors import Category, Refusal

GZIP = b"\x1f\x8b\x08"
_WARC, _ARC = (b"WARC/0.", b"WARC/1."), b"filedesc://"
_MARK = re.compile(rb"\x1f\x8b\x08|WARC/[01]\.\d\d?\r?\n[A-Za-z-]+:")
_BLOCK = 1024 * 1024
T = TypeVar("T")


class NotAnArchive(Refusal, ValueError):
    """This is no WARC file."""

    sentence = gettext_lazy("This is no WARC file.")
    category = Category.INVALID


class Torn(ValueError):
    """A record that is not as it was written."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """A record that cannot be read, by where it begins: in the file, or in what a file that is one gzip member unpacks to."""

    offset: int
    why: str


class _OneMember(Exception):
    """The whole file is one gzip member: it is read as what it unpacks to."""


def each(file: IO[bytes], take: Callable[[int, Any], T]) -> Iterator[T | Damaged]:
    """What `take(offset, record)` makes of each record; whatever is damaged is told, and reading goes on at the next record.

    `take` reads as much of a record as it needs before the next one is asked for; what it gives is yielded only once the
    record has proved to be whole. `file` can be sought in. Raises NotAnArchive for what holds no record at all.
    """
    start, size = 0, _size(file)
    old = _head(file, 0).startswith(_ARC)
    told = False
    while start < size:
        walk = _Walk(file, start, take, old=old)
        try:
            for item in walk:
                told = True
                yield item
            if walk.end >= size:
                return
            why = _("the file is cut off here.")  # too little is left to begin a record
        except _OneMember:
            yield from _unpacked(file, walk.last, take, old=old)
            return
        except _WRONG as error:
            why = str(error) if isinstance(error, Torn) else _("it cannot be read: %s") % _briefly(error)
        place = max(walk.end, walk.last)  # in a damaged member the library may reckon backwards, even to before the file
        onward = _next(file, place + 1)
        if not told and onward is None and not _begins_at(file, place):
            raise NotAnArchive
        told = True
        yield Damaged(place, why)
        start = size if onward is None else onward
    if not told:
        raise NotAnArchive


def _briefly(error: Exception) -> str:
    return str(error).strip().split("\n")[0] or type(error).__name__


# What warcio raises for records that are not as they should be: its own exceptions, and those of what it takes for granted.
_WRONG = (ArchiveLoadFailed, StatusAndHeadersParserException, Torn, ValueError, AttributeError, EOFError, zlib.error)


class _Walk:
    """The records from one place on; `end` is where the record begins that could not be read, or where all have been.

    `last` is where the last one began that was.
    """

    def __init__(self, file: IO[bytes], start: int, take: Callable[[int, Any], T], *, old: bool) -> None:
        file.seek(start)
        self.end = self.last = start
        self.take = take
        self.records = _Strict(file, arc2warc=old, check_digests=True)
        # Told of no format, it takes any line of five words for the beginning of an ARC record.
        self.records.known_format = None if old else "warc"

    def __iter__(self) -> Iterator[Any]:
        for record in self.records:
            self.end = self.records.offset
            item = self.take(self.end, record)
            self.records.read_to_end()
            _whole(record)
            self.last, self.end = self.end, self.records.offset
            yield item
        self.end = self.records.offset


def _whole(record: Any) -> None:
    """Raises Torn where the record, read to its end, is not all there or not what its digests are of."""
    if record.length is None:
        raise Torn(_("it does not say how long it is."))
    if record.raw_stream.limit > 0:
        number = record.raw_stream.limit
        told = ngettext("it is cut off: %(number)s byte is missing.", "it is cut off: %(number)s bytes are missing.", number)
        raise Torn(told % {"number": number})
    problems = record.digest_checker.problems
    # A payload's digest is reckoned in several ways by several tools; that of the block leaves no doubt.
    blocked = record.rec_headers.get_header("WARC-Block-Digest")
    if any(
        problem.startswith("block digest failed") or (not blocked and problem.startswith("payload digest failed")) for problem in problems
    ):
        raise Torn(_("its digest is not that of its bytes."))


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """Says what is wrong instead of printing it."""

    decompressor: Any

    def _decompress(self, data: bytes) -> bytes:
        if self.decompressor and data:
            try:
                return bytes(self.decompressor.decompress(data))
            except zlib.error:
                if self.num_block_read:
                    raise
                self.decompressor = None
        return data


class _Latin(StatusAndHeadersParser):  # type: ignore[misc]
    """HTTP headers byte for byte, as http.client has them, too."""

    @staticmethod
    def decode_header(line: bytes | str) -> str:
        return line.decode("latin-1") if isinstance(line, bytes) else line


class _Strict(ArchiveIterator):  # type: ignore[misc]
    """warcio's walk, which raises where it would print a warning."""

    def __init__(self, file: IO[bytes], **options: Any) -> None:
        super().__init__(file, **options)
        self.reader = _Reader(self.fh, block_size=options.get("block_size", 16384))
        self.loader.http_parser = _Latin([], False)

    def _raise_invalid_gzip_err(self) -> None:
        raise _OneMember

    def _consume_blanklines(self) -> tuple[bytes | None, int]:
        blank = 0
        while line := self.reader.readline():
            if line.rstrip():
                if not blank:
                    raise Torn(_("it is longer than it says."))
                return line, blank
            blank += len(line)
        return None, blank


def _unpacked(file: IO[bytes], start: int, take: Callable[[int, Any], T], *, old: bool) -> Iterator[T | Damaged]:
    file.seek(start)
    walk = None
    try:
        with gzip.GzipFile(fileobj=file) as plain:
            walk = _Walk(plain, 0, take, old=old)  # type: ignore[arg-type]
            for n, item in enumerate(walk):
                if n:  # the first one was read before the file turned out to be one member
                    yield item
    except (*_WRONG, OSError) as error:
        yield Damaged(walk.end if walk else start, _briefly(error))


def _size(file: IO[bytes]) -> int:
    return file.seek(0, 2)


def _next(file: IO[bytes], start: int) -> int | None:
    """Where the next record may begin: a gzip member that unpacks to one, or the two lines that begin one."""
    file.seek(start)
    at, tail = start, b""
    while block := file.read(_BLOCK):
        data = tail + block
        base = at - len(tail)
        for place in _marks(data):
            if _begins(data[place : place + 512]):
                return base + place
        tail, at = data[-600:], at + len(block)
    return None


def _begins_at(file: IO[bytes], start: int) -> bool:
    return _head(file, start).startswith((*_WARC, _ARC))


def _head(file: IO[bytes], start: int) -> bytes:
    """How what stands there begins, unpacked."""
    file.seek(start)
    return _plain(file.read(512))


def _marks(data: bytes) -> list[int]:
    return [found.start() for found in _MARK.finditer(data)]


def _begins(data: bytes) -> bool:
    return _plain(data).startswith(_WARC)


def _plain(data: bytes) -> bytes:
    if data.startswith(GZIP):
        try:
            data = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data, 64)
        except zlib.error:
            return b""
    return data.lstrip()
