"""What the program keeps for itself as it follows the ledger: when the rules look at a claim, what is near, what belongs together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Look(models.Model):
    """The next day on which the rules look at a claim; a claim that none can say more about has no row."""

    claim = models.UUIDField(primary_key=True)  # no foreign key: the table of claims is made anew beside it
    on = models.DateField()
    failed = models.CharField(max_length=2000, blank=True, db_default="")  # the rules that failed at the last look, a blank between

    class Meta:
        db_table = "claims_look"
        indexes = [
            models.Index(fields=["on", "claim"], name="look_due"),  # what a run of the rules asks
            models.Index(fields=["claim"], name="look_failed", condition=~Q(failed="")),  # what the front page tells: usually none
        ]


class Rounds(models.Model):
    """How far the rules have gone: to which day, and which rules with which parameters. Through which position: a Subscription."""

    day = models.DateField(null=True)
    rules = models.CharField(max_length=64, blank=True)

    class Meta:
        db_table = "claims_rounds"


class Cluster(models.Model):
    """A claim that is joined with others, and the smallest id of them all."""

    claim = models.UUIDField(primary_key=True)  # no foreign key: the table of claims is made anew beside it
    cluster = models.UUIDField()

    class Meta:
        db_table = "claims_cluster"
        indexes = [models.Index(fields=["cluster", "claim"], name="cluster_members")]  # who else; claims/?cluster=


class Near(models.Model):
    """Two claims that say nearly the same, as the search found it from either; each of the two has its row, the nearest few of each."""

    claim = models.UUIDField()  # no foreign keys: as with Look
    other = models.UUIDField()
    score = models.FloatField()
    shared = models.FloatField()

    class Meta:
        db_table = "claims_near"
        constraints = [models.UniqueConstraint(fields=["claim", "other"], name="near_once_per_pair")]
        indexes = [models.Index(fields=["other"], name="near_seen_by")]  # around which claims something changes with this one
