"""What is done at once when a source changes or an event was appended: work is owed in the same transaction, revisions are vouched for."""

from typing import Any

import orjson

from claims import flagging, ledger
from claims.domain import events, lifecycle
from claims.flagging import evidence_pages
from claims.handlers.work_kinds import DELIVER, READ, REDATE
from claims.handlers.work_owed import owe_flagging
from claims.ledger import codec
from sources import jobs, signals
from sources.jobs import notify
from sources.models import Document, Revision, Snapshot
from sources.roles import Actor


def listen() -> None:
    """Connects the signals; called once, when the app is ready."""
    signals.snapshot_captured.connect(owe_reading, dispatch_uid="claims.owe_reading")
    signals.source_revised.connect(vouch, dispatch_uid="claims.vouch")
    signals.source_revised.connect(owe_redating, dispatch_uid="claims.owe_redating")
    signals.snapshot_captured.connect(look_again, dispatch_uid="claims.look_again")
    signals.page_turned.connect(look_again, dispatch_uid="claims.look_again.page")
    ledger.appended.connect(wake_consumers, dispatch_uid="claims.call")


def owe_reading(sender: object, *, snapshot: Snapshot, **_: Any) -> None:
    """A new text is owed a reading, in the transaction that keeps it."""
    jobs.owe(READ, f"{READ}:{snapshot.pk}")
    jobs.wake(READ)


def look_again(sender: object, *, document: Document | None = None, snapshot: Snapshot | None = None, **_: Any) -> None:
    """What a page shows has changed, or it is gone or back: the rules look again at the claims that lean on it, within the minute."""
    changed = document.pk if document else snapshot.document_id if snapshot else None
    if changed and (claims := evidence_pages.looked_at_by([changed])):
        flagging.look_again(claims)
        owe_flagging()


def owe_redating(sender: object, *, revision: Revision, **_: Any) -> None:
    """A document's publication date was corrected: its claims' dates are owed another look, in the same transaction."""
    if revision.subject_type != Revision.Subject.DOCUMENT or revision.number == 1:
        return
    before = Revision.objects.get(subject_id=revision.subject_id, number=revision.number - 1)
    if orjson.loads(before.data).get("published") != orjson.loads(revision.data).get("published"):
        jobs.owe(REDATE, f"{REDATE}:{revision.subject_id}:{revision.number}")
        jobs.wake(REDATE)


def vouch(sender: object, *, revision: Revision, by: Actor, **_: Any) -> None:
    """A source's revision is vouched for by an event that holds its digest."""
    event = events.SourceRevised(
        subject_type=revision.subject_type,
        number=revision.number,
        digest=bytes(revision.digest).hex(),
        reason=revision.reason,
        at=codec.stamp(revision.at),
    )
    before = ledger.happenings([revision.subject_id])[revision.subject_id]
    ledger.append({revision.subject_id: (lifecycle.fold(before), [event])}, by=by)


def wake_consumers(sender: object, **_: Any) -> None:
    """After a commit the consumers are called; if the call is lost, the clock calls them."""
    notify.soon(DELIVER)
