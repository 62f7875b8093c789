"""Takes a file into the install."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from claims.formats import jsonl
from claims.moving import arriving
from sources.management.progress import bar


class Command(BaseCommand):
    """`manage.py load FORMAT FILE`."""

    help = (
        "Takes a copy that `export jsonl` wrote, compressed or not, into an empty install: the same events at the same positions, the"
        " same sources, texts and tables. A file that is not as it was written is refused with the line, and nothing is loaded."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What may be said."""
        parser.add_argument("format", choices=["jsonl"])
        parser.add_argument("file")

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads."""
        try:
            with _opened(Path(options["file"])) as file, bar(_("Loading")) as progress:
                done = arriving.take_in(jsonl.load(file), progress)
        except (jsonl.Refused, arriving.Unfit, arriving.NotEmpty) as error:
            raise CommandError(f"{options['file']}: {error}") from error
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror or error}") from error
        self.stdout.write(_("%s events are loaded, and the tables made from them.") % f"{done:,}")


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as plain:
        if plain.peek(2)[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=plain) as packed:
                yield packed  # type: ignore[misc]
        else:
            yield plain
