"""What one action did is marked with one context, wherever it is asked."""

import pytest
from rest_framework.test import APIClient

from claims.ledger import history
from claims.models import EventRecord
from claims.workflow import review
from sources.roles import Role, actor_of
from tests import make

pytestmark = pytest.mark.django_db


def client(role):
    signed_in = APIClient()
    signed_in.force_authenticate(make.user(role))
    return signed_in


@pytest.fixture
def reporter():
    return client(Role.REPORTER)


@pytest.fixture
def reviewer():
    return client(Role.REVIEWER)


def feed(client):
    return client.get("/api/v1/events/").json()["results"]


def test_a_claim_and_the_speaker_that_came_with_it_have_one_context(reporter):
    said = {
        "statement": "سيصل التبادل إلى 200 مليار",
        "kind": "prediction",
        "source": "الإذاعة",
        "speaker_name": "ليلى حداد",
        "speaker_type": "person",
    }
    assert reporter.post("/api/v1/claims/", said).status_code == 201
    by_type = {event["type"]: event["context"] for event in feed(reporter)}
    assert by_type["isnad.SourceRevised"] == by_type["isnad.ClaimRecorded"]


def test_two_actions_have_two(reporter, reviewer):
    claim = make.recorded()
    reviewer.post(f"/api/v1/claims/{claim}/accept/", {})
    contexts = [event["context"] for event in feed(reporter) if event["subject"] == str(claim)]
    assert len(set(contexts)) == len(contexts) == 2


def test_the_history_of_a_claim_and_the_feed_tell_the_same_context(reporter):
    claim = make.recorded()
    (told,) = reporter.get(f"/api/v1/claims/{claim}/events/").json()["results"]
    assert told["context"] == next(event["context"] for event in feed(reporter) if event["subject"] == str(claim))
    assert told["context"] == str(history.timeline(claim)[0].context) == str(EventRecord.objects.get(stream=claim).context)


def test_what_somebody_does_to_many_claims_at_once_is_one_action(django_user_model):
    user = django_user_model.objects.create_superuser("layla")
    claims, layla = [make.recorded() for _ in range(3)], actor_of(user)
    for claim in claims:
        review.accept(claim, by=layla)
    assert len({history.timeline(claim)[-1].context for claim in claims}) == 1
    review.reject(claims[0], reason="نقل خاطئ", by=actor_of(user))
    assert len({happened.context for happened in history.timeline(claims[0])}) == 3
