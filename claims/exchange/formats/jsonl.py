"""A whole install as lines of JSON, each with a check sum that hangs on all lines before it.

Line n is a JSON object whose last member, `sum`, is the first 16 hex digits of S(n) = SHA-256(S(n-1) || the line without
its `sum`); S(0) is 32 zero bytes. A line that was changed, moved, doubled or taken out is the first one whose sum is
wrong. The last line says how many came before it and what their S was, so that a file that was cut off is known.
The sums find accidents; what makes the log itself hard to forge is its tree.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from gzip import BadGzipFile
from typing import IO

import msgspec
from django.utils.translation import gettext_lazy as _

from claims.exchange.backup.row_types import FORMAT, AnyRow, End, Head, Row
from sources.errors import Category, Refusal

LONGEST = 512 * 1024 * 1024  # bytes of a line; a snapshot's bytes are far below this
_SUM = len(b',"sum":"0123456789abcdef"}\n')
_encoder = msgspec.json.Encoder(order="deterministic")
_decoder = msgspec.json.Decoder(AnyRow)


class BadLine(Refusal, ValueError):
    """A line of the file is not as it was written."""

    sentence = _("Line %(line)d: %(why)s")
    category = Category.INVALID

    def __init__(self, line: int, why: object) -> None:
        self.line = line
        super().__init__(line=line, why=why)


def dump(rows: Iterable[AnyRow], file: IO[bytes]) -> int:
    """Writes the rows and the last line; how many lines there are. The same rows give the same bytes."""
    lines, before = 0, bytes(32)
    for row in rows:
        before = _write(row, file, before)
        lines += 1
    _write(End(lines=lines, sha256=before.hex()), file, before)
    return lines + 1


def _write(row: Row, file: IO[bytes], before: bytes) -> bytes:
    plain = _encoder.encode(row)
    digest = hashlib.sha256(before + plain).digest()
    file.write(b'%s,"sum":"%s"}\n' % (plain[:-1], digest.hex()[:16].encode()))
    return digest


def load(file: IO[bytes]) -> Iterator[tuple[int, AnyRow]]:
    """Yields each row with its line's number, the last line too. Raises BadLine at the first line that is wrong."""
    line, before = 0, bytes(32)
    row: AnyRow | None = None
    while written := _line(file, line + 1):
        line += 1
        if isinstance(row, End):
            raise BadLine(line, _("there is something after the end."))
        row, digest = _read(line, written, before)
        if isinstance(row, End) and (row.lines, row.sha256) != (line - 1, before.hex()):
            raise BadLine(line, _("this is the end of another file."))
        before = digest
        yield line, row
    if not isinstance(row, End):
        raise BadLine(line + 1, _("the file ends before its end."))


def _line(file: IO[bytes], line: int) -> bytes:
    try:
        return file.readline(LONGEST)
    except (EOFError, BadGzipFile, zlib.error) as error:
        raise BadLine(line, _("the compressed file is cut off or damaged.")) from error


def _read(line: int, written: bytes, before: bytes) -> tuple[AnyRow, bytes]:
    if not written.endswith(b"\n"):
        raise BadLine(line, _("it is cut off."))
    plain = written[:-_SUM] + b"}"
    digest = hashlib.sha256(before + plain).digest()
    if written[-_SUM:] != b',"sum":"%s"}\n' % digest.hex()[:16].encode():
        why = _("this is no file of this format.") if line == 1 else _("it is not the line that was written here.")
        raise BadLine(line, why)
    try:
        row = _decoder.decode(plain)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadLine(line, error) from error
    if (line == 1) != isinstance(row, Head):
        raise BadLine(line, _("a file begins with its head, and has one."))
    if isinstance(row, Head) and row.format != FORMAT:
        raise BadLine(line, _("this program does not know format %d.") % row.format)
    return row, digest
