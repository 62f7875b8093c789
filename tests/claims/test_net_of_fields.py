"""Every field of a claim, of its state and of its parts stands in every place that must know it, or it is said why not.

A new field fails here until each place has it. What a failure asks for is written beside each place below. Where a field has no
business in a door, its row in the table of fields says so (`without`); what the table does not know goes into LEFT_OUT with its
reason. An exception has to go when it is needed no longer.
"""

import json
import re
import typing
from collections.abc import Mapping
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
from claims.admin import claim_page, corrections, sentences
from claims.api import filters, request_serializers, response_serializers, step_bodies
from claims.domain import state as parts
from claims.domain import values as statements
from claims.domain.choices import Status
from claims.domain.events import ClaimRecorded
from claims.domain.fields import FIELDS, Door, Field
from claims.domain.state import ClaimState
from claims.domain.steps import STEPS
from claims.ledger import history, projections
from claims.management import field_arguments
from claims.workflow import recording
from sources.capturing.capture import capture
from sources.roles import Role
from tests import generated_docs, make
from tests.claims.values import WORD, made, value
from tests.completeness import LeftOut, Place, faults, has_arabic, in_code, read_text, rows_under, told

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parents[1] / "data" / "events"

ROW = "the table of fields (claims/domain/fields/table.py)"
EVENT = "claims/domain/events/claims.py (ClaimRecorded)"
SAMPLE = "tests/data/events, a sample of ClaimRecorded"
TABLES = "the tables (a column in claims/models/claims.py, claims/ledger/projections.py where it is copied otherwise)"
POST = "POST claims/ (claims/api/request_serializers.py)"
PATCH = "PATCH claims/{id}/ (claims/api/request_serializers.py)"
ANSWER = "GET claims/{id}/ (claims/api/presenters.py)"
LIST = "an item of GET claims/ (claims/api/presenters.py)"
SCHEMA = "the schema of the answer (claims/api/response_serializers.py, ClaimWhole)"
FILTER = "the filters of GET claims/ (claims/api/filters.py, ClaimFilters)"
DIFF = "what changed (claims/ledger/history.py, diff)"
FORM = "the form that corrects a claim (claims/admin/corrections.py, ReviseForm)"
PAGE = "the claim's page at the desk (claims/templates/admin/claims/claim/page.html, FACTS in claims/admin/claim_page.py)"
COMMAND = "take revise --set (claims/management/field_arguments.py, FIELDS)"
LABEL = "its name in a sentence (claims/admin/sentences.py, FIELDS)"
ARABIC = "the Arabic of that name"
DOCS = "docs/api.md, under The fields of a claim"

# The doors of the table of fields, and what a field has to be known by where it shows in one.
DOORS: dict[Door, tuple[str, ...]] = {
    Door.REQUEST: (POST, PATCH),
    Door.ANSWER: (ANSWER, SCHEMA, DOCS),
    Door.LIST: (LIST,),
    Door.FILTER: (FILTER,),
    Door.FORM: (FORM,),
    Door.PAGE: (PAGE,),
    Door.COMMAND: (COMMAND,),
    Door.SENTENCE: (LABEL, ARABIC),
}

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
    answered = {name: field.name_in(Door.ANSWER) for name, field in FIELDS.items()}
    filtered = {name: field.filters[0] for name, field in FIELDS.items() if field.filters}
    return [
        Place(ROW, "add a row", FIELDS, lists=True),
        Place(EVENT, "add the field, with a default", names_of(ClaimRecorded), lists=True),
        Place(SAMPLE, "keep a payload that has it, and list it in SHA256SUMS", sampled),
        Place(TABLES, "copy it into a column (with a migration) or rows of its own", asked=kept_in_tables),
        Place(POST, "take it", doors[POST]),
        Place(PATCH, "take it", doors[PATCH]),
        Place(ANSWER, "show it", doors[ANSWER], called=answered),
        Place(LIST, "show it", doors[LIST], called=answered),
        Place(SCHEMA, "describe it", response_serializers.ClaimWhole().fields, called=answered),
        Place(FILTER, "find claims by it", filters.ClaimFilters().fields, called=filtered),
        Place(DIFF, "compare it", doors[DIFF]),
        Place(FORM, "ask for it", form, called={"speaker": "speaker_name", "quantities": "figure_0_comparator"}),
        Place(PAGE, "show it", asked=_on_the_page),
        Place(COMMAND, "let it be set", field_arguments.FIELDS, lists=True),
        Place(LABEL, "name it, as in “Corrected: due”", sentences.FIELDS, lists=True),
        Place(ARABIC, "translate that name", {name for name, label in sentences.FIELDS.items() if has_arabic(label)}),
        Place(DOCS, f"write its table anew: {generated_docs.HOW}", documented_fields()),
    ]


def _on_the_page(name: str) -> bool:
    """Has it a row of the page, or the place in the template that it is said to have?"""
    if name in FIELDS and name not in claim_page.PLACED:
        return FIELDS[name] in claim_page.FACTS
    return _CALLED_ON_THE_PAGE.get(name, name) in in_the_page()


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


def left_out_by(table: Mapping[str, Field]) -> LeftOut:
    """What the table says of the doors in which a field does not show, with the reason."""
    shut = {(name, where): why for name, field in table.items() for door, why in field.without.items() for where in DOORS[door]}
    for name, field in table.items():
        asked = (FORM, COMMAND) if field.with_quote else (POST, PATCH, FORM, COMMAND)  # the quote's place comes with the quote
        shut |= {} if field.by_people else {(name, where): "is set by the program" for where in asked}
    return shut


LEFT_OUT: LeftOut = {
    **left_out_by(FIELDS),
    **{
        ("registered", door): "is what the step register writes down, and no field of what was said"
        for door in (ROW, EVENT, SAMPLE, TABLES, POST, PATCH, LIST, FILTER, DIFF, FORM, COMMAND)
    },
    ("snapshot_digest", TABLES): "is the snapshot's own, which the claim's row points to",
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
BODY = "what a client sends (claims/api/request_serializers.py, of evidence, verdicts and judgements claims/domain/steps/arguments.py)"
PARTS: dict[str, tuple[tuple[type, ...], type[Any], type[Any], type[Any]]] = {
    "quantities": ((statements.Figure,), models.Quantity, request_serializers.FigureHeard, request_serializers.FigureHeard),
    "attributions": ((statements.Hop,), models.Attribution, request_serializers.HopHeard, request_serializers.HopHeard),
    "evidence": (
        (statements.Exhibit, parts.EvidenceState),
        models.Evidence,
        response_serializers.EvidenceShown,
        step_bodies.body_of(STEPS["evidence"]),
    ),
    "verdicts": ((parts.VerdictState,), models.Verdict, response_serializers.VerdictShown, step_bodies.body_of(STEPS["verdict"])),
    "links": ((parts.LinkState,), models.Link, response_serializers.LinkShown, step_bodies.body_of(STEPS["link"])),
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
