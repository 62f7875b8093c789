"""Makes, lists and revokes API tokens."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sources import roles
from sources.api import tokens
from sources.models import ApiToken, Scope

NEVER = "never"


class Command(BaseCommand):
    """`manage.py token USER`, `token make USER`, `token list [USER …]`, `token revoke ID …`, `token revoke --user USER`."""

    help = "Makes an API token for a user and prints it, once; lists tokens; revokes them, by number or all that a user has."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, with whose or with which tokens."""
        parser.add_argument("what", help="make, list or revoke; anything else is the user for whom one is made")
        parser.add_argument("which", nargs="*", help="make: the user; list: users, all when left out; revoke: numbers, as `list` has them")
        parser.add_argument("--name", default="", help="what the token is for")
        parser.add_argument("--scope", default=Scope.WRITE.value, choices=Scope.values, help="what it may of that which its owner may")
        parser.add_argument("--expires", default="", help="a day, a moment, or never; in a year when left out")
        parser.add_argument("--user", default="", help="revoke: all tokens of this user")

    def handle(self, *args: Any, what: str, which: Sequence[str], **options: Any) -> str | None:
        """Does it; the words of a new token are what is printed."""
        if what == "list":
            self._list(which)
            return None
        if what == "revoke":
            self._revoke(which, options["user"])
            return None
        names = which if what == "make" else [what, *which]
        if len(names) != 1:
            raise CommandError(_("Name one user."))
        return self._make(names[0], options["name"], options["scope"], options["expires"])

    def _make(self, user: str, name: str, scope: str, expires: str) -> str:
        found = User.objects.filter(username=user, is_active=True).first()
        if found is None:
            raise CommandError(_("There is no active user named %(user)s.") % {"user": user})
        if not roles.may(roles.actor_of(found), "read"):
            self.stderr.write(
                _("%(user)s has no role at this desk: this token opens nothing until an administrator gives one.") % {"user": user}
            )
        try:
            return tokens.create(found, name, scope=scope, expires_at=_moment(expires))[1]
        except tokens.ExpiryPassed as refusal:
            raise CommandError(str(refusal)) from refusal

    def _list(self, users: Sequence[str]) -> None:
        found = ApiToken.objects.select_related("user").order_by("user__username", "pk")
        for token in found.filter(user__username__in=users) if users else found:
            self.stdout.write(_line(token))
            if token.warning:
                self.stderr.write(f"{token.pk}: {token.warning}")

    def _revoke(self, numbers: Sequence[str], user: str) -> None:
        if bool(numbers) == bool(user):
            raise CommandError(_("Say which: their numbers, or --user."))
        chosen = ApiToken.objects.filter(user__username=user) if user else ApiToken.objects.filter(pk__in=_known(numbers))
        if user and not User.objects.filter(username=user).exists():
            raise CommandError(_("There is no user named %(user)s.") % {"user": user})
        count = chosen.revoke()
        self.stdout.write(ngettext("%(count)d token revoked.", "%(count)d tokens revoked.", count) % {"count": count})


def _line(token: ApiToken) -> str:
    """A token, in columns that are apart by a tab: number, user, name, scope, made, expires, last used, revoked."""
    moments = (token.created_at, token.expires_at, token.used_at, token.revoked_at)
    told = (f"{timezone.localtime(at):%Y-%m-%dT%H:%M}" if at else "-" for at in moments)
    return "\t".join([str(token.pk), token.user.get_username(), token.name or "-", token.scope, *told])


def _known(numbers: Sequence[str]) -> list[int]:
    """The numbers, if each is that of a token. Raises CommandError: nothing is revoked where one is mistaken."""
    for number in numbers:
        plain = number.isascii() and number.isdecimal() and len(number) < 19
        if not plain or not ApiToken.objects.filter(pk=int(number)).exists():
            raise CommandError(_("There is no token %(id)s.") % {"id": number})
    return [int(number) for number in numbers]


def _moment(words: str) -> datetime | None:
    """When it expires: at the end of a day, at a moment, or never."""
    if not words:
        return tokens.default_expiry()
    if words == NEVER:
        return None
    try:
        if day := parse_date(words):
            return timezone.make_aware(datetime.combine(day, time.max))
        if moment := parse_datetime(words):
            return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except (ValueError, OverflowError):
        pass
    raise CommandError(_("%(words)s is neither a day, such as 2027-01-31, nor a moment, nor “never”.") % {"words": words})
