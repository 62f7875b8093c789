"""Shows the consumers of the feed, and takes one further or back."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table

from claims.handlers import CONSUMERS
from claims.ledger import history, subscriptions
from claims.models import Subscription


class Command(BaseCommand):
    """`manage.py consume [NAME]`."""

    help = (
        "Without a name: every consumer of the feed, how far it has come and what stopped it. With one: takes it further now, or with"
        " --replay-from lets it take everything from that position on again. Workers do the first by themselves."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("name", nargs="?", choices=sorted(CONSUMERS), metavar="NAME", help=", ".join(sorted(CONSUMERS)))
        parser.add_argument("--replay-from", type=int, metavar="POSITION", help="the first position to take (again); skips if it is ahead")

    def handle(self, *args: Any, **options: Any) -> None:
        """Shows, or takes on."""
        name, position = options["name"], options["replay_from"]
        if name is None:
            if position is not None:
                raise CommandError(_("Name the consumer: %s.") % ", ".join(sorted(CONSUMERS)))
            self._show()
            return
        if position is not None:
            try:
                subscriptions.replay_from(name, position)
            except subscriptions.NoSuchPosition as error:
                raise CommandError(str(error)) from error
        done = subscriptions.deliver(CONSUMERS[name])
        held = Subscription.objects.get(name=name)
        if held.failures:
            raise CommandError(_("%(name)s stopped after position %(position)d: %(error)s") % vars(held))
        told = {"name": name, "done": done, "position": held.position}
        said = ngettext(
            "%(name)s took %(done)d event, and has come to position %(position)d.",
            "%(name)s took %(done)d events, and has come to position %(position)d.",
            done,
        )
        self.stdout.write(said % told)

    def _show(self) -> None:
        newest = history.newest()
        there = {held.name: held for held in Subscription.objects.all()}
        table = Table(_("name"), _("through position"), _("behind"), _("failures in a row"), _("error"))
        for name in sorted({*CONSUMERS, *there}):  # the rules follow it in their own runs
            held = there.get(name) or Subscription(name=name)
            table.add_row(name, f"{held.position}", f"{newest - held.position:,}", f"{held.failures}", held.error)
        Console(file=self.stdout).print(table)  # type: ignore[arg-type]
