"""Two claims are compared: what one is to the other is judged, and what is the same is merged, each at both ends and each undone."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from claims import ledger, records
from claims.domain.choices import Relation, Status
from claims.domain.events import ClaimGaveBack, ClaimLinked, ClaimMerged, ClaimTookIn, ClaimUnlinked, ClaimUnmerged, Event
from claims.domain.state import ClaimState, LinkState
from claims.ledger import Changes, Receipt
from sources.models import new_id
from sources.roles import Actor


class Unlinkable(ledger.Unfit):
    """These two claims cannot be compared so. `errors` says why, by field."""


def link(
    claim: UUID, other: UUID, *, relation: str, reason: str = "", by: Actor, key: str | None = None, after: int | None = None
) -> Receipt:
    """Somebody judges what a claim is to another: the relation is read from the first to the second.

    A judgement of the same two claims, whichever way round, replaces the one before. Raises Unlinkable, or what `ledger.take_step` raises.
    """
    if other == claim:
        raise Unlinkable(other=_("A claim is not compared with itself."))
    if relation not in Relation.values:
        raise Unlinkable(relation=_("There is no such relation."))
    made, meant = str(new_id()), Relation(relation)

    def judged(of: UUID, *, outward: bool) -> list[Event]:
        return [ClaimLinked(link=made, other=str(of), relation=meant, outward=outward, reason=reason.strip())]

    def here(state: ClaimState) -> Iterable[Event]:
        return judged(other, outward=True)

    def there(state: ClaimState) -> Changes:
        return {other: (_other(other), judged(claim, outward=False))}

    return ledger.take_step("link", claim, here, beside=there, by=by, key=key, after=after, asked=[other, relation, reason])


def unlink(claim: UUID, other: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The judgement of two claims is taken back, with the reason. Raises Unlinkable where there is none."""
    why = _reasoned(reason)

    def taken_back(state: ClaimState, of: UUID) -> list[Event]:
        return [ClaimUnlinked(link=_judgement(state, of).id, other=str(of), reason=why)]

    def there(state: ClaimState) -> Changes:
        beside = _other(other)
        return {other: (beside, taken_back(beside, claim))}

    return ledger.take_step(
        "unlink", claim, lambda s: taken_back(s, other), beside=there, by=by, key=key, after=after, asked=[other, reason]
    )


def merge(claim: UUID, *, into: UUID, reason: str = "", by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A claim turns out to be the same as another, which goes on for both."""
    if into == claim:
        raise Unlinkable(into=_("A claim cannot be merged into itself."))
    why = reason.strip()

    def there(state: ClaimState) -> Changes:
        kept = _other(into)
        if kept.merged_into is not None:
            raise Unlinkable(into=_("That claim was itself merged into %s: merge into that one.") % kept.merged_into)
        public = records.withdrawn(claim, "merged", into=into if records.stands(into) else None)
        return {into: (kept, [ClaimTookIn(duplicate=str(claim), reason=why)]), **public}

    event = ClaimMerged(into=str(into), reason=why)
    return ledger.take_step("merge", claim, lambda s: [event], beside=there, by=by, key=key, after=after, asked=[into, reason])


def unmerge(claim: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """A merge is taken back, with the reason: the duplicate stands again where it stood before."""
    why = _reasoned(reason)

    def there(state: ClaimState) -> Changes:
        into = UUID(state.merged_into)
        parted = state.status is Status.DUPLICATE  # else somebody withdrew or reopened it meanwhile, and meant that
        public = records.restored(claim, under_review=state.merged_when is not Status.PUBLISHED) if parted else {}
        return {into: (_other(into), [ClaimGaveBack(duplicate=str(claim), reason=why)]), **public}

    def here(state: ClaimState) -> Iterable[Event]:
        return [ClaimUnmerged(into=str(state.merged_into), reason=why)]

    return ledger.take_step("unmerge", claim, here, beside=there, by=by, key=key, after=after, asked=reason)


def _other(claim: UUID) -> ClaimState:
    state = ledger.state_of(claim)
    if not isinstance(state, ClaimState):
        raise ledger.NoSuchClaim
    return state


def _judgement(state: ClaimState, of: UUID) -> LinkState:
    for kept in state.links:
        if kept.other == str(of):
            return kept
    raise Unlinkable(other=_("These two claims have not been compared."))


def _reasoned(reason: str) -> str:
    if not reason.strip():
        raise Unlinkable(reason=_("Say why."))
    return reason.strip()
