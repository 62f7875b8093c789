"""`manage.py bench`: speed as ratios against other tools and against the machine's own limits."""

import importlib
import json
import os
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import ProgrammingError, connection, connections

from tests.bench.rounds import Line

NAMES = {
    "ledger": "one change with its history, many writers, batches",
    "past": "what was known then beside what is known now",
    "flags": "a run of the rules by what is due and by what is kept, and by several workers",
    "matching": "time and recall of near-duplicates among many claims, or with --dataset how good their order is",
    "search": "searching a million claims for words, or with --dataset how good the order is beside ts_rank",
    "lists": "a page of claims and of flags, over REST and at the desk, of many claims and of few",
    "reader": "articles a second and where the time goes, beside readers of dates and numbers",
}


_MODULES = {"past": "as_of"}  # where a measurement's module is not called as the measurement is


class Command(BaseCommand):
    """Runs the measurements that are named, each in a database of its own that is dropped again."""

    help = (
        "Measures speed as ratios in one interleaved run, against other tools doing equal work on the same PostgreSQL. "
        "The other tools come with requirements-bench.txt; without one, its lines are left out. "
        "Absolute figures depend on the machine; a ratio under its line is a defect."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """NAME …, --quick, --json."""
        parser.add_argument("names", nargs="*", metavar="NAME", help="; ".join(f"{name}: {what}" for name, what in NAMES.items()))
        parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: is everything still there?")
        parser.add_argument("--dataset", metavar="FILE", help="for matching and search: a judged set, JSON of docs, queries and qrels")
        parser.add_argument("--million", action="store_true", help="for matching: among a million claims, too")
        parser.add_argument("--json", action="store_true", help="only the list of lines, as JSON")

    def handle(self, *, names: list[str], quick: bool, **options: Any) -> None:
        """In a process of its own with the measurement's settings, where it is not one already."""
        if unknown := set(names) - set(NAMES):
            raise CommandError(f"There is no measurement {', '.join(sorted(unknown))}. There are: {', '.join(NAMES)}.")
        if os.environ.get("DJANGO_SETTINGS_MODULE") != "tests.bench.settings":
            self._outside()
            return
        if options["dataset"]:
            self._judged(names, options["dataset"], as_json=options["json"])
            return
        lines: list[Line] = []
        for name in names or list(NAMES):
            measurement = _module(name)
            if getattr(measurement, "DATABASE", True):
                more = {"million": True} if name == "matching" and options["million"] else {}
                lines += self._measured(measurement.measure, quick=quick, **more)
            else:
                lines += measurement.measure(quick=quick, notice=self._notice)
        if options["json"]:
            self.stdout.write(json.dumps([line.as_json() for line in lines], indent=1))
        else:
            self._table(lines)

    def _outside(self) -> None:
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
        done = subprocess.run([sys.executable, *sys.argv], env=environment, check=False)  # noqa: S603 - ourselves
        sys.exit(done.returncode)

    def _judged(self, names: list[str], file: str, *, as_json: bool) -> None:
        if names not in (["matching"], ["search"]):
            raise CommandError("--dataset belongs to one of the measurements matching and search.")
        if not Path(file).is_file():
            raise CommandError(f"There is no file {file}.")
        found = self._measured(_module(names[0]).score_dataset, file=file)
        self.stdout.write(json.dumps(found, indent=1) if as_json else "\n".join(f"{name:12} {value}" for name, value in found.items()))

    def _measured(self, measure: Callable[..., Any], **options: Any) -> Any:
        fresh_database()
        try:
            call_command("migrate", verbosity=0)
            call_command("migrate", run_syncdb=True, verbosity=0)  # the others' tables, which point at ours
            return measure(**options, notice=self._notice)
        finally:
            self._notice("")
            drop_database()

    def _notice(self, text: str) -> None:
        if sys.stderr.isatty():
            sys.stderr.write(f"\r\033[K{text}")

    def _table(self, lines: list[Line]) -> None:
        for line in lines:
            must = "" if line.must is None else f"{'≤' if line.at_most else '≥'} {line.must:g}"
            mark = "" if line.must is None else ("holds" if line.holds else self.style.ERROR("FALLS SHORT"))
            self.stdout.write(f"{line.ratio:10.2f}  {must:>8}  {mark:<11}  {line.name}")
            if line.detail:
                self.stdout.write(self.style.HTTP_INFO(f"{'':35}{line.detail}"))


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"tests.bench.{_MODULES.get(name, name)}")


def fresh_database() -> None:
    """An empty database for one measurement; what a killed one left behind goes first."""
    drop_database()
    _server(f'CREATE DATABASE "{settings.DATABASES["default"]["NAME"]}" TEMPLATE template0')


def drop_database() -> None:
    """Away with it."""
    connections.close_all()
    drop = f'DROP DATABASE IF EXISTS "{settings.DATABASES["default"]["NAME"]}"'
    try:
        _server(f"{drop} WITH (FORCE)")
    except ProgrammingError:  # autovacuum is at work in it, which we may not end; without FORCE PostgreSQL does so itself
        _server(drop)


def _server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
