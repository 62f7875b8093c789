"""Adds, shows, polls and removes the feeds that bring documents."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sources import jobs, watching
from sources.errors import Refusal
from sources.models import Feed
from sources.roles import Actor, Role
from sources.watching import feeds, outcomes


class Command(BaseCommand):
    """`manage.py feed`."""

    help = (
        "Shows the feeds (RSS, Atom) that are polled. `feed add URL --outlet NAME` polls one more: each new entry becomes a document,"
        " from its page or (--as-carried) from what the feed carries of it. `feed poll [URL]` looks now; `feed remove URL` ends it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("what", nargs="?", choices=["list", "add", "poll", "remove"], default="list")
        parser.add_argument("url", nargs="?", default="", help="the feed's address")
        parser.add_argument("--outlet", default="", help="with add: whose feed it is")
        parser.add_argument("--every", type=int, default=30, metavar="MINUTES", help="with add: how often to look (30)")
        parser.add_argument("--as-carried", action="store_true", help="with add: do not fetch the entries' pages")

    def handle(self, *args: Any, **options: Any) -> None:
        """Does it."""
        url, by = options["url"], Actor(getpass.getuser(), roles=frozenset({Role.REVIEWER}))
        if options["what"] == "add":
            self._add(url, by, options)
        elif options["what"] == "remove":
            feeds.remove(_found(url), by=by)
            self.stdout.write(_("It is polled no longer; its documents stay."))
        elif options["what"] == "poll":
            self._poll([_found(url)] if url else list(Feed.objects.order_by("pk")))
        else:
            self._show()

    def _add(self, url: str, by: Actor, options: dict[str, Any]) -> None:
        if not (url and options["outlet"].strip()):
            raise CommandError(_("Name the feed's address and, with --outlet, whose it is."))
        try:
            feeds.add(url, options["outlet"], by=by, every=options["every"], pages=not options["as_carried"])
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("It is polled from now on."))

    def _poll(self, rows: list[Feed]) -> None:
        for feed in rows:
            jobs.owe_again(watching.POLL, watching.key_of(feed))
            owed = jobs.lease_one(watching.key_of(feed), watching.LEASE)
            told = outcomes.label(watching.do(owed, always=True)) if owed else _("somebody is looking at it")
            self.stdout.write(f"{feed.url}: {told}")

    def _show(self) -> None:
        table = Table(_("feed"), _("outlet"), _("last checked"), _("outcome"), _("next check"), _("entries"))
        for feed in Feed.objects.select_related("outlet").order_by("outlet__name", "pk"):
            cells = (feed.url, feed.outlet.name, _moment(feed.checked_at), outcomes.label(feed.outcome), _moment(feed.next_at))
            table.add_row(*(Text(str(cell)) for cell in cells), str(feed.entries.count()))
        if table.row_count:
            Console(file=self.stdout).print(table)  # type: ignore[arg-type]
        else:
            self.stdout.write(_("No feed is polled: add one with feed add URL --outlet NAME."))


def _found(url: str) -> Feed:
    found = Feed.objects.filter(url=url).select_related("outlet").first()
    if found is None:
        raise CommandError(_("There is no feed “%s”.") % url)
    return found


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else "–"
