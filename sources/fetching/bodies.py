"""The body of an answer: unpacked while it comes, stopped where it is too much, and refused where it is not what was announced."""

from __future__ import annotations

import http.client
import socket
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources.fetching.failures import NotFetched, Why
from sources.fetching.networks import left

PIECE = 65536
_GZIP, _DEFLATE = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS
ENCODINGS = "gzip, deflate"  # what `read` unpacks, as Accept-Encoding says it


def read(answer: http.client.HTTPResponse, sock: socket.socket, *, most: int, until: float, cut: bool = False) -> bytes:
    """All of it, unpacked, `most` bytes at most; of what is larger its beginning, where it may be `cut`.

    Raises NotFetched, OSError, http.client.HTTPException.
    """
    encoding = (answer.getheader("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise NotFetched(Why.BROKEN, _("The page is packed in a way that was not asked for: %(encoding)s.") % {"encoding": encoding[:50]})
    unpacking = None if encoding == "identity" else _Unpacking(raw_too=encoding == "deflate")
    data, came = bytearray(), 0
    for piece in _pieces(answer, sock):
        came += len(piece)
        left(until)
        for part in unpacking.unpacked(piece) if unpacking else (piece,):
            data += part
            if len(data) > most:
                if cut:
                    return bytes(data[:most])
                raise _too_large(most)
        if came > most:  # packed in what is no packing
            raise _too_large(most)
    left(until)  # cut off where nobody had said how long it would be
    if unpacking and came and not unpacking.whole:
        raise _cut_short()
    return bytes(data)


def _pieces(answer: http.client.HTTPResponse, sock: socket.socket) -> Iterator[bytes]:
    """As it comes from the line. Where a length was announced, it must be that long: neither less nor more."""
    if answer.chunked or answer.length is None:
        while piece := answer.read1(PIECE):
            yield piece
        return
    announced, line = answer.length, answer.fp  # not answer.read: it closes the line after so many bytes, whatever is left in it
    if line is None or not announced:
        return
    while announced:
        piece = line.read1(min(announced, PIECE))
        if not piece:
            raise _cut_short()
        announced -= len(piece)
        yield piece
    try:
        sock.settimeout(0.2)
        more = line.read1(1)
    except OSError:
        return
    if more:
        raise NotFetched(Why.BROKEN, _("The page is longer than its server said."))


def _too_large(most: int) -> NotFetched:
    told = ngettext("The page is larger than %(number)s byte.", "The page is larger than %(number)s bytes.", most)
    return NotFetched(Why.TOO_LARGE, told % {"number": most})


def _cut_short() -> NotFetched:
    return NotFetched(Why.BROKEN, _("The page broke off before its end."))


class _Unpacking:
    """gzip (one member or several) or deflate (with its wrapper, or bare as some servers send it)."""

    def __init__(self, *, raw_too: bool) -> None:
        self._raw_too = raw_too
        self._inflating = zlib.decompressobj(_DEFLATE if raw_too else _GZIP)
        self._begun = False

    @property
    def whole(self) -> bool:
        """Has it come to its end?"""
        return self._inflating.eof

    def unpacked(self, piece: bytes) -> Iterator[bytes]:
        """What the piece holds, a little at a time: whoever takes it can stop before the rest is unpacked."""
        while piece:
            if self._inflating.eof:
                if self._raw_too or not piece.strip(b"\0"):
                    return  # padding after the end
                self._inflating = zlib.decompressobj(_GZIP)
            try:
                yield self._inflating.decompress(piece, PIECE)
            except zlib.error as error:
                if not self._raw_too or self._begun:
                    raise NotFetched(Why.BROKEN, _("The page cannot be unpacked.")) from error
                self._inflating = zlib.decompressobj(-zlib.MAX_WBITS)
                self._begun = True
                continue
            self._begun = True
            piece = self._inflating.unconsumed_tail or self._inflating.unused_data
