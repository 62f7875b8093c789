"""What people decided to watch arrives with a copy; nothing is looked at there before somebody says so."""

import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from claims.exchange.backup.loader import Unfit
from claims.exchange.formats import jsonl
from claims.ledger import history
from claims.models import Position
from sources import watching
from sources.capturing.capture import capture
from sources.models import Document, Feed, Outlet, OutletWatch, Snapshot, Watch, Work
from sources.watching import feeds
from tests import make
from tests.claims.exchange.test_backup import another, exported, loaded, resummed, somewhere_else

__all__ = ["somewhere_else"]
DECIDED = ("attention", "off_until", "set_by")


def page(number: int) -> Document:
    text = f"ستبلغ التجارة {number} مليار دولار"
    return capture(text, by=make.REPORTER, outlet="صحيفة", url=f"https://news.example/{number}").document


@pytest.fixture
def watched(committed_db) -> tuple[dict, dict]:
    """Five pages (one of them on nobody's list), two feeds and an outlet, and what was decided about each."""
    begun = [watching.begin(page(n), by=make.EDITOR) for n in range(4)]
    page(4)
    watching.pause(begun[1], date(2031, 1, 1), by=make.EDITOR)
    watching.pause(begun[2], None, by=make.EDITOR)
    watching.stop(begun[3], by=make.EDITOR)
    Watch.objects.filter(pk=begun[0].pk).update(failures=2, failing_since=timezone.now(), etag='"1"', checked_at=timezone.now())
    feeds.add("https://news.example/rss", "صحيفة", by=make.EDITOR, every=45, pages=False)
    watching.stop(feeds.add("https://other.example/rss", "أخرى", by=make.EDITOR), by=make.EDITOR)
    watching.set_outlet(Outlet.objects.get(name="أخرى"), "stopped", by=make.EDITOR)
    return decisions()


def decisions() -> tuple[dict, dict]:
    pages = {key: rest for key, *rest in Watch.objects.values_list("document", *DECIDED)}
    polled = {key: rest for key, *rest in Feed.objects.values_list("url", "every", "pages", "outlet__name", *DECIDED)}
    return pages, {**polled, **{key: rest for key, *rest in OutletWatch.objects.values_list("outlet__name", *DECIDED)}}


def owed() -> set[str]:
    return set(Work.objects.filter(kind__in=["watch", "poll"], done_at=None).values_list("key", flat=True))


def test_what_people_decided_arrives_and_what_came_of_looks_does_not(watched, somewhere_else):
    copy = exported()
    with somewhere_else():
        loaded(copy)
        assert decisions() == watched
        assert not Watch.objects.exclude(etag="", failures=0, checked_at=None, next_at=None, failing_since=None).exists()
        assert {(w.snapshot_id, w.document_id) for w in Watch.objects.all()} <= set(Snapshot.objects.values_list("pk", "document"))
        assert owed() == set()
        assert exported() == copy


def test_once_adopted_the_same_pages_and_feeds_are_watched(watched, somewhere_else):
    copy, at_home = exported(), {key for key in owed() if key.startswith("watch:")}
    with somewhere_else():
        loaded(copy)
        call_command("watch", "--adopt", stdout=StringIO())
        assert decisions() == watched
        polled = f"poll:{Feed.objects.get(url='https://news.example/rss').pk}"
        assert owed() == {*(f"watch:{key}" for key, (attention, until, _) in watched[0].items() if attention == "on" or until), polled}
        assert owed() - {polled} <= at_home
        soon = timezone.now() + timedelta(hours=1, minutes=1)
        assert Work.objects.filter(kind__in=["watch", "poll"], due_at__lt=soon).count() == 2  # the paused one waits for its day
        before = list(Work.objects.order_by("key").values_list("key", "due_at"))
        call_command("watch", "--adopt", stdout=StringIO())
        assert list(Work.objects.order_by("key").values_list("key", "due_at")) == before


def test_a_copy_as_of_a_moment_says_nothing_of_watching(watched):
    then = Position.objects.get(position=history.newest()).sealed_at
    kinds = {json.loads(line)["row"] for line in exported(then).splitlines()}
    assert not kinds & {"watch", "outlet-watch", "feed"}


@pytest.mark.parametrize(
    ("kind", "changes", "refused"),
    [
        ("watch", {"attention": "sometimes"}, jsonl.BadLine),
        ("watch", {"document": "0191d5d0-0000-7000-8000-000000000000"}, Unfit),
        ("feed", {"outlet": "0191d5d0-0000-7000-8000-000000000000"}, Unfit),
    ],
)
def test_a_row_that_does_not_fit_is_refused(watched, somewhere_else, kind, changes, refused):
    lines = [json.loads(line) for line in exported().splitlines()]
    another(lines, kind, **changes)
    with somewhere_else(), pytest.raises(refused):
        loaded(resummed(lines))
