"""A claim is judged: one person proposes the verdict, another approves it or sends it back."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims import ledger, records
from claims.domain import dates_in_words
from claims.domain.choices import RATINGS, Kind, Rating, Scheme, Status, scheme_for
from claims.domain.events import CorrectionIssued, Event, VerdictApproved, VerdictProposed, VerdictReturned
from claims.domain.state import ClaimState, VerdictState
from claims.ledger import Changes, Receipt, authorship
from sources.errors import Category, Refusal
from sources.models import new_id
from sources.roles import Actor


class Unjudgeable(ledger.Unfit):
    """This verdict cannot be given. `errors` says why, by field."""


class OwnVerdict(Refusal):
    """Nobody approves their own verdict: ask a colleague."""

    sentence = _("Nobody approves their own verdict: ask a colleague.")
    category, title = Category.FORBIDDEN, _("Not allowed")


def reach(
    claim: UUID,
    *,
    rating: str,
    rationale: str,
    by: Actor,
    scheme: str = "",
    evidence: tuple[str, ...] = (),
    known_since: date | None = None,
    key: str | None = None,
    after: int | None = None,
) -> Receipt:
    """A verdict is proposed, in the scheme that fits the claim's kind unless another is named.

    `known_since` is the day since when the outcome was known. How readers will be shown the sources is frozen here.
    """

    def decide(state: ClaimState) -> Iterable[Event]:
        chosen = _scheme(scheme, state)
        _must_fit(chosen, rating, rationale, state)
        known = {e.id for e in state.exhibits}
        if strange := [e for e in evidence if e not in known]:
            raise Unjudgeable(evidence=_("This claim has no such evidence: %s.") % ", ".join(strange))
        if known_since and known_since > _today():
            raise Unjudgeable(known_since=_("That day is still to come."))
        pieces = [piece for piece in state.exhibits if not evidence or piece.id in evidence]
        yield VerdictProposed(
            verdict=str(new_id()),
            scheme=chosen,
            rating=Rating(rating),
            rationale=rationale.strip(),
            evidence=evidence,
            known_since=known_since,
            shown=records.sources_shown(state.said, pieces),
        )

    asked = [rating, rationale, scheme, evidence, *([known_since] if known_since else [])]
    return ledger.take_step("verdict", claim, decide, by=by, key=key, after=after, asked=asked)


def approve(claim: UUID, *, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The proposed verdict stands. On a published claim this corrects the old one."""

    def decide(state: ClaimState) -> Iterable[Event]:
        proposal = state.proposal
        assert proposal is not None  # the step is open
        if not settings.OWN_VERDICTS and authorship.wrote(by, claim, VerdictProposed, verdict=proposal.id):
            raise OwnVerdict
        _must_rest(proposal, state)
        _must_be_over(proposal.rating, state)  # the date may have been moved since it was proposed
        yield VerdictApproved(verdict=proposal.id)
        if state.status is Status.PUBLISHED and state.standing:
            yield CorrectionIssued(verdict=proposal.id, superseded=state.standing.id)

    def public(state: ClaimState) -> Changes:
        if state.status is not Status.PUBLISHED or state.proposal is None:
            return {}
        return records.issued(records.record_with_verdict(state, state.proposal), "verdict")

    return ledger.take_step("approve", claim, decide, beside=public, by=by, key=key, after=after)


def send_back(claim: UUID, *, reason: str, by: Actor, key: str | None = None, after: int | None = None) -> Receipt:
    """The proposed verdict is dropped, with the reason."""

    def decide(state: ClaimState) -> Iterable[Event]:
        assert state.proposal is not None  # the step is open
        if not reason.strip():
            raise Unjudgeable(reason=_("Say why the verdict is sent back."))
        yield VerdictReturned(verdict=state.proposal.id, reason=reason.strip())

    return ledger.take_step("return", claim, decide, by=by, key=key, after=after, asked=reason)


def _must_rest(proposal: VerdictState, state: ClaimState) -> None:
    if set(proposal.evidence) - {piece.id for piece in state.exhibits}:
        raise Unjudgeable(evidence=_("It rests on evidence that was withdrawn since: send it back."))


def _scheme(named: str, state: ClaimState) -> Scheme:
    try:
        return Scheme(named) if named else scheme_for(state.said.kind)
    except ValueError as error:
        raise Unjudgeable(scheme=_("There is no scheme “%s”.") % named) from error


def _must_fit(scheme: Scheme, rating: str, rationale: str, state: ClaimState) -> None:
    if rating not in RATINGS[scheme]:
        options = ", ".join(RATINGS[scheme])
        raise Unjudgeable(rating=_("“%(rating)s” is no rating of %(scheme)s: it takes %(options)s.") % {
            "rating": rating, "scheme": scheme.value, "options": options,
        })  # fmt: skip
    if not rationale.strip():
        raise Unjudgeable(rationale=_("A verdict needs its rationale."))
    _must_be_over(rating, state)


_NEVER = (Rating.DID_NOT, Rating.BROKEN)
_UNTRUE = (Rating.FALSE, Rating.MOSTLY_FALSE)  # of what is to come: another name for the same


def _must_be_over(rating: str, state: ClaimState) -> None:
    """What may still happen is not said to have not."""
    if rating not in _NEVER and not (rating in _UNTRUE and state.said.kind in (Kind.PREDICTION, Kind.COMMITMENT)):
        return
    # A date that was moved nearer does not shorten what was registered.
    spans = [span for span in (state.said.due, state.registered.due if state.registered else None) if span]
    if any(span.first and not span.last for span in spans):
        raise Unjudgeable(rating=_("Its window has no end: set a date by which it should have happened, and say why."))
    due = max((span.last for span in spans if span.last), default=None)
    if due and _today() <= due:
        raise Unjudgeable(rating=_("That can be said only after %s: until then it may still happen.") % dates_in_words.day(due))


def _today() -> date:
    return timezone.localdate()
