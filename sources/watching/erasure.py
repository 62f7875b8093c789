"""What was erased does not come back from the web: its pages are watched no longer, and nothing of it stays beside them."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db.models import Exists, OuterRef
from django.utils import timezone

from sources.models import Attention, Feed, FeedEntry, Host, Snapshot, Watch
from sources.registry.names import STRUCK
from sources.roles import PROGRAM


def forget(texts: Collection[bytes], holds: Callable[..., object]) -> int:
    """Stops watching the pages of these texts (digests) and of addresses that hold the words; how many there were.

    The page may still say what was erased here: looked at again, it would bring the words back. Somebody may watch it again.
    `holds` takes a text, or plain JSON data, and the name of its field. Call it before the documents' own rows are changed.
    """
    erased = Exists(Snapshot.objects.filter(document=OuterRef("document"), content__in=list(texts)))
    stopped = 0
    for watch in Watch.objects.select_related("document").annotate(erased=erased).iterator(chunk_size=2000):
        if watch.erased or holds(watch.document.url):
            Watch.objects.filter(pk=watch.pk).update(**_let_go())
            stopped += 1
        elif holds(watch.known_url, "known_url") or holds(watch.detail, "detail"):
            Watch.objects.filter(pk=watch.pk).update(known_url="", etag="", modified="", detail="")
    for entry in FeedEntry.objects.exclude(told=None).iterator():
        if holds(entry.told):
            FeedEntry.objects.filter(pk=entry.pk).update(told=None)
    for feed in Feed.objects.all():
        if holds(feed.url):  # nobody can ask there any more
            Feed.objects.filter(pk=feed.pk).update(url=f"{STRUCK} {feed.pk}", **_let_go())
            stopped += 1
        elif holds(feed.known_url, "known_url") or holds(feed.detail, "detail"):
            Feed.objects.filter(pk=feed.pk).update(known_url="", etag="", modified="", detail="")
    for host in Host.objects.all():
        if holds(host.name) or holds(host.robots):
            host.delete()  # asked for again at the next visit
    return stopped


def _let_go() -> dict[str, object]:
    return {
        "attention": Attention.STOPPED, "off_until": None, "set_by": PROGRAM.name, "set_at": timezone.now(), "next_at": None,
        "known_url": "", "etag": "", "modified": "", "detail": "",
    }  # fmt: skip
