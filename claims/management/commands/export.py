"""Writes what the install holds into a file."""

import gzip
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.exchange.backup import exporter
from claims.exchange.formats import jsonl
from claims.ledger import history
from sources.archives import snapshot_records, writing
from sources.management.progress import bar


class Command(BaseCommand):
    """`manage.py export FORMAT`."""

    help = (
        "Writes the ledger, its sources and their texts as a full, portable copy (jsonl) that `load` takes into an empty install;"
        " or the captured pages and texts alone as a web archive (warc) that other tools read."
        " Accounts and tokens are left out. Read in one moment while everybody works on; nothing is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("format", choices=["jsonl", "warc"])
        parser.add_argument("--as-of", metavar="T", help="what was known then and nothing later, as 2026-01-31T12:00:00Z")
        parser.add_argument("-o", "--output", metavar="FILE", help="a file, whole or not there at all; compressed where it ends in .gz")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exports."""
        if options["format"] == "warc":
            self._archive(options)
            return
        at = _moment(options["as_of"]) if options["as_of"] else None
        try:
            with self._opened(options["output"]) as file, bar(_("Exporting")) as progress:
                lines = jsonl.dump(exporter.export_rows(at, progress), file)
        except history.NotYet as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror or error}") from error
        if options["output"]:
            told = ngettext("%(number)s line is in %(file)s.", "%(number)s lines are in %(file)s.", lines)
            self.stdout.write(told % {"number": f"{lines:,}", "file": options["output"]})

    def _archive(self, options: dict[str, Any]) -> None:
        name = options["output"]
        if not name or options["as_of"]:
            raise CommandError(_("An archive goes into a file (-o FILE) and holds all that is kept: --as-of is for jsonl."))
        try:
            with _whole(Path(name), packed=False) as file, bar(_("Exporting")) as progress:
                compressed = Path(name).suffix == ".gz"
                records = writing.dump(snapshot_records.snapshots(progress), file, compressed=compressed, name=Path(name).name)
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror or error}") from error
        told = ngettext("%(number)s record is in %(file)s.", "%(number)s records are in %(file)s.", records)
        self.stdout.write(told % {"number": f"{records:,}", "file": name})

    @contextmanager
    def _opened(self, name: str | None) -> Iterator[IO[bytes]]:
        if name:
            with _whole(Path(name)) as file:
                yield file
        else:
            out = getattr(self.stdout, "_out", sys.stdout)
            yield getattr(out, "buffer", None) or _Words(out)  # type: ignore[misc]


class _Words:
    """A text stream that takes UTF-8 bytes."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out

    def write(self, line: bytes) -> int:
        return self.out.write(line.decode())


@contextmanager
def _whole(path: Path, *, packed: bool = True) -> Iterator[IO[bytes]]:
    """The file gets its name once it is written to the last byte and on the disk."""
    handle, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as plain:
            if packed and path.suffix == ".gz":
                # Without name and time the same rows give the same bytes.
                with gzip.GzipFile("", "wb", fileobj=plain, mtime=0) as packing:
                    yield packing  # type: ignore[misc]
            else:
                yield plain
            plain.flush()
            os.fsync(plain.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _moment(text: str) -> datetime:
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise CommandError(_("Write a moment as 2026-01-31T12:00:00Z."))
    return at
