"""What readers are shown: the public record of each claim, a copy of its own stream."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.domain import choices
from claims.models.claims import Claim
from sources.models.append_only import Copied, CopiedQuerySet


class PublicRecordQuerySet(CopiedQuerySet["PublicRecord"]):
    """Questions about what readers are shown."""

    def standing(self) -> PublicRecordQuerySet:
        """Records of claims that are public now."""
        return self.filter(withdrawn_at=None)


class PublicRecord(Copied):
    """What readers are shown of one claim now. Whatever goes outside is made of `record` and of nothing else."""

    id = models.UUIDField(primary_key=True, editable=False)  # of the stream, made of the claim's
    # No constraint: a rebuild may write the record before the claim.
    claim = models.OneToOneField(Claim, models.CASCADE, related_name="public_record", db_constraint=False, verbose_name=_("claim"))
    version = models.PositiveIntegerField()
    number = models.PositiveIntegerField(_("number"))
    record = models.JSONField()  # the body of the last PublicRecordIssued, as plain values
    kind = models.CharField(_("kind"), max_length=12, choices=choices.Kind.choices, null=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    rating = models.CharField(_("verdict"), max_length=20, choices=choices.Rating.choices, blank=True)
    speaker = models.UUIDField(null=True)
    said_first = models.DateField(null=True)
    said_last = models.DateField(null=True)
    due_first = models.DateField(null=True)
    due_last = models.DateField(null=True)
    words = ArrayField(models.TextField(), default=list)  # stems of what it says, in order: what readers' searches ask
    first_issued_at = models.DateTimeField(_("published"))
    issued_at = models.DateTimeField(_("issued"))
    corrected_at = models.DateTimeField(_("corrected"), null=True)
    under_review = models.BooleanField(_("under review"), default=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_cause = models.CharField(max_length=20, blank=True)
    into = models.CharField(max_length=36, blank=True)

    objects = PublicRecordQuerySet.as_manager()  # type: ignore[misc] # instead of the copies' own

    class Meta:
        verbose_name = _("public record")
        verbose_name_plural = _("public records")
        indexes = [
            # the public list and feed: the newest
            models.Index(fields=["-first_issued_at", "-id"], name="record_newest", condition=Q(withdrawn_at=None)),
            # claims/?ordering=due of readers outside
            models.Index(fields=["due_last", "id"], name="record_due", condition=Q(withdrawn_at=None)),
            models.Index(fields=["speaker", "-first_issued_at", "-id"], name="record_by_speaker", condition=Q(withdrawn_at=None)),
            # public/due.ics: what is public, and settled by no rating
            models.Index(
                fields=["due_last", "id"],
                name="record_awaited",
                condition=Q(withdrawn_at=None, rating__in=("", *choices.UNSETTLED)),
            ),
            GinIndex(fields=["words"], name="record_words", condition=Q(withdrawn_at=None)),  # claims/?q= of readers outside
        ]

    def __str__(self) -> str:
        return str(self.record.get("statement", self.pk))
