"""Captures a text, reads it at once and shows what it claims."""

import getpass
import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table
from rich.text import Text

from claims.domain.state import ClaimState
from claims.extraction import Draft, Reading
from claims.handlers import READ
from claims.intake import reading
from sources.capturing import capture
from sources.capturing.capture import Captured, TextTooLong
from sources.errors import Refusal
from sources.importers import feed, incoming
from sources.models import Work
from sources.roles import Actor, Role


class Command(BaseCommand):
    """`manage.py ingest`."""

    help = (
        "Captures a text, an HTML page or each entry of a feed (RSS, Atom), reads it and proposes its claims, then prints them."
        " The same text of the same document again is the same snapshot and proposes nothing new. Example: ingest article.txt"
        " --outlet 'The Harbour Gazette' --published 2022-12-31"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("what", metavar="PATH|URL|-", help="a file, a web address, or - for standard input")
        parser.add_argument("--title", default="", help="the document's title, where the page does not tell")
        parser.add_argument("--outlet", default="", help="who published it")
        parser.add_argument("--url", default="", help="where it was published")
        parser.add_argument("--published", metavar="EDTF", default="", help="when: 2022-12-31, 2022-12, 2022; relative dates hang on it")
        parser.add_argument("--language", default="", help="ar, en …; told from the text when left out")
        parser.add_argument("--precise", action="store_true", help="propose only claims with a cue (“said”) and a named speaker")
        parser.add_argument("--json", action="store_true", help="print JSON, as extract does, with the ids of what was kept")

    def handle(self, *args: Any, **options: Any) -> None:
        """Captures, reads, prints."""
        try:
            data = None if _is_address(options["what"]) else _bytes(options["what"])
            if data is not None and feed.looks_like_feed(data):
                self._feed(data, options)
                return
            captured, read, ids = _ingest(data, options)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        except OSError as error:
            words = {"path": options["what"], "reason": error.strerror or str(error)}
            raise CommandError(_("%(path)s cannot be read: %(reason)s.") % words) from error
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(captured, read, ids), ensure_ascii=False, indent=2))
            return
        Console(file=self.stdout).print(_table(read))  # type: ignore[arg-type]
        told = _counted(len(read.claims)) if captured.new else _counted_again(len(read.claims))
        name = captured.document.title or captured.document.url or options["what"]
        self.stdout.write(told % {"number": len(read.claims), "document": name})

    def _feed(self, data: bytes, options: dict[str, Any]) -> None:
        """Each entry by itself: what cannot be kept of one is told, and the others are."""
        if said := [f"--{word}" for word in ("title", "url", "published") if options[word]]:
            raise CommandError(_("A feed's entries have their own: leave out %s.") % ", ".join(said))
        told, kept = [], 0
        for entry, what in feed.capture_entries(data, by=_who(), outlet=options["outlet"], language=options["language"]):
            name = entry.title or entry.url or entry.id
            if isinstance(what, Refusal):
                told.append({"entry": name, "error": str(what)})
                self.stderr.write(f"{name}: {what}")
                continue
            with transaction.atomic():
                read, ids = _read(what, options)
            kept += 1
            told.append({"entry": name, **_as_json(what, read, ids)})
            if not options["json"]:
                self.stdout.write(_counted(len(read.claims)) % {"number": len(read.claims), "document": name})
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        if not kept:
            raise CommandError(_("No entry of this feed could be kept."))


def _who() -> Actor:
    return Actor(getpass.getuser(), roles=frozenset({Role.REPORTER}))


def _is_address(what: str) -> bool:
    return what.startswith(("http://", "https://"))


def _ingest(data: bytes | None, options: dict[str, Any]) -> tuple[Captured, Reading, list[str | None]]:
    what, given = options["what"], {word: options[word] for word in ("title", "outlet", "url", "published", "language")}
    if given["published"]:
        given["published"] = capture.canonical_date(given["published"])  # before anything is fetched
    # One transaction: no worker sees the text before it is read, and nothing is kept of what cannot be read.
    with transaction.atomic():
        if data is None:
            captured = incoming.capture_address(what, by=_who(), **{k: v for k, v in given.items() if k != "url"})
        else:
            captured = incoming.capture_bytes(data, by=_who(), **given)
        read, ids = _read(captured, options)
    return captured, read, ids


def _read(captured: Captured, options: dict[str, Any]) -> tuple[Reading, list[str | None]]:
    read = reading.read(captured.snapshot, precise=options["precise"] or None)
    receipts = reading.propose(captured.snapshot, read)
    if captured.new:
        Work.objects.filter(key=f"{READ}:{captured.snapshot.pk}").update(done_at=timezone.now())
    places = {(r.state.said.start, r.state.said.end): str(r.stream) for r in receipts if isinstance(r.state, ClaimState)}
    return read, [places.get((draft.start, draft.end)) for draft in read.claims]


def _bytes(path: str) -> bytes:
    most = settings.MAX_TEXT_BYTES
    if path == "-":
        data = sys.stdin.buffer.read(most + 1)
    else:
        with Path(path).open("rb") as file:
            data = file.read(most + 1)
    if len(data) > most:
        raise TextTooLong
    return data


def _as_json(captured: Captured, read: Reading, ids: list[str | None]) -> dict[str, Any]:
    plain = read.as_json()
    for claim, id in zip(plain["claims"], ids, strict=True):
        claim["id"] = id
    return {"document": str(captured.document.pk), "snapshot": str(captured.snapshot.pk), "new": captured.new, **plain}


def _table(read: Reading) -> Table:
    table = Table(_("quote"), _("kind"), _("speaker"), _("figures"), _("due"), show_lines=True)
    for draft in read.claims:
        table.add_row(*map(Text, _cells(draft)))  # Text, not markup: a quote may hold square brackets
    return table


def _cells(draft: Draft) -> list[str]:
    speaker = draft.speaker_name or (draft.mention.text if draft.mention else draft.speaker_type)
    figures = [f"{q.comparator} {q.value:f}{f'–{q.value_max:f}' if q.value_max else ''} {q.unit or ''}".strip() for q in draft.quantities]
    return [draft.quote, draft.kind, speaker, "\n".join(figures), (draft.due.edtf or "?") if draft.due else ""]


def _counted(claims: int) -> str:
    return ngettext("%(number)s claim in %(document)s.", "%(number)s claims in %(document)s.", claims)


def _counted_again(claims: int) -> str:
    return ngettext(
        "%(number)s claim in %(document)s, which was here before.", "%(number)s claims in %(document)s, which was here before.", claims
    )
