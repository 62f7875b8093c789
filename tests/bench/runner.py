"""Runs the measurements that are named, each in a database of its own that is dropped again, one bench of a home at a time."""

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper
from django.core.management.color import Style
from django.db import ProgrammingError, connection, connections

from config.embedded import paths
from config.embedded.locks import Lock
from tests.bench.rounds import Line

SETTINGS = "tests.bench.settings"
NAMES = {
    "ledger": "one change with its history, many writers, batches",
    "api": "claims over HTTP, read and written, beside plain Django REST framework on the same tables",
    "past": "what was known then beside what is known now",
    "flags": "a run of the rules by what is due and by what is kept, and by several workers",
    "matching": "time and recall of near-duplicates among many claims, or with --dataset how good their order is",
    "search": "searching a million claims for words, or with --dataset how good the order is beside ts_rank",
    "lists": "a page of claims and of flags, over REST and at the desk, of many claims and of few",
    "reader": "articles a second and where the time goes, beside readers of dates and numbers",
}
_MODULES = {"api": "http_api", "past": "as_of"}  # where a measurement's module is not called as the measurement is


def run(names: list[str], *, quick: bool, million: bool, dataset: str | None, as_json: bool, out: OutputWrapper, style: Style) -> None:
    """Measures and prints; in a process with the measurement's settings, where this is not one. What is wrong is a CommandError."""
    if unknown := set(names) - set(NAMES):
        raise CommandError(f"There is no measurement {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.")
    if os.environ.get("DJANGO_SETTINGS_MODULE") != SETTINGS:
        done = subprocess.run([sys.executable, *sys.argv], env=os.environ | {"DJANGO_SETTINGS_MODULE": SETTINGS}, check=False)
        sys.exit(done.returncode)
    with only_bench():
        if dataset:
            found = _scores(names, dataset)
            out.write(json.dumps(found, indent=1) if as_json else "\n".join(f"{name:12} {value}" for name, value in found.items()))
            return
        lines = [line for name in names or NAMES for line in _lines(name, quick=quick, million=million)]
        if as_json:
            out.write(json.dumps([line.as_json() for line in lines], indent=1))
        else:
            _print_table(lines, out, style)


@contextmanager
def only_bench() -> Iterator[None]:
    """Keeps every other bench of this home out: two would drop each other's database and be slow by each other. Ends with the process."""
    paths.make_folders()
    lock = Lock(paths.home() / "bench.lock")
    if not lock.take():
        raise CommandError(f"A bench is at work in {paths.home()} already: two at once would measure each other. Wait until it has ended.")
    try:
        yield
    finally:
        lock.release()


def _lines(name: str, *, quick: bool, million: bool) -> list[Line]:
    measurement = _module(name)
    if not getattr(measurement, "DATABASE", True):
        return list(measurement.measure(quick=quick, notice=_notice))
    more = {"million": True} if name == "matching" and million else {}
    return list(_in_fresh_database(measurement.measure, quick=quick, **more))


def _scores(names: list[str], file: str) -> dict[str, Any]:
    if names not in (["matching"], ["search"]):
        raise CommandError("--dataset belongs to one of the measurements matching and search.")
    if not Path(file).is_file():
        raise CommandError(f"There is no file {file}.")
    return dict(_in_fresh_database(_module(names[0]).score_dataset, file=file))


def _in_fresh_database(measure: Callable[..., Any], **options: Any) -> Any:
    """What a measurement gives in an empty database; what a killed one left behind goes first."""
    _drop_database()
    _at_server(f'CREATE DATABASE "{settings.DATABASES["default"]["NAME"]}" TEMPLATE template0')
    try:
        call_command("migrate", verbosity=0)
        call_command("migrate", run_syncdb=True, verbosity=0)  # the others' tables, which point at ours
        return measure(**options, notice=_notice)
    finally:
        _notice("")
        _drop_database()


def _drop_database() -> None:
    connections.close_all()
    drop = f'DROP DATABASE IF EXISTS "{settings.DATABASES["default"]["NAME"]}"'
    try:
        _at_server(f"{drop} WITH (FORCE)")
    except ProgrammingError:  # autovacuum is at work in it, which we may not end; without FORCE PostgreSQL does so itself
        _at_server(drop)


def _at_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def _notice(text: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")


def _print_table(lines: list[Line], out: OutputWrapper, style: Style) -> None:
    for line in lines:
        must = "" if line.must is None else f"{'≤' if line.at_most else '≥'} {line.must:g}"
        mark = "" if line.must is None else ("holds" if line.holds else style.ERROR("FALLS SHORT"))
        out.write(f"{line.ratio:10.2f}  {must:>8}  {mark:<11}  {line.name}")
        if line.detail:
            out.write(style.HTTP_INFO(f"{'':35}{line.detail}"))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"tests.bench.{_MODULES.get(name, name)}")
