"""`manage.py extract`: the claims, figures and dates of a text as JSON, no database needed."""

import json
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import extraction
from sources.text.edtf import ImpreciseDate, NotEDTF, canonical


class Command(BaseCommand):
    """Reads a text and prints what it claims."""

    help = "Print the claims, figures and dates read in a text, as JSON. Needs no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What the command line takes."""
        parser.add_argument("path", help="a UTF-8 text file, or - for standard input")
        parser.add_argument("--published", metavar="DATE", help="when the text was published (EDTF); relative dates are counted from it")
        parser.add_argument("--language", choices=["ar", "en"], help="ar or en; told from the text when left out")
        parser.add_argument("--precise", action="store_true", help="only claims with a cue (“said”) and a named speaker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, extract, print."""
        published = _published(options["published"])
        text = _text(options["path"])
        reading = extraction.read(text, published=published, language=options["language"], precise=options["precise"])
        self.stdout.write(json.dumps(reading.as_json(), ensure_ascii=False, indent=2))


def _published(given: str | None) -> ImpreciseDate | None:
    if not given:
        return None
    try:
        edtf = canonical(given, timezone.get_default_timezone())
    except NotEDTF as error:
        raise CommandError(_("“%(date)s” is not a date: write 2022-12-31, 2022-12 or 2022.") % {"date": given}) from error
    return ImpreciseDate(edtf=edtf)


def _text(path: str) -> str:
    limit = settings.MAX_TEXT_BYTES
    try:
        if path == "-":
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limit + 1)
    except FileNotFoundError as error:
        raise CommandError(_("There is no file %(path)s.") % {"path": path}) from error
    except OSError as error:
        raise CommandError(_("%(path)s cannot be read: %(reason)s.") % {"path": path, "reason": error.strerror}) from error
    if len(data) > limit:
        told = ngettext(
            "%(path)s is larger than %(limit)s byte, the most that is read (MAX_TEXT_BYTES).",
            "%(path)s is larger than %(limit)s bytes, the most that is read (MAX_TEXT_BYTES).",
            limit,
        )
        raise CommandError(told % {"path": path, "limit": limit})
    if b"\0" in data:
        raise CommandError(_("%(path)s is not a text: it holds NUL bytes.") % {"path": path})
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise CommandError(_("%(path)s is not UTF-8: byte %(at)s cannot be read.") % {"path": path, "at": error.start}) from error
    if not text.strip():
        raise CommandError(_("%(path)s is empty.") % {"path": path})
    return text
