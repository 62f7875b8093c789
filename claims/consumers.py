"""What hears the sources and the ledger: reading is owed for a new text, revisions are vouched for, workers are woken."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from claims import events, ledger, lifecycle
from claims.lifecycle import Happening
from sources import signals, work
from sources.models import Revision, Snapshot
from sources.roles import Actor

READ, FLAG, VERIFY, VERIFY_WHOLE = "read", "flag", "verify", "verify-whole"
# Which task does which kind of work; by name, so that a web process need not load the reader.
WOKEN = {
    READ: "claims.tasks.read_snapshots",
    FLAG: "claims.tasks.flag_claims",
    VERIFY: "claims.tasks.verify_ledger",
    VERIFY_WHOLE: "claims.tasks.verify_ledger_whole",
}

# Flags themselves and sources touch no rule.
FLAGGABLE = tuple(kind for name, kind in events.TYPES.items() if name.startswith(("Claim", "Verdict")))


_owed_until: datetime | None = None


def listen() -> None:
    """Connects the signals; called once, when the app is ready."""
    signals.snapshot_captured.connect(owe_reading, dispatch_uid="claims.owe_reading")
    signals.source_revised.connect(vouch, dispatch_uid="claims.vouch")
    ledger.appended.connect(follow_up, dispatch_uid="claims.follow_up")


def owe_reading(sender: object, *, snapshot: Snapshot, **_: Any) -> None:
    """A new text is owed a reading, in the transaction that keeps it."""
    work.owe(READ, f"{READ}:{snapshot.pk}")
    work.wake(READ)


def follow_up(sender: object, *, happenings: list[Happening], **_: Any) -> None:
    """What people and readers do to claims is looked at by the rules at the end of the minute: many changes are one look."""
    global _owed_until
    if any(isinstance(happened.event, FLAGGABLE) for happened in happenings):
        minute = (timezone.now() + timedelta(minutes=1)).replace(second=0, microsecond=0)
        # This process has owed this minute's look already: its row stands until the minute is over.
        if minute != _owed_until:
            work.owe(FLAG, f"{FLAG}:after:{minute:%Y-%m-%dT%H:%M}", minute)
            _owed_until = minute


def vouch(sender: object, *, revision: Revision, by: Actor, **_: Any) -> None:
    """A source's revision is vouched for by an event that holds its digest."""
    event = events.SourceRevised(subject_type=revision.subject_type, number=revision.number, digest=bytes(revision.digest).hex())
    before = ledger.happenings([revision.subject_id])[revision.subject_id]
    ledger.append({revision.subject_id: (lifecycle.fold(before), [event])}, by=by)
