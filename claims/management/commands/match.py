"""Shows the claims that say nearly what a text says, or makes the index they are found by anew."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from claims import handlers, similarity
from claims.similarity import Match, index
from sources.text.edtf import NotEDTF, canonical


class Command(BaseCommand):
    """`manage.py match TEXT`."""

    help = "Shows the claims that say nearly the same as TEXT, best first, and how their figures, polarity, time and names compare."

    def add_arguments(self, parser: CommandParser) -> None:
        """TEXT, --limit, --strength, --author, --date, --json; or --rebuild."""
        parser.add_argument("text", nargs="?", help="what is said")
        parser.add_argument("--limit", type=int, default=10, help="how many at most (10)")
        parser.add_argument("--strength", choices=list(similarity.Strength), help="only strong matches, or only weak ones")
        parser.add_argument("--author", default="", help="who posted it, where TEXT does not end with — Name (@account) 3 May 2021")
        parser.add_argument("--date", default="", help="when it was posted: 2021, 2021-05 or 2021-05-03")
        parser.add_argument("--json", action="store_true", help="as the API shows them")
        parser.add_argument("--rebuild", action="store_true", help="make the index anew from the claims")

    def handle(self, *args: Any, text: str | None, limit: int, rebuild: bool, **options: Any) -> None:
        """Finds, or rebuilds."""
        if rebuild:
            number = index.rebuild()
            self.stdout.write(
                ngettext("%(number)s claim is indexed.", "%(number)s claims are indexed.", number) % {"number": f"{number:,}"}
            )
            self.stdout.write(f"What is near {handlers.owe_neighbours()} of them will be searched by the workers.")
        if text is None:
            if not rebuild:
                raise CommandError("Give a text, or --rebuild.")
            return
        if limit < 1:
            raise CommandError("--limit takes 1 or more.")
        try:
            options["date"] = options["date"] and canonical(options["date"], timezone.get_default_timezone())
        except NotEDTF:
            raise CommandError("--date takes EDTF: 2021, 2021-05 or 2021-05-03.") from None
        found = similarity.similar(text, limit=limit, **{name: options[name] for name in ("author", "date", "strength")})
        if options["json"]:
            self.stdout.write(json.dumps([match.as_json() for match in found], default=str, ensure_ascii=False, indent=1))
        elif not found:
            self.stdout.write("No claim has a word of it.")
        else:
            for match in found:
                self._line(match)

    def _line(self, match: Match) -> None:
        why = match.why
        self.stdout.write(f"{match.score:.2f}  {match.strength:6}  {match.claim.pk}  {match.claim.status}  {match.claim.statement}")
        said = [("figures", why.figures), ("polarity", why.polarity), ("time", why.time), ("names", why.names)]
        told = [f"wording {why.wording:.2f}", *(f"{name} {how}" for name, how in said if how)]
        told += [f"{d.text} / {d.claim}: {d.by:+f} {d.unit}".rstrip() for d in why.differences]
        self.stdout.write("      " + ", ".join(told))
