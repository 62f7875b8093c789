"""Verifies that the ledger and everything it vouches for is as it was written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import transparency
from sources.management.progress import bar


class Command(BaseCommand):
    """`manage.py verify`."""

    help = (
        "Checks every event (its place, leaf, columns and body), the tree and its signed heads, here and outside the database, the"
        " digest of every text and revision, that sources are as last revised and that the tables equal a replay of the events."
        " Exit 1 names the first thing that is wrong. Nothing is changed; the run is noted."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("--new", action="store_true", help="only what came since the last time that nothing was wrong")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verifies."""
        with bar(_("Verifying")) as progress:
            done = transparency.verified(whole=not options["new"], progress=progress, processes=2)
        if not done.ok:
            raise CommandError(done.fault)
        number = done.through + 1
        told = ngettext(
            "Nothing is wrong: %(number)s event, as it was written.", "Nothing is wrong: %(number)s events, each as it was written.", number
        )
        self.stdout.write(told % {"number": f"{number:,}"})
