"""Bytes become a text, or are refused with the place where they stop being one."""

import pytest

from sources.capturing.capture import BinaryText, EmptyText, NotUTF8, TextTooLong
from sources.importers import plain


def test_a_byte_order_mark_is_left_out_and_all_else_stays():
    assert plain.read("\ufeffقال\r\n\u200f".encode()) == "قال\r\n\u200f"


@pytest.mark.parametrize(
    ("data", "error", "told"),
    [
        (b"", EmptyText, "no text"),
        (b" \n", EmptyText, "no text"),
        (b"abc\n\x00d", BinaryText, "byte 4, line 2"),
        (b"%PDF-1.7\nstuff", BinaryText, "PDF"),
        (b"\x89PNG\r\n", BinaryText, "PNG"),
        ("قال".encode("utf-16"), NotUTF8, "UTF-16"),
        ("قال".encode("windows-1256"), NotUTF8, "byte 0, line 1"),
        (b"good\nbad \xff", NotUTF8, "byte 9, line 2: 0xff"),
        (b"a" * 2000, TextTooLong, "2,000 > 1,024"),
    ],
)
def test_bad_bytes_are_refused_with_the_place(data, error, told, settings):
    settings.MAX_TEXT_BYTES = 1024
    with pytest.raises(error, match=told):
        plain.read(data)
