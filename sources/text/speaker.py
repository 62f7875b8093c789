"""Whoever speaks in a text, as read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: `type` as the claims know it, `name` as the article's fullest form, the mention's offsets here."""

    type: str
    name: str | None = None
    title: str | None = None
    start: int | None = None
    end: int | None = None


NARRATOR = Speaker("narrator")
PASSIVE = Speaker("unattributed_passive")
