"""A system check of Django's: can this database split Arabic text into words?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, register
from django.core.checks import Warning as Doubt
from django.db import connections


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
