"""What a rule may know of other claims and of sources beside the claim that it looks at."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from claims.models import Claim, Verdict
from claims.provenance.graph import OriginsFound
from claims.similarity.judgements import Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """Another claim near this one: by its words, by a judgement of people, or both."""

    claim: Claim  # with its document and quantities
    shared: float = 0.0  # the part of what one of them says that the other says too; 0 where only people set them side by side
    judged: Judgement | None = None  # what people have found the two to be to each other
    same_speaker: bool = False  # one person or organisation said both, whatever it was called
    judged_on: date | None = None  # the day on which the other's standing verdict was approved


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPage:
    """A page that the claim was read on (`own`) or that is evidence beside it, where it shows another text than then, or is gone."""

    document: UUID
    name: str
    own: bool
    read_in: UUID  # the snapshot that the claim, or whoever named it as evidence, had before them
    before: str  # its text; empty where it shows the same now
    shows: UUID  # the snapshot of what it shows now
    text: str
    gone_since: datetime | None  # when it began to fail, once it counts as gone
    status: int | None  # what its site answers then, if it answers at all
    leaning: tuple[str, ...]  # the statements of other, published claims that name it as evidence

    @property
    def changed(self) -> bool:
        """Does it show another text?"""
        return self.shows != self.read_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The surroundings of one claim. A part that no rule asked for is empty; flagging has a provider for each."""

    neighbours: tuple[Neighbour, ...] = ()  # nearest first
    grounds: tuple[Claim, ...] = ()  # what it was judged to be derived from; of what was merged, the claim that goes on
    verdicts: tuple[Verdict, ...] = ()  # its own, first to last, where evidence was withdrawn: others ask for none
    pages: tuple[ChangedPage, ...] = ()  # those that have changed since, or are gone; its own first
    origins: OriginsFound | None = None  # whom it goes back to, with its evidence and the claims that say the same


ALONE = Around()  # a claim with nothing around it


def said_on(claim: Claim) -> date:
    """The first day on which it may have been said: else its document's, else that on which it was written down."""
    published = claim.document.published_first if claim.document else None
    return claim.said_first or published or timezone.localdate(claim.recorded_at)


def earlier(one: Claim, other: Claim) -> bool:
    """Was the one said before the other? On one day the one that was written down first."""
    return (said_on(one), one.recorded_at, one.pk) < (said_on(other), other.recorded_at, other.pk)
