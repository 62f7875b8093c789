"""The ledger's own tables: the log, the order, the tree and its signed heads; PostgreSQL refuses any change to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sources.models.append_only import Appended


class EventRecord(Appended):
    """One event as written. `entry` is what is hashed and proved, `body` the data; the other columns copy the entry."""

    number = models.BigAutoField(primary_key=True)  # order of insertion; the public order is Position
    id = models.UUIDField(unique=True)
    stream = models.UUIDField()
    version = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    schema = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=150)
    context = models.UUIDField()  # groups what one action did
    recorded_at = models.DateTimeField()
    entry = models.TextField()
    body = models.TextField()
    salt = models.BinaryField(max_length=16)

    class Meta:
        db_table = "claims_event"
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [models.UniqueConstraint(fields=["stream", "version"], name="event_once_per_version")]
        # the few erasures: what the guards and the verification ask
        indexes = [
            models.Index(fields=["number"], name="event_erasures", condition=Q(type="Erased")),
            models.Index(fields=["-number"], name="event_corrections", condition=Q(type="CorrectionIssued")),  # feeds/corrections.atom
            # the public feed of corrections: every record but a claim's first
            models.Index(fields=["-number"], name="event_later_records", condition=Q(type="PublicRecordIssued", version__gt=1)),
        ]


class Pending(models.Model):
    """An event that has no position yet."""

    number = models.BigIntegerField(primary_key=True)

    class Meta:
        db_table = "claims_pending"


class Position(Appended):
    """The global order: contiguous from 0, each with its leaf of the tree."""

    position = models.BigIntegerField(primary_key=True)
    event = models.OneToOneField(EventRecord, models.PROTECT, db_column="number", related_name="sealed")
    sealed_at = models.DateTimeField(unique=True)  # also the index that `as of` asks
    leaf = models.BinaryField(max_length=32)

    class Meta:
        db_table = "claims_position"


class Action(Appended):
    """An action that was taken, by its key: the same key again gives the first answer."""

    key = models.CharField(max_length=200, primary_key=True)
    fingerprint = models.BinaryField(max_length=32)  # of what was asked, so that another content is refused
    stream = models.UUIDField()
    version = models.PositiveIntegerField()

    class Meta:
        db_table = "claims_action"


class Tile(Appended):
    """256 neighbouring hashes of the tree and the one over them, kept once all are there (C2SP tlog-tiles)."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()  # of eight of the tree's own levels: 0 holds leaves, 1 nodes over 256 …
    index = models.BigIntegerField()
    hashes = models.BinaryField(max_length=256 * 32)
    root = models.BinaryField(max_length=32)

    class Meta:
        db_table = "claims_tile"


class Checkpoint(Appended):
    """The signed head of the log at one size, as a note that anybody can check (C2SP tlog-checkpoint)."""

    size = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    note = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        db_table = "claims_checkpoint"
        # the newest, and all of them in order; two of one size where the keys changed in between
        indexes = [models.Index(fields=["size", "id"], name="checkpoint_by_size")]


class PublicProof(Appended):
    """Where an event of a public record stands in the log: made once, against the first signed head that covers it."""

    position = models.BigIntegerField(primary_key=True)
    # No constraint: PostgreSQL would answer for it before the guard of heads does, which is kept anyway.
    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    proof = models.BinaryField(max_length=64 * 32)  # hashes of 32 bytes, from the leaf to the root

    class Meta:
        db_table = "claims_publicproof"


class Subscription(models.Model):
    """How far a consumer of the feed has come. Its position is written in the transaction of its effect."""

    name = models.CharField(_("name"), max_length=60, primary_key=True)
    position = models.BigIntegerField(_("through position"), default=-1)
    moved_at = models.DateTimeField(_("moved"), null=True)
    failures = models.PositiveIntegerField(_("failures in a row"), default=0)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")

    def __str__(self) -> str:
        return self.name


class Verification(models.Model):
    """One run of the check that the ledger holds what it says."""

    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"))
    whole = models.BooleanField(_("whole"))
    through = models.BigIntegerField(_("through position"))
    ok = models.BooleanField(_("sound"))
    fault = models.TextField(_("first fault"), blank=True)
    position = models.BigIntegerField(_("first wrong position"), null=True)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        indexes = [models.Index(fields=["-finished_at"], name="verification_newest")]
