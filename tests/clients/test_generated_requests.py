"""Thousands of requests that schemathesis generates from the description, right and wrong, alone and one after the other.

Every check that it has is asked; what is excused stands in schemathesis.toml, with its reason.
"""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from sources.api import tokens
from sources.roles import Role
from tests import make
from tests.contract import schema

SETTINGS = Path(__file__).with_name("schemathesis.toml")
SHORT, LONG = 50, 15 * 60  # seconds
EXCUSES = 5  # at most


@pytest.fixture
def described(api: str, tmp_path: Path) -> list[str]:
    """How schemathesis is called on a desk that has worked for some days, by somebody who may do everything."""
    make.history()
    (tmp_path / "schema.json").write_text(json.dumps(schema()))
    token = tokens.make(make.user(Role.ADMINISTRATOR))
    argv = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(SETTINGS), "run", str(tmp_path / "schema.json")]
    argv += ["--url", api, "--header", f"Authorization: Bearer {token}", "--seed", "20230421"]
    return [*argv, "--generation-database", "none", "--continue-on-failure", "--no-color"]


@pytest.mark.parametrize("phases", ["examples,coverage", "fuzzing,stateful"])
def test_generated_requests_are_answered_as_described(described, tmp_path, phases):
    done = run([*described, "--phases", phases], tmp_path, seconds=SHORT)
    assert done.returncode == 0, done.stdout


@pytest.mark.soak
def test_a_quarter_of_an_hour_of_generated_requests_is_answered_as_described(described, tmp_path):
    done = run(described, tmp_path, seconds=LONG)
    assert done.returncode == 0, done.stdout


def run(argv: list[str], folder: Path, *, seconds: int) -> subprocess.CompletedProcess[str]:
    """One run, in a folder of its own."""
    env = os.environ | {"PYTHONPATH": str(settings.BASE_DIR)}  # where its own check is found
    argv = [*argv, "--max-time", str(seconds)]
    return subprocess.run(argv, cwd=folder, env=env, capture_output=True, text=True, timeout=seconds * 4, check=False)


def test_few_failures_are_excused_and_each_has_its_reason():
    excused = re.findall(r"^# Excuse (\d+): .{40,}", SETTINGS.read_text(), re.MULTILINE)
    asked = tomllib.loads(SETTINGS.read_text())
    assert len(excused) <= EXCUSES
    assert len(excused) == len(asked.get("checks", ())) + len(asked.get("operations", ()))
