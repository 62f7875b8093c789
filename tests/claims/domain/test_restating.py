"""Published denials in the form that the reader once gave them, and the correction that is offered."""

from uuid import UUID

import pytest

from claims.domain.choices import Kind, Mode, Polarity
from claims.domain.restating import proposed_restatement
from claims.domain.values import Hop, SpeakerAsRead
from claims.ledger import state_of
from claims.workflow import corrections, offering, recording, review
from sources.capturing.capture import capture
from tests import make

pytestmark = pytest.mark.django_db


def as_once_read(text: str, quote: str, *, cue: str, name: str = "", type: str = "person", **fields) -> UUID:  # noqa: A002
    """A claim as versions before proposed it: the statement is the quote, whatever the verb before it does."""
    snapshot = capture(text, by=make.REPORTER, outlet="جريدة الميناء").snapshot
    start = text.index(quote)
    plain = {
        "statement": quote,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "snapshot": str(snapshot.pk),
        "kind": Kind.EVENT,
        "speaker": SpeakerAsRead(type=type, name=name),
        "attributions": (Hop(agent="جريدة الميناء", role="publisher"), Hop(agent=name, role="speaker", cue=cue, mode=Mode.INDIRECT)),
        "polarity": Polarity.NEGATED,
        "reader": "2",
    }
    return make.recorded(**(plain | fields))


def published(claim: UUID) -> UUID:
    review.accept(claim, by=make.REVIEWER)
    return make.publish(claim)


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        (
            {
                "text": "ونفى وانغ وين أن تكون بكين قد باعت السفينة.",
                "quote": "تكون بكين قد باعت السفينة",
                "cue": "ونفى",
                "name": "وانغ وين",
            },
            {"statement": "نفى وانغ وين أن تكون بكين قد باعت السفينة", "denial": True, "polarity": "affirmed"},
        ),
        (
            {
                "text": "نفت الوزارة تسلم أي شحنة فاسدة.",
                "quote": "تسلم أي شحنة فاسدة",
                "cue": "نفت",
                "name": "الوزارة",
                "type": "organisation",
            },
            {"statement": "نفت الوزارة تسلم أي شحنة فاسدة", "denial": True, "polarity": "affirmed"},
        ),
        (
            {"text": "نفت الشركة أنها لم تدفع.", "quote": "لم تدفع", "cue": "نفت", "name": "الشركة", "type": "organisation"},
            {"statement": "نفت الشركة أنها لم تدفع", "denial": True},
        ),
        (
            {"text": "The ministry denied that the dam had failed.", "quote": "the dam had failed", "cue": "denied", "name": "ministry"},
            {"statement": "The ministry denied that the dam had failed", "denial": True, "polarity": "affirmed"},
        ),
        (
            {"text": "Hart rejected claims that she had lied.", "quote": "she had lied", "cue": "rejected", "name": "Hart"},
            {"statement": "Hart denied that she had lied", "denial": True, "polarity": "affirmed"},
        ),
        (
            {"text": "He denied paying the crew.", "quote": "paying the crew", "cue": "denied", "type": "unattributed_passive"},
            {"statement": "Paying the crew was denied", "denial": True, "polarity": "affirmed"},
        ),
    ],
)
def test_a_published_denial_that_reads_as_its_opposite_is_offered_right(said, changes):
    state = state_of(published(as_once_read(**said)))
    assert proposed_restatement(state) == changes
    recording.revise(state.id, changes, reason="it denies", by=make.EDITOR)
    after = make.state(corrections.approve(state.id, by=make.CHIEF))
    assert proposed_restatement(after) is None, "one correction is enough"


PLAIN = {"text": "ونفى وانغ وين أن تكون بكين قد باعت السفينة.", "quote": "تكون بكين قد باعت السفينة", "cue": "ونفى", "name": "وانغ وين"}


@pytest.mark.parametrize(
    "fields",
    [
        {"statement": "وانغ وين ينفي بيع السفينة"},
        {"reader": ""},
        {"polarity": Polarity.AFFIRMED},
        {"cue": "وقال"},
        {"denial": True},
        {"text": "ونفى الوزير: «لم نبع أي سفينة في مارس».", "quote": "لم نبع أي سفينة في مارس"},
        {"text": "«لم نبع أي سفينة في مارس»، نفى الوزير.", "quote": "لم نبع أي سفينة في مارس", "cue": "نفى"},
        {"text": "The mayor denied wrongdoing.", "quote": "The mayor denied wrongdoing", "cue": "denied"},
        {"text": "Hart rejected the plan.", "quote": "Hart rejected the plan", "cue": "rejected"},
        {"text": "Police denied that they fired, but 12 people died.", "quote": "12 people died", "cue": "denied"},
    ],
)
def test_nothing_else_is_touched(fields):
    assert proposed_restatement(state_of(published(as_once_read(**(PLAIN | fields))))) is None


def test_what_nobody_has_judged_is_not_offered_a_correction():
    assert proposed_restatement(state_of(as_once_read(**PLAIN))) is None


def test_what_was_published_and_is_under_review_is_offered_too():
    claim, waiting = published(as_once_read(**PLAIN)), as_once_read(**PLAIN)
    review.reopen(claim, reason="سؤال", by=make.EDITOR)
    review.accept(waiting, by=make.REVIEWER)
    review.assign(waiting, to=make.user().username, by=make.REVIEWER)
    assert offering.restate() == 1
    assert state_of(claim).correction.changes["denial"] is True
    assert state_of(waiting).correction is None
