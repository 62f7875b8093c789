"""How names are compared: spelling variants, case and spacing folded away."""

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sources.errors import Category, Refusal
from sources.text import folding

LONGEST = 300
STRUCK = "█"  # stands for each letter of what was erased


class NoName(Refusal, ValueError):
    """A name needs at least one letter, and at most 300."""

    sentence = _("A name needs at least one letter, and at most 300.")
    category, title, field = Category.INVALID, _("No name"), "name"


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


def key_of(name: str, owner: object) -> str:
    """The key of a name that is kept: one that was struck out is nobody's any more, and another for each `owner`."""
    return f"{STRUCK} {owner}" if STRUCK in name else key(name)


def hold(what: str, key: str) -> None:
    """Makes whoever else wants to make the same `what` wait until this transaction ends, so that no name is made twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{what}:{key}"])
