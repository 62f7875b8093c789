"""What was known at any moment: the ledger read back in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import ledger, lifecycle
from claims.lifecycle import Happening, State
from claims.models import EventRecord, Position


class NotYet(ValueError):
    """What will be known then, nobody can say: ask for a moment that has passed."""

    def __init__(self) -> None:
        super().__init__(_("What will be known then, nobody can say: ask for a moment that has passed."))


@dataclass(frozen=True, slots=True)
class Sealed:
    """An event with its place in the global order."""

    position: int
    sealed_at: datetime
    type: str
    happening: Happening


def as_of(stream: UUID, at: datetime) -> State:
    """A stream exactly as it was known at `at`, the same for ever. Raises NotYet, or ledger.NoSuchClaim where it was not there."""
    if at > timezone.now():
        raise NotYet
    ledger.seal()
    rows = EventRecord.objects.filter(stream=stream, sealed__sealed_at__lte=at).order_by("version")
    state = lifecycle.fold([ledger.happening(*row) for row in rows.values_list(*COLUMNS)])
    if state is None:
        raise ledger.NoSuchClaim
    return state


COLUMNS = ("id", "stream", "version", "type", "schema", "body", "actor", "recorded_at")


def timeline(stream: UUID) -> list[Happening]:
    """Everything that happened to one claim or flag, first to last."""
    return ledger.happenings([stream])[stream]


def feed(after: int = -1, limit: int = 100) -> Iterator[Sealed]:
    """The global order from the position after `after`: contiguous, and nothing at or before it ever appears later."""
    ledger.seal()
    rows = Position.objects.filter(position__gt=after).order_by("position")[:limit]
    for position, sealed_at, *row in rows.values_list("position", "sealed_at", *(f"event__{name}" for name in COLUMNS)):
        yield Sealed(position, sealed_at, row[3], ledger.happening(*row))
