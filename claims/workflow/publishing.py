"""A judged claim goes out of the house, or is taken back."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from claims import ledger, records
from claims.domain.events import ClaimPublished, ClaimWithdrawn, CorrectionIssued, Event
from claims.domain.state import ClaimState
from claims.ledger import Changes, Receipt
from sources.roles import Actor


class Unpublishable(ledger.Unfit):
    """This step needs its reason. `errors` says so, by field."""


def publish(claim: UUID, *, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The claim and its verdict go out: its public record is issued. Where readers are shown an older verdict, that is corrected."""

    def decide(state: ClaimState) -> Iterable[Event]:
        yield ClaimPublished()
        before, now = state.published_verdict, state.standing
        if before and now and now.id != before and records.stands(claim):
            yield CorrectionIssued(verdict=now.id, superseded=before)

    def public(state: ClaimState) -> Changes:
        return records.issued(records.agreed(state), "published")

    return ledger.take_step("publish", claim, decide, beside=public, by=by, key=key, after=after)


def withdraw(claim: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The claim is taken back, with the reason."""
    if not reason.strip():
        raise Unpublishable(reason=_("Say why."))
    event = ClaimWithdrawn(reason=reason.strip())

    def public(state: ClaimState) -> Changes:
        return records.withdrawn(claim, "withdrawn")

    return ledger.take_step("withdraw", claim, lambda state: [event], beside=public, by=by, key=key, after=after, asked=reason)
