"""What erasures made unreadable: how words are struck out, and which events, texts and revisions may differ for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

import orjson
import regex

from claims import entries, events
from claims.models import EventRecord, Position
from sources.names import STRUCK
from sources.text.folding import fold

# Values that mean something to the program, and say nothing of anybody.
_CODED = {
    "kind", "type", "polarity", "comparator", "role", "mode", "stance", "scheme", "rating", "severity", "rule", "key", "code", "edtf",
    "basis", "language", "document", "snapshot", "snapshot_digest", "id", "evidence", "verdict", "superseded", "into", "claim", "digest",
    "subject_type", "assignee", "reader", "merged_into", "outlet", "identity", "text_digest", "captured_by", "bodies", "texts", "revisions",
    "link", "other", "relation", "duplicate", "before_reader",
}  # fmt: skip

# What a flag was raised about is told in words, whatever it is called there, but for a verdict.
_CODED_OF_FLAGS = {"rating"}
# Rules whose flags are known by words as they were read: the names of an origin, a figure. The keys of all others are codes.
_KEYED_BY_WORDS = {"single-source", "circular-sourcing", "not-settleable"}

_ESCAPE = regex.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")  # of a JSON string

_TAG = regex.compile(r"<[^<>]*>")
_UNICODE_ESCAPE = regex.compile(r"\\u([0-9a-fA-F]{4})")

_BETWEEN = r"(?:\s+|[-_+]+|%20)"  # the words of a name, also in an address: `leila-khatib`, `Leila_Khatib`
_BEFORE_ENCODED, _AFTER_ENCODED = r"(?<!%[C-F][0-9A-F]%[89AB][0-9A-F])", r"(?!%[C-F][0-9A-F]%[89AB])"  # no other letter beside it


class Words:
    """The words to be forgotten, found however they are spelt: tashkeel, hamza, case, a conjunction or preposition joined to them.

    In an address they may be joined with hyphens, or percent-encoded as they were given.
    """

    def __init__(self, words: Iterable[str]) -> None:
        phrases = list(words)
        wanted = [_BETWEEN.join(map(regex.escape, fold(phrase).text.split())) for phrase in phrases]
        encoded = {_BETWEEN.join(regex.escape(quote(word)) for word in phrase.split()) for phrase in phrases if not phrase.isascii()}
        said, coded = ("|".join(sorted(each, key=len, reverse=True)) for each in (wanted, encoded))
        pattern = rf"(?<![\p{{L}}\p{{N}}])(?:[وفبلك]{{0,2}}(?:ال)?)?(?P<said>{said})(?![\p{{L}}\p{{N}}])"
        if coded:
            pattern += rf"|{_BEFORE_ENCODED}(?P<said>{coded}){_AFTER_ENCODED}"
        self._pattern = regex.compile(pattern, regex.IGNORECASE)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where they stand."""
        folded = fold(text)
        return [folded.origin(*match.span("said")) for match in self._pattern.finditer(folded.text)]

    def in_bytes(self, raw: bytes) -> bool:
        """Do they stand in a page as it came: in its text, between its tags, in its scripts and addresses?

        In any encoding that Arabic and Latin pages have.
        """
        try:
            said = [raw.decode()]
        except UnicodeDecodeError:
            said = [raw.decode(encoding, "replace") for encoding in ("cp1256", "iso-8859-6", "utf-16")]
        return any(self._in_page(unescape(each)) for each in said)

    def _in_page(self, page: str) -> bool:
        if self.spans(page) or self.spans(_TAG.sub(" ", page)):
            return True
        if "\\u" in page and self.spans(_UNICODE_ESCAPE.sub(lambda found: chr(int(found[1], 16)), page)):
            return True
        return "%" in page and bool(self.spans(unquote(page)))

    def struck(self, text: str) -> str:
        """The text with each of their letters replaced by a block: as long as before, so that offsets hold."""
        for start, end in self.spans(text):
            text = text[:start] + "".join(" " if c == " " else STRUCK for c in text[start:end]) + text[end:]
        return text

    def struck_from(self, value: Any, coded: Set[str] = _CODED) -> Any:
        """The same for all free text of plain JSON data."""
        if isinstance(value, str):
            return self.struck(value)
        if isinstance(value, list):
            return [self.struck_from(each, coded) for each in value]
        if isinstance(value, dict):
            own = coded - {"key"} if value.get("rule") in _KEYED_BY_WORDS else coded
            inside = {"parameters": _CODED_OF_FLAGS}
            return {name: each if name in own else self.struck_from(each, inside.get(name, coded)) for name, each in value.items()}
        return value


def erasures() -> Iterator[events.Erased]:
    """Every erasure, first to last."""
    for schema, body in EventRecord.objects.filter(type="Erased").order_by("number").values_list("schema", "body"):
        erased = events.read("Erased", schema, body)
        assert isinstance(erased, events.Erased)
        yield erased


def placed() -> Iterator[tuple[int, events.Erased]]:
    """Every erasure that has its place in the order, with it."""
    rows = Position.objects.filter(event__type="Erased").order_by("position")
    for position, schema, body in rows.values_list("position", "event__schema", "event__body"):
        erased = events.read("Erased", schema, body)
        assert isinstance(erased, events.Erased)
        yield position, erased


class Allowed:
    """What may differ from what was written, and how it reads now: the last erasure of a thing counts."""

    def __init__(self, known: Iterable[events.Erased] | None = None) -> None:
        self.bodies: dict[str, str] = {}
        self.texts: dict[str, str] = {}
        self.revisions: dict[str, str] = {}
        for erased in erasures() if known is None else known:
            self.add(erased)

    def add(self, erased: events.Erased) -> None:
        """One more erasure."""
        self.bodies |= erased.bodies
        self.texts |= erased.texts
        self.revisions |= erased.revisions

    def body(self, event: object, salt: bytes, body: str) -> bool:
        """Is this what an erasure left of the event's body?"""
        return self.bodies.get(str(event)) == entries.body_digest(salt, body)


def rewritten(body: str, words: Words) -> str | None:
    """An event's body without the words, in the form that is kept; None where it does not hold them."""
    # A look at the whole first, which is cheaper than at each value. An escape is not a letter before a word, nor one in it.
    if not words.spans(_ESCAPE.sub(" ", body)):
        return None
    struck = orjson.dumps(words.struck_from(orjson.loads(body)), option=orjson.OPT_SORT_KEYS).decode()
    return struck if struck != body else None
