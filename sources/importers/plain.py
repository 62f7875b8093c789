"""Bytes of a plain text become a text, or are refused with the place where they stop being one."""

import codecs

from django.conf import settings

from sources.capturing.capture import BinaryText, EmptyText, NotUTF8, TextTooLong

# Beginnings of files that people mistake for texts, so that the answer can name what it was.
_FORMATS = {
    b"%PDF-": "PDF",
    b"PK\x03\x04": "ZIP",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
}
_LEFT_ALONE = b"\t\n\r\f\v\x1b"


def read(data: bytes) -> str:
    """The text in UTF-8, a byte order mark left out. Raises EmptyText, TextTooLong, BinaryText, NotUTF8."""
    if not data.strip():
        raise EmptyText
    if len(data) > settings.MAX_TEXT_BYTES:
        raise TextTooLong(f"{len(data):,} > {settings.MAX_TEXT_BYTES:,}")
    for beginning, name in _FORMATS.items():
        if data.startswith(beginning):
            raise BinaryText(name)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise NotUTF8("UTF-16")
    for place, byte in enumerate(data[:65536]):
        if byte < 32 and byte not in _LEFT_ALONE:
            raise BinaryText(f"{_place(data, place)}: 0x{byte:02x}")
    if (place := data.find(b"\x00")) >= 0:
        raise BinaryText(f"{_place(data, place)}: 0x00")
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        start = error.start + (len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0)
        raise NotUTF8(f"{_place(data, start)}: 0x{data[start]:02x}") from error


def _place(data: bytes, offset: int) -> str:
    line = data.count(b"\n", 0, offset) + 1
    return f"byte {offset:,}, line {line:,}"
