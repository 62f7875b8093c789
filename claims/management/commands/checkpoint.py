"""Prints the signed head of the log, and changes the key that signs it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.transparency import checkpoints, keys


class Command(BaseCommand):
    """`manage.py checkpoint`."""

    help = "Prints the newest signed head of the log (a signed note), made now where the log has grown. Keep it elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        """What the command line takes."""
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--keys", action="store_true", help="print the public keys instead")
        what.add_argument("--rotate", action="store_true", help="make a new signing key first; the one before it signs too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Signs where needed, and prints."""
        try:
            if options["rotate"]:
                keys.rotate()
            made = checkpoints.make()
            said = "".join(f"{key}\n" for key in keys.ring().verifiers) if options["keys"] else made.note
        except (checkpoints.Contradicted, keys.NoKey) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(said, ending="")
