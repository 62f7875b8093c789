"""System checks of Django's: can this database split Arabic text into words, and are there accounts that see nothing?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Doubt
from django.db import DatabaseError, connections, transaction

from sources import roles

NAMED = 20  # accounts in a warning; the rest is counted


@register(Tags.database)
def arabic_words(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Under a ctype that does not know Unicode, the Arabic comma sticks to its word and searches silently miss it."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT to_tsvector('simple', 'ا، ب')::text")
            (words,) = cursor.fetchone()
        if "،" in words:
            found.append(
                Doubt(
                    "This database splits Arabic text wrongly: a search would silently miss words that touch a comma.",
                    hint="Create it with LC_CTYPE 'C.UTF-8', or another UTF-8 locale.",
                    obj=alias,
                    id="isnad.W001",
                )
            )
    return found


@register(Tags.database)
def accounts_without_role(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Active accounts that no administrator has given a role may sign in, and see nothing: that is told, and never mended by itself."""
    if "default" not in (databases or []):
        return []
    try:
        with transaction.atomic():
            names = list(roles.without_role().order_by("username").values_list("username", flat=True))
    except DatabaseError:  # there are no tables yet
        return []
    if not names:
        return []
    told = ", ".join(names[:NAMED]) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")
    return [
        Doubt(
            f"These accounts have no role and see nothing of the desk: {told}.",
            hint=f"Put them in a group ({', '.join(roles.GROUPS)}), or make them inactive.",
            id="isnad.W002",
        )
    ]
