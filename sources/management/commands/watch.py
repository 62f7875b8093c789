"""Looks at watched pages, and tells how they stand."""

from __future__ import annotations

import getpass
import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sources import jobs, watching
from sources.management.progress import bar
from sources.models import Attention, Document, Host, Watch, Work
from sources.roles import Actor, Role
from sources.watching import hosts, outcomes

SHOWN = 200  # rows of the table
PATIENCE = 120.0  # seconds that one site is waited for


class Command(BaseCommand):
    """`manage.py watch`."""

    help = (
        "Shows which pages are watched, when they were looked at and what came of it. With --now they are looked at at once, whatever"
        " their time (and though WATCHING is 0), each site in turn and with its pauses. DOCUMENT is an id or an address: a page that"
        " was not watched is watched from now on. Example: watch --now https://news.example/article"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument(
            "document", metavar="DOCUMENT", nargs="*", help="a document's id, or its address; all that is watched where left out"
        )
        parser.add_argument(
            "--adopt",
            action="store_true",
            help="after a load: first take up the pages and feeds that were watched where the copy was made, and begin with every page that"
            " came from the web and was neither watched nor taken off the watch",
        )
        parser.add_argument("--now", action="store_true", help="look now")

    def handle(self, *args: Any, **options: Any) -> None:
        """Begins, looks, prints."""
        if options["adopt"]:
            self._adopt()
        chosen = [_begun(_found(said)) for said in options["document"]] if options["document"] else None
        rows = Watch.objects.filter(pk__in=chosen) if chosen is not None else Watch.objects.all()
        if options["now"]:
            self._look(list(rows.filter(attention=Attention.ON).values_list("pk", flat=True)))
        self._show(rows)

    def _adopt(self) -> None:
        """Of what came with a copy, what people had watched there; and every page that came from the web and nobody decided about."""
        came = Document.objects.filter(watch=None, snapshots__fetched__isnull=False).exclude(url="").distinct()
        for document in came.iterator(chunk_size=500):
            _begun(document)
        watching.take_up()

    def _look(self, pages: list[Any]) -> None:
        with bar(_("Looking")) as progress:
            for done, page in enumerate(pages, 1):
                self._look_at(page)
                progress(done, len(pages))

    def _look_at(self, page: Any) -> None:
        until = time.monotonic() + PATIENCE
        key = f"{watching.WATCH}:{page}"
        jobs.owe_again(watching.WATCH, key)
        while (owed := jobs.lease_one(key, watching.LEASE)) is not None:
            if watching.do(owed, always=True) != "busy" or time.monotonic() > until:
                return
            time.sleep(_seconds_until_free(page, owed))

    def _show(self, rows: Any) -> None:
        table = Table(_("page"), pgettext("page", "standing"), _("last checked"), _("outcome"), _("failures in a row"), _("next check"))
        for watch in rows.select_related("document__outlet__watch").order_by("-checked_at")[:SHOWN]:
            standing = watch.get_attention_display() if not watch.gone_since else pgettext("page", "gone")
            cells = (watch.document.url, standing, _moment(watch.checked_at), outcomes.label(watch.outcome), watch.failures)
            table.add_row(*(Text(str(cell)) for cell in cells), _moment(watch.next_at))
        if table.row_count:
            Console(file=self.stdout).print(table)  # type: ignore[arg-type]
        words = {"count": rows.count(), "gone": rows.filter(gone_since__isnull=False).count()}
        told = ngettext("%(count)d page, %(gone)d of them gone.", "%(count)d pages, %(gone)d of them gone.", words["count"])
        self.stdout.write(told % words)
        if not settings.WATCHING:
            self.stdout.write(_("Watching is switched off (WATCHING=0): nothing is looked at unless asked for."))


def _found(said: str) -> Document:
    try:
        which = Q(pk=UUID(said))
    except ValueError:
        which = Q(url=said)
    found = Document.objects.filter(which).order_by("-created_at").first()
    if found is None:
        raise CommandError(_("There is no document “%s”.") % said)
    return found


def _begun(document: Document) -> UUID:
    """Its id; watched from now on unless somebody has stopped that."""
    if not Watch.objects.filter(document=document).exists():
        try:
            watching.begin(document, by=Actor(getpass.getuser(), roles=frozenset({Role.REVIEWER})))
        except (watching.NoPage, ValidationError) as error:
            raise CommandError(str(error)) from error
    return document.pk


def _seconds_until_free(page: Any, owed: Work) -> float:
    """How long its site wants to be left alone; the place in its queue is for workers, who have other things to do meanwhile."""
    url = Document.objects.values_list("url", flat=True).get(pk=page)
    host = Host.objects.filter(name=hosts.name_of(url)).first()
    now = timezone.now()
    wait = (host.free(now) - now).total_seconds() if host else 0.0
    return min(max(wait, 0.2), PATIENCE)


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else "–"
