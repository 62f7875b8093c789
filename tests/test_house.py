"""What must hold of the code itself."""

import ast
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

from claims import rules
from claims.domain import events
from config.embedded import paths

HERE = Path(__file__).parent
MODULES = [p for app in ("sources", "claims", "config", "tests") for p in (paths.BASE / app).rglob("*.py")]


@pytest.mark.parametrize("module", MODULES, ids=lambda p: str(p.relative_to(paths.BASE)))
def test_every_module_says_what_it_is_for(module):
    source = module.read_text(encoding="utf-8")
    if ("migrations" in module.parts and not source.strip()) or (module.name == "__init__.py" and not source.strip()):
        return
    assert ast.get_docstring(ast.parse(source)), f"{module} has no docstring"


def test_each_lock_of_postgresql_has_a_number_of_its_own():
    numbers = [
        found for module in MODULES for found in re.findall(r"^_\w*LOCK = ([\d_]+)", module.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert len(numbers) >= 4
    assert len(set(numbers)) == len(numbers)


def test_no_table_of_sources_points_into_claims():
    for model in apps.get_app_config("sources").get_models():
        for field in model._meta.get_fields():
            if field.concrete and field.related_model is not None:
                assert field.related_model._meta.app_label != "claims", f"{model.__name__}.{field.name}"


SAMPLES = HERE / "data" / "events"


@pytest.mark.parametrize("name", sorted(events.TYPES))
def test_every_event_type_has_a_stored_sample_that_still_reads(name):
    samples = sorted(SAMPLES.glob(f"{name}.*.json"))
    assert samples, f"no sample of {name} in tests/data/events"
    for sample in samples:
        schema = int(sample.name.split(".")[1])
        read = events.read(name, schema, sample.read_text(encoding="utf-8"))
        assert json.loads(events.body_of(read)).items() >= json.loads(sample.read_text(encoding="utf-8")).items()


@pytest.mark.parametrize("name", sorted(rules.all_rules()))
def test_every_rule_has_a_test_file(name):
    test = f"tests/claims/rules/test_{name.replace('-', '_')}.py"
    assert (paths.BASE / test).exists(), f"the rule “{name}” has no test: write {test}, with a claim it finds and one it does not"


# Words that tell a stranger nothing when they stand alone: whoever looks for what a thing does would never search for them.
# fmt: off
UNSEARCHABLE = {
    "heard", "shown", "asking", "saying", "past", "proving", "once", "moments", "pages", "refusals", "formerly", "judged",
    "parts", "statements", "entries", "rows", "prepared", "unerased", "spoken", "following", "audience", "accounts", "origins",
    "marking", "redating", "precision", "consumers", "looking", "words", "whys", "places", "marks", "queue", "page", "letters",
    "telling", "posting", "signing", "moving", "leaving", "arriving", "watched", "waking", "runs", "guarded", "seeing",
    "standing", "turns", "attending", "adopting", "forgetting", "of", "one", "again", "said", "told", "asked", "take", "kept",
}
# fmt: on
# The grammars of the reader have words of their own; the command `take` is spoken outside.
OWN_WORDS = ("sources/text/", "claims/management/commands/take.py")
PROGRAM = [
    where
    for app in ("claims", "sources", "config", "tests/bench")
    for where in sorted(str(path.relative_to(paths.BASE)) for path in (paths.BASE / app).rglob("*.py"))
    if "/migrations/" not in where
]


def module_name(where: str) -> str:
    """What a module is imported by: its file's name, of a package its folder's."""
    path = Path(where)
    return path.parent.name if path.name == "__init__.py" else path.stem


@pytest.mark.parametrize("where", [each for each in PROGRAM if not each.startswith(OWN_WORDS)])
def test_modules_classes_and_functions_have_names_that_can_be_searched_for(where):
    defined = ast.parse((paths.BASE / where).read_text(encoding="utf-8")).body
    names = [node.name for node in defined if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)]
    found = [name for name in (module_name(where), *names) if name.lower() in UNSEARCHABLE]
    assert not found, f"{where}: {', '.join(found)}: say what it gives or does, or use the usual word for it"


# Where a module may bear a subject's name beside the package of that subject; a command is named for what people type.
SIBLINGS = ("admin", "desk", "api", "models", "management/commands", "templatetags")


@pytest.mark.parametrize("app", ["claims", "sources", "config"])
def test_no_two_modules_of_an_app_share_a_name(app):
    beside = tuple(f"{app}/{folder}/" for folder in SIBLINGS)
    excused = (*beside, f"{app}/__init__.py", "sources/text/", "config/formats/")  # Django names the modules of formats
    names = Counter(module_name(where) for where in PROGRAM if where.startswith(f"{app}/") and not where.startswith(excused))
    assert not {name for name, number in names.items() if number > 1 and name != "apps"}
