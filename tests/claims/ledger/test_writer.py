"""The ledger keeps every change, refuses lost races, and repeats its answer to the same key."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import rfc8785
from django.db import Error, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from claims import flagging, ledger
from claims.domain.choices import Rating, Status
from claims.domain.events import ClaimAccepted, ClaimRecorded, body_of, read
from claims.domain.state import ClaimState
from claims.domain.steps import StepNotOpen
from claims.ledger import history
from claims.models import Claim, EventRecord, Pending, Position
from claims.workflow import publishing, recording, review, verdicts
from sources.capturing import capture
from sources.roles import NotAllowed
from tests import make

pytestmark = pytest.mark.django_db


def test_a_claim_walks_the_whole_road():
    id = make.recorded(due="2023-21")
    review.accept(id, by=make.REVIEWER)
    verdicts.reach(id, rating="did_not", rationale="لم تحدث الزيارة", by=make.REVIEWER)
    verdicts.approve(id, by=make.EDITOR)
    publishing.publish(id, by=make.EDITOR)
    claim = Claim.objects.get(pk=id)
    assert (claim.status, claim.rating, claim.version) == (Status.PUBLISHED, Rating.DID_NOT, 5)
    assert [h.event.type for h in history.timeline(id)] == [
        "ClaimRecorded",
        "ClaimAccepted",
        "VerdictProposed",
        "VerdictApproved",
        "ClaimPublished",
    ]


def test_a_correction_leaves_the_old_verdict_public_until_the_new_one_is_approved():
    id = make.recorded(due="2023-21")
    review.accept(id, by=make.REVIEWER)
    verdicts.reach(id, rating="did_not", rationale="لا", by=make.REVIEWER)
    verdicts.approve(id, by=make.EDITOR)
    publishing.publish(id, by=make.EDITOR)
    verdicts.reach(id, rating="came_true", rationale="بلى", by=make.REVIEWER)
    assert Claim.objects.get(pk=id).rating == Rating.DID_NOT
    verdicts.approve(id, by=make.EDITOR)
    claim = Claim.objects.get(pk=id)
    assert (claim.status, claim.rating) == (Status.PUBLISHED, Rating.CAME_TRUE)
    assert claim.corrected_at is not None
    assert [v.superseded_at is not None for v in claim.verdicts.all()] == [True, False]


def test_nobody_approves_their_own_verdict():
    id = make.recorded(due="2020")
    review.accept(id, by=make.EDITOR)
    verdicts.reach(id, rating="came_true", rationale="نعم", by=make.EDITOR)
    with pytest.raises(verdicts.OwnVerdict):
        verdicts.approve(id, by=make.EDITOR)


def test_did_not_happen_can_be_said_only_after_the_whole_span():
    id = make.recorded(due=f"{timezone.localdate().year}/{timezone.localdate().year + 1}")
    review.accept(id, by=make.REVIEWER)
    with pytest.raises(verdicts.Unjudgeable, match="only after"):
        verdicts.reach(id, rating="did_not", rationale="لا", by=make.REVIEWER)


def test_a_step_that_is_not_open_changes_nothing():
    id = make.recorded()
    before = EventRecord.objects.count()
    with pytest.raises(StepNotOpen):
        publishing.publish(id, by=make.EDITOR)
    assert EventRecord.objects.count() == before


@pytest.mark.parametrize("who", [make.REPORTER, make.STRANGER])
def test_a_step_needs_its_role(who):
    id = make.recorded()
    with pytest.raises(NotAllowed):
        review.accept(id, by=who)


def test_a_stale_version_is_refused():
    id = make.recorded()
    review.accept(id, by=make.REVIEWER, after=1)
    with pytest.raises(ledger.StaleVersion):
        review.reject(id, reason="مكرر", by=make.REVIEWER, after=1)


def test_an_append_on_an_old_state_loses_the_race():
    id = make.recorded()
    old = ledger.state_of(id)
    review.accept(id, by=make.REVIEWER)
    with pytest.raises(ledger.Conflict), transaction.atomic():
        ledger.append({id: (old, [ClaimAccepted()])}, by=make.REVIEWER)
    assert Claim.objects.get(pk=id).version == 2


def test_the_same_key_again_gives_the_first_answer():
    id = make.recorded()
    first = review.accept(id, by=make.REVIEWER, key="k1")
    review.reject(id, reason="لا", by=make.REVIEWER)
    again = review.accept(id, by=make.REVIEWER, key="k1")
    assert again.replayed
    assert again.state == first.state
    assert Claim.objects.get(pk=id).version == 3


def test_the_same_key_for_something_else_is_refused():
    id, other = make.recorded(), make.recorded()
    review.accept(id, by=make.REVIEWER, key="k1")
    with pytest.raises(ledger.KeyReused):
        review.accept(other, by=make.REVIEWER, key="k1")


def test_recording_twice_with_one_key_keeps_one_claim():
    said = make.said()
    first = recording.record(said, by=make.REPORTER, key="k")
    assert recording.record(said, by=make.REPORTER, key="k").stream == first.stream
    assert Claim.objects.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE claims_event SET body = '{}'",
        "DELETE FROM claims_event",
        "TRUNCATE claims_event CASCADE",
        "UPDATE claims_position SET position = position + 100",
        "TRUNCATE claims_position",
        "DELETE FROM claims_action",
        "UPDATE claims_claim SET status = 'published'",
        "DELETE FROM claims_flag",
    ],
)
def test_postgresql_itself_refuses_to_rewrite_history(statement):
    review.accept(make.recorded(), by=make.REVIEWER, key="a key")
    ledger.seal()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or TRUNCATE trips over foreign keys still to be checked
        with pytest.raises(Error, match="refused"), transaction.atomic():
            cursor.execute(statement)


def test_positions_have_no_gap_and_as_of_never_changes():
    id = make.recorded()
    ledger.seal()
    then = Position.objects.get().sealed_at
    review.accept(id, by=make.REVIEWER)
    state = history.as_of(id, then)
    assert isinstance(state, ClaimState)
    assert state.status is Status.PROPOSED
    assert [s.position for s in history.feed()] == [0, 1]
    assert Pending.objects.count() == 0
    stamps = list(Position.objects.order_by("position").values_list("sealed_at", flat=True))
    assert stamps == sorted(set(stamps))


def test_the_future_is_refused():
    id = make.recorded()
    with pytest.raises(history.NotYet):
        history.as_of(id, timezone.now() + timedelta(hours=1))


def test_an_unknown_claim_is_said_to_be_none():
    with pytest.raises(ledger.NoSuchClaim):
        review.accept(uuid4(), by=make.REVIEWER)


def test_a_quote_must_stand_in_its_text():
    with pytest.raises(recording.Unrecordable):
        recording.record(make.said(quote="x", start=0, end=1), by=make.REPORTER)


words = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1)


@given(statement=words, tags=st.lists(words), notes=words)
def test_what_is_stored_reads_back_and_is_canonical_json(statement, tags, notes):
    said = make.said(statement=statement, tags=tuple(tags), notes=notes, due="2023-21")
    body = body_of(said)
    assert read("ClaimRecorded", 1, body) == said
    assert body.encode() == rfc8785.dumps(json.loads(body))
    assert isinstance(said, ClaimRecorded)


def test_a_claims_step_is_no_step_of_a_flag():
    claim = make.claim(due="2020")
    flagging.run("due")
    with pytest.raises(ledger.NoSuchClaim):
        review.accept(claim.flags.get().pk, by=make.REVIEWER)


def test_a_flag_is_assigned_to_a_colleague_only():
    claim = make.claim(due="2020")
    flagging.run("due")
    make.user(None, "rula")
    make.user("editor", "away", is_active=False)
    for name in ("nobody", "rula", "away"):
        with pytest.raises(flagging.Unflaggable):
            flagging.assign(claim.flags.get().pk, to=name, by=make.REVIEWER)
        with pytest.raises(review.Unreviewable):
            review.assign(claim.pk, to=name, by=make.REVIEWER)


def test_a_quote_that_is_moved_takes_its_surroundings_along():
    snapshot = capture.capture("ستبلغ التجارة مئة مليار قريبا", by=make.REPORTER).snapshot
    claim = make.recorded(quote="التجارة", start=6, end=13, snapshot=str(snapshot.pk))
    moved = recording.revise(claim, {"quote": "مئة", "start": 14, "end": 17}, reason="أدق", by=make.REPORTER)
    assert make.state(moved).said.prefix == "ستبلغ التجارة "


def test_a_batch_that_another_append_came_before_is_a_conflict_and_leaves_nothing():
    events = {uuid4(): (None, [make.said(statement=f"{n}")]) for n in range(40)}
    first = next(iter(events))
    ledger.append({first: events[first]}, by=make.REPORTER)
    with pytest.raises(ledger.Conflict), transaction.atomic():
        ledger.append(events, by=make.REPORTER)
    assert EventRecord.objects.count() == Claim.objects.count() == Pending.objects.count() == 1
