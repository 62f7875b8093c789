"""Whatever says when it changed says since when that is known, and as of that moment everything is exactly so."""

import json
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from claims import erasure, ledger
from claims.api import presenters
from claims.domain import lifecycle
from claims.domain.state import ClaimState
from claims.domain.steps import STEPS, StepNotOpen, open_steps
from claims.ledger import history
from claims.models import Pending, Position
from claims.workflow import recording, review
from sources.api.rendering import dumps
from sources.roles import NotAllowed, Role
from tests import make
from tests.claims.records.histories import BESIDE, TAKE, Desk
from tests.claims.records.test_law_of_records import REFUSALS
from tests.conftest import own_database

CLAIMS = "/api/v1/claims/"
# What an answer takes from elsewhere: it may be otherwise for the same events.
OVERLAY = {"flags", "cluster", "source", "date", "known_as", "clock"}


def client(user: User | None = None) -> APIClient:
    desk = APIClient()
    desk.force_authenticate(user or make.user(Role.REVIEWER))
    return desk


def got(desk: APIClient, address: str, **words) -> dict:
    answer = desk.get(f"{CLAIMS}{address}", words)
    assert answer.status_code == 200, answer.json()
    return answer.json()


DOINGS = st.lists(st.tuples(st.sampled_from(["step"] * 6 + sorted(BESIDE)), st.integers(0, 400)), min_size=10, max_size=25)


def do(desk: Desk, what: str, number: int) -> None:
    """Something happens to the desk, if it may."""
    with suppress(NotAllowed, StepNotOpen, erasure.Unerasable, *REFUSALS):
        if what != "step":
            BESIDE[what](desk, number)
            return
        state = ledger.state_of(desk.claims[number % len(desk.claims)])
        assert isinstance(state, ClaimState)
        steps = open_steps(state) or sorted(STEPS)
        role = ("administrator", "editor")[number % 2]
        TAKE[steps[number // 7 % len(steps)]](desk, state, desk.actor(role), number)


def own_words(shown: dict) -> dict:
    """What comes from a claim's events alone."""
    return {name: value for name, value in shown.items() if name not in OVERLAY}


@given(doings=DOINGS)
@settings(max_examples=6, phases=[Phase.generate])
def holds(template: str, doings: list[tuple[str, int]]) -> None:
    """As of the moment since when an event is known, a claim is what its events up to that one make of it."""
    with own_database(template):
        desk = Desk()
        for doing in doings:
            do(desk, *doing)
        ledger.seal()
        asking = client(desk.people["reviewer"])
        for claim in desk.claims:
            _each_event_is_found_again(asking, claim)


def _each_event_is_found_again(asking: APIClient, claim: UUID) -> None:
    past = ledger.happenings([claim])[claim]
    told = got(asking, f"{claim}/events/")["results"]
    places = dict(Position.objects.filter(event__stream=claim).values_list("event__version", "position"))
    assert [event["version"] for event in told] == [happened.version for happened in past]
    for event in told:
        then = got(asking, f"{claim}/", as_of=event["known_at"])
        state = lifecycle.fold(past[: event["version"]])
        assert isinstance(state, ClaimState)
        expected = presenters.present_claim(state, at=datetime.fromisoformat(event["known_at"]))
        assert then == _as_json(expected)
        assert own_words(then) == own_words(_as_json(presenters.present_claim(state)))
        assert (then["version"], then["known_at"]) == (event["version"], event["known_at"])
        for place in (f"version:{event['version']}", f"position:{places[event['version']]}"):
            assert got(asking, f"{claim}/", as_of=place) == then
    assert got(asking, f"{claim}/")["known_at"] == told[-1]["known_at"]


def _as_json(shown: dict) -> dict:
    return dict(json.loads(dumps(shown)))


def test_as_of_the_moment_an_event_is_known_a_claim_is_what_its_events_made_of_it(migrated_template, django_db_blocker):
    with django_db_blocker.unblock():
        holds(migrated_template)


@pytest.mark.django_db
def test_what_has_no_place_yet_is_not_known_yet_and_nobody_waits():
    desk, claim = client(), make.recorded()
    with CaptureQueriesContext(connection) as queries:
        shown, listed, told = got(desk, f"{claim}/"), got(desk, ""), got(desk, f"{claim}/events/")
    assert [each["known_at"] for each in (shown, *listed["results"], *told["results"])] == [None] * 3
    assert not any("advisory" in query["sql"] for query in queries)
    assert Pending.objects.exists()
    ledger.seal()
    known = {each["known_at"] for each in (got(desk, f"{claim}/"), *got(desk, "")["results"], *got(desk, f"{claim}/events/")["results"])}
    assert [datetime.fromisoformat(at) for at in known] == [Position.objects.get(event__stream=claim).sealed_at]


@pytest.mark.django_db
def test_a_step_is_answered_before_it_has_its_place():
    desk, claim = client(), make.recorded()
    first, again = [], []
    for answers in (first, again):
        answers.append(desk.post(f"{CLAIMS}{claim}/accept/", headers={"Idempotency-Key": "one"}).json())
        ledger.seal()
    assert (first[0]["version"], first[0]["known_at"]) == (2, None)
    assert again == first, "the same key: the same answer"
    assert got(desk, f"{claim}/")["known_at"] == got(desk, f"{claim}/events/")["results"][-1]["known_at"] is not None


@pytest.mark.django_db
def test_a_page_is_told_since_when_each_is_known_without_a_question_for_each():
    desk, then = client(), ""
    counts = []
    for number in range(3):
        for _ in range(1 + 4 * number):
            review.accept(make.recorded(), by=make.REVIEWER)
        ledger.seal()
        then = Position.objects.latest("position").sealed_at.isoformat()
        make.recorded()
        ledger.seal()
        with CaptureQueriesContext(connection) as now:
            page = got(desk, "")["results"]
        with CaptureQueriesContext(connection) as past:
            page += got(desk, "", as_of=then)["results"]
        counts.append((len(now), len(past)))
        known = {(UUID(each["id"]), each["version"]): datetime.fromisoformat(each["known_at"]) for each in page}
        for (claim, version), at in known.items():
            assert Position.objects.get(event__stream=claim, event__version=version).sealed_at == at
    assert len(set(counts)) == 1, counts


@pytest.mark.django_db
def test_a_list_is_asked_as_of_a_position():
    desk, claims = client(), [make.recorded() for _ in range(3)]
    review.accept(claims[0], by=make.REVIEWER)
    ledger.seal()
    place = Position.objects.get(event__stream=claims[1]).position
    listed = got(desk, "", as_of=f"position:{place}", page_size=1)
    assert [each["id"] for each in listed["results"]] == [str(claims[1])]
    rest = desk.get(listed["next"]).json()["results"]
    assert [(each["id"], each["version"]) for each in rest] == [(str(claims[0]), 1)]


@pytest.mark.django_db
def test_events_of_the_feed_say_since_when_they_are_known():
    desk, claim = client(), make.recorded()
    recording.revise(claim, {"tags": ["ميناء"]}, reason="أدق", by=make.REVIEWER)
    told = [event for event in desk.get("/api/v1/events/").json()["results"] if event["subject"] == str(claim)]
    assert [event["knownat"] for event in told] == [event["known_at"] for event in got(desk, f"{claim}/events/")["results"]]
    for event in told:
        assert got(desk, f"{claim}/", as_of=event["knownat"]) == got(desk, f"{claim}/", as_of=f"position:{event['position']}")
        assert got(desk, f"{claim}/", as_of=event["knownat"])["version"] == event["version"]
        assert event.keys() >= {"time", "version"}
        assert all(name.isascii() and name.isalnum() and name == name.lower() for name in event), "names of CloudEvents"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("version:1", 200), ("version:0", 400), ("version:3", 400), ("version:999999999999999999", 400), ("version:-1", 400),
        ("version:", 400), ("version:١", 400), ("versions:1", 400), ("position:0", 404), ("position:1", 200), ("position:99", 400),
        ("position:999999999999999999", 400), ("position:-1", 400), ("position:1.0", 400), ("1", 400), ("", 400),
    ],
)  # fmt: skip
def test_places_that_are_none_are_refused(as_of, status):
    make.recorded()
    claim = make.recorded()
    answer = client().get(f"{CLAIMS}{claim}/", {"as_of": as_of})
    assert answer.status_code == status
    assert answer.headers["Content-Type"].startswith("application/json" if status == 200 else "application/problem+json")


@pytest.mark.django_db
def test_versions_are_of_one_claim_that_there_is():
    desk = client()
    refused = desk.get(CLAIMS, {"as_of": "version:1"})
    assert (refused.status_code, refused.json()["errors"].keys()) == (400, {"as_of"})
    assert desk.get(f"{CLAIMS}{UUID(int=7)}/", {"as_of": "version:1"}).status_code == 404
    assert desk.get(f"{CLAIMS}{UUID(int=7)}/", {"as_of": "position:0"}).status_code in (400, 404)


@pytest.mark.django_db
def test_what_was_erased_is_erased_as_of_any_moment():
    desk, claim = client(), make.recorded(statement="قال نورسين إن الميناء سيغلق")
    review.accept(claim, by=make.REVIEWER)
    ledger.seal()
    known = [event["known_at"] for event in got(desk, f"{claim}/events/")["results"]]
    erasure.erase(["نورسين"], reason="حكم محكمة", by=make.actor(Role.ADMINISTRATOR))
    for at in (*known, "version:1", "version:2", "position:0"):
        then = got(desk, f"{claim}/", as_of=at)
        assert "نورسين" not in then["statement"]
    assert [event["known_at"] for event in got(desk, f"{claim}/events/")["results"]][:2] == known


@pytest.mark.django_db
def test_known_at_of_many_is_one_question():
    claims = [make.recorded() for _ in range(4)]
    ledger.seal()
    with CaptureQueriesContext(connection) as queries:
        found = history.known_at(dict.fromkeys(claims, 1) | {UUID(int=1): 1})
    assert len(queries) == 1
    assert found == dict(Position.objects.values_list("event__stream", "sealed_at")) | {UUID(int=1): None}
