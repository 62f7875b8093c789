"""Documents are read again with today's reader: what it would change is shown, or done."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims import extraction, ledger
from claims.intake import differences, reread
from claims.intake.reread import Changed, Reread
from sources.management.progress import bar
from sources.models import Document

PAGE = 500  # ids of documents in memory
COUNTS = ("documents", "lost", "gained", "changed", "offered", "same", "skipped")


class Command(BaseCommand):
    """`manage.py reread [DOCUMENT …]`."""

    help = (
        "Reads documents again with today's version of the reader: all, or those named. Shows the claims that it does not read any"
        " more (lost), reads for the first time (gained) or reads otherwise (changed, field by field). Proposes what was gained,"
        " changes what nobody has touched, offers the rest to people; what was lost stays, for a person to reject. Safe to kill and"
        " to run again: each document is done whole or not at all, and the same again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("documents", nargs="*", type=UUID, metavar="DOCUMENT", help="ids of documents; all where none is named")
        parser.add_argument("--dry-run", action="store_true", help="only show what would come of it")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, documents: list[UUID], **options: Any) -> None:
        """Reads, tells of each document that differs, and counts."""
        dry, as_json = options["dry_run"], options["json"]
        if missing := set(documents) - set(Document.objects.filter(pk__in=documents).values_list("pk", flat=True)):
            raise CommandError(_("There is no document %(id)s.") % {"id": min(missing)})
        total = len(set(documents)) or Document.objects.count()
        counts = dict.fromkeys(COUNTS, 0)
        if as_json:
            head = json.dumps({"reader": extraction.READER_VERSION, "dry_run": dry})
            self.stdout.write(f'{head[:-1]}, "documents": [', ending="")
        shown = 0
        with bar(_("Reading")) as progress:
            for done, document in enumerate(_ids(documents), 1):
                came_of_it = self._one(document, counts, dry=dry)
                progress(done, total)
                if not came_of_it:
                    continue
                if as_json:
                    self.stdout.write(("," if shown else "") + json.dumps(_plain(came_of_it), ensure_ascii=False, default=str))
                else:
                    self._tell(came_of_it)
                shown += 1
        if as_json:
            self.stdout.write(f'], "counts": {json.dumps(counts)}}}')
        else:
            self._sum(counts, dry=dry)

    def _one(self, document: UUID, counts: dict[str, int], *, dry: bool) -> Reread | None:
        counts["documents"] += 1
        try:
            came_of_it = reread.reread(document, dry=dry)
        except ledger.Conflict as refusal:  # the others are read nevertheless
            counts["skipped"] += 1
            self.stderr.write(f"{document}: {refusal}")
            return None
        for name in ("lost", "gained"):
            counts[name] += len(getattr(came_of_it, name))
        counts["changed"] += sum(bool(change.changed) for change in came_of_it.changed)
        counts["offered"] += sum(bool(change.offered) for change in came_of_it.changed)
        counts["same"] += came_of_it.same
        return came_of_it

    def _tell(self, came_of_it: Reread) -> None:
        self.stdout.write(f"{came_of_it.document}  {came_of_it.title}")
        for lost in came_of_it.lost:
            self.stdout.write("  " + _("lost") + f"  {lost.claim}  {lost.status}  {lost.statement}")
        for gained in came_of_it.gained:
            self.stdout.write("  " + _("gained") + f"  {gained.statement}")
        for change in came_of_it.changed:
            self._changed(change)

    def _changed(self, change: Changed) -> None:
        self.stdout.write("  " + pgettext("read otherwise", "changed") + f"  {change.claim}  {change.status}  {change.statement}")
        for fields, how in ((change.changed, ""), (change.offered, " (" + _("offered") + ")")):
            for name, (old, new) in fields.items():
                self.stdout.write(f"    {name}: {differences.in_words(name, old)} → {differences.in_words(name, new)}{how}")

    def _sum(self, counts: dict[str, int], *, dry: bool) -> None:
        words = {name: f"{count:,}" for name, count in counts.items()} | {"reader": extraction.READER_VERSION}
        told = _(
            "Read by version %(reader)s: documents %(documents)s; claims lost %(lost)s, gained %(gained)s, changed %(changed)s,"
            " offered %(offered)s, the same %(same)s; documents skipped %(skipped)s."
        )
        self.stdout.write(told % words)
        if counts["lost"]:
            self.stdout.write(_("What was lost stays as it is: reject it where it is no claim."))
        if dry:
            self.stdout.write(_("Nothing was changed."))


def _ids(documents: list[UUID]) -> Iterator[UUID]:
    """Those that were named, each once; else all, a page of ids in memory at a time."""
    if documents:
        yield from dict.fromkeys(documents)
        return
    last: UUID | None = None
    while True:
        rows = Document.objects.order_by("pk")
        page = list((rows.filter(pk__gt=last) if last else rows).values_list("pk", flat=True)[:PAGE])
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1]


def _plain(came_of_it: Reread) -> dict[str, Any]:
    plain = asdict(came_of_it)
    for change in plain["changed"]:
        for how in ("changed", "offered"):
            change[how] = {name: {"old": old, "new": new} for name, (old, new) in change[how].items()}
    return plain
