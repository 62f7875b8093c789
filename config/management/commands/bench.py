"""`manage.py bench`: speed as ratios against other tools and against the machine's own limits; what measures is in tests/bench."""

import importlib
from argparse import ArgumentParser
from types import ModuleType
from typing import Any

from django.core.management import BaseCommand, CommandError

NOT_SHIPPED = "What measures speed is in the folder tests/bench, which is not part of this install: run bench in a checkout of the source."


class Command(BaseCommand):
    """Hands over to the measurements."""

    help = (
        "Measures speed as ratios in one interleaved run, against other tools doing equal work on the same PostgreSQL. "
        "The other tools come with requirements-bench.txt; without one, its lines are left out. "
        "Absolute figures depend on the machine; a ratio under its line is a defect."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """NAME …, --quick, --json, --dataset, --million."""
        runner = _runner()
        there = "; ".join(f"{name}: {what}" for name, what in runner.NAMES.items()) if runner else NOT_SHIPPED
        parser.add_argument("names", nargs="*", metavar="NAME", help=there)
        parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: is everything still there?")
        parser.add_argument("--dataset", metavar="FILE", help="for matching and search: a judged set, JSON of docs, queries and qrels")
        parser.add_argument("--million", action="store_true", help="for matching: among a million claims, too")
        parser.add_argument("--json", action="store_true", help="only the list of lines, as JSON")

    def handle(self, *, names: list[str], quick: bool, million: bool, dataset: str | None, json: bool, **options: Any) -> None:
        """Measures what is named, or everything."""
        runner = _runner()
        if runner is None:
            raise CommandError(NOT_SHIPPED)
        runner.run(names, quick=quick, million=million, dataset=dataset, as_json=json, out=self.stdout, style=self.style)


def _runner() -> ModuleType | None:
    """The module that measures; None where tests are not shipped, or are somebody else's."""
    try:
        return importlib.import_module("tests.bench.runner")
    except ModuleNotFoundError as missing:
        if missing.name not in {"tests", "tests.bench", "tests.bench.runner"}:
            raise
        return None
