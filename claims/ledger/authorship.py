"""Whose an event is: did this person write it, whatever they are called now?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from django.db.models import Max

from claims.domain import events
from claims.domain.events import Event
from claims.ledger import usernames
from claims.models import EventRecord, Loaded
from sources.roles import Actor


def wrote(by: Actor, stream: UUID, kind: type[Event], **said: Any) -> bool:
    """Did `by` write an event of this kind on the stream, with these values in it (`verdict=…`)?

    Own is what the same account wrote in this install, and what was written under the same name or another that the account has had.
    The ids in what came from another install are that install's: there only names count.
    """
    rows = EventRecord.objects.filter(stream=stream, type=kind.__name__)
    found = rows.values_list("schema", "body", "actor", "entry", "sealed__position")
    matching = [
        (actor, entry, position)
        for schema, body, actor, entry, position in found
        if all(getattr(events.read(kind.__name__, schema, body), name) == value for name, value in said.items())
    ]
    if not matching:
        return False
    loaded = Loaded.objects.aggregate(through=Max("through"))["through"]
    names = usernames.keys_of(by.id) | {usernames.key_of(by.name)}
    return any(
        usernames.key_of(actor) in names or (_is_ours(position, loaded) and by.id and orjson.loads(entry)["actor"]["id"] == by.id)
        for actor, entry, position in matching
    )


def _is_ours(position: int | None, loaded: int | None) -> bool:
    """Was the event at this position written here? One that has none yet was."""
    return position is None or loaded is None or position > loaded
