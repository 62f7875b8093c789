"""Which pages are watched: those that came from the web, until somebody says otherwise."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sources import jobs, roles, signals
from sources.errors import Refusal
from sources.fetching import Fetched
from sources.models import Attention, Document, Feed, Outlet, OutletWatch, PageTurn, Snapshot, Watch
from sources.models.watches import Attended, Checked
from sources.roles import Actor
from sources.watching import schedule
from sources.watching.outcomes import Outcome

One = TypeVar("One", Watch, Feed)
WATCH, POLL, ENTRY = "watch", "poll", "entry"


class NoPage(Refusal, ValueError):
    """This document has no address on the web: there is nothing to look at again."""

    sentence = _("This document has no address on the web: there is nothing to look at again.")
    title = _("No page")


class NotWatched(Refusal, ValueError):
    """This is not watched now: watch it again first."""

    sentence = _("This is not watched now: watch it again first.")
    title = _("Not watched")


def key_of(one: Checked) -> str:
    """The key of the work that a page or a feed is owed."""
    return f"{WATCH}:{one.document_id}" if isinstance(one, Watch) else f"{POLL}:{one.pk}"


def kind_of(one: Checked) -> str:
    """The kind of that work."""
    return WATCH if isinstance(one, Watch) else POLL


def listen() -> None:
    """Connects the signal; called once, when the app is ready."""
    signals.page_fetched.connect(_came, dispatch_uid="sources.watching.came")


def _came(sender: object, *, snapshot: Snapshot, found: Fetched, **rest: Any) -> None:
    seen(snapshot, found)


def seen(snapshot: Snapshot, found: Fetched) -> Watch:
    """The page was fetched, by whoever: it is watched from now on, unless somebody has said otherwise."""
    now = timezone.now()
    with transaction.atomic():
        watch, new = Watch.objects.select_for_update().get_or_create(document=snapshot.document)
        turns = (watch.snapshot_id != snapshot.pk and not new) or watch.gone_since is not None
        pace = schedule.first()
        note(watch, Outcome.UNCHANGED if new or watch.snapshot_id == snapshot.pk else Outcome.CHANGED, found.about["status"], now=now)
        note_seen(watch, snapshot, found, pace, now=now)
        watch.save()
        if turns:
            turned(watch, now=now)
        if not watch.resting(timezone.localdate()) and watch.next_at:
            jobs.owe_again(WATCH, key_of(watch), watch.next_at)
    return watch


def note(one: Checked, outcome: str, status: int | None, detail: str = "", *, now: datetime) -> None:
    """What a look came to."""
    one.checked_at, one.outcome, one.status, one.detail = now, outcome, status, detail.replace("\0", "")[:500]
    if outcome == Outcome.CHANGED:
        one.changed_at = now


def note_well(one: Checked, found: Fetched, pace: timedelta, *, now: datetime) -> None:
    """It is there: nothing has failed, and this is what to ask with the next time."""
    one.failures, one.failing_since, one.gone_since = 0, None, None
    if not found.unchanged:
        one.known_url, one.etag, one.modified = found.known.url[:2000], found.known.etag, found.known.modified
    one.pace = int(pace.total_seconds())
    one.next_at = now + pace


def note_seen(watch: Watch, snapshot: Snapshot, found: Fetched, pace: timedelta, *, now: datetime) -> None:
    """What the page shows."""
    watch.snapshot, watch.seen_at = snapshot, now
    note_well(watch, found, pace, now=now)


def turned(watch: Watch, *, now: datetime) -> None:
    """The page shows another text than before, is gone, or is back: kept for whoever asks how it was then, and told."""
    gone = watch.failing_since if watch.gone_since else None
    PageTurn.objects.create(document=watch.document, at=now, snapshot=watch.snapshot, gone_since=gone, status=watch.status)
    signals.page_turned.send(Document, document=watch.document)


# ── people


def begin(document: Document, *, by: Actor) -> Watch:
    """Watches a document's page, at once and from now on. Raises NoPage, NotAllowed."""
    roles.must(by, "watch")
    if not document.url:
        raise NoPage
    newest = document.snapshots.order_by("-captured_at", "-pk").first()
    with transaction.atomic():
        watch = Watch.objects.select_for_update().get_or_create(document=document, defaults={"snapshot": newest})[0]
        return _set(watch, Attention.ON, None, by)


def pause(one: One, until: date | None, *, by: Actor) -> One:
    """Leaves a page or a feed alone until a day, or until somebody watches it again. Raises NotAllowed."""
    return _changed(one, Attention.PAUSED, until, by)


def stop(one: One, *, by: Actor) -> One:
    """Watches it no longer. Raises NotAllowed."""
    return _changed(one, Attention.STOPPED, None, by)


def resume(one: One, *, by: Actor) -> One:
    """Watches it again, at once. Raises NotAllowed."""
    return _changed(one, Attention.ON, None, by)


def set_outlet(outlet: Outlet, attention: str, until: date | None = None, *, by: Actor) -> OutletWatch:
    """The same for all pages and feeds of an outlet; what was decided for single ones stays. Raises NotAllowed."""
    roles.must(by, "watch")
    with transaction.atomic():
        row = OutletWatch.objects.select_for_update().get_or_create(outlet=outlet)[0]
        _decide(row, attention, until, by)
        row.save()
        if attention == Attention.ON:
            with connection.cursor() as cursor:
                cursor.execute(_OWE_ALL, {"outlet": outlet.pk, "now": timezone.now()})
            jobs.wake(WATCH)
            jobs.wake(POLL)
    return row


# Over an hour, so that a large outlet's pages do not stand in one queue; pages and feeds that rest themselves see to that when due.
_OWE_ALL = """
INSERT INTO sources_work (kind, key, due_at, attempts, error, created_at)
SELECT kind, key, %(now)s + random() * interval '1 hour', 0, '', %(now)s FROM (
    SELECT 'watch' AS kind, 'watch:' || w.document_id AS key FROM sources_watch w JOIN sources_document d ON d.id = w.document_id
    WHERE d.outlet_id = %(outlet)s AND w.attention <> 'stopped'
    UNION ALL
    SELECT 'poll', 'poll:' || f.id FROM sources_feed f WHERE f.outlet_id = %(outlet)s AND f.attention <> 'stopped'
) AS owed ORDER BY key
ON CONFLICT (key) DO UPDATE SET due_at = excluded.due_at, attempts = 0, done_at = NULL, gave_up_at = NULL
    WHERE sources_work.done_at IS NOT NULL OR sources_work.gave_up_at IS NOT NULL
"""


def check_soon(one: One, *, by: Actor) -> None:
    """Has it looked at as soon as a worker is free and the site's pause is over. Raises NotWatched, NotAllowed."""
    roles.must(by, "capture")
    if resting(one):
        raise NotWatched
    with transaction.atomic():
        now = timezone.now()
        jobs.owe_again(kind_of(one), key_of(one), now)
        jobs.hasten(key_of(one))
        _rows(one).update(next_at=now)
        jobs.wake(kind_of(one))


def _changed(one: One, attention: str, until: date | None, by: Actor) -> One:
    roles.must(by, "watch")
    with transaction.atomic():
        return _set(_rows(one).select_for_update(of=("self",)).get(), attention, until, by)


def _set(one: One, attention: str, until: date | None, by: Actor) -> One:
    _decide(one, attention, until, by)
    one.next_at = timezone.now() if attention == Attention.ON else _morning(until) if until else None
    one.save()
    if attention != Attention.STOPPED and one.next_at:
        jobs.owe_again(kind_of(one), key_of(one), one.next_at)
        if attention == Attention.ON:
            jobs.hasten(key_of(one))
            jobs.wake(kind_of(one))
    return one


def _rows(one: One) -> QuerySet[One]:
    return type(one)._default_manager.filter(pk=one.pk)


def _decide(one: Attended, attention: str, until: date | None, by: Actor) -> None:
    one.attention, one.off_until = attention, until if attention == Attention.PAUSED else None
    one.set_by, one.set_at = by.name[:150], timezone.now()


# ── what rests


def resting(one: Watch | Feed) -> bool:
    """Has somebody taken it, or its whole outlet, off the watch for now?"""
    today = timezone.localdate()
    above = _of_outlet(one)
    return one.resting(today) or (above is not None and above.resting(today))


def rests_until(one: Watch | Feed) -> datetime | None:
    """When what rests is to be looked at again; None where nobody has said when."""
    above = _of_outlet(one)
    today = timezone.localdate()
    days = [each.off_until for each in (one, above) if each is not None and each.resting(today)]
    return None if None in days or not days else _morning(max(day for day in days if day))


def _of_outlet(one: Watch | Feed) -> OutletWatch | None:
    outlet = one.document.outlet if isinstance(one, Watch) else one.outlet
    return getattr(outlet, "watch", None)  # a row beside the outlet's, perhaps selected with it


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
