"""Prints an API token, once."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from sources import roles
from sources.api import tokens


class Command(BaseCommand):
    """`manage.py token USER`."""

    help = "Makes an API token for a user and prints it; it cannot be shown again."

    def add_arguments(self, parser: CommandParser) -> None:
        """The user, and what the token is for."""
        parser.add_argument("user")
        parser.add_argument("--name", default="", help="what the token is for")

    def handle(self, *args: Any, user: str, name: str, **options: Any) -> str:
        """Makes it and prints it."""
        found = User.objects.filter(username=user, is_active=True).first()
        if found is None:
            raise CommandError(_("There is no active user named %(user)s.") % {"user": user})
        if not roles.may(roles.actor_of(found), "read"):
            self.stderr.write(
                _("%(user)s has no role at this desk: this token opens nothing until an administrator gives one.") % {"user": user}
            )
        return tokens.make(found, name)
