"""Settings that make no sense: one value by itself stops the start, values that do not go together are system checks."""

import os
import re
import subprocess
import sys

import pytest
from django.core.checks import run_checks

from config import env
from config.embedded import paths
from config.setting_checks import settings_make_sense

# Each variable of docs/operators.md: a value that stops the start, or what else looks at it, or why nothing can be wrong with it.
STOPS = {
    "DATABASE_URL": "nonsense://x",
    "REDIS_URL": "postgresql://x",
    "ISNAD_HOME": "/dev/null/x",
    "ISNAD_SIGNING_KEY": "no key",
    "ISNAD_ORIGIN": "desk example",
    "HTTPS": "perhaps",
    "PGBOUNCER": "perhaps",
    "LANGUAGE_CODE": "fr",
    "TIME_ZONE": "Riyadh",
    "PUBLIC_READ": "perhaps",
    "PUBLIC_MAX_AGE": "-1",
    "CORS_ORIGINS": "reader.example",
    "MAX_TEXT_BYTES": "12",
    "WATCHING": "perhaps",
    "WATCHING_PAUSE": "0",
    "FETCH_SECONDS": "0",
    "FETCH_PORTS": "80 https",
    "OWN_VERDICTS": "perhaps",
    "READER_PRECISE": "perhaps",
    "STALE_AFTER_DAYS": "0",
    "OVERDUE_AFTER_DAYS": "-1",
    "LONG_OVERDUE_AFTER_DAYS": "many",
    "ISNAD_ADDRESS": "desk.example",
    "WEBHOOKS_PRIVATE": "perhaps",
    "WEBHOOKS_PATIENCE_DAYS": "0",
    "EMAIL_PORT": "65536",
    "EMAIL_STARTTLS": "perhaps",
    "EMAIL_SSL": "perhaps",
    "EMAIL_FROM": "the desk",
    "LOG_LEVEL": "LOUD",
    "DEBUG": "perhaps",
}
CHECKED = {
    "CSRF_TRUSTED_ORIGINS": "4_0.E001, Django's own",
    "ALLOWED_HOSTS": "isnad.W007",
    "RULES_OFF": "isnad.W004",
    "EMAIL_HOST_USER": "isnad.W010",
    "EMAIL_HOST_PASSWORD": "isnad.W011",
}
ANYTHING = {
    "SECRET_KEY": "any text is a key; how good a one, `check --deploy` says",
    "ISNAD_CHECKPOINTS": "a folder that is made at need, on this machine or another",
    "EMAIL_HOST": "a name that only the network knows",
}

DUE = {"stale-in-queue": {"days": 3}, "due": {"overdue_after": 7, "long_overdue_after": 7}}
TOGETHER = [
    ("isnad.E001", {"FETCH_SECONDS": 60}),
    ("isnad.E002", {"CELERY_TASK_TIME_LIMIT": 300}),
    ("isnad.E002", {"CELERY_TASK_SOFT_TIME_LIMIT": 140}),
    ("isnad.W003", {"WATCHING_PAUSE": 301}),
    ("isnad.E003", {"MAX_TEXT_BYTES": 60 * 1024 * 1024}),
    ("isnad.W004", {"RULES_OFF": ["no-horizon", "nobodynamed"]}),
    ("isnad.W005", {"RULE_PARAMETERS": DUE}),
    ("isnad.W006", {"HTTPS": True, "ADDRESS": "http://127.0.0.1:8000"}),
    ("isnad.W007", {"ADDRESS": "https://desk.example/claims"}),
    ("isnad.W008", {"DEBUG": True, "ALLOWED_HOSTS": ["desk.example", "127.0.0.1"]}),
    ("isnad.W009", {"PGBOUNCER": True, "EMBEDDED_DATABASE": True}),
    ("isnad.W010", {"EMAIL_USE_TLS": True}),
    ("isnad.W011", {"EMAIL_HOST": "mail.example", "EMAIL_HOST_USER": "desk"}),
]


def _found():
    return {found.id for found in settings_make_sense()}


def test_settings_as_they_come_make_sense(settings):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]  # the tests add one
    assert _found() == set()


def test_django_asks_these_checks_too(settings):
    settings.RULES_OFF = ["nobodynamed"]
    assert "isnad.W004" in {found.id for found in run_checks()}


@pytest.mark.parametrize(("number", "values"), TOGETHER)
def test_what_does_not_go_together_is_found(settings, number, values):
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    for name, value in values.items():
        setattr(settings, name, value)
    assert _found() == {number}


def test_an_address_of_six_colons_may_be_allowed(settings):
    settings.ADDRESS, settings.ALLOWED_HOSTS = "http://[::1]:8000", ["[::1]"]
    assert _found() == set()


def test_every_check_has_a_number_of_its_own_and_stands_in_the_operators_table():
    numbers = re.findall(r"id=\"(isnad\.[EW]\d{3})\"", (paths.BASE / "config" / "setting_checks.py").read_text(encoding="utf-8"))
    assert len(numbers) == len(set(numbers))
    assert set(numbers) == {number for number, _values in TOGETHER}
    told = set(re.findall(r"^\| `(isnad\.[EW]\d{3})` \|", _operators(), re.MULTILINE))
    assert told == {"isnad.W001", "isnad.W002", *numbers}


def _operators() -> str:
    return (paths.BASE / "docs" / "operators.md").read_text(encoding="utf-8")


def test_every_variable_is_told_to_operators_and_has_its_check_or_needs_none():
    table = _operators().split("## Variables")[1].split("\n## ")[0]
    told = {name for row in re.findall(r"^\| (`[A-Z_`, ]+`) \|", table, re.MULTILINE) for name in re.findall(r"[A-Z_]+", row)}
    source = "".join((paths.BASE / "config" / file).read_text(encoding="utf-8") for file in ("settings.py", "embedded/paths.py"))
    read = set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", source))
    assert told == read
    assert told == STOPS.keys() | CHECKED.keys() | ANYTHING.keys()


@pytest.mark.parametrize("name", sorted(STOPS.keys() - {"ISNAD_HOME"}))
def test_a_value_that_cannot_be_meant_stops_the_start_with_a_sentence(tmp_path, name):
    given = {"ISNAD_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", name: STOPS[name]}
    words = [sys.executable, "-c", "import config.settings"]
    ended = subprocess.run(words, env=os.environ | given, cwd=paths.BASE, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr.strip().count("\n")) == (1, 0), ended.stderr
    assert ended.stderr.startswith(name)


@pytest.mark.parametrize("given", ["", " , ", "80,0", "70000", "٨٠"])
def test_ports_are_numbers_of_ports(monkeypatch, given):
    monkeypatch.setenv("FETCH_PORTS", given)
    with pytest.raises(env.Nonsense):
        env.numbers("FETCH_PORTS", "80", least=1, most=65535)


def test_a_word_is_known_in_small_and_in_large_letters(monkeypatch):
    monkeypatch.setenv("LOG_LEVEL", "info")
    assert env.choice("LOG_LEVEL", "WARNING", of=["INFO", "WARNING"]) == "INFO"
