"""The steps of the road, one module each; they meet in the ledger and never import each other."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from claims.domain.steps import Step
from claims.ledger import Receipt

Room = Callable[..., Receipt]


def room_of(step: Step) -> Room:
    """The function that takes a step: the table names it, so that what is pure data imports no room.

    It is called with the claim's id, what `Step.for_room` gives, and `by`; `key` and `after` may be given.
    """
    try:
        room: Room = import_string(step.room)
    except ImportError as error:
        raise ImproperlyConfigured(f"The table of steps has “{step.name}” taken by {step.room}, which is not there.") from error
    return room
