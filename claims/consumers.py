"""What hears the sources and the ledger: reading is owed for a new text, revisions are vouched for, workers are woken."""

from typing import Any

from claims import events, ledger, lifecycle
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


def listen() -> None:
    """Connects the signals; called once, when the app is ready."""
    signals.snapshot_captured.connect(owe_reading, dispatch_uid="claims.owe_reading")
    signals.source_revised.connect(vouch, dispatch_uid="claims.vouch")


def owe_reading(sender: object, *, snapshot: Snapshot, **_: Any) -> None:
    """A new text is owed a reading, in the transaction that keeps it."""
    work.owe(READ, f"{READ}:{snapshot.pk}")
    work.wake(READ)


def vouch(sender: object, *, revision: Revision, by: Actor, **_: Any) -> None:
    """A source's revision is vouched for by an event that holds its digest."""
    event = events.SourceRevised(subject_type=revision.subject_type, number=revision.number, digest=bytes(revision.digest).hex())
    before = ledger.happenings([revision.subject_id])[revision.subject_id]
    ledger.append({revision.subject_id: (lifecycle.fold(before), [event])}, by=by)
