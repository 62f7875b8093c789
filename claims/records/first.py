"""Claims that were published before there were public records get theirs, once, after an upgrade."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from claims import ledger, records
from claims.domain import lifecycle
from claims.domain.choices import Status
from claims.domain.state import ClaimState
from claims.ledger import Authored, codec
from claims.models import Claim, PublicRecord
from sources.roles import PROGRAM

BATCH = 200


def missing() -> bool:
    """Is there a published claim without a public record?"""
    return _without().exists()


def _without() -> QuerySet[Claim]:
    return Claim.objects.filter(~Exists(PublicRecord.objects.filter(claim=OuterRef("pk"))), status=Status.PUBLISHED)


def issue() -> int:
    """Issues the records that are missing, batch by batch, each committed by itself; how many.

    They say when the claim was published and corrected. The same again issues nothing. Raises ledger.Conflict where somebody came
    in between.
    """
    done = 0
    while claims := list(_without().order_by("pk").values_list("pk", flat=True)[:BATCH]):
        done += _issue(claims)
    return done


def _issue(claims: list[UUID]) -> int:
    changes = {}
    for state in map(lifecycle.fold, ledger.happenings(claims).values()):
        assert isinstance(state, ClaimState)
        assert state.published_at
        assert state.standing
        record = replace(
            records.agreed(state),
            number=1,
            cause="upgrade",
            first_published_at=codec.stamp(state.published_at),
            last_corrected_at=codec.stamp(state.corrected_at) if state.corrected_at else "",
        )
        changes[records.stream_of(state.id)] = (None, [Authored(record, PROGRAM)])
    ledger.append(changes, by=PROGRAM)
    return len(changes)
