"""Every step of a claim and of a flag stands in every place that must know it, or it is said why not.

A new step fails here until each place has it. What a failure asks for is written beside each place below; an exception goes
into LEFT_OUT with its reason, and has to go when it is needed no longer.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from claims.admin import similar as judging
from claims.admin import step_forms
from claims.admin import steps as desk
from claims.api import step_bodies, urls
from claims.api import steps as rest
from claims.domain.choices import FlagStatus, Status
from claims.domain.steps import FLAG_STEPS, STEPS, Type, every_step
from claims.domain.steps import step as step_table
from claims.management.commands import take
from claims.workflow import room_of
from config.embedded import paths as folders
from sources import roles
from tests import generated_docs
from tests.completeness import ANY, LeftOut, Place, faults, has_arabic, in_code, read_text, rows_under, told

TABLE = "claims/domain/steps/of_claims.py (ROWS)"
ROLES = "the roles, which claims/apps.py declares"
ROOM = "a room, which calls ledger.take_step with its name"
ADDRESS = "claims/api/urls.py, as POST claims/{id}/STEP/"
DESK = "the buttons of the desk (label in its row)"
ARABIC = "the Arabic catalogue, its button and what is said when it is done"
COMMAND = "the command take"
README = "README.md, the row of “take”"
DOCS = "docs/api.md, under Steps of a claim"
UPDATE = f"run {generated_docs.HOW}"


@cache
def names_in_rooms() -> list[tuple[str, str]]:
    """What rooms call their step as they ask the ledger for it, and the file: `ledger.take_step("accept", …)`."""
    files = {str(file.relative_to(folders.BASE)): file for file in (folders.BASE / "claims").rglob("*.py")}
    return [(name, where) for where, file in files.items() for name in _taken(ast.parse(file.read_text(encoding="utf-8")))]


def _taken(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="ledger"), attr="take_step"), args=[ast.Constant(value=str(name)), *_rest]):
                yield name


def addresses_of(kind: str) -> set[str]:
    """The last words of the addresses that take a POST: claims/{id}/WORD/."""
    routes = {str(each.pattern): each.callback for each in urls.urlpatterns if each.callback}
    found = {re.fullmatch(rf"{kind}/<uuid:id>/([\w-]+)/", route): view for route, view in routes.items()}
    return {match[1] for match, view in found.items() if match and hasattr(view.view_class, "post")}


def documented(kind: str) -> set[str]:
    """The steps that docs/api.md has a row for."""
    rows = rows_under(f"## Steps of a {kind}", "docs/api.md")
    return {in_code(cells[0])[0].strip("/").rsplit("/", 1)[-1] for cells in rows if cells[0].startswith("POST ")}


def in_readme() -> set[str]:
    """The steps that README says `take` takes."""
    row = next(line for line in read_text("README.md").splitlines() if line.startswith("| `take STEP"))
    return set(row.rsplit(":", 1)[1].strip(" |").split(", "))


def places_of_a_claims_step() -> list[Place]:
    """Where a step of a claim has to be known, and what to add there."""
    in_rooms = {name for name, file in names_in_rooms() if not file.startswith("claims/flagging/")}
    with_arabic = {name for name, step in desk.CLAIM.items() if has_arabic(step.label) and has_arabic(step.done)}
    return [
        Place(TABLE, "give it a row", STEPS, lists=True),
        Place(ROLES, "say in its row which roles may take it", {name for name, step in STEPS.items() if step.asked_as in roles.STEPS}),
        Place(ROOM, "write the function that takes it, and name it in its row", in_rooms, lists=True),
        Place(ADDRESS, "give it an address", addresses_of("claims"), lists=True),
        Place(DESK, "give its row the words of its button, and those that follow", desk.CLAIM, lists=True),
        Place(ARABIC, "translate both", with_arabic),
        Place(COMMAND, "let it be taken there", take.STEPS, lists=True),
        Place(README, UPDATE, in_readme(), lists=True),
        Place(DOCS, UPDATE, documented("claim"), lists=True),
    ]


LEFT_OUT: LeftOut = {
    ("revise", ADDRESS): "is a PATCH of the claim's own address",
    ("revise", DOCS): "stands there as PATCH of claims/{id}/",
    ("corrections", DESK): "is what “revise” does to a claim that was judged",
    ("corrections", ARABIC): "has the words of “revise” there",
    ("corrections", COMMAND): "is what `take revise` does to a claim that was judged",
    ("corrections", README): "is what `take revise` does to a claim that was judged",
    ("unlink", DESK): "is taken beside the judgement that it takes back, by claims/admin/similar.py",
    ("unlink", ARABIC): "has a sign there and no words of its own",
}

FLAG_TABLE = "claims/domain/steps/of_flags.py (ROWS)"
FLAG_ADDRESS = "claims/api/urls.py, as POST flags/{id}/STEP/"
FLAG_DOCS = "docs/api.md, under Steps of a flag"


def places_of_a_flags_step() -> list[Place]:
    """Where a step of a flag has to be known; `take` takes steps of claims only."""
    in_rooms = {name for name, file in names_in_rooms() if file.startswith("claims/flagging/")}
    with_arabic = {name for name, step in desk.FLAG.items() if has_arabic(step.label) and has_arabic(step.done)}
    return [
        Place(FLAG_TABLE, "give it a row", FLAG_STEPS, lists=True),
        Place(ROOM, "write the function that takes it, and name it in its row", in_rooms, lists=True),
        Place(FLAG_ADDRESS, "give it an address", addresses_of("flags"), lists=True),
        Place(DESK, "give its row the words of its button, and those that follow", desk.FLAG, lists=True),
        Place(ARABIC, "translate both", with_arabic),
        Place(FLAG_DOCS, UPDATE, documented("flag"), lists=True),
    ]


FLAGS_LEFT_OUT: LeftOut = {("clear", ANY): "is what the program does by itself when the cause has ended; people resolve or dismiss"}


def test_every_step_of_a_claim_is_known_wherever_it_must_be():
    found = faults("step", places_of_a_claims_step(), LEFT_OUT)
    assert not found, told(found)


def test_every_step_of_a_flag_is_known_wherever_it_must_be():
    found = faults("step of a flag", places_of_a_flags_step(), FLAGS_LEFT_OUT)
    assert not found, told(found)


def test_a_step_that_only_has_its_row_is_missed_in_every_other_place(monkeypatch):
    monkeypatch.setitem(STEPS, "announce", replace(STEPS["accept"], name="announce"))
    around = places_of_a_claims_step()
    found = [sentence.split(": ")[0] for sentence in faults("step", around, LEFT_OUT) if "“announce”" in sentence]
    assert found == [f"The step “announce” is missing from {place.where}" for place in around if place.where != TABLE]


def test_a_step_that_only_a_door_knows_is_missed_too(monkeypatch):
    monkeypatch.setitem(take.STEPS, "announce", STEPS["accept"])
    found = faults("step", places_of_a_claims_step(), LEFT_OUT)
    assert f"The step “announce” is missing from {TABLE}" in told(found)


def test_what_is_taken_back_beside_a_judgement_is_the_step_that_has_no_button():
    assert judging.TAKE_BACK.take is room_of(STEPS["unlink"])


# ── what a row says is so


ROWS = {f"{'flag' if row.name in FLAG_STEPS and row is FLAG_STEPS[row.name] else 'claim'} {row.name}": row for row in every_step()}
TAKEN = {words: row for words, row in ROWS.items() if row.room}


@pytest.mark.parametrize("row", TAKEN.values(), ids=TAKEN)
def test_the_room_of_a_step_takes_it_and_no_other(row):
    room = room_of(row)
    names = [name for name, file in names_in_rooms() if file == f"{room.__module__.replace('.', '/')}.py"]
    assert row.name in names, f"{row.room} does not call ledger.take_step with “{row.name}”"
    assert room.__doc__, f"{row.room} says nothing of what it does: the schema and the documentation do with its docstring"


@pytest.mark.parametrize("row", TAKEN.values(), ids=TAKEN)
def test_a_room_takes_what_its_row_says(row):
    parameters = {name: each for name, each in inspect.signature(room_of(row)).parameters.items() if name not in _FROM_THE_DOOR}
    if row.compose:
        given = {each.name: each.choices.values[0] if each.choices else "" for each in row.arguments}
        assert set(row.for_room(given)) == set(parameters)
        return
    assert set(parameters) == {each.name for each in row.arguments}
    wanting = {name for name, each in parameters.items() if each.default is each.empty}
    assert wanting == {each.name for each in row.arguments if each.required}, f"{row.room}: what must be given differs"


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS)
def test_roles_and_statuses_of_a_step_are_there(row):
    assert row.roles <= set(roles.Role), "no such role"
    assert roles.Role.ADMINISTRATOR in row.roles, "an administrator may take every step"
    assert roles.STEPS[row.asked_as] == row.roles
    assert row.statuses
    assert set(row.statuses) <= set(FlagStatus if row in FLAG_STEPS.values() else Status)
    assert row.events


def test_a_role_may_be_let_into_one_step_and_not_into_its_neighbours(monkeypatch):
    able = roles.STEPS["verdict"] | {roles.Role.READER}
    monkeypatch.setitem(roles.STEPS, "verdict", able)
    reader = roles.Actor("trainee", roles=frozenset({roles.Role.READER}))
    assert [row.name for row in STEPS.values() if roles.may(reader, row.name)] == ["verdict"]


def test_two_tables_that_differ_on_who_may_take_a_step_stop_the_start(monkeypatch):
    monkeypatch.setattr(roles, "STEPS", dict(roles.STEPS))
    with pytest.raises(ValueError, match="“merge”"):
        roles.declare("merge", ["reporter"])
    with pytest.raises(ValueError, match="nobody"):
        roles.declare("sing", ["nobody"])
    assert "sing" not in roles.STEPS


@pytest.mark.parametrize("argument", [a for row in TAKEN.values() for a in row.arguments], ids=lambda a: a.name)
def test_each_type_of_argument_can_be_given_at_every_door(argument):
    assert argument.type in take.OPTIONS, "say in claims/management/commands/take.py how the command line takes it"
    if argument.type is not Type.CHANGES:  # which both doors ask for field by field
        assert argument.type in step_bodies.FIELDS, "say in claims/api/step_bodies.py what the body holds"
        assert argument.type in step_forms.FIELDS, "say in claims/admin/step_forms.py how the desk asks for it"
    assert argument.help
    assert not argument.label or has_arabic(argument.label), f"translate “{argument.label}”"


# ── what a room is given, at each door

ROW = "the row of the step (claims/domain/steps)"
FORM = "the form of the step's button (claims/admin/step_forms.py)"
BODY = "the serializer of the step (claims/api/step_bodies.py)"
OPTION = "the options of the step (claims/management/commands/take.py)"
_FROM_THE_DOOR = {"claim", "flag", "by", "key", "after"}  # who, under which key, after which version: no door asks for these


def places_of_an_argument() -> list[Place]:
    """Where what a step asks for can be given."""
    forms = {name: step.form for name, step in desk.CLAIM.items()} | {"unlink": judging.TAKE_BACK.form}
    bodies = {name: step_bodies.body_of(row)().fields for name, row in rest.OF_CLAIMS.items()}
    options = {name: take.options_of(name) for name in take.STEPS}
    called = {f"{name}.{each.name}": f"{name}.{each.option}" for name, row in STEPS.items() for each in row.arguments if each.option}
    return [
        Place(ROW, "list it", {f"{row.name}.{each.name}" for row in take.STEPS.values() for each in row.arguments}, lists=True),
        Place(FORM, "ask for it", {f"{name}.{each}" for name, form in forms.items() for each in set(form.base_fields) - _FROM_THE_DOOR}),
        Place(BODY, "add the field", {f"{name}.{each}" for name, fields in bodies.items() for each in fields}, lists=True),
        Place(OPTION, "add the option", {f"{name}.{each}" for name, given in options.items() for each in given}, called=called, lists=True),
    ]


ARGUMENTS_LEFT_OUT: LeftOut = {
    ("revise.changes", FORM): "is asked for field by field",
    ("revise.changes", BODY): "are the fields of a PATCH",
    ("revise.reason", BODY): "is a field of a PATCH",
    ("verdict.scheme", FORM): "follows from the claim's kind, whose ratings the form offers",
}


def test_what_a_step_is_given_can_be_given_at_every_door():
    found = faults("argument", places_of_an_argument(), ARGUMENTS_LEFT_OUT)
    assert not found, told(found)


def test_an_exception_that_is_needed_no_longer_is_a_fault():
    around = [Place("at home", "list it", {"merge", "sing"}, lists=True), Place("at the door", "open it", {"merge"}, lists=True)]
    needless = {
        ("merge", "at the door"): "was forgotten",
        ("dance", "at the door"): "nobody dances",
        ("merge", "on the moon"): "is far",
        ("merge", ANY): "is known at home alone",
        ("sing", "at the door"): " ",
    }
    assert faults("step", around, needless) == [
        "LEFT_OUT['merge', 'at the door'] is needed no longer: it is known there now. Take the entry out.",
        "LEFT_OUT['dance', 'at the door'] is about a step that no place knows any more: take the entry out.",
        "LEFT_OUT['merge', 'on the moon'] is about a place that is not looked at: take the entry out, or mend its name.",
        "LEFT_OUT['merge', '(any)'] is too wide: “merge” is known in at home and at the door. Name the places that do without.",
        "LEFT_OUT['sing', 'at the door'] gives no reason: say in words why this place does without.",
    ]


def test_the_sets_of_roles_are_those_of_the_roles():
    assert (step_table.REPORTERS, step_table.REVIEWERS, step_table.EDITORS) == (roles.REPORTERS, roles.REVIEWERS, roles.EDITORS)
    assert {roles.Role.ADMINISTRATOR, roles.Role.PROGRAM} == step_table.ADMINISTRATORS | step_table.PROGRAM
