"""What hears the sources and the ledger: reading is owed for a new text, revisions are vouched for, the feed's consumers are woken."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from claims import flagging, ledger
from claims.domain import events, lifecycle
from claims.flagging import evidence_pages
from claims.ledger import codec
from claims.ledger.history import Sealed
from claims.ledger.subscriptions import Consumer
from claims.models import Claim
from claims.notifications import webhooks
from claims.notifications.digests import DIGEST
from claims.notifications.webhooks import WEBHOOK
from claims.records import first as first_records
from claims.similarity import clusters, index, nearest
from claims.transparency import public_bundles
from claims.workflow import offering
from sources import jobs, signals
from sources.jobs import notify
from sources.models import Document, Revision, Snapshot
from sources.roles import Actor

READ, REDATE, FLAG, VERIFY, VERIFY_WHOLE, DELIVER, NEAR = "read", "redate", "flag", "verify", "verify-whole", "deliver", "near"
OFFER, RECORDS, INDEX, PROVE = "offer", "records", "index", "prove"
# Which task does which kind of work; by name, so that a web process need not load the reader.
WOKEN = {
    READ: "claims.tasks.read_snapshots",
    REDATE: "claims.tasks.redate_claims",
    FLAG: "claims.tasks.flag_claims",
    NEAR: "claims.tasks.find_neighbours",
    INDEX: "claims.tasks.index_claims",
    VERIFY: "claims.tasks.verify_ledger",
    VERIFY_WHOLE: "claims.tasks.verify_ledger_whole",
    OFFER: "claims.tasks.offer_corrections",
    RECORDS: "claims.tasks.issue_first_records",
    PROVE: "claims.tasks.prove_records",
    DELIVER: "claims.tasks.deliver_events",
    WEBHOOK: "claims.tasks.deliver_webhooks",
    DIGEST: "claims.tasks.send_digests",
}

# After which events what is near a claim is searched (again), and after which nothing is near it until then.
_NEARING = (
    events.ClaimAccepted, events.ClaimRevised, events.ClaimReread, events.VerdictApproved, events.ClaimReopened, events.ClaimUnmerged,
)  # fmt: skip
_PARTING = (events.ClaimRevised, events.ClaimReread, events.ClaimRejected, events.ClaimWithdrawn, events.ClaimMerged)

# Flags themselves and sources touch no rule.
FLAGGABLE = tuple(kind for name, kind in events.TYPES.items() if name.startswith(("Claim", "Verdict", "Evidence")))

# After which events a claim's sources may be called otherwise than readers are shown.
_OFFERABLE = (events.CorrectionReturned, events.ClaimPublished, events.ClaimUnmerged)

JOINING = (events.ClaimLinked, events.ClaimUnlinked, events.ClaimMerged, events.ClaimUnmerged)


def listen() -> None:
    """Connects the signals; called once, when the app is ready."""
    signals.snapshot_captured.connect(owe_reading, dispatch_uid="claims.owe_reading")
    signals.source_revised.connect(vouch, dispatch_uid="claims.vouch")
    signals.source_revised.connect(owe_redating, dispatch_uid="claims.owe_redating")
    signals.snapshot_captured.connect(look_again, dispatch_uid="claims.look_again")
    signals.page_turned.connect(look_again, dispatch_uid="claims.look_again.page")
    ledger.appended.connect(call, dispatch_uid="claims.call")


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


def call(sender: object, **_: Any) -> None:
    """After a commit the consumers are called; if the call is lost, the clock calls them."""
    notify.soon(DELIVER)


def follow_up(batch: Sequence[Sealed]) -> None:
    """What people and readers do to claims is looked at by the rules at the end of the minute: many changes are one look."""
    if any(isinstance(sealed.happening.event, FLAGGABLE) for sealed in batch):
        owe_flagging()


def owe_flagging() -> None:
    """The rules run at the end of this minute."""
    minute = (timezone.now() + timedelta(minutes=1)).replace(second=0, microsecond=0)
    jobs.owe(FLAG, f"{FLAG}:after:{minute:%Y-%m-%dT%H:%M}", minute)


def match(batch: Sequence[Sealed]) -> None:
    """The claims that something happened to are found by the words they have now; what is near them is searched by and by.

    That search is owed here, after the words are in the index: of two claims taken in side by side the later one finds the other.
    """
    happened = [sealed.happening for sealed in batch]
    index.renew(h.stream for h in happened if isinstance(h.event, FLAGGABLE))
    # Read again by a version that reads the same, a claim says what it said.
    happened = [h for h in happened if not isinstance(h.event, events.ClaimReread) or h.event.changes]
    if parted := {h.stream for h in happened if isinstance(h.event, _PARTING)}:
        flagging.look_again(nearest.forget(parted))
    if nearing := [f"{NEAR}:{h.stream}:{h.version}" for h in happened if isinstance(h.event, _NEARING)]:
        jobs.owe_all(NEAR, nearing)
        jobs.wake(NEAR)


def index_from(after: UUID) -> None:
    """The next claims that have a source, or a statement that is not their quote, are indexed anew; what follows them is owed.

    Where the index was filled by an earlier version it lacks the words of sources, and may hold words that are no part of what is
    compared: then what is near is owed, too.
    """
    claims = index.with_other_words(after)
    index.renew(claims)
    reworded = index.reworded(claims)
    flagging.look_again(nearest.forget(reworded))
    owe_neighbours(reworded)
    if claims:
        jobs.owe(INDEX, f"{INDEX}:{claims[-1]}")
        jobs.wake(INDEX)


def owe_neighbours(claims: Collection[UUID] | None = None) -> int:
    """What is near every claim that is worked on, or near these, is searched anew; how many they are."""
    again = timezone.now().isoformat(timespec="seconds")
    worked_on = Claim.objects.filter(status__in=nearest.WORKED_ON).values_list("pk", flat=True)
    if claims is not None:
        worked_on = worked_on.filter(pk__in=claims)
    owed = jobs.owe_all(NEAR, [f"{NEAR}:{claim}:{again}" for claim in worked_on])
    jobs.wake(NEAR)
    return owed


def join(batch: Sequence[Sealed]) -> None:
    """Clusters follow the judgements: both ends of each are in the feed. The rules look at all claims of those that change."""
    if changed := clusters.renew(sealed.happening.stream for sealed in batch if isinstance(sealed.happening.event, JOINING)):
        flagging.look_again(changed)


def offer(batch: Sequence[Sealed]) -> None:
    """What readers see of a published claim stays as it is when its sources change: a correction is offered, by and by.

    A correction that was decided may have kept another offer back; and what is public only now, or again, shows the sources as they
    were called when it was judged.
    """
    owed = []
    for sealed in batch:
        event, happened = sealed.happening.event, sealed.happening
        if isinstance(event, events.SourceRevised) and event.number > 1:
            owed.append(f"{OFFER}:source:{happened.id}")
        elif isinstance(event, _OFFERABLE) or (isinstance(event, events.CorrectionIssued) and event.correction):
            owed.append(f"{OFFER}:claim:{happened.stream}:{happened.version}")
    if owed:
        jobs.owe_all(OFFER, owed)
        jobs.wake(OFFER)


def prove(batch: Sequence[Sealed]) -> None:
    """What readers are shown is proved by and by: each event of a public record is owed its proof."""
    if owed := [f"{PROVE}:{sealed.position}" for sealed in batch if sealed.type in public_bundles.TYPES]:
        jobs.owe_all(PROVE, owed)
        jobs.wake(PROVE)


def owe_first_records(sender: object, **_: Any) -> None:
    """After an upgrade: claims that were published before get their public records, and old denials are looked for.

    On the way back, or where only some migrations were asked for, what this asks is not there: then nothing is owed.
    """
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return
    if first_records.missing():
        jobs.owe_again(RECORDS, f"{RECORDS}:first")
        jobs.wake(RECORDS)
    if offering.to_restate().exists() and jobs.owe(OFFER, f"{OFFER}:restate:denials"):  # once
        jobs.wake(OFFER)


def owe_after_loading() -> None:
    """A copy that an earlier version wrote brings claims which an upgrade would see to: here they arrive after it."""
    owe_first_records(None)
    if offering.to_restate().exists():
        jobs.owe_again(OFFER, f"{OFFER}:restate:denials")
        jobs.wake(OFFER)


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


# Who follows the feed, each at its own pace. A name is stored: never give it to another.
_FOLLOWING = (
    Consumer("follow-up", follow_up),
    Consumer("webhooks", webhooks.owe),
    Consumer("matching", match, 1000),
    Consumer("clusters", join, 1000),
    Consumer("offers", offer, 1000),
    Consumer("record-proofs", prove, 1000),
)
CONSUMERS = {consumer.name: consumer for consumer in _FOLLOWING}
