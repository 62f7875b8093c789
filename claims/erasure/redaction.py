"""What erasures made unreadable: how words are struck out, and which events, texts and revisions may differ for it."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Set
from html import unescape
from typing import Any
from urllib.parse import quote, unquote

import orjson
import regex

from claims.domain import events
from claims.domain.fields import FIELDS, Type, names_of
from claims.erasure.fragments import BETWEEN, Fragments
from claims.ledger import codec
from claims.models import EventRecord, Position
from sources.registry.names import STRUCK
from sources.text.folding import fold

# Values that mean something to the program, and say nothing of anybody.
_CODED = {
    *names_of(Type.CHOICE, Type.LANGUAGE, Type.ID, Type.DIGEST),
    "type", "comparator", "role", "mode", "stance", "scheme", "rating", "severity", "rule", "key", "code", "edtf",
    "basis", "id", "evidence", "verdict", "superseded", "into", "claim", "digest",
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

# How long a text is, in code points, that was cut at its end before it was kept, by the name of its field. Another length was not cut.
# `parameters` are what a flag's sentence quotes, whatever it is called there.
_CUT_FIELDS = {each.name: {each.max_length} for each in FIELDS.values() if each.type is Type.LINE and each.max_length}
CUT: Mapping[str, Container[int]] = {
    **_CUT_FIELDS,
    "agent": {300}, "authors": {300}, "cue": {200}, "detail": {500}, "error": {2000}, "key": {200}, "known_url": {2000},
    "name": {100, 300}, "names": {300}, "object_repr": {200}, "parameters": {300},
    "source": {300} | _CUT_FIELDS["source"], "speaker_name": {300}, "speaker_title": {300}, "title": {300, 1000}, "unit": {200},
}  # fmt: skip
CONTEXT = 40  # the length of a quote's prefix and suffix; a shorter one ends where the text does
PLACED = ("prefix", "quote", "suffix")  # as they follow each other in a text
_APART = regex.compile(r" [0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$")  # what tells the keys of two flags apart, after a cut
_APART_AT = 150

_BEFORE_ENCODED, _AFTER_ENCODED = r"(?<!%[C-F][0-9A-F]%[89AB][0-9A-F])", r"(?!%[C-F][0-9A-F]%[89AB])"  # no other letter beside it


class ErasedWords:
    """The words to be forgotten, found however they are spelt: tashkeel, hamza, case, a conjunction or preposition joined to them.

    In an address they may be joined with hyphens, or percent-encoded as they were given.
    """

    def __init__(self, words: Iterable[str]) -> None:
        phrases = list(words)
        wanted = [BETWEEN.join(map(regex.escape, fold(phrase).text.split())) for phrase in phrases]
        encoded = {BETWEEN.join(regex.escape(quote(word)) for word in phrase.split()) for phrase in phrases if not phrase.isascii()}
        said, coded = ("|".join(sorted(each, key=len, reverse=True)) for each in (wanted, encoded))
        pattern = rf"(?<![\p{{L}}\p{{N}}])(?:[وفبلك]{{0,2}}(?:ال)?)?(?P<said>{said})(?![\p{{L}}\p{{N}}])"
        if coded:
            pattern += rf"|{_BEFORE_ENCODED}(?P<said>{coded}){_AFTER_ENCODED}"
        self._pattern = regex.compile(pattern, regex.IGNORECASE)
        self._fragments = Fragments([*phrases, *("-".join(quote(w) for w in p.split()) for p in phrases if not p.isascii())])

    def spans(self, text: str, *, left: bool = False, right: bool = False) -> list[tuple[int, int]]:
        """Where they stand; with `left` or `right`, where the text was cut, also what the cut left of them there."""
        folded = fold(text)
        found = [match.span("said") for match in self._pattern.finditer(folded.text)]
        if left or right:
            found += self._fragments.spans(folded.text, left=left, right=right)
        return [folded.origin(*span) for span in found]

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

    def struck(self, text: str, *, left: bool = False, right: bool = False) -> str:
        """The text with each of their letters replaced by a block: as long as before, so that offsets hold."""
        return _blocked(text, self.spans(text, left=left, right=right))

    def struck_from(self, value: Any, coded: Set[str] = _CODED, name: str = "", around: Around | None = None) -> Any:
        """The same for all free text of plain JSON data that a field of this name holds.

        `around` gives the quote and what stood around it for a change that says only a part of that.
        """
        if isinstance(value, str):
            length = _cut_at(name, value)
            return self.struck(value[:length], right=True) + self.struck(value[length:]) if length else self.struck(value)
        if isinstance(value, list):
            return [self.struck_from(each, coded, name, around) for each in value]
        if isinstance(value, dict):
            own = coded - {"key"} if value.get("rule") in _KEYED_BY_WORDS else coded
            inside = {"parameters": _CODED_OF_FLAGS}
            quoted = name == "parameters"
            said = value if quoted else value | self._placed(value, around)
            return {
                field: each if field in own else self.struck_from(each, inside.get(field, coded), name if quoted else field, around)
                for field, each in said.items()
            }
        return value

    def holds(self, value: Any, name: str = "") -> bool:
        """Do they stand in a text, or in plain JSON data, that a field of this name holds?"""
        return bool(self.struck_from(value, frozenset(), name) != value)

    def remnants(self, value: Any, name: str = "") -> Iterator[str]:
        """What was cut at its end so that a part of them was left there; it may be quoted in the middle of something else."""
        return (text for text, left, right in _cuts(value, name) if right and not left and self._at_cut(text, left, right))

    def may_be_cut(self, value: Any) -> bool:
        """Might a part of them stand at a cut in plain JSON data? A look that is cheaper than striking it out."""
        return any(self._at_cut(*each) for each in _cuts(value))

    def _at_cut(self, text: str, left: bool, right: bool) -> bool:
        return bool(self._fragments.spans(fold(text).text, left=left, right=right))

    def _placed(self, said: Mapping[str, Any], around: Around | None) -> dict[str, Any]:
        """A quote, what stands around it and what repeats it, struck out as one text: a word may begin in one and end in the next."""
        there = [name for name in PLACED if isinstance(said.get(name), str)]
        if not there or not any(self._at_cut(said[name], True, True) for name in there):
            return {}
        whole = dict(said)
        if around and len(there) < len(PLACED):
            whole = dict(around()) | whole
        parts = {name: whole.get(name) or "" for name in PLACED}
        text, start = "".join(parts.values()), whole.get("start")
        begins = len(parts["prefix"]) < CONTEXT or start == len(parts["prefix"])
        spans = self.spans(text, left=not begins, right=len(parts["suffix"]) >= CONTEXT)
        struck, at, found = _blocked(text, spans), 0, dict[str, Any]()
        for name, part in parts.items():
            if name in there:
                found[name] = struck[at : at + len(part)]
            at += len(part)
        if isinstance(statement := said.get("statement"), str) and "quote" in found:
            found["statement"] = statement.replace(said["quote"], found["quote"])
        if isinstance(start, int):
            found |= _repeated(said, text, struck, start - len(parts["prefix"]))
        return found


# The fields of a claim as it stood before it was changed.
Around = Callable[[], Mapping[str, Any]]


def _blocked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + "".join(" " if c == " " else STRUCK for c in text[start:end]) + text[end:]
    return text


def _cut_at(name: str, text: str) -> int:
    """Where a text was cut, as its length tells; 0 where it was not. What a program set behind the cut is not counted."""
    lengths = CUT.get(name, ())
    if len(text) in lengths or len(text) + 1 in lengths:  # one less where the cut fell on a space, which went, too
        return len(text) - text.endswith("…")
    apart = _APART.search(text, _APART_AT) if name == "key" else None
    return _APART_AT if apart and apart.start() == _APART_AT else 0


def _cuts(value: Any, name: str = "") -> Iterator[tuple[str, bool, bool]]:
    """All texts of plain JSON data that were cut, or may have been, and at which ends."""
    if isinstance(value, str):
        if name in PLACED:
            yield value, True, True
        elif length := _cut_at(name, value):
            yield value[:length], False, True
    elif isinstance(value, list):
        for each in value:
            yield from _cuts(each, name)
    elif isinstance(value, dict):
        for field, each in value.items():
            yield from _cuts(each, "parameters" if name == "parameters" else field)


def _repeated(said: Mapping[str, Any], text: str, struck: str, begins: int) -> dict[str, Any]:
    """The figures and the speaker of a claim, where what they repeat of the text around its quote was struck out there.

    `begins` is the place of `text` in the snapshot.
    """

    def now(words: Any, start: Any, end: Any) -> Any:
        if not (isinstance(start, int) and isinstance(end, int) and begins <= start < end):
            return words
        here = slice(start - begins, end - begins)
        return struck[here] if text[here] == words else words

    found: dict[str, Any] = {}
    if isinstance(figures := said.get("quantities"), list):
        found["quantities"] = [each | {"text": now(each["text"], each.get("start"), each.get("end"))} for each in figures]
    if isinstance(speaker := said.get("speaker"), dict):
        name = now(speaker["name"], speaker.get("mention_start"), speaker.get("mention_end"))
        found["speaker"] = speaker | {"name": name}
        if name != speaker["name"] and isinstance(hops := said.get("attributions"), list):
            found["attributions"] = [hop | {"agent": name} if hop["agent"] == speaker["name"] else hop for hop in hops]
    return found


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
        return self.bodies.get(str(event)) == codec.body_digest(salt, body)


def rewritten(body: str, words: ErasedWords, around: Around | None = None) -> str | None:
    """An event's body without the words, in the form that is kept; None where it does not hold them."""
    # A look at the whole first, which is cheaper than at each value. An escape is not a letter before a word, nor one in it.
    data = orjson.loads(body)
    if not words.spans(_ESCAPE.sub(" ", body)) and not words.may_be_cut(data):
        return None
    struck = orjson.dumps(words.struck_from(data, around=around), option=orjson.OPT_SORT_KEYS).decode()
    return struck if struck != body else None
