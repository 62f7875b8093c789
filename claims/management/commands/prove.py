"""Writes a claim's history as a file that proves itself, or checks such a file without a database."""

import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import ledger
from claims.transparency import bundles, checkpoints, keys, public_bundles, signed_notes
from claims.transparency.signed_notes import Verifier


class Command(BaseCommand):
    """`manage.py prove CLAIM` and `manage.py prove --check FILE`."""

    help = (
        "Writes a proof of one claim: its events, where they stand in the log, and the log's signed head (JSON)."
        " With --check, checks such a file; that needs no database and no network."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What the command line takes."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("claim", nargs="?", type=UUID, help="the claim's id")
        what.add_argument("--check", metavar="FILE", help="the file to check, or - for standard input")
        parser.add_argument("--public", action="store_true", help="only what readers were shown of it, as everybody may have it")
        parser.add_argument("-o", "--output", metavar="FILE", help="where to write the proof; standard output when left out")
        parser.add_argument("--key", action="append", default=[], help="a public key you trust (NAME+ID+BASE64); else the file's own")

    def handle(self, *args: Any, **options: Any) -> None:
        """Proves or checks."""
        if options["check"]:
            self._check(options["check"], options["key"])
        else:
            self._prove(options["claim"], options["output"], public=options["public"])

    def _prove(self, claim: UUID, output: str | None, *, public: bool) -> None:
        try:
            if public:
                checkpoints.make()  # nobody else may be here to sign what was issued a moment ago
            made = public_bundles.public_bundle_of(claim) if public else bundles.bundle_of(claim)
            bundle = orjson.dumps(made, option=orjson.OPT_INDENT_2).decode()
        except (ledger.NoSuchClaim, checkpoints.Contradicted, keys.NoKey, public_bundles.NotCovered) as refusal:
            raise CommandError(str(refusal)) from refusal
        if not output:
            self.stdout.write(bundle)
            return
        try:
            Path(output).write_text(bundle + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error

    def _check(self, file: str, trusted: list[str]) -> None:
        try:
            bundle = orjson.loads(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
            known = [key for line in trusted if isinstance(key := signed_notes.key(line), Verifier)]
            public = isinstance(bundle, dict) and bundle.get("format") == public_bundles.FORMAT
            head = (public_bundles if public else bundles).check(bundle, known)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        except orjson.JSONDecodeError as error:
            raise CommandError(_("This is no proof of a claim in a format that is known here.")) from error
        except signed_notes.BadKey as error:
            raise CommandError(_("This is no public key as signed notes write it.")) from error
        except bundles.BadProof as error:
            raise CommandError(str(error)) from error
        words = {"claim": bundle["claim"], "events": len(bundle["events"]), "size": f"{head.size:,}", "origin": head.origin}
        self.stdout.write(
            ngettext(
                "Every event of the claim %(claim)s in this file (%(events)s) is in the log %(origin)s, signed at %(size)s event.",
                "Every event of the claim %(claim)s in this file (%(events)s) is in the log %(origin)s, signed at %(size)s events.",
                head.size,
            )
            % words
        )
        if not known:
            self.stdout.write(_("Signed by a key that came with the file; compare it with the one you were given:"))
            self.stdout.write("\n".join(f"  {line}" for line in bundle["keys"]))
