"""Which claims say nearly what a text says, and why: for intake, for the desk, for whoever asks over REST."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from claims.domain import denials
from claims.domain.choices import Polarity
from claims.models import Claim
from claims.similarity import comparing, quoted_posts
from claims.similarity.comparing import TextFacts, Value, Why
from claims.similarity.quoted_posts import Post
from claims.similarity.ranking import Ranked, ranked

SHARED = 0.25  # a claim that says less than this part of the text, in words weighed by rarity, is only a weak match


class Strength(StrEnum):
    """Does a claim say enough of a text that work is built on it, or is it only the best that there is?"""

    STRONG = "strong"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Match:
    """A claim that says nearly what was asked; `score` orders, `shared`, `strength` and `why` tell how near it is."""

    claim: Claim
    score: float
    shared: float
    strength: Strength
    why: Why

    def as_json(self) -> dict[str, Any]:
        """The shape that the API and `manage.py match --json` show."""
        claim, why = self.claim, self.why
        apart = [{"text": d.text, "claim": d.claim, "unit": d.unit, "by": f"{d.by:f}", "part": d.part} for d in why.differences]
        return {
            "claim": str(claim.pk),
            "statement": claim.statement,
            "speaker": claim.speaker_name,
            "status": claim.status,
            "rating": claim.rating or None,
            "score": self.score,
            "shared": self.shared,
            "strength": self.strength,
            "why": {
                "wording": why.wording,
                "figures": why.figures,
                "differences": apart,
                "polarity": why.polarity,
                "time": why.time,
                "entities": why.names,
                "entities_shared": list(why.names_shared),
            },
        }


def similar(
    text: str, *, limit: int = 10, but: UUID | None = None, author: str = "", date: str = "", strength: Strength | None = None
) -> list[Match]:
    """The claims nearest to a text, best first: of the first `limit` all, or those of one strength; `but` is the one it was taken from.

    Who posted a text and when (EDTF) order the list; they are read from its signature where they are not given.
    A text that shares no word with any claim has none.
    """
    near = _near(quoted_posts.read_post(text, author=author, date=date), {but} if but else set(), limit, strength)
    return _compared(comparing.facts_of(text), near) if near else []


def like(claim: Claim, *, limit: int = 10, judged: Collection[UUID] = ()) -> list[Match]:
    """The strong matches of a claim, best first, but those that it was compared with already.

    They are told apart by what people have made of both, not by the words alone.
    """
    near = _near(quoted_posts.unsigned(proposition_of(claim)), {claim.pk, *judged}, limit, Strength.STRONG)
    return _compared(_told(claim), near) if near else []


def _near(post: Post, known: Collection[UUID], limit: int, strength: Strength | None) -> list[Ranked]:
    near = [one for one in ranked(post, limit + len(known)) if strength in (None, strength_of(one))]
    return [one for one in near if one.claim not in known][:limit]


def strength_of(place: Ranked) -> Strength:
    """By the part of what the text says that the claim says too."""
    return Strength.STRONG if place.shared >= SHARED else Strength.WEAK


def _compared(asked: TextFacts, near: Sequence[Ranked]) -> list[Match]:
    rows = Claim.objects.standing().select_related("document__outlet").prefetch_related("quantities")
    claims = rows.in_bulk([one.claim for one in near])
    return [_match(asked, claims[one.claim], one) for one in near if one.claim in claims]


def _match(asked: TextFacts, claim: Claim, place: Ranked) -> Match:
    return Match(claim, place.score, place.shared, strength_of(place), comparing.compared(asked, _told(claim, asked)))


def _told(claim: Claim, beside: TextFacts | None = None) -> TextFacts:
    """What people have made of a claim counts; what nobody has filled in is read from its words."""
    proposition = proposition_of(claim)
    read = comparing.facts_of(proposition, beside=beside)
    figures = tuple(Value(q.text, q.value, q.value_max, q.unit, q.comparator) for q in claim.quantities.all())
    stripped = not claim.denial or proposition != claim.statement  # else the words that deny are among those read
    negated = Polarity.NEGATED in (claim.polarity, read.polarity if stripped else Polarity.AFFIRMED)
    says_no = negated != claim.denial  # who denies a "not" affirms
    return TextFacts(
        read.plain, figures or read.figures, Polarity.NEGATED if says_no else Polarity.AFFIRMED, _times(claim, read), read.names
    )


def proposition_of(claim: Claim) -> str:
    """What of a claim is compared: the quote, else the statement; of a denial without the words that deny."""
    return denials.proposition(claim.statement, claim.quote, denial=claim.denial, speaker=claim.speaker_name)


def _times(claim: Claim, read: TextFacts) -> tuple[str, ...]:
    scope = claim.when("scope") or claim.when("due")
    return (scope.edtf,) if scope and scope.edtf else read.times
