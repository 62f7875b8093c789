"""Makes the tables again from the ledger."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from claims import replay
from claims.management.progress import bar


class Command(BaseCommand):
    """`manage.py rebuild`."""

    help = (
        "Writes the tables of claims, their parts and flags anew from the events, in one transaction: readers see the old rows"
        " until the new ones are there, and writers wait. Safe to stop: then nothing is changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuilds."""
        with bar(_("Rebuilding")) as progress:
            done = replay.rebuild(progress)
        self.stdout.write(_("The tables are rebuilt from %s events.") % f"{done:,}")
