"""The schema of the API: whole, sound, and its page asks nobody else for anything."""

import json
import re

import pytest
from django.core.management import call_command
from rest_framework.test import APIClient


def test_the_schema_is_valid_and_warns_of_nothing(tmp_path):
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(tmp_path / "schema.yaml"))
    assert "/api/v1/claims/{id}/accept/" in (tmp_path / "schema.yaml").read_text()


@pytest.mark.django_db
def test_the_docs_need_no_other_host():
    page = APIClient().get("/api/v1/docs/")
    assert page.status_code == 200
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', page.content.decode())


def test_every_post_that_changes_something_takes_a_key(tmp_path):
    call_command("spectacular", "--format", "openapi-json", "--file", str(tmp_path / "schema.json"))
    paths = json.loads((tmp_path / "schema.json").read_text())["paths"]
    taking = {path: {given["name"] for given in steps["post"].get("parameters", [])} for path, steps in paths.items() if "post" in steps}
    assert len(taking) > 20
    assert [path for path, names in taking.items() if "Idempotency-Key" not in names] == ["/api/v1/match/"]
