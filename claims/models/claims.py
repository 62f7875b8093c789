"""The tables that people query: copies of what the events add up to. Nobody saves a Claim; PostgreSQL refuses writes outside the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from claims.domain import choices, lifecycle
from sources.models import Document, Snapshot, Speaker, SpeakerType
from sources.models.append_only import Copied, CopiedQuerySet
from sources.text.edtf import ImpreciseDate


class ClaimQuerySet(CopiedQuerySet["Claim"]):
    """Questions about many claims."""

    def standing(self) -> ClaimQuerySet:
        """Claims that are still worked on or published."""
        return self.exclude(status__in=choices.CLOSED)

    def waiting(self) -> ClaimQuerySet:
        """Claims that wait for somebody: neither judged nor closed."""
        return self.filter(status__in=WAITING)

    def for_rules(self) -> ClaimQuerySet:
        """With all that a rule may look at, so that rules ask nothing."""
        rows = self.select_related("document__outlet")
        return rows.prefetch_related(
            "quantities",
            "attributions",
            models.Prefetch(
                "evidence", Evidence.objects.select_related("snapshot__document__outlet").defer("snapshot__raw", "snapshot__fetched")
            ),
        )

    def due(self, today: date) -> ClaimQuerySet:
        """Waiting claims whose whole span has elapsed before `today`."""
        return self.waiting().filter(due_last__lt=today)


WAITING = (choices.Status.PROPOSED, choices.Status.ACCEPTED, choices.Status.IN_REVIEW)


class Claim(Copied):
    """One speaker, one proposition, one occasion."""

    id = models.UUIDField(primary_key=True, editable=False)
    version = models.PositiveIntegerField(_("version"))
    status = models.CharField(_("status"), max_length=12, choices=choices.Status.choices)
    statement = models.TextField(_("statement"))
    kind = models.CharField(_("kind"), max_length=12, choices=choices.Kind.choices)
    quote = models.TextField(_("quote"), null=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    prefix = models.TextField(null=True)
    suffix = models.TextField(null=True)
    language = models.CharField(_("language"), max_length=35, blank=True)
    speaker = models.ForeignKey(Speaker, models.PROTECT, null=True, verbose_name=_("speaker"), db_index=False)
    speaker_type = models.CharField(_("speaker type"), max_length=20, choices=SpeakerType.choices)
    speaker_name = models.CharField(_("speaker, as read"), max_length=300, blank=True)
    speaker_title = models.CharField(_("title, as read"), max_length=300, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, verbose_name=_("document"), db_index=False)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True, verbose_name=_("snapshot"), db_index=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    said_on = models.JSONField(_("date"), null=True)
    said_first = models.DateField(null=True)
    said_last = models.DateField(null=True)
    scope = models.JSONField(_("about when"), null=True)
    due = models.JSONField(_("due"), null=True)
    due_first = models.DateField(null=True)
    due_last = models.DateField(_("due until"), null=True)
    polarity = models.CharField(_("polarity"), max_length=8, choices=choices.Polarity.choices)
    denial = models.BooleanField(_("denial"), default=False)
    superlative = models.BooleanField(_("superlative"), default=False)
    check_worthiness = models.DecimalField(_("check-worthiness"), max_digits=3, decimal_places=2, null=True)
    why = ArrayField(models.CharField(max_length=100), default=list)
    criteria = models.TextField(_("how it will be settled"), blank=True)
    tags = ArrayField(models.CharField(max_length=100), default=list, verbose_name=_("tags"))
    notes = models.TextField(_("notes"), blank=True)
    reader = models.CharField(max_length=20, blank=True)
    assignee = models.CharField(_("assignee"), max_length=150, blank=True)
    rating = models.CharField(_("verdict"), max_length=20, choices=choices.Rating.choices, blank=True)
    merged_into = models.UUIDField(null=True)
    registered = models.JSONField(_("registered"), null=True)  # due, criteria, by, at: as written down before the window opened
    offered = models.JSONField(null=True)  # dates that the program would change since its document's was corrected
    offered_reading = models.JSONField(null=True)  # reader, changes: what it would change since the text was read again
    recorded_at = models.DateTimeField(_("recorded"))
    changed_at = models.DateTimeField(_("changed"))
    published_at = models.DateTimeField(_("published"), null=True)
    corrected_at = models.DateTimeField(_("corrected"), null=True)

    objects = ClaimQuerySet.as_manager()  # type: ignore[misc] # instead of the copies' own

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [
            models.Index(fields=["status", "-id"], name="claim_queue"),  # the desk's queue and claims/?status=
            models.Index(fields=["speaker", "-id"], name="claim_by_speaker"),
            models.Index(fields=["document", "start"], name="claim_in_document"),
            models.Index(fields=["kind", "-id"], name="claim_by_kind"),
            # feeds/published.atom: the newest
            models.Index(fields=["-published_at", "-id"], name="claim_published", condition=Q(status="published")),
            # the duplicates of a claim
            models.Index(fields=["merged_into"], name="claim_duplicates", condition=Q(merged_into__isnull=False)),
            # claims/?ordering=due, -due, said and -said, whatever else is asked
            models.Index(fields=["due_last", "id"], name="claim_order_due"),
            models.Index(fields=["said_first", "id"], name="claim_order_said"),
            # the due scan: what waits and has a horizon
            models.Index(fields=["due_last", "id"], name="claim_due", condition=Q(status__in=("proposed", "accepted", "in_review"))),
        ]

    def __str__(self) -> str:
        return self.statement

    @property
    def says_no(self) -> bool:
        """Does the claim, all in all, say that something is not so? Who denies a "not" affirms."""
        return self.denial != (self.polarity == choices.Polarity.NEGATED)

    def when(self, field: str) -> ImpreciseDate | None:
        """`said_on`, `scope` or `due` as a date that knows its span."""
        plain = getattr(self, field)
        return msgspec.convert(plain, ImpreciseDate) if plain else None

    def clock(self, today: date) -> choices.Clock:
        """What the due date says on `today`."""
        return lifecycle.clock(self.when("due"), self.status, today)


class Part(Copied):
    """A row that belongs to a claim, in order."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="%(class)ss")
    ordinal = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["ordinal"]


class Quantity(Part):
    """A figure in a claim."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="quantities")
    text = models.CharField(_("as read"), max_length=500)
    value = models.DecimalField(_("value"), max_digits=40, decimal_places=10)
    value_max = models.DecimalField(_("to"), max_digits=40, decimal_places=10, null=True)
    unit = models.CharField(_("unit"), max_length=200, blank=True)
    comparator = models.CharField(_("comparator"), max_length=10, choices=choices.Comparator.choices)
    role = models.CharField(_("role"), max_length=10)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)


class Attribution(Part):
    """One hop between the publisher and the origin."""

    agent = models.CharField(_("agent"), max_length=300)
    role = models.CharField(_("role"), max_length=20)
    cue = models.CharField(_("cue"), max_length=200, blank=True)
    mode = models.CharField(_("mode"), max_length=10, choices=choices.Mode.choices)


class Evidence(Part):
    """A piece of evidence beside a claim; one that was withdrawn stays in sight and counts for nothing."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence")
    key = models.UUIDField()
    stance = models.CharField(_("stance"), max_length=10, choices=choices.Stance.choices)
    note = models.TextField(_("note"), blank=True)
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, null=True)
    url = models.URLField(_("address"), max_length=2000, blank=True)
    archived = models.URLField(_("archived copy"), max_length=2000, blank=True)
    by = models.CharField(_("by"), max_length=150)
    at = models.DateTimeField(_("at"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)
    withdrawn_by = models.CharField(_("withdrawn by"), max_length=150, blank=True, default="")
    withdrawn_because = models.TextField(_("withdrawn because"), blank=True, default="")


class Link(Part):
    """What somebody judged a claim and another to be to each other. Each of the two has its row."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="links", db_index=False)  # the constraint's index serves
    key = models.UUIDField()
    # No constraint: what a rebuild writes of one end may come before the other claim.
    other = models.ForeignKey(Claim, models.CASCADE, related_name="+", db_constraint=False)
    relation = models.CharField(_("relation"), max_length=12, choices=choices.Relation.choices)
    outward = models.BooleanField()  # the relation is read from `claim` to `other`
    reason = models.TextField(_("reason"), blank=True)
    by = models.CharField(_("by"), max_length=150)
    at = models.DateTimeField(_("at"))

    class Meta(Part.Meta):
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = [models.UniqueConstraint(fields=["claim", "other"], name="link_once_per_pair")]


class Verdict(Part):
    """A judgement of a claim; superseded, never overwritten."""

    key = models.UUIDField()
    scheme = models.CharField(_("scheme"), max_length=20, choices=choices.Scheme.choices)
    rating = models.CharField(_("rating"), max_length=20, choices=choices.Rating.choices)
    rationale = models.TextField(_("rationale"))
    evidence = ArrayField(models.CharField(max_length=36), default=list)  # keys of what it rests on, where that was said
    proposer = models.CharField(_("proposed by"), max_length=150)
    proposed_at = models.DateTimeField(_("proposed"))
    approver = models.CharField(_("approved by"), max_length=150, blank=True)
    approved_at = models.DateTimeField(_("approved"), null=True)
    superseded_at = models.DateTimeField(_("superseded"), null=True)
    returned_at = models.DateTimeField(_("returned"), null=True)
    returned_because = models.TextField(_("returned because"), blank=True)
    known_since = models.DateField(_("known since"), null=True)

    class Meta(Part.Meta):
        verbose_name = _("verdict")
        verbose_name_plural = _("verdicts")


class CorrectionQuerySet(CopiedQuerySet["Correction"]):
    """Questions about many corrections."""

    def waiting(self) -> CorrectionQuerySet:
        """Those that can be decided: of a claim that was withdrawn or merged none is, until it is reopened or parted again."""
        return self.filter(status=choices.CorrectionStatus.OPEN).exclude(claim__status__in=choices.CLOSED)


class Correction(Part):
    """A change of what was judged: proposed by one person, approved or sent back by another."""

    key = models.UUIDField()
    changes = models.JSONField(default=dict)  # field → plain value, as in the event
    withdrawn = ArrayField(models.CharField(max_length=36), default=list)  # keys of evidence that goes
    registers = models.BooleanField(default=False)
    reason = models.TextField(_("reason"))
    subject = models.CharField(max_length=36, blank=True)  # the outlet, speaker or document that was changed
    status = models.CharField(_("status"), max_length=10, choices=choices.CorrectionStatus.choices)
    proposer = models.CharField(_("proposed by"), max_length=150)
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    returned_because = models.TextField(_("returned because"), blank=True)

    objects = CorrectionQuerySet.as_manager()  # type: ignore[misc] # instead of the copies' own

    class Meta(Part.Meta):
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        indexes = [
            # corrections/ and the desk's list: what waits for approval, oldest first
            models.Index(fields=["proposed_at", "id"], name="correction_open", condition=Q(status="open")),
        ]


class Flag(Copied):
    """A rule's finding on a claim."""

    id = models.UUIDField(primary_key=True, editable=False)
    version = models.PositiveIntegerField()
    # by claim it is found in the constraint's index
    # Nor does PostgreSQL check that it is there: to do so it writes a lock into the row of each claim that is flagged.
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="flags", verbose_name=_("claim"), db_index=False, db_constraint=False)
    rule = models.CharField(_("rule"), max_length=40)
    key = models.CharField(_("about"), max_length=200)
    code = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    severity = models.CharField(_("severity"), max_length=8, choices=choices.Severity.choices)
    urgency = models.PositiveSmallIntegerField(editable=False)  # 0 is the loudest: the work list's order
    raised_at = models.DateTimeField(_("raised"))
    due_on = models.DateField(_("due"), null=True)
    state = models.CharField(_("state"), max_length=10, choices=choices.FlagStatus.choices)
    until = models.DateField(_("snoozed until"), null=True)
    assignee = models.CharField(_("assignee"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    by = models.CharField(_("by"), max_length=150, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        constraints = [models.UniqueConstraint(fields=["claim", "rule", "key"], name="flag_once_per_claim_rule_key")]
        indexes = [
            # the work list: open ones, most urgent first
            models.Index(fields=["urgency", "raised_at", "id"], name="flag_work_list", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.rule}: {self.claim_id}"


def as_plain(when: ImpreciseDate | None) -> Any:
    """An imprecise date as the JSON that the tables hold."""
    return msgspec.to_builtins(when) if when else None
