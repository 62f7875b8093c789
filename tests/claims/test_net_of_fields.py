"""Every field of a claim, of its state and of its parts stands in every place that must know it, or it is said why not.

A new field fails here until each place has it. What a failure asks for is written beside each place below; an exception goes
into LEFT_OUT with its reason, and has to go when it is needed no longer.
"""

import json
import re
import typing
from dataclasses import fields, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from rest_framework.test import APIClient

from claims import ledger, models
from claims.admin import corrections, sentences
from claims.api import filters, request_serializers, response_serializers
from claims.domain import state as parts
from claims.domain import values as statements
from claims.domain.choices import Status
from claims.domain.events import ClaimRecorded
from claims.domain.state import ClaimState
from claims.ledger import history, projections
from claims.management import field_arguments
from claims.workflow import recording
from sources.capturing.capture import capture
from sources.roles import Role
from tests import make
from tests.claims.places import LeftOut, Place, faults, has_arabic, in_code, read_text, rows_under, told
from tests.claims.values import WORD, made, value

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[1] / "data" / "events"

EVENT = "claims/domain/events/ (ClaimRecorded)"
SAMPLE = "tests/data/events, a sample of ClaimRecorded"
TABLES = "the tables (claims/ledger/projections.py and a column in claims/models/, or the rows of a part)"
POST = "POST claims/ (claims/api/request_serializers.py)"
PATCH = "PATCH claims/{id}/ (claims/api/request_serializers.py)"
ANSWER = "GET claims/{id}/ (claims/api/presenters.py)"
LIST = "an item of GET claims/ (claims/api/presenters.py)"
SCHEMA = "the schema of the answer (claims/api/response_serializers.py, ClaimWhole)"
FILTER = "the filters of GET claims/ (claims/api/filters.py, Asked)"
DIFF = "what changed (claims/ledger/history.py, diff)"
FORM = "the form that corrects a claim (claims/admin/corrections.py, ReviseForm)"
PAGE = "the claim's page at the desk (claims/templates/admin/claims/claim/page.html)"
COMMAND = "take revise --set (claims/management/field_arguments.py, FIELDS)"
LABEL = "its name in a sentence (claims/admin/sentences.py, FIELDS)"
ARABIC = "the Arabic of that name"
DOCS = "docs/api.md, under The fields of a claim"

FULL, PLAIN = made(ClaimRecorded), make.said()


# ── one claim, all of whose fields are filled, through every door


def names_of(kind: type) -> list[str]:
    """The fields of a dataclass."""
    return [each.name for each in fields(kind)]


def written_by_hand() -> dict[str, Any]:
    """All that a client can say of a claim: each field that the serializer has, with a value that no field has by default."""
    given = {name: each for name, each in json.loads(msgspec.json.encode(FULL)).items() if name in request_serializers.ClaimHeard().fields}
    text = capture(f"{WORD} وما بعده", by=make.REPORTER)
    given |= {"document": str(text.document.pk), "snapshot": str(text.snapshot.pk), "quote": WORD, "start": 0, "end": len(WORD)}
    given |= {"speaker_type": "unnamed_role", "speaker_name": WORD, "speaker_title": WORD, "language": "fr"}
    given["quantities"][0]["role"], given["attributions"][0]["role"] = "change", "agency"
    return {name: each for name, each in given.items() if name != "speaker"}


def differing(said: ClaimRecorded) -> set[str]:
    """The fields that are otherwise than in a claim of which little is said."""
    return {name for name in names_of(ClaimRecorded) if getattr(said, name) != getattr(PLAIN, name)}


def through_the_doors() -> dict[str, set[str]]:
    """What a client gives, and what it is answered, by place."""
    client = APIClient()
    client.force_authenticate(make.user(Role.EDITOR))
    given = written_by_hand()
    posted = client.post("/api/v1/claims/", given, format="json")
    assert posted.status_code == 201, posted.content
    claim = make.recorded()
    version = {"HTTP_IF_MATCH": '"1"'}
    patched = client.patch(f"/api/v1/claims/{claim}/", {**given, "reason": "أوضح"}, format="json", **version)
    assert patched.status_code == 200, patched.content
    known = {POST: differing(_said(posted.json()["id"])), PATCH: differing(_said(claim))}
    item = next(each for each in client.get("/api/v1/claims/").json()["results"] if each["id"] == posted.json()["id"])
    known |= {ANSWER: set(client.get(posted["Location"]).json()), LIST: set(item)}
    full = replace(_said(claim), **{name: getattr(FULL, name) for name in _OF_THE_READER})
    whole = recording.record(full, by=make.REPORTER).stream
    return known | {DIFF: {change.field for change in history.diff(whole, 0, 1)}}


def _said(claim: Any) -> ClaimRecorded:
    state = ledger.state_of(UUID(str(claim)))
    assert isinstance(state, ClaimState)
    return state.said


def state_of(said: ClaimRecorded = PLAIN) -> ClaimState:
    """A claim that was just proposed."""
    at = datetime(2022, 1, 1, tzinfo=UTC)
    return ClaimState(id=UUID(int=1), version=1, said=said, status=Status.PROPOSED, recorded_at=at, changed_at=at)


def rows_of(state: ClaimState) -> dict[str, object]:
    """What stands in the tables: by column of the claim, and the rows of each part by its name."""
    columns = {field.column for field in models.Claim._meta.concrete_fields}
    own = {name: each for name, each in projections.claim_values(state).items() if name in columns}
    return own | {part.__name__: projections.part_values(part, state) for part in projections.PARTS}


def kept_in_tables(name: str) -> bool:
    """Has a claim that differs in this field alone other rows?"""
    if name not in names_of(ClaimRecorded):
        return False
    return rows_of(state_of(replace(PLAIN, **{name: getattr(FULL, name)}))) != rows_of(state_of())


@cache
def in_the_page() -> set[str]:
    """What the template of a claim's page shows: `claim.NAME`, and what it is given by a name of its own."""
    tags = re.findall(r"{[{%](.*?)[%}]}", read_text("claims/templates/admin/claims/claim/page.html"))
    return {name for tag in tags for name in re.findall(r"(?:\bclaim\.|(?<![\w.]))(\w+)", tag)}


def documented_fields() -> set[str]:
    """The fields that docs/api.md names."""
    return {name for cells in rows_under("## The fields of a claim", "docs/api.md") for name in in_code(cells[0])}


def places_of_a_field() -> list[Place]:
    """Where a field of a claim has to be known, and what to add there."""
    doors = through_the_doors()
    sampled = {name for file in SAMPLES.glob("ClaimRecorded.*json") for name in json.loads(file.read_text(encoding="utf-8"))}
    form = corrections.ReviseForm(state=state_of(FULL), step="revise").fields
    documented = documented_fields()
    return [
        Place(EVENT, "add the field, with a default", names_of(ClaimRecorded), lists=True),
        Place(SAMPLE, "keep a payload that has it, and list it in SHA256SUMS", sampled),
        Place(TABLES, "copy it into a column (with a migration) or rows of its own", asked=kept_in_tables),
        Place(POST, "take it", doors[POST]),
        Place(PATCH, "take it", doors[PATCH]),
        Place(ANSWER, "show it", doors[ANSWER], called={"said_on": "date"}),
        Place(LIST, "show it", doors[LIST], called={"said_on": "date"}),
        Place(SCHEMA, "describe it", response_serializers.ClaimWhole().fields, called={"said_on": "date"}),
        Place(
            FILTER,
            "find claims by it",
            filters.ClaimFilters().fields,
            called={"tags": "tag", "said_on": "said_after", "due": "due_after", "quantities": "value_min"},
        ),
        Place(DIFF, "compare it", doors[DIFF]),
        Place(FORM, "ask for it", form, called={"speaker": "speaker_name", "quantities": "figure_0_comparator"}),
        Place(PAGE, "show it", in_the_page(), called=_CALLED_ON_THE_PAGE),
        Place(COMMAND, "let it be set", field_arguments.FIELDS, lists=True),
        Place(LABEL, "name it, as in “Corrected: due”", sentences.FIELDS, lists=True),
        Place(ARABIC, "translate that name", {name for name, label in sentences.FIELDS.items() if has_arabic(label)}),
        Place(DOCS, "say what it is", documented),
    ]


_CALLED_ON_THE_PAGE = {
    "speaker": "speaker_name",
    "kind": "get_kind_display",
    "said_on": "date",
    "quantities": "figures",
    "attributions": "hops",
    "snapshot": "snapshot_url",
    **dict.fromkeys(("quote", "start", "end", "prefix", "suffix"), "excerpt"),  # the quote in its article
}
_OF_THE_READER = ("check_worthiness", "why", "reader")
_OF_THE_PLACE = ("prefix", "suffix", "snapshot_digest")

LEFT_OUT: LeftOut = {
    **{
        ("registered", door): "is what the step register writes down, and no field of what was said"
        for door in (EVENT, SAMPLE, TABLES, POST, PATCH, LIST, FILTER, DIFF, FORM, COMMAND)
    },
    ("snapshot_digest", TABLES): "is the snapshot's own, which the claim's row points to",
    ("snapshot_digest", ANSWER): "is shown with the snapshot, and stands in the events",
    ("snapshot_digest", LIST): "is shown with the snapshot",
    ("snapshot_digest", SCHEMA): "is shown with the snapshot",
    ("snapshot_digest", PAGE): "is shown with the snapshot",
    ("snapshot_digest", DOCS): "is shown with the snapshot",
    **{(name, door): "is what the reader wrote down of its own work" for name in _OF_THE_READER for door in (POST, PATCH, FORM, COMMAND)},
    **{(name, door): "is never changed, so no sentence names it" for name in ("reader",) for door in (LABEL, ARABIC)},
    **{(name, door): "follows from the quote's place" for name in _OF_THE_PLACE for door in (FORM, COMMAND)},
    ("attributions", LIST): "is shown with the claim itself: the list names speaker and source",
    ("why", LIST): "is shown with the claim itself",
    **{("reader", door): "is told by `manage.py stats reader`" for door in (ANSWER, LIST, SCHEMA, PAGE, DOCS)},
    ("check_worthiness", PAGE): "is a number for lists of other programs, no judgement of the desk's",
    ("why", PAGE): "is told over REST",
    **{(name, FORM): "is marked in the article" for name in ("quote", "start", "end")},
    **{(name, FORM): "stays what the claim was read in" for name in ("document", "snapshot", "language", "attributions")},
    ("due", FORM): "has a step of its own, schedule",
    **{(name, FILTER): "is found by its words, with `q`" for name in ("statement", "quote")},
    **{(name, FILTER): "is a place, no quality" for name in ("start", "end", "snapshot", "prefix", "suffix", "snapshot_digest")},
    **{(name, FILTER): "is text of which no two are alike" for name in ("source", "criteria", "notes", "attributions")},
    **{(name, FILTER): "nobody has asked for it yet" for name in ("scope", "polarity", "denial", "superlative", *_OF_THE_READER)},
}


def test_every_field_of_a_claim_is_known_wherever_it_must_be():
    found = faults("field", places_of_a_field(), LEFT_OUT)
    assert not found, told(found)


def test_a_field_that_one_place_alone_knows_is_missed_in_every_other(monkeypatch):
    monkeypatch.setattr(field_arguments, "FIELDS", (*field_arguments.FIELDS, "mood"))
    around = places_of_a_field()
    found = [sentence.split(": ")[0] for sentence in faults("field", around, LEFT_OUT) if "“mood”" in sentence]
    assert found == [f"The field “mood” is missing from {place.where}" for place in around if place.where != COMMAND]


# ── what became of it: the state beside what was said

STATE = "claims/domain/state.py (ClaimState)"


def state_with(name: str) -> ClaimState:
    """A claim's state with another value in one field."""
    return msgspec.structs.replace(state_of(), **{name: value(typing.get_type_hints(ClaimState)[name], name)})


def places_of_the_state() -> list[Place]:
    """Where what became of a claim has to be known."""
    own = [name for name in ClaimState.__struct_fields__ if name not in ("id", "said")]
    documented = documented_fields()
    called = {"took_in": "duplicates"}
    return [
        Place(STATE, "add it, with a default", own, lists=True),
        Place(TABLES, "copy it", asked=lambda name: rows_of(state_with(name)) != rows_of(state_of())),
        Place(ANSWER, "show it", through_the_doors()[ANSWER], called=called),
        Place(SCHEMA, "describe it", response_serializers.ClaimWhole().fields, called=called),
        Place(PAGE, "show it", in_the_page(), called={"status": "get_status_display", "merged_into": "merged_url"}),
        Place(DOCS, "say what it is", documented, called=called),
    ]


STATE_LEFT_OUT: LeftOut = {
    ("took_in", TABLES): "is asked of the duplicates, whose merged_into it is",
    ("took_in", PAGE): "is shown among the similar claims",
    ("links", PAGE): "is shown among the similar claims",
    ("corrections", PAGE): "is shown by what readers would see, and told in the timeline",
    **{
        (name, place): "is of use to records alone: readers are shown what it leads to"
        for name in ("shown", "published_verdict")
        for place in (TABLES, ANSWER, SCHEMA, PAGE, DOCS)
    },
    ("offered", PAGE): "is what the step redate offers",
    ("offered_reading", PAGE): "is what the step reread offers",
    **{("merged_when", place): "is there to take a merge back, for nobody to see" for place in (TABLES, ANSWER, SCHEMA, PAGE, DOCS)},
    **{(name, PAGE): "is told in the timeline" for name in ("recorded_at", "changed_at", "published_at", "corrected_at")},
}


def test_all_that_became_of_a_claim_is_known_wherever_it_must_be():
    found = faults("field of the state", places_of_the_state(), STATE_LEFT_OUT)
    assert not found, told(found)


# ── its parts

VALUE = "the value (claims/domain/values.py or state.py)"
TABLE = "its table (claims/models/)"
SHOWN = "its shape in an answer (claims/api/response_serializers.py)"
BODY = "what a client sends (claims/api/request_serializers.py)"
PARTS: dict[str, tuple[tuple[type, ...], type[Any], type[Any], type[Any]]] = {
    "quantities": ((statements.Figure,), models.Quantity, request_serializers.FigureHeard, request_serializers.FigureHeard),
    "attributions": ((statements.Hop,), models.Attribution, request_serializers.HopHeard, request_serializers.HopHeard),
    "evidence": (
        (statements.Exhibit, parts.EvidenceState),
        models.Evidence,
        response_serializers.EvidenceShown,
        request_serializers.EvidenceHeard,
    ),
    "verdicts": ((parts.VerdictState,), models.Verdict, response_serializers.VerdictShown, request_serializers.VerdictHeard),
    "links": ((parts.LinkState,), models.Link, response_serializers.LinkShown, request_serializers.Link),
}


def of_parts(known: dict[str, Any]) -> set[str]:
    """“verdicts.rating” of {"verdicts": ["rating", …]}."""
    return {f"{part}.{name}" for part, names in known.items() for name in names}


def places_of_a_part() -> list[Place]:
    """Where a field of a figure, a hop, a piece of evidence, a verdict or a judgement has to be known."""
    values = {part: [name for kind in kinds for name in names_of(kind)] for part, (kinds, *_rest) in PARTS.items()}
    columns = {part: [field.name for field in table._meta.concrete_fields] for part, (_kinds, table, *_rest) in PARTS.items()}
    return [
        Place(VALUE, "add it, with a default", of_parts(values), lists=True),
        Place(
            TABLE,
            "add a column, and fill it in claims/ledger/projections.py",
            of_parts(columns),
            called={f"{part}.id": f"{part}.key" for part in PARTS},
        ),
        Place(SHOWN, "describe it", of_parts({part: shape().fields for part, (_kinds, _table, shape, _body) in PARTS.items()})),
        Place(BODY, "take it", of_parts({part: body().fields for part, (_kinds, _table, _shape, body) in PARTS.items()})),
    ]


_WHO_AND_WHEN = ("id", "by", "at", "proposer", "proposed_at", "approver", "approved_at", "superseded_at")
PARTS_LEFT_OUT: LeftOut = {
    ("evidence.exhibit", TABLE): "is there by its parts",
    ("evidence.exhibit", SHOWN): "is there by its parts",
    ("evidence.exhibit", BODY): "is there by its parts",
    **{
        (f"{part}.{name}", BODY): "is written by the program, which knows who asks and when"
        for part, (kinds, *_rest) in PARTS.items()
        for kind in kinds
        for name in names_of(kind)
        if name in _WHO_AND_WHEN
    },
    **{(f"evidence.withdrawn_{what}", BODY): "comes with the step that withdraws it" for what in ("at", "by", "because")},
    **{(f"verdicts.returned_{what}", BODY): "comes with the step that sends it back" for what in ("at", "because")},
    **{("verdicts.shown", place): "is of use to records alone" for place in (TABLE, SHOWN, BODY)},
    ("links.outward", BODY): "follows from whose address is asked",
}


def test_every_field_of_a_part_is_known_wherever_it_must_be():
    found = faults("field of a part", places_of_a_part(), PARTS_LEFT_OUT)
    assert not found, told(found)
