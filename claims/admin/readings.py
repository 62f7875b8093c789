"""How far the reading of a text is: waiting, failed and why, done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from claims.handlers import READ
from sources import jobs
from sources.models import Snapshot, Work


class ReadingStage(StrEnum):
    """Where a reading stands."""

    WAITING = "waiting"
    RETRIED = "retried"  # it failed, and will be tried again
    FAILED = "failed"  # given up
    DONE = "done"
    NEVER = "never"  # nobody asked for it: the text came from another install


LABELS = {
    ReadingStage.WAITING: _("waiting to be read"),
    ReadingStage.RETRIED: _("failed, will be tried again"),
    ReadingStage.FAILED: _("reading failed"),
    ReadingStage.DONE: pgettext_lazy("reading", "read"),
    ReadingStage.NEVER: _("not read here"),
}


@dataclass(frozen=True, slots=True)
class ReadingState:
    """A reading as the page shows it."""

    standing: ReadingStage
    error: str = ""
    at: datetime | None = None  # when it was done, or will be tried again
    precise: bool = False

    @property
    def label(self) -> str:
        """The standing in words."""
        return str(LABELS[self.standing])


def reading_state(snapshot: Snapshot) -> ReadingState:
    """How far one text is."""
    return _state(Work.objects.filter(key=key(snapshot.pk)).first())


def of_many(snapshots: Sequence[UUID]) -> dict[UUID, ReadingState]:
    """How far each of these texts is, in one query."""
    rows = {row.key: row for row in Work.objects.filter(key__in=[key(pk) for pk in snapshots])}
    return {pk: _state(rows.get(key(pk))) for pk in snapshots}


def owe_again(snapshot: Snapshot) -> None:
    """Owes a reading that was given up, or never owed, and wakes a worker."""
    if not jobs.owe(READ, key(snapshot.pk)):
        jobs.reopen(key(snapshot.pk))
    jobs.wake(READ)


def key(snapshot: UUID) -> str:
    """Under which a text's reading is owed."""
    return f"{READ}:{snapshot}"


def _state(row: Work | None) -> ReadingState:
    precise = settings.READER_PRECISE
    if row is None:
        return ReadingState(ReadingStage.NEVER, precise=precise)
    if row.done_at:
        return ReadingState(ReadingStage.DONE, at=row.done_at, precise=precise)
    if row.gave_up_at:
        return ReadingState(ReadingStage.FAILED, row.error, row.gave_up_at, precise)
    if row.error:
        return ReadingState(ReadingStage.RETRIED, row.error, row.due_at, precise)
    return ReadingState(ReadingStage.WAITING, precise=precise)
