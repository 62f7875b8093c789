"""Runs the follow-up rules now, or tries them on another day."""

from argparse import ArgumentTypeError
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Column, Table
from rich.text import Text

from claims import flagging, rules
from claims.domain import dates_in_words
from claims.flagging import NoSuchRule
from claims.management import field_arguments
from sources.management.progress import bar

MOST_DAYS = 3700  # a back-test of ten years


class Command(BaseCommand):
    """`manage.py flag`."""

    help = (
        "Runs the follow-up rules on every waiting claim, as the workers do every quarter of an hour: raises what should be"
        " raised and clears what has ended. With --dry-run it prints what would be found and changes nothing; only then may"
        " another day than today be named (--as-of, or --from and --to), which tries the rules on the past or the future, on each"
        " claim as it was known on each day, and with what its pages showed on it. Rules that cannot be tried on the past are named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("--rule", metavar="NAME", help="only this rule")
        parser.add_argument("--dry-run", action="store_true", help="print the findings, change nothing")
        parser.add_argument("--as-of", metavar="DATE", help="with --dry-run: as if today were this day (2023-06-10)")
        parser.add_argument("--from", metavar="DATE", dest="first", help="with --dry-run: every day from this one …")
        parser.add_argument("--to", metavar="DATE", dest="last", help="… to this one; each finding is named on its first day")

    def handle(self, *args: Any, **options: Any) -> None:
        """Runs or tries."""
        try:
            only = flagging.chosen(options["rule"])
        except NoSuchRule as error:
            raise CommandError(str(error)) from error
        days = _days(options)
        if options["dry_run"]:
            self._try(only, days)
            return
        done = flagging.run(options["rule"])
        raised = ngettext("%(number)s flag raised", "%(number)s flags raised", done.raised) % {"number": done.raised}
        cleared = ngettext("%(number)s cleared", "%(number)s cleared", done.cleared) % {"number": done.cleared}
        self.stdout.write(_("%(raised)s, %(cleared)s.") % {"raised": raised, "cleared": cleared})

    def _try(self, only: list[rules.Rule], days: list[date]) -> None:
        if unknown := flagging.forgetful(only):
            self.stdout.write(_("Not tried, since nobody knows how what they look at was then: %s.") % ", ".join(unknown))
        table = Table(Column(_("day"), no_wrap=True), _("rule"), _("code"), _("claim"), _("speaker"), _("reason"))
        with bar(_("Trying")) as progress:
            found_on = flagging.tried(only, days[0], days[-1], progress)
        for day, found in found_on:
            reason, _hint = rules.sentence(found.rule.name, found.finding.code, found.finding.parameters)
            cells = (found.claim.statement, found.claim.speaker_name or found.claim.get_speaker_type_display(), reason)
            # Text, not markup: a statement may hold square brackets.
            table.add_row(dates_in_words.day(day), found.rule.name, found.finding.code, *(Text(str(cell)) for cell in cells))
        if table.row_count:
            Console(file=self.stdout).print(table)  # type: ignore[arg-type]
        number = table.row_count
        told = ngettext("%(number)s finding; nothing was changed.", "%(number)s findings; nothing was changed.", number)
        self.stdout.write(told % {"number": number})


def _days(options: dict[str, Any]) -> list[date]:
    """The days that are asked for: today unless it is a dry run."""
    named = [options[name] for name in ("as_of", "first", "last")]
    if not any(named):
        return [timezone.localdate()]
    if not options["dry_run"]:
        raise CommandError(_("Another day than today can only be tried: add --dry-run."))
    as_of, first, last = (_day(text) if text else None for text in named)
    if as_of and (first or last):
        raise CommandError(_("Name one day with --as-of, or a span with --from and --to, not both."))
    if as_of:
        return [as_of]
    if not (first and last):
        raise CommandError(_("A span needs both --from and --to."))
    if not first <= last or (last - first).days > MOST_DAYS:
        raise CommandError(_("A span runs forwards and takes ten years at most."))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _day(text: str) -> date:
    try:
        return field_arguments.day_of(text)
    except ArgumentTypeError as error:
        raise CommandError(str(error)) from error
