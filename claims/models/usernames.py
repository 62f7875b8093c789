"""The tables of who is who: which names are whose, and how much of the log came from another install."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from sources.models.append_only import Appended


class AccountName(models.Model):
    """A user name that was had by an account of this install, or stands in the log: it is given to no other account.

    `key` is the name as names are compared; `account` the id of the account whose it is, kept when that account is deleted,
    or null where it is only the log's. `through` is the position up to which the log's names had been read by then.
    """

    key = models.TextField(primary_key=True)
    account = models.BigIntegerField(null=True, db_index=True)
    through = models.BigIntegerField(default=-1)


class Loaded(Appended):
    """The log up to position `through` came from another install: the ids of accounts in it are that install's."""

    through = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now)
