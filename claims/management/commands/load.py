"""Takes a file into the install."""

import getpass
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import handlers
from claims.exchange.backup import loader
from claims.exchange.formats import jsonl
from sources.archives import importing
from sources.archives.records import NotAnArchive
from sources.management.progress import bar
from sources.roles import Actor, Role


class Command(BaseCommand):
    """`manage.py load FORMAT FILE`."""

    help = (
        "Takes a copy that `export jsonl` wrote, compressed or not, into an empty install: the same events at the same positions, the"
        " same sources, texts and tables. A file that is not as it was written is refused with the line, and nothing is loaded."
        " Or keeps the pages and texts of a web archive (warc, also of other tools) as documents, each by itself; loaded twice it adds"
        " nothing, and what is damaged is told by its place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("format", choices=["jsonl", "warc"])
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads."""
        if options["format"] == "warc":
            self._archive(options["file"])
            return
        try:
            with _opened(Path(options["file"])) as file, bar(_("Loading")) as progress:
                done = loader.take_in(jsonl.load(file), progress)
        except (jsonl.BadLine, loader.Unfit, loader.NotEmpty) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror or error}") from error
        handlers.owe_after_loading()
        told = ngettext(
            "%(number)s event is loaded, and the tables made from it.", "%(number)s events are loaded, and the tables made from them.", done
        )
        self.stdout.write(told % {"number": f"{done:,}"})

    def _archive(self, name: str) -> None:
        def tell(offset: int, why: str) -> None:
            self.stderr.write(_("byte %(offset)s: %(why)s") % {"offset": f"{offset:,}", "why": why})

        by = Actor(getpass.getuser(), roles=frozenset({Role.REPORTER}))
        try:
            with Path(name).open("rb") as file, bar(_("Loading")) as progress:
                found = importing.take_in(file, by=by, tell=tell, progress=progress)
        except NotAnArchive as error:
            raise CommandError(_("%(file)s: this is no WARC file.") % {"file": name}) from error
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror or error}") from error
        words = {word: f"{getattr(found, word):,}" for word in ("new", "known", "unchanged", "refused", "damaged")}
        self.stdout.write(
            ngettext(
                "%(new)s text is kept; %(known)s were here already, %(unchanged)s had not changed, %(refused)s cannot be kept.",
                "%(new)s texts are kept; %(known)s were here already, %(unchanged)s had not changed, %(refused)s cannot be kept.",
                found.new,
            )
            % words
        )
        if found.passed:
            left = ", ".join(f"{why} {count:,}" for why, count in sorted(found.passed.items()))
            self.stdout.write(_("Left alone: %s.") % left)
        if found.damaged:
            torn = ngettext(
                "%(damaged)s record is damaged; all others were read.",
                "%(damaged)s records are damaged; all others were read.",
                found.damaged,
            )
            raise CommandError(torn % words)


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as plain:
        if plain.peek(2)[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=plain) as packed:
                yield packed  # type: ignore[misc]
        else:
            yield plain
