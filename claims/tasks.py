"""What the workers do. A message only wakes; what is owed are rows, so every task may run twice, late or side by side."""

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from claims import flagging, ledger, transparency
from claims.handlers import (
    CONSUMERS,
    DELIVER,
    FLAG,
    INDEX,
    NEAR,
    OFFER,
    PROVE,
    READ,
    RECORDS,
    REDATE,
    VERIFY,
    VERIFY_WHOLE,
    index_from,
    owe_flagging,
)
from claims.intake import reading, redate
from claims.ledger import subscriptions
from claims.notifications import digests, webhooks
from claims.records import first
from claims.similarity import nearest
from claims.transparency import checkpoints, keys, public_bundles
from claims.workflow import offering
from sources import jobs
from sources.jobs import notify
from sources.models import Snapshot, Work

log = logging.getLogger(__name__)

AT_ONCE = 5  # texts leased together
PROVED_AT_ONCE = 1000  # events of public records leased together
LEASE = 300  # seconds; longer than the time limit of a task
LONG = 4 * 60 * 60  # a whole verification's limit, and its lease
PATIENCE = 60  # after so many seconds a task calls the next one instead of going on
KEPT = timedelta(days=7)  # how long the rows of past slots are kept


def _while_due(kind: str, do: Callable[[Work], None], *, limit: int) -> int:
    """Carries out work of this kind, `limit` pieces leased at once, until none is due or PATIENCE is over; how many were taken."""
    until, done = time.monotonic() + PATIENCE, 0
    while taken := jobs.carry_out(kind, do, limit=limit, seconds=LEASE):
        done += taken
        if time.monotonic() > until:
            notify.send(kind)
            break
    return done


@shared_task
def read_snapshots() -> int:
    """Reads the texts that are owed a reading.

    1. Lease some, for longer than this task may run; the lease is committed before the reading starts.
    2. Read each and propose its claims, in one transaction with the completion of its row.
    3. What fails is tried again later with the error on its row, and given up after a few times.
    4. Go on until nothing is due; after a minute wake another worker instead.
    """
    return _while_due(READ, _read, limit=AT_ONCE)


@shared_task
def redate_claims() -> int:
    """Counts the dates of claims anew whose document's publication date was corrected.

    1. Lease some corrections, for longer than this task may run.
    2. Read the document's texts with the new date: change what nobody has touched, offer the rest to people.
    3. That and the completion of the row are one transaction; what fails is tried again, and given up after a few times.
    4. Go on until nothing is due; after a minute wake another worker instead.
    """
    return _while_due(REDATE, _redate, limit=AT_ONCE)


@shared_task
def offer_corrections() -> int:
    """Offers corrections of published claims whose sources are called otherwise now.

    1. Lease some changes of sources, some claims whose correction was decided, and after an upgrade the look for denials.
    2. For each, compare what readers are shown with what the sources are called, and propose what differs.
    3. That is committed batch by batch; doing it again proposes nothing more. What fails is tried again.
    4. Go on until nothing is due; after a minute wake another worker instead.
    """
    done = _while_due(OFFER, _offer, limit=AT_ONCE)
    Work.objects.filter(kind=OFFER, done_at__lt=timezone.now() - KEPT).delete()
    return done


def _offer(owed: Work) -> None:
    _kind, what, id, *_version = owed.key.split(":")
    if what == "restate":
        offering.restate()
    elif what == "claim":
        offering.offer_what_is_left(UUID(id))
    else:
        cause = offering.cause_of(UUID(id))
        offering.offer(offering.touched_by(cause.subject), cause)


@shared_task
def issue_first_records() -> int:
    """Issues the public records of claims that were published before there were any.

    1. Lease the work, which an upgrade owes.
    2. Issue what is missing, batch by batch, each committed by itself: what a dead worker leaves undone, the next one does.
    3. Strike the row off, or try again later with the error on it.
    """
    return _do_leased(jobs.lease(RECORDS, 1, LEASE), RECORDS, first.issue)


@shared_task
def find_neighbours() -> int:
    """Finds what is near the claims that were accepted, or say something else now.

    1. Lease some, for longer than this task may run.
    2. Search for each, keep the nearest few, and let the rules look at those that have another neighbour: in one transaction
       with the completion of its row.
    3. Go on until nothing is due; after a minute wake another worker instead.
    """
    done = _while_due(NEAR, _find_neighbours, limit=20 * AT_ONCE)
    Work.objects.filter(kind=NEAR, done_at__lt=timezone.now() - KEPT).delete()
    return done


@shared_task
def index_claims() -> int:
    """Puts the words of claims in order that an earlier version has indexed otherwise; how many stretches of them.

    1. Lease one stretch, for longer than this task may run; an upgrade owes the first.
    2. Index its claims anew and owe the next stretch, in one transaction with the completion of its row.
    3. Go on until nothing is due; after a minute wake another worker instead.
    """
    done = _while_due(INDEX, lambda owed: index_from(UUID(owed.key.split(":")[1])), limit=1)
    Work.objects.filter(kind=INDEX, done_at__lt=timezone.now() - KEPT).delete()
    return done


def _find_neighbours(owed: Work) -> None:
    if changed := nearest.renew(UUID(owed.key.split(":")[1])):
        flagging.look_again(changed)
        owe_flagging()


def _redate(owed: Work) -> None:
    _kind, document, number = owed.key.split(":")
    redate.redate(UUID(document), int(number))


def _read(owed: Work) -> None:
    reading.read_snapshot(Snapshot.objects.select_related("content", "document__outlet").get(pk=owed.key.removeprefix(f"{READ}:")))


@shared_task
def flag_claims() -> int:
    """Runs the follow-up rules, once for each quarter of an hour.

    1. Owe this quarter's run, if nobody has.
    2. Lease what is owed; quarters that were missed are made good by one run.
    3. Raise and clear flags in batches, each committed by itself: what a dead worker leaves undone, the next one does.
    4. Strike the rows off, or try again later with the error on them.
    """
    return _once_a_slot(FLAG, timedelta(minutes=15), lambda: flagging.run(), seconds=LEASE)


@shared_task
def verify_ledger() -> int:
    """Verifies what came to the ledger since the last time, once an hour.

    1. Owe this hour's run, lease what is owed.
    2. Verify from the last position that was found sound, and keep what came of it.
    3. Strike the row off: a fault is an answer, kept as a verification and told by readiness and the admin.
    """
    return _once_a_slot(VERIFY, timedelta(hours=1), lambda: _verify(whole=False), seconds=LEASE)


@shared_task(soft_time_limit=LONG, time_limit=LONG + 60)
def verify_ledger_whole() -> int:
    """Verifies all that was ever kept, and that the tables equal a replay, once a night.

    1. Owe this day's run, lease what is owed for as long as it may take.
    2. Verify everything, and keep what came of it.
    3. Strike the row off.
    """
    return _once_a_slot(VERIFY_WHOLE, timedelta(days=1), lambda: _verify(whole=True), seconds=LONG + 120)


def _verify(*, whole: bool) -> None:
    done = transparency.verified(whole=whole)
    if not done.ok:
        log.error("The ledger is not as it was written: %s", done.fault)


@shared_task
def deliver_events() -> int:
    """Takes every consumer of the feed further; woken after each commit, and by the clock in case the call was lost.

    1. Seal, so that what is committed has its place.
    2. Each consumer in turn takes batches, in order, each in one transaction with its new position.
    3. What fails is undone and noted on its subscription; the others go on, and the next call tries again.
    4. After a minute wake another worker instead.
    """
    notify.acknowledge(DELIVER)
    until, done = time.monotonic() + PATIENCE, 0
    for consumer in CONSUMERS.values():
        done += subscriptions.deliver(consumer, until=until)
    if time.monotonic() > until:
        notify.send(DELIVER)
    return done


@shared_task
def deliver_webhooks() -> int:
    """Sends webhooks what they have not had; how many events were taken.

    1. Lease one webhook at a time, for longer than this task may run: its events go out in order, from one worker.
    2. Send event after event, and commit the new position after each.
    3. What a receiver does not take is tried again later, ever later; after days of that the webhook is switched off.
    4. Go on until nothing is due; after a minute wake another worker instead.
    """
    until, done = time.monotonic() + webhooks.PATIENCE, 0
    while taken := jobs.lease(webhooks.WEBHOOK, 1, webhooks.LEASE):
        done += webhooks.deliver(taken[0])
        if time.monotonic() > until:
            notify.send(webhooks.WEBHOOK)
            break
    return done


@shared_task
def send_digests() -> int:
    """Sends digests by e-mail to those whose hour has come; how many were looked at.

    1. Owe each person's newest one; days on which nothing ran are told by it.
    2. Lease one, mark it, commit, send it: one that dies in between is doubtful, shown in the admin and not repeated.
    3. What the mail server refused is tried again later; after a few times it is given up.
    4. Go on until nothing is due; after a minute wake another worker instead.
    """
    digests.owe()
    until, done = time.monotonic() + PATIENCE, 0
    while taken := jobs.lease(digests.DIGEST, 1, digests.LEASE):
        digests.send(taken[0])
        done += 1
        if time.monotonic() > until:
            notify.send(digests.DIGEST)
            break
    return done


@shared_task
def seal_ledger() -> int:
    """Gives committed events their places in the global order.

    1. Leave at once where somebody else is sealing.
    2. Number what has no place yet, in one statement.
    """
    return ledger.seal(wait=False)


@shared_task
def sign_ledger() -> int:
    """Signs the head of the log where it has grown; returns how many events it holds.

    1. Seal, and take the signers' lock: two at once make one head.
    2. Refuse where the log is not the one that was signed before; verification says what is wrong.
    3. Keep the head in the database, then outside it.
    4. Keep the proofs of public records that it is the first to cover.
    """
    try:
        size = checkpoints.make().size
    except (checkpoints.Contradicted, keys.NoKey) as refusal:
        log.error("%s", refusal)
        return 0
    prove_records()
    return size


@shared_task
def prove_records() -> int:
    """Proves what was issued to readers, against the first signed head that covers it; how many events.

    1. Lease some of the events of public records that are owed a proof.
    2. Have the head of the log signed where none covers them: at most one in two seconds, so that a batch ends with one.
    3. Keep the proofs, and strike the rows off. What fails is tried again; doing it again changes nothing.
    """
    done = 0
    while taken := jobs.lease(PROVE, PROVED_AT_ONCE, LEASE):
        done += _do_leased(taken, PROVE, partial(_prove, [int(owed.key.removeprefix(f"{PROVE}:")) for owed in taken]))
    Work.objects.filter(kind=PROVE, done_at__lt=timezone.now() - KEPT).delete()
    return done


def _prove(positions: list[int]) -> None:
    public_bundles.sign_over(max(positions) + 1)
    public_bundles.keep(positions)


def _once_a_slot(kind: str, every: timedelta, do: Callable[[], object], *, seconds: int) -> int:
    """Does what is owed once for all slots that are due; how many there were."""
    now = timezone.now()
    slot = int(now.timestamp() // every.total_seconds() * every.total_seconds())
    jobs.owe(kind, f"{kind}:{slot}")
    done = _do_leased(jobs.lease(kind, 100, seconds), kind, do)
    if done:
        Work.objects.filter(kind=kind, done_at__lt=now - KEPT).delete()
    return done


def _do_leased(taken: list[Work], kind: str, do: Callable[[], object]) -> int:
    """Does once what all these pieces of work ask for; how many they were, 0 where it failed and is tried again."""
    if not taken:
        return 0
    try:
        do()
    except Exception as error:  # whatever it was, it is kept on the rows and tried again
        log.warning("%s failed", kind, exc_info=True)
        for owed in taken:
            jobs.retry(owed, f"{type(error).__name__}: {error}")
        return 0
    for owed in taken:
        jobs.complete(owed)
    return len(taken)
