"""What the reader makes of an Arabic text, for the tests."""

from datetime import date

from claims import extraction

PUBLISHED = date(2024, 6, 14)


def read(text):
    """What is read, as (words, speaker); nobody for the narrator and for what nobody signs."""
    return [(c.quote, c.speaker_name) for c in extraction.read(text, published=PUBLISHED).claims]
