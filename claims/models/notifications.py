"""The tables of who is told what, and how far: webhooks and their deliveries, digests, the keys of feeds.

None of this is evidence: it is not in the ledger, and a copy of the ledger does not carry it.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Webhook(models.Model):
    """An address that is sent the events of the feed, in order, each at least once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    url = models.URLField(_("address"), max_length=2000)
    secret = models.CharField(max_length=100, editable=False)  # needed to sign with, so it is kept as it is
    # Secrets before this one that still sign, newest first: [secret, until when (RFC 3339)] each.
    former_secrets = models.JSONField(default=list, editable=False)
    types = ArrayField(models.CharField(max_length=60), default=list, blank=True, verbose_name=_("events"))  # none: all of them
    active = models.BooleanField(_("active"), default=True)
    position = models.BigIntegerField(_("through position"), default=-1)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, editable=False)
    error = models.TextField(_("error"), blank=True)
    delivered_at = models.DateTimeField(_("last delivered"), null=True, editable=False)
    disabled_at = models.DateTimeField(_("switched off"), null=True, editable=False)  # by the program; not when people did it
    made_by = models.CharField(_("made by"), max_length=150)
    # Whose right to read it uses: it is sent nothing that its owner may not see.
    owner = models.ForeignKey("auth.User", models.SET_NULL, null=True, editable=False, related_name="webhooks", verbose_name=_("owner"))
    made_key = models.CharField(max_length=200, null=True, unique=True, editable=False)  # the Idempotency-Key it was made under
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        indexes = [models.Index(fields=["-created_at", "-id"], name="webhook_newest")]

    def __str__(self) -> str:
        return self.url


class Delivery(models.Model):
    """One attempt to send one event to one webhook; the newest hundred of each are kept."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    event = models.UUIDField(_("event"))
    position = models.BigIntegerField(pgettext_lazy("log", "position"))
    at = models.DateTimeField(_("at"), default=timezone.now)
    milliseconds = models.PositiveIntegerField(_("milliseconds"))
    status = models.PositiveSmallIntegerField(_("answer"), null=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.position}"


class Often(models.TextChoices):
    """How often somebody gets a digest."""

    OFF = "off", _("never")
    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every week")


class Weekday(models.IntegerChoices):
    """Python's numbers."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class Wish(models.Model):
    """What somebody wants of digests. Whoever has no row gets none."""

    user = models.OneToOneField("auth.User", models.CASCADE, related_name="digest_wish", verbose_name=_("user"))
    often = models.CharField(_("how often"), max_length=6, choices=Often.choices, default=Often.OFF)
    weekday = models.PositiveSmallIntegerField(_("on"), choices=Weekday.choices, default=Weekday.SUNDAY)
    hour = models.PositiveSmallIntegerField(_("at hour"), default=7, validators=[MaxValueValidator(23)])
    language = models.CharField(_("language"), max_length=2, choices=[("en", _("English")), ("ar", _("Arabic"))], default="en")
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("digest by e-mail")
        verbose_name_plural = _("digests by e-mail")
        constraints = [models.CheckConstraint(condition=models.Q(hour__lte=23, weekday__lte=6), name="wish_on_the_clock")]

    def __str__(self) -> str:
        return str(self.user)


class Sending(models.TextChoices):
    """How far a digest got."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", pgettext_lazy("digest", "sent")
    EMPTY = "empty", _("nothing to tell")
    FAILED = "failed", pgettext_lazy("digest", "failed")
    DOUBTFUL = "doubtful", _("perhaps sent")


class Digest(models.Model):
    """One person's digest of one day: marked before it is sent, so that it is sent at most once."""

    user = models.ForeignKey("auth.User", models.CASCADE, related_name="digests", verbose_name=_("user"))
    day = models.DateField(_("day"))
    since = models.DateTimeField(_("from"))
    until = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=8, choices=Sending.choices, default=Sending.WAITING)
    address = models.EmailField(_("address"), blank=True)
    counts = models.JSONField(_("what it named"), default=dict)
    error = models.TextField(_("error"), blank=True)
    marked_at = models.DateTimeField(_("marked"), null=True)
    sent_at = models.DateTimeField(pgettext_lazy("digest", "sent at"), null=True)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]
        indexes = [models.Index(fields=["-until", "-id"], name="digest_newest")]

    def __str__(self) -> str:
        return f"{self.user}, {self.day}"


class FeedKey(models.Model):
    """What lets a calendar or a feed reader in, in the address since they send no headers. Opens the feeds and nothing else."""

    user = models.ForeignKey("auth.User", models.CASCADE, related_name="feed_keys", verbose_name=_("user"))
    digest = models.BinaryField(max_length=32, unique=True, editable=False)  # SHA-256: the key itself is shown once
    name = models.CharField(_("name"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("key of the feeds")
        verbose_name_plural = _("keys of the feeds")

    def __str__(self) -> str:
        return self.name or str(self.user)
