"""The tables of watching: which pages and feeds are looked at again, what came of it, and how each site wants to be asked."""

from __future__ import annotations

from datetime import date, datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Attention(models.TextChoices):
    """Whether somebody has taken a page, a feed or a whole outlet off the watch."""

    ON = "on", _("watched")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("no longer watched")


class Attended(models.Model):
    """What people decide: it is watched, it rests until a day, or it is watched no longer."""

    attention = models.CharField(_("attention"), max_length=10, choices=Attention.choices, default=Attention.ON)
    off_until = models.DateField(_("paused until"), null=True, blank=True)
    set_by = models.CharField(_("set by"), max_length=150, blank=True, editable=False)
    set_at = models.DateTimeField(_("set"), null=True, editable=False)

    class Meta:
        abstract = True

    def resting(self, today: date) -> bool:
        """Is it to be left alone today?"""
        if self.attention == Attention.PAUSED:
            return self.off_until is None or today < self.off_until
        return self.attention == Attention.STOPPED


class Checked(Attended):
    """What is asked for again and again: when, what came of it, and what to ask with the next time."""

    checked_at = models.DateTimeField(_("last checked"), null=True, editable=False)
    next_at = models.DateTimeField(_("next check"), null=True, editable=False)
    outcome = models.CharField(_("outcome"), max_length=20, blank=True, editable=False)  # watching.outcomes says which
    status = models.PositiveSmallIntegerField(_("HTTP status"), null=True, editable=False)
    detail = models.CharField(max_length=500, blank=True, editable=False)  # as the program met it, in the install's language
    failures = models.PositiveIntegerField(_("failures in a row"), default=0, editable=False)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    gone_since = models.DateTimeField(_("gone since"), null=True, editable=False)  # told as gone: three failures over 48 hours
    changed_at = models.DateTimeField(_("last change"), null=True, editable=False)
    pace = models.PositiveIntegerField(default=0, editable=False)  # seconds between two checks, as things stand
    known_url = models.CharField(max_length=2000, blank=True, editable=False)  # the address that gave these two:
    etag = models.CharField(max_length=1000, blank=True, editable=False)
    modified = models.CharField(max_length=1000, blank=True, editable=False)

    class Meta:
        abstract = True


class Watch(Checked):
    """One document's page."""

    document = models.OneToOneField("sources.Document", models.PROTECT, primary_key=True, related_name="watch", verbose_name=_("document"))
    # What the page shows. Not always the newest snapshot: a page can go back to what it said before.
    snapshot = models.ForeignKey("sources.Snapshot", models.PROTECT, null=True, editable=False, verbose_name=_("shows"), related_name="+")
    seen_at = models.DateTimeField(_("last seen"), null=True, editable=False)

    class Meta:
        verbose_name = _("watched page")
        verbose_name_plural = _("watched pages")
        indexes = [
            models.Index(fields=["gone_since"], name="watch_gone", condition=Q(gone_since__isnull=False)),  # counts, and the list of them
            models.Index(fields=["failing_since"], name="watch_failing", condition=Q(failing_since__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.document)


class PageTurn(models.Model):
    """A page showed another text from then on, was gone, or came back: what rules are tried on, as it was."""

    document = models.ForeignKey("sources.Document", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    snapshot = models.ForeignKey("sources.Snapshot", models.PROTECT, null=True, related_name="+")  # what it showed, or had shown last
    gone_since = models.DateTimeField(null=True)  # when it had begun to fail, where it was gone
    status = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = _("turn of a page")
        verbose_name_plural = _("turns of pages")
        indexes = [models.Index(fields=["document", "at"], name="turns_of_page")]


class OutletWatch(Attended):
    """An outlet whose pages and feeds are all off the watch; no row where nobody has decided anything."""

    outlet = models.OneToOneField("sources.Outlet", models.CASCADE, primary_key=True, related_name="watch", verbose_name=_("outlet"))

    class Meta:
        verbose_name = _("watched outlet")
        verbose_name_plural = _("watched outlets")

    def __str__(self) -> str:
        return str(self.outlet)


class Feed(Checked):
    """An outlet's feed (RSS, Atom) that is polled for new documents."""

    outlet = models.ForeignKey("sources.Outlet", models.CASCADE, related_name="feeds", verbose_name=_("outlet"))
    url = models.CharField(_("address"), max_length=2000, unique=True)
    every = models.PositiveIntegerField(_("minutes between two looks"), default=30)
    pages = models.BooleanField(
        _("fetch the pages"), default=True, help_text=_("Each new entry's page is fetched; else the text that the feed carries is taken.")
    )
    created_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("feed")
        verbose_name_plural = _("feeds")

    def __str__(self) -> str:
        return self.url


class FeedEntry(models.Model):
    """An entry that a feed has brought. What it says is kept only until its page is fetched, or given up."""

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries")
    key = models.BinaryField(max_length=32)  # SHA-256 of its address, else of its id or its text
    told = models.JSONField(null=True)  # importers.feed.Entry, while its page is owed
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("feed entry")
        verbose_name_plural = _("feed entries")
        constraints = [models.UniqueConstraint(fields=["feed", "key"], name="feed_entry_once")]


class Host(models.Model):
    """A site, and how it is asked: one visit at a time, a pause after each, what its robots.txt allows."""

    name = models.CharField(max_length=300, primary_key=True)  # with its port, where that is not 80 or 443
    free_at = models.DateTimeField()  # nobody asks before
    queue_at = models.DateTimeField()  # until when those who wait have been told to come
    lease = models.UUIDField(null=True)  # whose visit it is
    busy_until = models.DateTimeField(null=True)  # when a visitor who never left counts as gone
    pause = models.FloatField(default=0)  # seconds that its robots.txt asks for between two visits
    robots = models.TextField(blank=True)
    robots_at = models.DateTimeField(null=True)  # when `robots` was last fetched; null where it never was
    robots_failing_since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")

    def __str__(self) -> str:
        return self.name

    def free(self, now: datetime) -> datetime:
        """From when on it may be visited, as far as is known now."""
        return max(self.free_at, self.busy_until or now, now)
