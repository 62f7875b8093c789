"""How many claims there are, by where they stand and what they are; how good the reader is in use."""

import json
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from rich.console import Console
from rich.table import Table

from claims.domain.choices import FlagStatus, Kind, Status
from claims.intake import reader_metrics
from claims.intake.reader_metrics import Reader, Report
from claims.models import Claim, EventRecord, Flag
from sources.management.progress import bar


class Command(BaseCommand):
    """`manage.py stats [reader]`."""

    help = (
        "Counts the claims by status and kind, and the open flags by rule. `stats reader` counts what became of the reader's"
        " proposals: accepted unchanged, edited, rejected or still waiting, by field and by version of the reader."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be asked."""
        parser.add_argument("name", nargs="?", choices=["claims", "reader"], default="claims", help="which figures; claims when left out")
        parser.add_argument("--since", metavar="DATE", help="reader: only what was proposed from this day on, such as 2026-11-01")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prints the tables."""
        since = _day(options["since"])
        if options["name"] == "reader":
            self._reader(since, as_json=options["json"])
        elif since:
            raise CommandError(_("--since is for `stats reader`."))
        else:
            self._claims(as_json=options["json"])

    # ── claims and flags

    def _claims(self, *, as_json: bool) -> None:
        counted = Claim.objects.order_by().values_list("status", "kind").annotate(n=Count("pk"))
        numbers = {(status, kind): n for status, kind, n in counted}
        flags = Flag.objects.filter(state=FlagStatus.OPEN).order_by("rule").values_list("rule").annotate(n=Count("pk"))
        if as_json:
            claims = {status.value: {kind.value: numbers.get((status.value, kind.value), 0) for kind in Kind} for status in Status}
            self.stdout.write(json.dumps({"claims": claims, "open_flags": dict(flags)}, indent=2))
            return
        table = Table(_("status"), *(str(kind.label) for kind in Kind), _("all"))
        for status in Status:
            row = [numbers.get((status.value, kind.value), 0) for kind in Kind]
            table.add_row(str(status.label), *(f"{n:,}" if n else "" for n in row), f"{sum(row):,}")
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        console.print(table)
        rules = Table(_("rule"), _("open flags"))
        for rule, n in flags:
            rules.add_row(rule, f"{n:,}")
        if rules.row_count:
            console.print(rules)

    # ── the reader

    def _reader(self, since: datetime | None, *, as_json: bool) -> None:
        with bar(_("Reading the ledger")) as progress:
            total = EventRecord.objects.filter(type__startswith="Claim").count()
            told = reader_metrics.report(reader_metrics.whole_ledger(lambda done: progress(done, total)), since=since)
        if as_json:
            self.stdout.write(json.dumps(_plain(told, since), indent=2))
            return
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        if not told.readers:
            self.stdout.write(_("The reader has proposed nothing yet: capture a text, and work through the queue."))
        for version, reader in sorted(told.readers.items()):
            number = reader.proposals
            title = ngettext("Reader %(name)s: %(number)s proposal", "Reader %(name)s: %(number)s proposals", number)
            console.print(_table(title % {"name": version, "number": f"{number:,}"}, reader))
        if len(told.readers) > 1:
            number = told.together.proposals
            title = ngettext("All versions: %(number)s proposal", "All versions: %(number)s proposals", number)
            console.print(_table(title % {"number": f"{number:,}"}, told.together))
        self.stdout.write(_("Claims that people marked in texts themselves: %(n)s") % {"n": f"{told.by_people:,}"})


def _day(given: str | None) -> datetime | None:
    if not given:
        return None
    try:
        return timezone.make_aware(datetime.combine(date.fromisoformat(given), time()))
    except ValueError as error:
        raise CommandError(_("“%(date)s” is no day: write 2026-11-01.") % {"date": given}) from error


def _table(title: str, reader: Reader) -> Table:
    columns = (_("unchanged"), _("edited"), _("rejected"), _("waiting"), _("set aside"), pgettext("as read", "kept"))
    table = Table(_("field"), *columns, title=title, title_justify="left")
    for name, count in [(_("whole claim"), reader.whole), *reader.fields.items()]:
        share = count.right if count is reader.whole else count.kept
        numbers = (count.unchanged, count.edited, count.rejected, count.waiting, count.set_aside)
        table.add_row(name, *(f"{n:,}" if n else "" for n in numbers), "" if share is None else f"{share:.1%}")
    return table


def _plain(told: Report, since: datetime | None) -> dict[str, Any]:
    versions = [{"reader": version, **_counts(reader)} for version, reader in sorted(told.readers.items())]
    return {
        "since": since.date().isoformat() if since else None,
        "readers": versions,
        "all": _counts(told.together),
        "by_people": told.by_people,
    }


def _counts(reader: Reader) -> dict[str, Any]:
    whole = asdict(reader.whole) | {"right": reader.whole.right}
    return {
        "proposals": reader.proposals,
        "whole": whole,
        "fields": {name: asdict(count) | {"kept": count.kept} for name, count in reader.fields.items()},
    }
