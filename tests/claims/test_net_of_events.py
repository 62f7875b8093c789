"""Every type of event means something, is appended by something, and is told, in both languages, wherever events are listed.

A new event fails here until each place has it; what to add is written beside each place below.
"""

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

from claims.admin import sentences
from claims.admin.webhooks import WebhookForm
from claims.api.webhooks import WebhookHeard
from claims.domain import events, lifecycle
from claims.domain.events import Event, base
from claims.domain.lifecycle import Happening
from claims.domain.state import State
from claims.domain.steps import every_step
from claims.erasure import redaction
from claims.exchange.formats import cloudevents
from config.embedded import paths as folders
from tests.claims.values import WORD, made, texts
from tests.completeness import LeftOut, Place, faults, has_arabic, in_code, rows_under, told

SAMPLES = Path(__file__).parents[1] / "data" / "events"

TYPES = "claims/domain/events/ (TYPES)"
MEANING = "claims/domain/lifecycle.py (_BEGINNINGS or _MEANINGS)"
APPENDED = "a room or a task that appends it"
STEP = "the events of a step (claims/domain/steps)"
SAMPLE = "tests/data/events, a sample of every schema"
SENTENCE = "claims/admin/sentences.py (SENTENCES)"
TELLS = "the sentence, filled in from the event's own fields (claims/admin/sentences.py, _special)"
ARABIC = "the Arabic catalogue"
DOCS = "docs/ledger.md, under The events"
WEBHOOKS = "the types that a webhook may want, over REST and at the desk"


def happening(event: Event, version: int = 1) -> Happening:
    """The event as the ledger gives it back."""
    return Happening(id=uuid4(), stream=UUID(int=1), version=version, event=event, actor="salma", at=datetime(2023, 5, 1, tzinfo=UTC))


def means_something(name: str) -> bool:
    """Does `evolve` know what the event does to a stream that begins with it, or to one that is there?"""
    event = happening(made(events.TYPES[name]), 2)
    return any(after(state, event) is not None for state in [None, *beginnings()])


def beginnings() -> list[State]:
    """A stream of each kind, just begun."""
    return [state for kind in events.TYPES.values() if (state := after(None, happening(made(kind))))]


def after(state: State | None, happened: Happening) -> State | None:
    """What becomes of a stream; None where this cannot happen to it."""
    try:
        return lifecycle.evolve(state, happened)
    except (KeyError, AttributeError, TypeError):
        return None


@cache
def appended() -> set[str]:
    """What the modules that append events call: events by their names, and much else."""
    known = {"claims/domain/lifecycle.py", "claims/admin/sentences.py"}
    files = [file for file in (folders.BASE / "claims").rglob("*.py") if str(file.relative_to(folders.BASE)) not in known]
    return {name for file in files for name in _called(ast.parse(file.read_text(encoding="utf-8")))}


def _called(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) | ast.Call(func=ast.Attribute(value=ast.Name(id="events"), attr=name)):
                yield name


def has_samples(name: str) -> bool:
    """Is there one of each schema that was ever stored?"""
    return all(list(SAMPLES.glob(f"{name}.{schema}.*json")) for schema in range(1, events.TYPES[name].schema + 1))


def tells(name: str) -> bool:
    """Can its sentence be filled in?"""
    stored = next(iter(SAMPLES.glob(f"{name}.{events.TYPES[name].schema}.*json")), None)
    event = events.read(name, events.TYPES[name].schema, stored.read_text(encoding="utf-8")) if stored else made(events.TYPES[name])
    try:
        return sentences.sentence_of(event) != name
    except KeyError:
        return False


def offered() -> set[str]:
    """The types of events that a webhook can ask for at both doors."""
    rest = WebhookHeard().fields["types"].child.choices
    desk = dict(WebhookForm.base_fields["types"].choices)
    return {name.removeprefix(cloudevents.PREFIX) for name in rest if name in desk}


def documented(rows: Mapping[str, str]) -> Callable[[str], bool]:
    """Does the row of an event say what its class says?"""
    return lambda name: name in events.TYPES and rows.get(name) == (events.TYPES[name].__doc__ or "").splitlines()[0]


def places_of_an_event() -> list[Place]:
    """Where a type of event has to be known, and what to add there."""
    rows = {in_code(cells[0])[0]: cells[1] for cells in rows_under("## The events", "docs/ledger.md")}
    translated = {name for name, sentence in sentences.SENTENCES.items() if has_arabic(sentence)}
    return [
        Place(TYPES, "make it an @event", events.TYPES, lists=True),
        Place(MEANING, "say what it does to the state", asked=lambda name: name in events.TYPES and means_something(name)),
        Place(APPENDED, "write what appends it", appended()),
        Place(STEP, "name it in the row of the step that appends it", {e.__name__ for row in every_step() for e in row.events}, lists=True),
        Place(SAMPLE, "keep a payload as it is stored, and list it in SHA256SUMS", asked=lambda n: n in events.TYPES and has_samples(n)),
        Place(SENTENCE, "tell it as a sentence", sentences.SENTENCES, lists=True),
        Place(TELLS, "give the sentence what it names", asked=lambda name: name in events.TYPES and tells(name)),
        Place(ARABIC, "translate its sentence", translated),
        Place(DOCS, "give it a row that says what the first line of its docstring says", rows, documented(rows), lists=True),
        Place(WEBHOOKS, "offer it", offered(), lists=True),
    ]


_BESIDE = "stands on another stream than the one that the step is taken on"
LEFT_OUT: LeftOut = {
    ("ClaimRecorded", STEP): "begins a claim",
    **dict.fromkeys(
        (("ClaimRedated", STEP), ("ClaimRedatingOffered", STEP)), "is what the program does when an article's date was corrected"
    ),
    **dict.fromkeys((("ClaimReread", STEP), ("ClaimRereadingOffered", STEP)), "is what the program does with a new version of the reader"),
    **{(name, STEP): _BESIDE for name in ("ClaimTookIn", "ClaimGaveBack")},
    **{(name, STEP): _BESIDE for name in events.TYPES if name.startswith("PublicRecord")},
    ("FlagRaised", STEP): "begins a flag",
    ("SourceRevised", STEP): "is about an outlet, a speaker or a document",
    ("Erased", STEP): "is about words, wherever they stand",
}


def test_every_type_of_event_is_known_wherever_it_must_be():
    found = faults("event", places_of_an_event(), LEFT_OUT)
    assert not found, told(found)


def test_an_event_that_is_only_a_type_is_missed_in_every_other_place(monkeypatch):
    known = dict(events.TYPES)
    monkeypatch.setattr(base, "TYPES", known)
    monkeypatch.setattr(events, "TYPES", known)

    @events.event
    class ClaimAnnouncedInATest(Event):
        where: str

    around = places_of_an_event()
    found = [sentence.split(": ")[0] for sentence in faults("event", around, LEFT_OUT) if "“ClaimAnnouncedInATest”" in sentence]
    assert found == [f"The event “ClaimAnnouncedInATest” is missing from {place.where}" for place in around if place.where != TYPES]


# ── what an event says can be forgotten

# Values that mean something to the program and say nothing of anybody: an erasure leaves them as they are.
CODES = {
    **dict.fromkeys(("claim", "document", "snapshot", "duplicate", "into", "other"), "the id of a claim, a document or a text"),
    **dict.fromkeys(("id", "evidence", "link", "verdict", "superseded"), "the id of a part of a claim, or of a speaker"),
    **dict.fromkeys(("digest", "snapshot_digest"), "a digest"),
    **dict.fromkeys(("rule", "code"), "the name of a rule, or of what it found"),
    "key": "what a finding is known by: a code, but for the rules of _KEYED_BY_WORDS",
    "assignee": "the name of an account, which is part of what is proved",
    "edtf": "a date",
    "language": "a language tag",
    **dict.fromkeys(("reader", "before_reader"), "a version of the reader"),
    "role": "what an agent does in an attribution, or a figure tells",
    "subject_type": "outlet, speaker or document",
    "type": "a kind of speaker",
}


def test_an_erasure_reaches_every_word_of_every_event():
    left: set[str] = set()
    for kind in set(events.TYPES.values()) - {events.Erased, events.PublicRecordErased}:  # which tell in digests
        body = events.body_of(made(kind, coded={}))
        struck = redaction.rewritten(body, redaction.ErasedWords([WORD]))
        left |= {field for field, text in texts(json.loads(struck or body)) if WORD in text}
    found = [
        f"The words of the field “{field}” stay when they are erased: take it out of _CODED in erasure/redaction.py, or say in CODES why."
        for field in sorted(left - CODES.keys())
    ]
    found += [f"CODES[{field!r}] is needed no longer: its words are erased, or no event has it." for field in sorted(CODES.keys() - left)]
    assert not found, told(found)
