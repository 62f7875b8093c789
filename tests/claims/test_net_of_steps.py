"""Every step of a claim and of a flag stands in every place that must know it, or it is said why not.

A new step fails here until each place has it. What a failure asks for is written beside each place below; an exception goes
into LEFT_OUT with its reason, and has to go when it is needed no longer.
"""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache

from claims.admin import similar as judging
from claims.admin import steps as desk
from claims.api import steps as rest
from claims.api import urls
from claims.domain.choices import Status
from claims.domain.steps import FLAG_STEPS, STEPS
from claims.management.commands import take
from config.local import places as folders
from sources import roles
from tests.claims.places import ANY, LeftOut, Place, faults, has_arabic, in_code, read_text, rows_under, told

STATUSES = "claims/domain/steps.py (STEPS)"
ROLES = "sources/roles.py (LEAST)"
ROOM = "a room, which calls ledger.take_step with its name"
SERIALIZER = "claims/api/steps.py (CLAIM_STEPS)"
ADDRESS = "claims/api/urls.py, as POST claims/{id}/STEP/"
DESK = "claims/admin/steps.py (CLAIM)"
ARABIC = "the Arabic catalogue, its button and what is said when it is done"
COMMAND = "claims/management/commands/take.py (STEPS)"
README = "README.md, the row of “take”"
DOCS = "docs/api.md, under Addresses"
TOLD_OF_ROLES = "docs/api.md, under Who asks, in the row of its role"


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
    """The steps that docs/api.md names: the words after `kind`/{id}/ + in its table of addresses."""
    found: set[str] = set()
    of_kind = False
    for cells in rows_under("## Addresses", "docs/api.md"):
        if cells[0].startswith("POST `"):
            of_kind = cells[0].startswith(f"POST `{kind}/{{id}}/` +")
        elif not cells[0].startswith("…"):
            of_kind = False
        if of_kind:
            found |= {word.rstrip("/") for word in in_code(cells[0]) if re.fullmatch(r"[\w-]+/", word)}
    return found


def in_readme() -> set[str]:
    """The steps that README says `take` takes."""
    row = next(line for line in read_text("README.md").splitlines() if line.startswith("| `take STEP"))
    return set(row.rsplit(":", 1)[1].strip(" |").split(", "))


def told_of_its_role(name: str) -> bool:
    """Does docs/api.md name the step beside the role that may take it?"""
    rows = {role: set(in_code(cells[1])) for cells in rows_under("## Who asks", "docs/api.md") for role in in_code(cells[0])}
    return any(name in rows.get(role, ()) for role, steps in roles.LEAST.items() if name in steps)


def places_of_a_claims_step() -> list[Place]:
    """Where a step of a claim has to be known, and what to add there."""
    buttons = {**desk.CLAIM}
    in_rooms = {name for name, file in names_in_rooms() if not file.startswith("claims/flagging/")}
    return [
        Place(STATUSES, "say from which statuses it is open", STEPS, lists=True),
        Place(ROLES, "say which role may take it", set().union(*roles.LEAST.values()), lists=True),
        Place(ROOM, "write the function that takes it", in_rooms, lists=True),
        Place(SERIALIZER, "name its room and the serializer of its fields", rest.CLAIM_STEPS, lists=True),
        Place(ADDRESS, "give it an address", addresses_of("claims"), lists=True),
        Place(DESK, "give it a button, a form and the words that follow", buttons, lists=True),
        Place(ARABIC, "translate both", {name for name, step in buttons.items() if has_arabic(step.label) and has_arabic(step.done)}),
        Place(COMMAND, "name its room, and give each new argument an option", take.STEPS, lists=True),
        Place(README, "name it", in_readme(), lists=True),
        Place(DOCS, "add its address and what its body holds", documented("claims"), lists=True),
        Place(TOLD_OF_ROLES, "name it in backticks", asked=told_of_its_role),
    ]


LEFT_OUT: LeftOut = {
    ("revise", SERIALIZER): "is a PATCH of the claim's own address, with the serializer Revision",
    ("revise", ADDRESS): "is a PATCH of the claim's own address",
    ("revise", DOCS): "stands there as PATCH of claims/{id}/",
    ("corrections", SERIALIZER): "is an address of its own, which lists them, too: claims/api/corrections.py",
    ("corrections", DESK): "is what “revise” does to a claim that was judged",
    ("corrections", ARABIC): "has the words of “revise” there",
    ("corrections", COMMAND): "is what `take revise` does to a claim that was judged",
    ("corrections", README): "is what `take revise` does to a claim that was judged",
    ("unlink", DESK): "is taken beside the judgement that it takes back, by claims/admin/similar.py",
    ("unlink", ARABIC): "has a sign there and no words of its own",
    # What a role may do besides, which is no step of a claim that is there already.
    ("read", ANY): "is seeing the desk at all",
    ("act", ANY): "is changing anything at all",
    ("capture", ANY): "keeps a text, before there is a claim",
    ("record", ANY): "makes the claim: POST claims/, and no step of one that is there",
    ("flag", ANY): "stands for all steps of a flag",
    ("watch", ANY): "is about pages",
    ("erase", ANY): "is about words, wherever they stand",
    ("source", ANY): "is about outlets, speakers and documents",
    ("subscribe", ANY): "is about webhooks",
    ("operate", ANY): "is about the install",
}

FLAG_STATUSES = "claims/domain/steps.py (FLAG_STEPS)"
FLAG_SERIALIZER = "claims/api/steps.py (FLAG_STEPS)"
FLAG_ADDRESS = "claims/api/urls.py, as POST flags/{id}/STEP/"
FLAG_DESK = "claims/admin/steps.py (FLAG)"


def places_of_a_flags_step() -> list[Place]:
    """Where a step of a flag has to be known. Its role is that of “flag”, and `take` takes steps of claims only."""
    in_rooms = {name for name, file in names_in_rooms() if file.startswith("claims/flagging/")}
    with_arabic = {name for name, step in desk.FLAG.items() if has_arabic(step.label) and has_arabic(step.done)}
    return [
        Place(FLAG_STATUSES, "list it", FLAG_STEPS, lists=True),
        Place(ROOM, "write the function that takes it", in_rooms, lists=True),
        Place(FLAG_SERIALIZER, "name its room and the serializer of its fields", rest.FLAG_STEPS, lists=True),
        Place(FLAG_ADDRESS, "give it an address", addresses_of("flags"), lists=True),
        Place(FLAG_DESK, "give it a button, a form and the words that follow", desk.FLAG, lists=True),
        Place(ARABIC, "translate both", with_arabic),
        Place(DOCS, "add its address and what its body holds", documented("flags"), lists=True),
    ]


FLAGS_LEFT_OUT: LeftOut = {("clear", ANY): "is what the program does by itself when the cause has ended; people resolve or dismiss"}


def test_every_step_of_a_claim_is_known_wherever_it_must_be():
    found = faults("step", places_of_a_claims_step(), LEFT_OUT)
    assert not found, told(found)


def test_every_step_of_a_flag_is_known_wherever_it_must_be():
    found = faults("step of a flag", places_of_a_flags_step(), FLAGS_LEFT_OUT)
    assert not found, told(found)


def test_a_step_that_only_has_its_statuses_is_missed_in_every_other_place(monkeypatch):
    monkeypatch.setitem(STEPS, "announce", (Status.ACCEPTED,))
    around = places_of_a_claims_step()
    found = [sentence.split(": ")[0] for sentence in faults("step", around, LEFT_OUT) if "“announce”" in sentence]
    assert found == [f"The step “announce” is missing from {place.where}" for place in around if place.where != STATUSES]


def test_a_step_that_only_a_door_knows_is_missed_too(monkeypatch):
    monkeypatch.setitem(take.STEPS, "announce", take.STEPS["accept"])
    found = faults("step", places_of_a_claims_step(), LEFT_OUT)
    assert f"The step “announce” is missing from {STATUSES}" in told(found)


def test_what_is_taken_back_beside_a_judgement_is_the_step_that_has_no_button():
    assert judging.TAKE_BACK.take is take.STEPS["unlink"]


# ── what a room is given, at each door

FORM = "the form of the step's button (claims/admin/steps.py)"
BODY = "the serializer of the step (claims/api/request_serializers.py)"
OPTION = "the options of the step (claims/management/commands/take.py)"
TOLD = "docs/api.md, beside the step's address"
_FROM_THE_DOOR = {"claim", "flag", "by", "key", "after"}  # who, under which key, after which version: no door asks for these


def arguments() -> list[str]:
    """What each room takes besides: “verdict.rating”."""
    rooms = {name: step.take for name, step in desk.CLAIM.items()} | {"unlink": judging.TAKE_BACK.take}
    return [
        f"{name}.{argument}"
        for name, room in rooms.items()
        for argument in inspect.signature(room).parameters
        if argument not in _FROM_THE_DOOR
    ]


def documented_bodies() -> set[str]:
    """What docs/api.md says that the body of each step holds."""
    rows = rows_under("## Addresses", "docs/api.md")
    steps = [(in_code(cells[0]), in_code(cells[1])) for cells in rows if cells[0].startswith(("…", "POST `claims/{id}/` +"))]
    return {f"{address.rstrip('/')}.{word}" for addresses, words in steps for address in addresses for word in words}


def places_of_an_argument() -> list[Place]:
    """Where what a room takes can be given."""
    forms = {name: step.form for name, step in desk.CLAIM.items()} | {"unlink": judging.TAKE_BACK.form}
    bodies = {name: serializer().fields for name, (_room, serializer) in rest.CLAIM_STEPS.items()}
    return [
        Place("the room itself", "give it this argument", arguments(), lists=True),
        Place(FORM, "ask for it", {f"{name}.{asked}" for name, form in forms.items() for asked in form.base_fields}),
        Place(BODY, "add the field", {f"{name}.{each}" for name, fields in bodies.items() for each in fields}),
        Place(
            OPTION,
            "add the option",
            {f"{name}.{each}" for name in take.STEPS for each in take.options_of(name)},
            called={"merge.into": "merge.other"},
        ),
        Place(TOLD, "name it", documented_bodies()),
    ]


ARGUMENTS_LEFT_OUT: LeftOut = {
    ("evidence.exhibit", FORM): "is asked for by its parts",
    ("evidence.exhibit", BODY): "is given by its parts",
    ("evidence.exhibit", OPTION): "is given by its parts",
    ("evidence.exhibit", TOLD): "is told by its parts",
    ("revise.changes", FORM): "is asked for field by field",
    ("revise.changes", BODY): "are the fields of a PATCH",
    ("revise.reason", BODY): "is a field of a PATCH",
    ("revise.changes", OPTION): "is given field by field: --set FIELD=VALUE",
    ("revise.changes", TOLD): "are the fields of a PATCH",
    ("revise.reason", TOLD): "is told beside the PATCH",
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
