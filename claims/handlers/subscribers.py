"""Who follows the feed of the ledger, each at its own pace: what follows from an event is done, or owed, after it was sealed."""

from collections.abc import Sequence

from claims import flagging
from claims.domain import events
from claims.handlers.work_kinds import NEAR, OFFER, PROVE
from claims.handlers.work_owed import owe_flagging
from claims.ledger.history import Sealed
from claims.ledger.subscriptions import Consumer
from claims.notifications import webhooks
from claims.similarity import clusters, index, nearest
from claims.transparency import public_bundles
from sources import jobs

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


def follow_up(batch: Sequence[Sealed]) -> None:
    """What people and readers do to claims is looked at by the rules at the end of the minute: many changes are one look."""
    if any(isinstance(sealed.happening.event, FLAGGABLE) for sealed in batch):
        owe_flagging()


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
