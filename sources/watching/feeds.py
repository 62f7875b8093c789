"""Feeds are polled, and what is new in them becomes documents: from its page where it can be fetched, else from what the feed carries."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

import msgspec
import structlog
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources import jobs, roles
from sources.capturing import capture
from sources.errors import Category, Refusal
from sources.fetching import Known, NotFetched, addresses
from sources.fetching.networks import Resolve, resolve
from sources.importers import feed as importer
from sources.importers import incoming
from sources.importers.feed import Entry
from sources.models import Document, Feed, FeedEntry, Outlet, Work
from sources.registry import outlets
from sources.roles import PROGRAM, Actor
from sources.watching import hosts, page_checks, robots, schedule, watchlist
from sources.watching.outcomes import Outcome
from sources.watching.polite_fetch import Wait, fetch_politely
from sources.watching.watchlist import ENTRY

MOST = 100  # entries of one look, the newest as the feed has them: who adds a feed does not want its archive
LEAST_MINUTES, MOST_MINUTES = 5, 7 * 24 * 60
TRIES = 3  # for the page of an entry; then what the feed carries of it is taken
KEPT = timedelta(days=180)  # after it was last in its feed, an entry is forgotten
log = structlog.get_logger(__name__)


class BadPace(Refusal, ValueError):
    """A feed is looked at every 5 minutes at most, and once a week at least."""

    sentence = _("A feed is looked at every 5 minutes at most, and once a week at least.")
    category, title, field = Category.INVALID, _("Not a pace"), "every"


class FeedThere(Refusal, ValueError):
    """This feed is polled already."""

    sentence = _("This feed is polled already.")
    title, field = _("Polled already"), "url"


def add(url: str, outlet: str | Outlet, *, by: Actor, every: int = 30, pages: bool = True) -> Feed:
    """Polls an outlet's feed from now on. Raises NotAllowed, NotAnAddress, NoName, BadPace, FeedThere."""
    roles.must(by, "watch")
    url = addresses.checked(url)
    _check_pace(every)
    with transaction.atomic():
        if isinstance(outlet, str):
            outlet = outlets.find_or_make(outlet, by=by)
        feed, new = Feed.objects.get_or_create(url=url, defaults={"outlet": outlet, "every": every, "pages": pages})
        if not new:
            raise FeedThere
        watchlist.resume(feed, by=by)
    feed.refresh_from_db()
    return feed


def change(feed: Feed, *, by: Actor, every: int | None = None, pages: bool | None = None) -> Feed:
    """Polls it at another pace, or takes its entries otherwise. Raises NotAllowed, BadPace."""
    roles.must(by, "watch")
    if every is not None:
        _check_pace(every)
        feed.every = every
        feed.pace = min(feed.pace, every * 60)
    if pages is not None:
        feed.pages = pages
    feed.save(update_fields=["every", "pace", "pages"])
    return feed


def remove(feed: Feed, *, by: Actor) -> None:
    """Polls it no longer, and forgets it; the documents that it brought stay. Raises NotAllowed."""
    roles.must(by, "watch")
    with transaction.atomic():
        entries = [f"{ENTRY}:{pk}" for pk in feed.entries.exclude(told=None).values_list("pk", flat=True)]
        Work.objects.filter(key__in=[watchlist.key_of(feed), *entries]).delete()
        feed.delete()


def _check_pace(every: int) -> None:
    if not LEAST_MINUTES <= every <= MOST_MINUTES:
        raise BadPace


# ── looks


def poll(owed: Work, *, look_up: Resolve = resolve, always: bool = False) -> str:
    """Looks at a feed and owes the pages of what is new in it; an outcome, or why nobody looked. Raises jobs.LeaseLost."""
    feed = Feed.objects.select_related("outlet").filter(pk=owed.key.partition(":")[2]).first()
    if feed is None:
        jobs.complete(owed)
        return page_checks.GONE_AWAY
    if told := page_checks.set_aside(owed, feed, always=always):
        return told
    try:
        look = page_checks.look_at(feed.url, page_checks.known_of(feed), look_up)
    except hosts.Busy as busy:
        jobs.put_off(owed, busy.until)
        return page_checks.BUSY
    read: importer.Feed | None = None
    if look.found is not None and look.outcome == Outcome.CHANGED:
        try:
            read = importer.read(look.found.data, url=look.found.url, media_type=look.found.media_type)
        except ValueError as refusal:
            look = page_checks.Look(Outcome.NO_FEED, status=look.status, detail=str(refusal))
    with transaction.atomic():
        jobs.hold(owed)
        feed = Feed.objects.select_for_update(of=("self",)).select_related("outlet").get(pk=feed.pk)
        outcome = _note(feed, look, read, timezone.now())
        feed.save()
        assert feed.next_at is not None
        jobs.put_off(owed, feed.next_at)
    return outcome


def _note(feed: Feed, look: page_checks.Look, read: importer.Feed | None, now: datetime) -> str:
    outcome = look.outcome
    if look.found is None:
        page_checks.note_failure(feed, outcome, look.wait, now)
    else:
        new = _take_in(feed, read, now) if read else 0
        outcome = Outcome.CHANGED if new else Outcome.UNCHANGED
        pace = schedule.polled(timedelta(minutes=feed.every), timedelta(seconds=feed.pace), new=bool(new))
        watchlist.note_well(feed, look.found, page_checks.jittered(pace), now=now)
        feed.pace = int(pace.total_seconds())
    watchlist.note(feed, outcome, look.status, look.detail, now=now)
    return outcome


def _take_in(feed: Feed, read: importer.Feed, now: datetime) -> int:
    """Notes the entries that are new, and has them taken; how many there were."""
    entries = {_key(entry): entry for entry in read.entries[:MOST]}
    known = {bytes(key) for key in feed.entries.filter(key__in=list(entries)).values_list("key", flat=True)}
    feed.entries.filter(key__in=list(known), seen_at__lt=now - timedelta(days=1)).update(seen_at=now)
    feed.entries.filter(seen_at__lt=now - KEPT, told=None).delete()
    new = {key: entry for key, entry in entries.items() if key not in known and not _is_here(feed, entry)}
    language = read.language
    for key, entry in reversed(new.items()):  # the oldest first, as they came to be
        told = msgspec.to_builtins(entry) | {"language": language}
        row = FeedEntry.objects.create(feed=feed, key=key, told=told, seen_at=now)
        jobs.owe(ENTRY, f"{ENTRY}:{row.pk}")
    if new:
        jobs.wake(ENTRY)
    return len(new)


def _key(entry: Entry) -> bytes:
    what = addresses.canonical(entry.url) if entry.url else entry.id or f"{entry.title}\n{entry.text}"
    return hashlib.sha256(what.encode(errors="replace")).digest()


def _is_here(feed: Feed, entry: Entry) -> bool:
    return bool(entry.url) and Document.objects.filter(identity=capture.identity(feed.outlet, entry.url, b"")).exists()


def take_entry(owed: Work, *, look_up: Resolve = resolve, always: bool = False) -> str:
    """Makes a document of a feed's entry: an outcome, or why nobody looked. Raises jobs.LeaseLost."""
    row = FeedEntry.objects.select_related("feed__outlet").filter(pk=owed.key.partition(":")[2]).first()
    if row is None or row.told is None:
        jobs.complete(owed)
        return page_checks.GONE_AWAY
    if told := page_checks.set_aside(owed, row.feed, always=always):
        return told
    said = dict(row.told)
    language, entry = said.pop("language"), msgspec.convert({**row.told, "language": None}, Entry)
    outcome: str = Outcome.CHANGED
    found = None
    if row.feed.pages and entry.url:
        try:
            found = fetch_politely(entry.url, Known(), look_up=look_up)
        except hosts.Busy as busy:
            jobs.put_off(owed, busy.until)
            return page_checks.BUSY
        except Wait as wait:
            jobs.put_off(owed, timezone.now() + wait.wait)
            return Outcome.LATER
        except robots.Denied:
            outcome = Outcome.DENIED
        except (NotFetched, addresses.NotAnAddress) as failure:
            if owed.attempts < TRIES:
                jobs.retry(owed, str(failure))
                return getattr(failure, "why", "broken")
            outcome = getattr(failure, "why", "broken")
    with transaction.atomic():
        jobs.hold(owed)
        if not FeedEntry.objects.select_for_update().filter(pk=row.pk).exclude(told=None).exists():  # erased meanwhile
            jobs.complete(owed)
            return page_checks.GONE_AWAY
        kept = _kept(row, entry, found, language)
        row.told = None
        row.save(update_fields=["told"])
        jobs.complete(owed)
    return outcome if kept else Outcome.UNREAD


def _kept(row: FeedEntry, entry: Entry, found: Any, language: str) -> bool:
    """Its page as a document, else what the feed carries of it; False where there is nothing to keep."""
    given = {"title": entry.title, "published": entry.published, "authors": entry.authors, "language": language}
    if found is not None:
        try:
            with transaction.atomic():
                incoming.capture_fetched(found, by=PROGRAM, url=entry.url, outlet=row.feed.outlet, **given)
            return True
        except Refusal as refusal:
            log.info("no article on the page of an entry", entry=row.pk, reason=str(refusal))
    try:
        with transaction.atomic():
            importer.keep(entry, by=PROGRAM, outlet=row.feed.outlet, language=language)
        return True
    except Refusal as refusal:
        log.info("nothing to keep of an entry", entry=row.pk, reason=str(refusal))
        return False
