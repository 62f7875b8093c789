"""Makes words unreadable wherever they stand: a private person's name, a source to be protected."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import erasure
from sources import roles
from sources.errors import Refusal
from sources.management.progress import bar


class Command(BaseCommand):
    """`manage.py erase WORDS … --reason WHY --by USER`."""

    help = (
        "Makes words unreadable in every event, text and source, in any spelling, with a reason that is kept for ever. "
        "It cannot be undone. Look first: --dry-run counts what would change. What is left of them stays as long as it was, "
        "so that quotes keep their places; positions, roots and proofs stay valid. Backups and exports made before keep the words."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The words, why, and who decides."""
        parser.add_argument("words", nargs="+", metavar="WORDS", help="a name or phrase, in quotes where it has spaces")
        parser.add_argument("--reason", default="", help="why; it must not hold the words")
        parser.add_argument("--by", metavar="USER", help="the user name of the editor who decides")
        parser.add_argument("--dry-run", action="store_true", help="only count where the words stand")

    def handle(self, *, words: list[str], reason: str, by: str | None, dry_run: bool, **options: Any) -> None:
        """Erases, or says in one sentence why not and changes nothing."""
        try:
            if dry_run:
                with bar(_("Looking")) as progress:
                    found = erasure.find(words, progress=progress)
            else:
                user = get_user_model()._default_manager.filter(username=by, is_active=True).first() if by else None
                if user is None:
                    raise CommandError(_("Say who decides: --by takes the name of an active user."))
                with bar(_("Erasing")) as progress:
                    found = erasure.erase(words, reason=reason, by=roles.actor_of(user), progress=progress)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        said = _("These words stand in") if dry_run else _("Erased from")
        counts = found.counts()
        told = (
            ngettext("%(number)s event", "%(number)s events", counts["events"]) % {"number": counts["events"]},
            ngettext("%(number)s text", "%(number)s texts", counts["texts"]) % {"number": counts["texts"]},
            ngettext("%(number)s revision of sources", "%(number)s revisions of sources", counts["revisions"])
            % {"number": counts["revisions"]},
        )
        self.stdout.write(f"{said}: {_(', ').join(told)}.")
        if found.actors:
            self.stdout.write(
                ngettext(
                    "%(number)s event was made by an account of that name. Who acted is part of what is proved, and stays.",
                    "%(number)s events were made by an account of that name. Who acted is part of what is proved, and stays.",
                    found.actors,
                )
                % {"number": found.actors}
            )
