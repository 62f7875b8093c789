"""One look at one page: fetched, compared with what it showed, and noted; a changed text is kept as a new snapshot."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from sources import jobs
from sources.capturing import capture
from sources.errors import Refusal
from sources.fetching import Fetched, Known, NotFetched, Why, addresses
from sources.fetching.networks import Resolve, resolve
from sources.importers import incoming
from sources.importers.incoming import Read
from sources.models import Watch, Work
from sources.models.watches import Checked
from sources.roles import PROGRAM
from sources.watching import hosts, polite_fetch, robots, schedule, watchlist
from sources.watching.outcomes import Outcome, failed

OFF = timedelta(hours=1)  # until what is due is looked at again while WATCHING is 0
_ROWS = Watch.objects.select_related("document__outlet__watch", "snapshot").defer("snapshot__raw", "snapshot__fetched")
BUSY, RESTING, GONE_AWAY = "busy", "resting", "gone_away"


@dataclass(frozen=True, slots=True)
class Look:
    """What a look came to, before it is noted."""

    outcome: str
    found: Fetched | None = None
    read: Read | None = None
    status: int | None = None
    detail: str = ""
    wait: timedelta | None = None


def check(owed: Work, *, look_up: Resolve = resolve, always: bool = False) -> str:
    """Looks at the page that this work is about and notes what came of it, which is answered: an outcome, or why nobody looked.

    What is fetched is fetched outside any transaction; the note, the new snapshot and the next time are one. `always`: though
    WATCHING is 0. Raises jobs.LeaseLost.
    """
    watch = _ROWS.filter(document=UUID(owed.key.partition(":")[2])).first()
    if watch is None:
        jobs.complete(owed)
        return GONE_AWAY
    if told := set_aside(owed, watch, always=always):
        return told
    try:
        look = _look(watch, look_up)
    except hosts.Busy as busy:
        jobs.put_off(owed, busy.until)
        return BUSY
    with transaction.atomic():
        jobs.hold(owed)
        watch = _ROWS.select_for_update(of=("self",)).get(pk=watch.pk)
        if told := set_aside(owed, watch, always=True):  # taken off the watch meanwhile: what was erased does not come back by it
            return told
        outcome = _note(watch, look, timezone.now())
        watch.save()
        assert watch.next_at is not None
        jobs.put_off(owed, watch.next_at)
    return outcome


def set_aside(owed: Work, one: Checked, *, always: bool) -> str:
    """Puts off what rests, or all of it while watching is switched off; empty where it is to be looked at."""
    if not settings.WATCHING and not always:
        jobs.put_off(owed, timezone.now() + OFF)
        return RESTING
    if not watchlist.resting(one):  # type: ignore[arg-type]
        return ""
    until = watchlist.rests_until(one)  # type: ignore[arg-type]
    if until is None:
        jobs.complete(owed)
    else:
        jobs.put_off(owed, until)
    type(one)._default_manager.filter(pk=one.pk).update(next_at=until)
    return RESTING


def look_at(url: str, known: Known, look_up: Resolve) -> Look:
    """The page, or why there is none. Raises hosts.Busy."""
    try:
        found = polite_fetch.fetch_politely(url, known, look_up=look_up)
    except robots.Denied:
        return Look(Outcome.DENIED)
    except polite_fetch.Wait as wait:
        return Look(Outcome.LATER, status=wait.status, wait=wait.wait)
    except NotFetched as failure:
        return Look(failure.why, status=failure.status, detail=str(failure))
    except addresses.NotAnAddress as failure:
        return Look(Why.BROKEN, detail=str(failure))
    return Look(Outcome.UNCHANGED if found.unchanged else Outcome.CHANGED, found, status=found.about["status"])


def known_of(one: Checked) -> Known:
    """What to ask with."""
    return Known(url=one.known_url, etag=one.etag, modified=one.modified)


def note_failure(one: Checked, outcome: str, wait: timedelta | None, now: datetime) -> bool:
    """When to come back to what was not there, or not for us; does it count as gone now, and did not before?"""
    if not failed(outcome):
        pace = wait if outcome == Outcome.LATER and wait else schedule.DENIED
        one.next_at = now + jittered(pace)
        return False
    one.failures += 1
    one.failing_since = one.failing_since or now
    one.next_at = now + jittered(schedule.retry(one.failures, one.failing_since, now))
    if one.gone_since or not schedule.gone(one.failures, one.failing_since, now):
        return False
    one.gone_since = now
    return True


def jittered(pace: timedelta) -> timedelta:
    """A little later, so that what was looked at together does not stay together."""
    return pace * random.uniform(1, 1.1)  # noqa: S311 - no secret


def _look(watch: Watch, look_up: Resolve) -> Look:
    document = watch.document
    look = look_at(document.url, known_of(watch), look_up)
    found = look.found
    if found is None or look.outcome != Outcome.CHANGED:
        return look
    if _is_front_page(found.url) and not _is_front_page(document.url):
        return Look(Outcome.FRONT_PAGE, status=look.status, detail=found.url)
    if watch.snapshot and watch.snapshot.raw_digest and bytes(watch.snapshot.raw_digest) == hashlib.sha256(found.data).digest():
        return Look(Outcome.UNCHANGED, found, status=look.status)
    try:
        read = incoming.read(found.data, media_type=found.media_type, charset=found.charset, url=document.url)
        capture.checked(read.text)
    except Refusal as refusal:
        return Look(Outcome.UNREAD, status=look.status, detail=str(refusal))
    return Look(Outcome.CHANGED, found, read, status=look.status)


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _note(watch: Watch, look: Look, now: datetime) -> str:
    document, found, outcome = watch.document, look.found, look.outcome
    turned = False
    if found is not None and outcome in (Outcome.UNCHANGED, Outcome.CHANGED):
        snapshot = watch.snapshot
        if look.read:
            page = look.read
            snapshot = capture.recapture(
                document,
                page.text,
                by=PROGRAM,
                raw=found.data,
                media_type=page.media_type,
                extractor=page.extractor,
                fetched=found.about,
            ).snapshot
            outcome = Outcome.UNCHANGED if snapshot.pk == watch.snapshot_id else Outcome.CHANGED
        turned = outcome == Outcome.CHANGED or watch.gone_since is not None
        before = timedelta(seconds=watch.pace)
        pace = schedule.changed(before) if outcome == Outcome.CHANGED else schedule.unchanged(before)
        assert snapshot is not None
        watchlist.note_seen(watch, snapshot, found, jittered(pace), now=now)
        watch.pace = int(pace.total_seconds())
    else:
        turned = note_failure(watch, outcome, look.wait, now)
    watchlist.note(watch, outcome, look.status, look.detail, now=now)
    if turned:
        watchlist.turned(watch, now=now)
    return outcome
