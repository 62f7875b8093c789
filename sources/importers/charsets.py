"""Which charset a page's bytes are in, whatever the page or its server claims."""

import codecs
import re

import charset_normalizer

from sources.capturing.capture import BinaryText, NotUTF8

_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_META = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
# The single-byte and East Asian charsets browsers read; Python knows others that are no charsets of pages (utf-7, punycode).
_TAKEN = re.compile(r"cp125\d|cp874|cp866|iso8859-\d+|koi8-[ru]|mac-.+|gbk|gb2312|gb18030|big5|euc_jp|shift_jis|euc_kr|utf-16-[lb]e")


def decode(data: bytes, *, said: str = "") -> str:
    """The page as text. Raises BinaryText, NotUTF8 with the place where it stops being text.

    Bytes that are valid UTF-8 are UTF-8, as no other charset looks like it by chance; else the server's word,
    the page's own, and last a guess.
    """
    for mark, charset in _BOMS.items():
        if data.startswith(mark):
            return _strictly(data.removeprefix(mark), charset)
    if (place := data.find(b"\x00")) >= 0:
        raise BinaryText(f"byte {place:,}: 0x00")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    declared = _META.search(data[:4096])
    for name in (said, declared[1].decode("ascii") if declared else ""):
        if charset := _known(name):
            try:
                return data.decode(charset)
            except UnicodeDecodeError:
                continue
    guess = charset_normalizer.from_bytes(data[:200_000]).best()
    charset = _known(guess.encoding) if guess else ""
    return _strictly(data, charset or "utf-8")


def _known(name: str) -> str:
    try:
        charset = codecs.lookup(name.strip().strip("\"'")).name if name else ""
    except LookupError:
        return ""
    if charset in ("iso8859-1", "ascii"):
        return "cp1252"  # what pages that say Latin-1 are really in
    return charset if _TAKEN.fullmatch(charset) else ""


def _strictly(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        raise NotUTF8(f"byte {error.start:,}: 0x{data[error.start]:02x}") from error
