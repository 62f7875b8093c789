"""Split a quoted post into what it says and its signature: who posted it, and when.

A claim that was checked is often described with both ("In February 2016 Lou Dobbs posted that …"): they tell which of several claims is
meant. They are no part of what is said, so they order what is found, and nothing is found to be nearly the same by them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claims.domain import stems
from sources.text.dates import arabic, english, find_dates
from sources.text.language import language_of

_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)[^\s—–]+", re.IGNORECASE)
# How a post is often quoted, with or without a blank before the dash: — Name (@account) 3 May 2021
_SIGNATURE = re.compile(r"(?:\s*[—–]|\s--?\s)(?P<author>[^—–]{1,80})\(@\w+\)(?P<date>[^\n]{0,30})$")
_ACCOUNT = re.compile(r"\(?@\w+\)?")
_TAG = re.compile(r"[#@](\w+)")
_JOINED = re.compile(r"(?<=[a-z])(?=[A-Z])|_")


@dataclass(frozen=True, slots=True)
class Post:
    """What it says without addresses, as it was written; and the plain words of its signature: author, month, year."""

    text: str
    signature: str = ""

    @property
    def words(self) -> str:
        """The plain words of what it says, those of #TagsLikeThis and @accounts among them."""
        return stems.plain(_tags_as_words(self.text))


def read_post(text: str, *, author: str = "", date: str = "") -> Post:
    """Reads a text that may end with its signature. `author` (a name) and `date` (EDTF) are taken before those that stand in it."""
    said, signed = _split(text)
    if not (signed or author or date):
        return Post(said)
    name = author or (signed["author"] if signed else "")
    day = date or (_day_in(signed["date"]) if signed else "")
    return Post(said, stems.plain(f"{_tags_as_words(_ACCOUNT.sub(' ', name))} {_month_and_year(day, language_of(said))}"))


def unsigned(text: str) -> Post:
    """A text whose signature, if it ends with one, is left out of account."""
    return Post(_split(text)[0])


def _split(text: str) -> tuple[str, re.Match[str] | None]:
    bare = _ADDRESS.sub(" ", text.rstrip()).rstrip()
    signed = _SIGNATURE.search(bare)
    return bare[: signed.start()] if signed else bare, signed


def _tags_as_words(text: str) -> str:
    return _TAG.sub(lambda tag: " " + _JOINED.sub(" ", tag[1]) + " ", text)


def _day_in(written: str) -> str:
    """The first date in these words as EDTF; empty without one."""
    return next((date.edtf for date in find_dates(written) if date.edtf), "")


def _month_and_year(edtf: str, language: str) -> str:
    """In the words of a language, the month in each of its names: a claim has one of them, and what no claim has weighs nothing."""
    dated = re.match(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2]))?", edtf)
    if dated is None:
        return ""
    if dated["month"] is None:
        return dated["year"]
    names, month = (arabic if language == "ar" else english), int(dated["month"]) - 1
    return f"{names.MONTHS[month]} {names.DOUBTFUL_MONTHS[month]} {dated['year']}".replace("_", " ")
