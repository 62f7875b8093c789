"""How names are compared: spelling variants, case and spacing folded away."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sources.text import folding

LONGEST = 300


class NoName(ValueError):
    """A name needs at least one letter, and at most 300."""

    def __init__(self) -> None:
        super().__init__(_("A name needs at least one letter, and at most 300."))


def clean(name: str) -> str:
    """The name as kept: outer and doubled spaces gone. Raises NoName."""
    tidy = " ".join(name.split())
    if len(tidy) > LONGEST or not any(letter.isalnum() for letter in tidy):
        raise NoName
    return tidy


def key(name: str) -> str:
    """The name as compared. Raises NoName."""
    folded = " ".join(folding.fold(clean(name)).text.casefold().split())
    if not folded or len(folded) > LONGEST:
        raise NoName
    return folded


def hold(what: str, key: str) -> None:
    """Makes whoever else wants to make the same `what` wait until this transaction ends, so that no name is made twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{what}:{key}"])
