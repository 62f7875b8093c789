"""Whatever people and the program do, in any order: what readers see was proposed by one person and approved by another.

Histories are drawn over all roles and every step that there is, and looked at after each thing that was done.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from uuid import UUID

import orjson
import pytest
from django.contrib.auth.models import User
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from claims import erasure, ledger, records, transparency
from claims.domain import events, lifecycle
from claims.domain.events import ClaimRecorded, Event
from claims.domain.state import ClaimState
from claims.domain.steps import STEPS, StepNotOpen, is_open, open_steps
from claims.ledger import rebuild
from claims.models import EventRecord
from claims.workflow import corrections, publishing, verdicts
from sources import roles
from sources.roles import Actor, NotAllowed, Role
from tests.claims.records.histories import BESIDE, ROLES, TAKE, Desk, work
from tests.conftest import own_database

REFUSALS = (ledger.Unfit, verdicts.OwnVerdict, corrections.OwnCorrection)
FREE = {"tags": (), "notes": ""}  # what nobody approves
NAMED = {"upgrade", "erasure", "restored"}  # why a record may be issued that nobody approved just so
taken: Counter[str] = Counter()  # what was done in all histories together


@dataclass(frozen=True)
class Done:
    """One event as it was appended, with the account that its entry names."""

    stream: UUID
    version: int
    event: Event
    name: str
    account: str


@dataclass
class Observer:
    """What was shown to whom in one history, and what must hold of it."""

    desk: Desk
    last: int = 0  # the number of the last event that was looked at
    # (claim, verdict or correction) → the digest that its proposer was shown, and who that was
    shown: dict[tuple[UUID, str], str] = field(default_factory=dict)
    proposers: dict[tuple[UUID, str], Done] = field(default_factory=dict)
    agreed: dict[UUID, str] = field(default_factory=dict)  # claim → the digest that was approved last
    issued: dict[UUID, list[str]] = field(default_factory=dict)  # claim → the digests of its records
    claim_of: dict[UUID, UUID] = field(default_factory=dict)  # the stream of a record → its claim
    before: dict[UUID, ClaimState] = field(default_factory=dict)
    changed: list[ClaimState] = field(default_factory=list)  # what is tried after the last look

    def __post_init__(self) -> None:
        self.claim_of = {records.stream_of(claim): claim for claim in self.desk.claims}
        self.news()  # what the version before did is not what is looked at
        self.before = self.states()

    def states(self) -> dict[UUID, ClaimState]:
        """The claims of the desk as they are now."""
        folded = {claim: lifecycle.fold(past) for claim, past in ledger.happenings(self.desk.claims).items()}
        return {claim: state for claim, state in folded.items() if isinstance(state, ClaimState)}

    def news(self) -> list[Done]:
        """What was appended to the desk's claims and their records since the last look, in order."""
        streams = [*self.desk.claims, *self.claim_of]
        rows = EventRecord.objects.filter(number__gt=self.last, stream__in=streams).order_by("number")
        done = []
        for row in rows:
            actor = orjson.loads(row.entry)["actor"]
            done.append(Done(row.stream, row.version, events.read(row.type, row.schema, row.body), actor["text"], actor["id"]))
            self.last = row.number
        return done

    def look(self, what: str) -> None:
        """Looks at what was done, and says what should not have been."""
        now, waited = self.states(), {key: digest for state in self.before.values() for key, digest in _waiting(state).items()}
        news = self.news()
        if what == "a word is erased":
            self._struck(now)
        for done in news:
            self._proposed(done, now)
        for done in news:
            self._decided(done, waited)
        for done in news:
            if isinstance(done.event, events.PublicRecordIssued):
                self._on_record(done, what)
        for claim, state in now.items():
            assert {key: self.shown[key] for key in _waiting(state)} == _waiting(state), "what waits reads otherwise than it was proposed"
            if before := self.before.get(claim):
                _must_stay(before, state, [done.event for done in news if done.stream == claim], what)
        # Who is called otherwise now may try again.
        self.changed = [state for claim, state in now.items() if state != self.before.get(claim) or what == "an account is renamed"]
        self.before = now

    def _struck(self, now: dict[UUID, ClaimState]) -> None:
        """An erasure strikes words out of what was shown, and of what was approved: nothing else may make these read otherwise."""
        for claim, state in now.items():
            waiting = _waiting(state)
            for key in waiting.keys() & self.shown.keys():
                self.shown[key] = waiting[key]
            if claim in self.agreed and state.standing:
                self.agreed[claim] = records.digest(records.agreed(state))
        for stream, claim in self.claim_of.items():
            past = [h.event for h in ledger.happenings([stream])[stream]]
            bodies = [event for event in past if isinstance(event, events.PublicRecordIssued)]
            self.issued[claim] = [records.digest(record) for record in bodies[: len(self.issued.get(claim, []))]]

    def _proposed(self, done: Done, now: dict[UUID, ClaimState]) -> None:
        if isinstance(done.event, events.VerdictProposed | events.CorrectionProposed):
            key = done.stream, done.event.verdict if isinstance(done.event, events.VerdictProposed) else done.event.correction
            self.proposers[key] = done
            if key in (listed := _waiting(now[done.stream])):  # else it gave way to another in the same breath
                self.shown[key] = listed[key]

    def _decided(self, done: Done, waited: dict[tuple[UUID, str], str]) -> None:
        match done.event:
            case events.VerdictApproved(verdict=id) | events.CorrectionIssued(correction=id) if id:
                key = done.stream, id
                assert waited[key] == self.shown[key], "the approver was shown something else than the proposer"
                assert not _same(done, self.proposers[key]), "somebody approved what they proposed"
                assert not (isinstance(done.event, events.VerdictApproved) and self.before[done.stream].correction)
                self.agreed[done.stream] = self.shown[key]
            case events.ClaimPublished():
                assert self.before[done.stream].correction is None, "published while a correction was open"

    def _on_record(self, done: Done, what: str) -> None:
        assert isinstance(done.event, events.PublicRecordIssued)
        assert done.name == roles.PROGRAM.name
        claim, digest, cause = self.claim_of[done.stream], records.digest(done.event), done.event.cause
        earlier = self.issued.setdefault(claim, [])
        if cause not in NAMED:
            assert digest == self.agreed[claim], "readers see what nobody approved"
        elif cause == "restored":
            assert digest == earlier[-1]
        elif cause == "erasure":
            assert what == "a word is erased"
        else:
            assert what == "first records are issued"
            assert not earlier
        if cause == "upgrade":
            self.agreed[claim] = digest
        earlier.append(digest)
        taken[f"a record: {cause}"] += 1


def _waiting(state: ClaimState) -> dict[tuple[UUID, str], str]:
    """What `claims/{id}/record/` lists as proposed: the verdict or the correction, and the digest of the record it would make."""
    waiting = {}
    if state.proposal:
        waiting[state.id, state.proposal.id] = records.digest(records.record_with_verdict(state, state.proposal))
    if state.correction and state.standing:
        waiting[state.id, state.correction.id] = records.digest(records.corrected(state, state.correction))
    return waiting


def _same(one: Done, other: Done) -> bool:
    """Is it the same account, whatever it is called?"""
    return one.name == other.name or (one.account != "" and one.account == other.account)


def _must_stay(before: ClaimState, now: ClaimState, news: list[Event], what: str) -> None:
    """What was judged says what it said, rests on what it rested on, and is registered as it was: but for a correction or an erasure."""
    if before.standing is None or what == "a word is erased":
        return
    expected, withdrawn, registers = before.said, set(), False
    approved = {event.correction for event in news if isinstance(event, events.CorrectionIssued)}
    if before.correction and before.correction.id in approved:
        expected = lifecycle.revised(expected, before.correction.changes)
        withdrawn, registers = set(before.correction.withdrawn), before.correction.registers
    assert _judged(now.said) == _judged(expected), "what was judged says something else, and nobody approved it"
    assert registers or now.registered == before.registered
    rested = {piece.id for piece in records.pieces_of(before.standing, before.evidence)}
    assert rested - withdrawn <= {piece.id for piece in now.exhibits}, "evidence that a verdict rests on is gone"


def _judged(said: ClaimRecorded) -> ClaimRecorded:
    return replace(said, **FREE)  # type: ignore[arg-type]


# ── what is drawn

# Some claims more often than another: it takes many steps of one claim to come far.
PERSON = st.tuples(st.sampled_from([1, 1, 1, 0, 0, 2, 3, 3, 4]), st.integers(0, 400), st.integers(0, 19), st.integers(0, 40))
OTHER = st.tuples(st.sampled_from(sorted(BESIDE)), st.integers(0, 40))
DOINGS = st.lists(st.one_of(*[PERSON] * 5, OTHER), min_size=20, max_size=60)
# The road that each claim has gone when the history begins, so that not all of it is spent on getting there.
PUBLISHED = ("accept", "evidence", "verdict", "approve", "publish")
AGAIN = (*PUBLISHED, "verdict")
ANEW = (*PUBLISHED, "reopen", "verdict", "approve", "publish")
ROAD = st.sampled_from([(), PUBLISHED[:1], PUBLISHED[:3], PUBLISHED[:4], PUBLISHED, AGAIN, (*PUBLISHED, "reopen"), ANEW])
ROADS = st.tuples(st.sampled_from([PUBLISHED[:1], PUBLISHED[:4]]), st.sampled_from([PUBLISHED, AGAIN]), ROAD, ROAD)
SOURCES = st.lists(st.sampled_from([what for what in BESIDE if what.startswith(("an outlet", "a speaker", "a document"))]), max_size=2)
# How often a step is taken where it is open: those that decide, those that are seldom open, and those that end a road; others 2.
WEIGHTS = {"approve": 14, "publish": 9, "approve-correction": 9, "verdict": 6, "corrections": 6, "revise": 4, "unmerge": 6}
WEIGHTS |= {"register": 6, "redate": 9, "reread": 12, "reject": 3, "withdraw": 1, "merge": 1}


def _chosen(state: ClaimState, number: int) -> str:
    """Mostly a step that is open; now and then any at all."""
    if number % 12 == 0:
        return sorted(STEPS)[number // 12 % len(STEPS)]
    steps = open_steps(state)
    if number % 2 and (fresh := [step for step in steps if not taken[step]]):
        return fresh[number % len(fresh)]  # so that each is taken at some time, however seldom it is open
    weighted = [step for step in steps for _ in range(WEIGHTS.get(step, 2))]
    return weighted[number % len(weighted)] if weighted else "link"


def _who(desk: Desk, step: str, number: int) -> str:
    """Mostly somebody who may; now and then anybody."""
    people = sorted(desk.people)
    if number % 10 == 0:
        return people[number // 10 % len(people)]
    able = [role for role in people if roles.may(Actor(role, roles=frozenset({ROLES[role]})), step)]
    return able[number % len(able)]


def act(desk: Desk, state: ClaimState, step: str, role: str, number: int) -> None:
    """Takes a step in somebody's name: who may not is turned away, and what is not open stays shut."""
    by = desk.actor(role)
    refused: NotAllowed | StepNotOpen | None = None
    try:
        TAKE[step](desk, state, by, number)
    except (NotAllowed, StepNotOpen) as refusal:
        refused = refusal
    except REFUSALS:
        return  # what was given does not fit the step
    else:
        taken[step] += 1
        appended = {type(each.event) for each in ledger.happenings([state.id])[state.id][state.version :]}
        assert appended <= set(STEPS[step].events), f"“{step}” appends what its row does not name"
    may, opened = roles.may(by, step), is_open(state, step)
    if refused is None:
        assert may
        assert opened
    elif refused.step == "corrections":  # what a change of what was accepted, or judged, comes to
        assert not roles.may(by, "corrections") or not is_open(state, "corrections")
    else:
        assert not (may and opened)


def knock(desk: Desk, observer: Observer) -> None:
    """Tries what must never be possible just now, by those who would be let in otherwise."""
    for state in observer.changed:
        claim, chief = state.id, desk.actor("administrator")
        if state.correction:
            for step in (verdicts.approve, publishing.publish):
                with pytest.raises(StepNotOpen):
                    step(claim, by=chief)
        for waiting, approve in ((state.proposal, verdicts.approve), (state.correction, corrections.approve)):
            proposer = waiting and observer.proposers[claim, waiting.id].account
            if proposer and (user := User.objects.get(pk=proposer)).groups.filter(name__in=[Role.EDITOR, Role.ADMINISTRATOR]):
                with pytest.raises((*REFUSALS, StepNotOpen)):
                    approve(claim, by=roles.actor_of(user))


def beside(desk: Desk, what: str, number: int) -> None:
    """Something happens that is no step of a claim."""
    try:
        BESIDE[what](desk, number)
        if number % 2:
            work(desk, number)
    except erasure.Unerasable:
        return  # the word was forgotten before
    taken[what] += 1


# What a failing history did is told by its notes: made smaller it would take minutes.
@given(roads=ROADS, sources=SOURCES, doings=DOINGS, whole=st.integers(0, 4))
@settings(max_examples=20, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def holds(template: str, roads: tuple[tuple[str, ...], ...], sources: list[str], doings: list[tuple], whole: int) -> None:
    """The laws, over one history in a database of its own."""
    with own_database(template):
        _lives(Desk(), roads, sources, doings)
        assert not list(rebuild.differences(lambda done, total: None))
        if whole == 0:
            assert transparency.verify() is None


def _lives(desk: Desk, roads: tuple[tuple[str, ...], ...], sources: list[str], doings: list[tuple]) -> None:
    observer = Observer(desk)

    def do(what: str, *arguments) -> None:
        note(f"{what or arguments[1:]} {observer.before[arguments[0]].status if not what else ''}")
        if what == "":
            act(desk, observer.before[arguments[0]], *arguments[1:])
        else:
            beside(desk, what, *arguments)
        observer.look(what)
        knock(desk, observer)

    do("first records are issued", 0)
    for claim, road in zip(desk.claims, roads, strict=False):
        for place, step in enumerate(road):
            role = "editor" if step in ("publish", "reopen") else "second editor" if step == "approve" else "reviewer"
            do("", claim, step, role, 1 if place < len(PUBLISHED) else 3)  # the later verdict is another
    for number, what in enumerate(sources):
        do(what, number)
    for doing in doings:
        if len(doing) == 2:
            do(*doing)
            continue
        which, what, who, number = doing
        state = observer.before[desk.claims[which % len(desk.claims)]]
        step = _chosen(state, what)
        do("", state.id, step, _who(desk, step, who), number)
    observer.look("")


def test_every_record_was_shown_to_who_proposed_it_and_to_another_who_approved_it(migrated_template, django_db_blocker):
    taken.clear()
    with django_db_blocker.unblock():
        holds(migrated_template)
    missing = (set(STEPS) | set(BESIDE)) - set(taken)
    assert not missing, f"no history has this: say in tests/claims/records/histories.py how it is done, or draw it more often: {missing}"
    causes = {name for name in taken if name.startswith("a record: ")}
    assert causes <= {f"a record: {cause}" for cause in ("published", "correction", "verdict", *NAMED)}
    assert causes >= {"a record: published", "a record: correction"}


def test_every_step_is_drawn():
    assert set(TAKE) == set(STEPS), "say in TAKE of histories.py how each step is taken"
