"""What must hold of the code itself."""

import ast
import json
import re
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
    assert (HERE / "claims" / "rules" / f"test_{name.replace('-', '_')}.py").exists()
