"""The schema of the API: whole, sound, and its page asks nobody else for anything."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from openapi_spec_validator import OpenAPIV31SpecValidator
from rest_framework.test import APIClient

from tests.contract import schema


def test_the_schema_is_valid_and_warns_of_nothing(tmp_path):
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(tmp_path / "schema.yaml"))
    assert "/api/v1/claims/{id}/accept/" in (tmp_path / "schema.yaml").read_text()


def test_the_schema_is_openapi_3_1_down_to_its_words():
    told = schema()
    assert told["openapi"] == "3.1.1"
    assert [error.message for error in OpenAPIV31SpecValidator(told).iter_errors()] == []
    assert [place for place, part in _parts(told) if isinstance(part.get("nullable"), bool)] == []


def _parts(part: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    inner = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    if isinstance(part, dict):
        yield place, part
    for name, each in inner:
        yield from _parts(each, f"{place}/{name}")


@pytest.mark.django_db
def test_the_docs_need_no_other_host():
    page = APIClient().get("/api/v1/docs/")
    assert page.status_code == 200
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.content.decode())


def test_every_post_takes_a_key(tmp_path):
    call_command("spectacular", "--format", "openapi-json", "--file", str(tmp_path / "schema.json"))
    paths = json.loads((tmp_path / "schema.json").read_text())["paths"]
    taking = {path: {given["name"] for given in steps["post"].get("parameters", [])} for path, steps in paths.items() if "post" in steps}
    assert len(taking) > 20
    assert [path for path, names in taking.items() if "Idempotency-Key" not in names] == []
