"""Prints what each follow-up rule asks, from the rules themselves."""

import inspect
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from claims.flagging import parameters_of
from claims.rules import Rule, all_rules, never


class Command(BaseCommand):
    """`manage.py rules`."""

    help = (
        "Prints every follow-up rule as a page of Markdown: what it asks, how its findings read, what can be set and what it is set to"
        " here. The page docs/each-rule.md is made of it with --defaults, in English."
    )
    requires_system_checks: list[Any] = []  # it asks nothing of the servers

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en", help="of the sentences")
        parser.add_argument("--defaults", action="store_true", help="the parameters as the program comes, not as they are set here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints."""
        with translation.override(options["language"]):
            for rule in all_rules().values():
                self.stdout.write("\n".join(_lines(rule, defaults=options["defaults"])))
                self.stdout.write("")


def _lines(rule: Rule, *, defaults: bool) -> Iterator[str]:
    off = "" if defaults or rule.name not in settings.RULES_OFF else " (switched off here)"
    yield f"## `{rule.name}`{off}\n"
    yield f"{_told(inspect.getmodule(rule.find).__doc__)} {_told(rule.find.__doc__)}\n"
    for code, (reason, hint) in rule.sentences.items():
        yield f"- `{code}`: {reason} *{hint}*"
    parameters = rule.defaults if defaults else parameters_of(rule)
    told = [f"`{name}` {value}" for name, value in parameters.items()]
    facts = [f"Parameters: {', '.join(told)}."] if told else []
    facts += [f"Looks at {', '.join(f'`{part}`' for part in rule.needs)} around the claim."] if rule.needs else []
    facts += ["Asked again when a day has come, too."] if rule.turns is not never else []
    if facts:
        yield f"\n{' '.join(facts)}"


def _told(words: str | None) -> str:
    """A docstring on one line."""
    return " ".join((words or "").split())
