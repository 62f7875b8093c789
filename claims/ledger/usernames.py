"""User names stay whose they are: one that an account has had, or that stands in the log, is given to no other account.

What is written under a name is that person's for ever; another account of the name could speak in their stead.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models.signals import post_save, pre_save
from django.utils.translation import gettext_lazy as _

from claims.models import AccountName
from sources.roles import PROGRAM


class NameReserved(ValidationError):
    """This user name is, or was, somebody else's: it stands in the history. Take another one."""

    def __init__(self) -> None:
        super().__init__(_("This user name is, or was, somebody else's: it stands in the history. Take another one."), code="reserved")


def key_of(name: str) -> str:
    """The name as names are compared: compatibility forms and capitals make no other name (Unicode 3.13, D146, kept as NFKC)."""
    folded = unicodedata.normalize("NFD", name).casefold()  # decomposed first: folding moves some marks before others
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", folded).casefold())


def must_be_free(name: str, account: int | None) -> None:
    """Raises NameReserved where the name is not this account's to take; `account` is None for one that is to be made."""
    gather()
    key = key_of(name)
    others = AccountName.objects.filter(key=key).exclude(account__isnull=False, account=account)
    if key == key_of(PROGRAM.name) or others.exists():
        raise NameReserved


def keys_of(account: str) -> set[str]:
    """Every name that the account of this id has had, as names are compared."""
    return set(AccountName.objects.filter(account=int(account)).values_list("key", flat=True)) if account.isdecimal() else set()


# Events that have a position by the positions that were not read yet, the few others all: both are looked up by their numbers.
_ACTORS = """
SELECT DISTINCT actor FROM (
    SELECT e.actor FROM claims_position p JOIN claims_event e USING (number) WHERE p.position > %s
    UNION ALL
    SELECT e.actor FROM claims_pending w JOIN claims_event e USING (number)
) AS unread
"""
_READ_THROUGH = (
    "SELECT coalesce((SELECT max(through) FROM claims_accountname), -1), coalesce((SELECT max(position) FROM claims_position), -1)"
)
_KEEP = "INSERT INTO claims_accountname (key, account, through) VALUES (%s, %s, %s) ON CONFLICT (key) DO NOTHING"


def gather() -> None:
    """Reserves the names that were written in the log since it was last read: of accounts of another install, of a shell's user."""
    with connection.cursor() as cursor:
        cursor.execute(_READ_THROUGH)
        through, newest = cursor.fetchone()
        cursor.execute(_ACTORS, [through])
        actors = [actor for (actor,) in cursor.fetchall()]
        theirs = dict(get_user_model()._default_manager.filter(username__in=actors).values_list("username", "pk"))
        cursor.executemany(_KEEP, [[key_of(actor), theirs.get(actor), newest] for actor in sorted(actors)])


# An account's own former name is its own again; of two who take one name at once the second gets no row.
_TAKE = """
INSERT INTO claims_accountname AS held (key, account, through)
VALUES (%s, %s, (SELECT coalesce(max(position), -1) FROM claims_position))
ON CONFLICT (key) DO UPDATE SET account = excluded.account WHERE held.account = excluded.account
"""


def keep(name: str, account: int) -> bool:
    """The name is this account's from now on; False where it is another's."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [key_of(name), account])
        return bool(cursor.rowcount)


# ── accounts are made and renamed: in the admin, by createsuperuser, by code


def listen() -> None:
    """Hears whenever an account is saved."""
    pre_save.connect(_before, sender=get_user_model(), dispatch_uid="claims.ledger.usernames.before")
    post_save.connect(_after, sender=get_user_model(), dispatch_uid="claims.ledger.usernames.after")


def _before(sender: Any, instance: Any, raw: bool, update_fields: Any = None, **rest: Any) -> None:
    """A new name must be free; the old one stays the account's."""
    instance.__dict__.pop("_name_before", None)
    if raw or (update_fields is not None and "username" not in update_fields):
        return
    before = sender._default_manager.filter(pk=instance.pk).values_list("username", flat=True).first() if instance.pk else None
    if before == instance.username:
        return
    if before is not None:
        keep(before, instance.pk)
    must_be_free(instance.username, instance.pk)
    instance._name_before = before


def _after(sender: Any, instance: Any, raw: bool, **rest: Any) -> None:
    if raw:
        keep(instance.username, instance.pk)
        return
    if "_name_before" not in instance.__dict__:
        return
    before = instance.__dict__.pop("_name_before")
    if keep(instance.username, instance.pk):
        return
    # Somebody took it between our look and our writing, in a transaction of their own: this account goes back to what it was.
    account = sender._default_manager.filter(pk=instance.pk)
    if before is None:
        account.delete()
    else:
        account.update(username=before)
    raise NameReserved
