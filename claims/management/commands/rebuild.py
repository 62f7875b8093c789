"""Makes the tables again from the ledger."""

import os
import subprocess
import sys
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import ProgrammingError, connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.ledger import rebuild
from claims.models import EventRecord
from sources.management.progress import bar

WORTH_IT = 200_000  # events; a second process takes a second to start


class Command(BaseCommand):
    """`manage.py rebuild`."""

    help = (
        "Makes the tables of claims, their parts and flags again from the events, beside those in use, and swaps in what differs at"
        " once: readers see the old rows until the new ones are there, and writers wait a moment. Safe to kill: run it again, and it"
        " goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("--processes", type=int, help="how many fold at once (by itself: two, where there is enough to do)")
        parser.add_argument("--only-fold", action="store_true", help="help a rebuild that is under way with its folding")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuilds."""
        if options["only_fold"]:
            with suppress(ProgrammingError):  # all is done, and the plan gone
                rebuild.fold_ranges(lambda done, total: None)
            return
        processes = options["processes"] or (min(2, os.cpu_count() or 1) if EventRecord.objects.count() > WORTH_IT else 1)
        started: list[subprocess.Popen[bytes]] = []
        try:
            with bar(_("Rebuilding")) as progress:
                done = rebuild.rebuild(progress, helpers=lambda: started.extend(_helper() for _ in range(processes - 1)))
        except rebuild.AlreadyRebuilding as error:
            raise CommandError(str(error)) from error
        finally:
            for helper in started:
                helper.wait()
        if done.resumed:
            self.stdout.write(_("A rebuild that was begun before was gone on with."))
        words = {"events": f"{done.events:,}", "mended": f"{done.mended:,}", "waited": f"{done.waited:.2f}"}
        told = ngettext(
            "The tables are rebuilt from %(events)s event; claims and flags mended: %(mended)s; writers waited %(waited)s s.",
            "The tables are rebuilt from %(events)s events; claims and flags mended: %(mended)s; writers waited %(waited)s s.",
            done.events,
        )
        self.stdout.write(told % words)


def _helper() -> subprocess.Popen[bytes]:
    argv = [sys.executable, str(settings.BASE_DIR / "manage.py"), "rebuild", "--only-fold"]
    words = {name: str(word) for name, word in connection.get_connection_params().items() if isinstance(word, str | int)}
    words.pop("prepare_threshold", None)  # psycopg's own
    quoted = {name: word.replace("\\", "\\\\").replace("'", "\\'") for name, word in words.items()}
    # The words of this connection, so that a helper works on the same database whatever the settings were made of.
    given = " ".join(f"{name}='{value}'" for name, value in quoted.items())
    env = {name: word for name, word in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | {"DATABASE_URL": given}
    return subprocess.Popen(argv, env=env, stdin=subprocess.DEVNULL)  # noqa: S603
