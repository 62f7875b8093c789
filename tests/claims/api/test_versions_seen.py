"""If-Match, and what is told to whoever saw an older version or came too late."""

from uuid import uuid4

import pytest

from claims import flagging
from claims.models import Claim, Flag
from claims.workflow import review
from sources.roles import Role
from tests import make
from tests.config.test_doors import client

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def desk():
    return client(make.user(Role.REVIEWER))


@pytest.fixture
def flag():
    make.claim(due="2020-01-01")
    flagging.run()
    return Flag.objects.all()[0]


MATCHES = ['"2"', "2", "*", '"1", "2"', '"2","1"', 'W/"2", "2"', '"x,y" , "2"', ', "2",', '"2", "2"']
NONE = ['W/"2"', '"1"', '"1", "3"', 'W/"2", W/"1"', '"x"', '"2" "2"', '"2', "x", '"1", 2x', '""']


@pytest.mark.parametrize("seen", MATCHES)
def test_a_step_is_taken_where_one_of_the_tags_is_the_newest(desk, seen):
    claim = make.accepted()
    assert Claim.objects.get(pk=claim).version == 2
    assert desk.post(f"{API}claims/{claim}/schedule/", {"due": "2030"}, HTTP_IF_MATCH=seen).status_code == 200


@pytest.mark.parametrize("seen", NONE)
def test_it_is_not_taken_where_none_is_and_the_state_now_is_told(desk, seen):
    claim = make.accepted()
    answer = desk.post(f"{API}claims/{claim}/schedule/", {"due": "2030"}, HTTP_IF_MATCH=seen)
    assert (answer.status_code, answer["ETag"]) == (412, '"2"')
    assert answer.json()["current"] == {"version": 2, "status": "accepted", "claim": desk.get(f"{API}claims/{claim}/").json()}
    assert desk.post(f"{API}claims/{claim}/schedule/", {"due": "2030"}, HTTP_IF_MATCH=answer["ETag"]).status_code == 200


def test_a_weak_tag_is_not_taken_for_none_where_one_is_wanted(desk):
    claim = make.recorded()
    assert desk.patch(f"{API}claims/{claim}/", {"notes": "x", "reason": "x"}, HTTP_IF_MATCH='W/"1"').status_code == 412
    assert desk.patch(f"{API}claims/{claim}/", {"notes": "x", "reason": "x"}).status_code == 428


def test_a_step_that_is_not_open_tells_the_state_now(desk, flag):
    claim = make.accepted()
    answer = desk.post(f"{API}claims/{claim}/accept/", {})
    assert answer.status_code == 409
    assert {name: answer.json()["current"][name] for name in ("version", "status")} == {"version": 2, "status": "accepted"}
    assert answer.json()["current"]["claim"]["steps"]
    assert desk.post(f"{API}flags/{flag.pk}/resolve/", {}).status_code == 200
    answer = desk.post(f"{API}flags/{flag.pk}/resolve/", {})
    assert (answer.status_code, answer["ETag"]) == (409, '"2"')
    assert answer.json()["current"] == {"version": 2, "status": "resolved", "flag": desk.get(f"{API}flags/{flag.pk}/").json()}


def test_who_may_not_read_is_told_nothing(flag):
    outside = client(make.user(None))
    assert "current" not in outside.post(f"{API}flags/{flag.pk}/resolve/", {}, HTTP_IF_MATCH='"7"').json()


def test_one_flag_has_an_address(desk, flag):
    answer = desk.get(f"{API}flags/{flag.pk}/")
    assert (answer.status_code, answer["ETag"]) == (200, f'"{flag.version}"')
    assert answer.json() in desk.get(f"{API}flags/").json()["results"]


def test_a_flag_there_is_not_is_told_as_a_flag(desk):
    for answer in (desk.get(f"{API}flags/{uuid4()}/"), desk.post(f"{API}flags/{uuid4()}/resolve/", {})):
        assert (answer.status_code, answer.json()["detail"]) == (404, "There is no such flag.")
    claim = make.recorded()
    assert desk.get(f"{API}flags/{claim}/").status_code == 404
    assert desk.get(f"{API}claims/{uuid4()}/").json()["detail"] == "There is no such claim."


def test_a_claim_and_a_flag_are_taken_from_whoever_has_them(desk, flag):
    colleague = make.user(Role.REVIEWER).username
    claim = make.accepted()
    refused = desk.post(f"{API}claims/{claim}/unassign/", {})
    assert (refused.status_code, refused.json()["detail"]) == (409, "It is given to nobody.")
    review.assign(claim, to=colleague, by=make.REVIEWER)
    assert "unassign" in desk.get(f"{API}claims/{claim}/").json()["steps"]
    answer = desk.post(f"{API}claims/{claim}/unassign/", {}).json()
    assert (answer["assignee"], answer["status"]) == ("", "in_review")
    assert Claim.objects.get(pk=claim).assignee == ""
    [*_earlier, last] = desk.get(f"{API}claims/{claim}/events/?page_size=200").json()["results"]
    assert (last["type"], last["data"]) == ("ClaimUnassigned", {"assignee": colleague})
    at = f"{API}flags/{flag.pk}/"
    assert desk.post(f"{at}assign/", {"to": colleague}).json()["assignee"] == colleague
    assert desk.post(f"{at}unassign/", {}).json()["assignee"] == ""
    assert desk.post(f"{at}unassign/", {}).status_code == 409


def test_whoever_is_sent_somewhere_is_told_the_whole_address(desk, settings):
    settings.PUBLIC_READ = True
    chief = client(make.user(Role.ADMINISTRATOR))
    body = {"statement": "x", "kind": "event", "speaker_type": "narrator", "source": "x"}
    made = [
        desk.post(f"{API}claims/", body),
        desk.post(f"{API}documents/", {"text": "x"}),
        chief.post(f"{API}outlets/", {"name": "x"}),
        chief.post(f"{API}speakers/", {"name": "x", "type": "person"}),
        chief.post(f"{API}webhooks/", {"url": "https://hooks.example.org/"}),
    ]
    for answer in made:
        assert (answer.status_code, answer["Location"].startswith(f"http://testserver{API}")) == (201, True), answer.content
        assert chief.get(answer["Location"]).status_code == 200
    moved = client(None).get(f"{API}feeds/published.atom")
    assert (moved.status_code, moved["Location"]) == (301, f"http://testserver{API}public/published.atom")
    waits = desk.post(f"{API}claims/{make.judged()}/schedule/", {"due": "2030"})
    assert (waits.status_code, waits["Location"][:23]) == (202, f"http://testserver{API}"[:23])


@pytest.mark.parametrize("path", ["claims", "documents", "match", "webhooks"])
def test_what_is_sent_to_an_address_without_its_slash_is_not_done_and_the_right_one_is_named(desk, path):
    answer = desk.post(f"{API}{path}", {"text": "x"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert f"http://testserver{API}{path}/" in answer.json()["detail"]
