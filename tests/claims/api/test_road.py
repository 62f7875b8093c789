"""Claims over REST: the road, the roles, the conflicts, what is refused."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from claims import flagging, ledger
from claims.models import Position
from sources.capturing import capture
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"
BODY = {
    "statement": "سيزور الرئيس العاصمة في الربيع",
    "kind": "prediction",
    "speaker_name": "وزير التجارة",
    "speaker_type": "person",
    "source": "صحيفة الميناء",
    "due": "2023-21",
    "quantities": [{"text": "200 مليار دولار", "value": "200000000000", "unit": "USD"}],
}


@pytest.fixture
def person() -> Callable[..., APIClient]:
    """Makes a client signed in as somebody in a role."""

    def sign_in(role: str | None, name: str | None = None) -> APIClient:
        client = APIClient()
        client.force_authenticate(make.user(role, name))
        return client

    return sign_in


@pytest.fixture
def reporter(person):
    return person(Role.REPORTER)


@pytest.fixture
def reviewer(person):
    return person(Role.REVIEWER)


@pytest.fixture
def editor(person):
    return person(Role.EDITOR)


def address(claim: Any, step: str = "") -> str:
    return f"{CLAIMS}{claim}/{step}/" if step else f"{CLAIMS}{claim}/"


def test_a_claim_goes_the_whole_road(reporter, reviewer, editor):
    posted = reporter.post(CLAIMS, BODY)
    assert posted.status_code == 201, posted.content
    claim = posted.json()
    assert posted["ETag"] == '"1"'
    assert posted["Location"] == f"http://testserver{address(claim['id'])}"
    assert claim["speaker"] | {"id": None} == {"id": None, "type": "person", "name": "وزير التجارة", "title": ""}
    assert (claim["source"], claim["due_last"], claim["start"], claim["status"]) == ("صحيفة الميناء", "2023-05-31", None, "proposed")
    assert claim["clock"] == "overdue"
    assert claim["quantities"][0]["value"] == "200000000000"

    evidence = reporter.post(address(claim["id"], "evidence"), {"stance": "refutes", "url": "https://example.org/a"}).json()["evidence"]
    assert reviewer.post(address(claim["id"], "accept"), {}).status_code == 200
    verdict = {"rating": "did_not", "rationale": "لم تحدث", "evidence": [evidence[0]["id"]]}
    assert reviewer.post(address(claim["id"], "verdict"), verdict).json()["status"] == "in_review"
    assert editor.post(address(claim["id"], "approve"), HTTP_IF_MATCH='"4"').json()["rating"] == "did_not"
    published = editor.post(address(claim["id"], "publish"))
    assert (published.status_code, published.json()["status"], published["ETag"]) == (200, "published", '"6"')

    told = reporter.get(address(claim["id"], "events")).json()["results"]
    assert [event["version"] for event in told] == [1, 2, 3, 4, 5, 6]
    assert told[0]["type"] == "ClaimRecorded"
    assert told[0]["data"]["statement"] == BODY["statement"]


def test_steps_with_words_are_taken_and_undone(reporter, reviewer, editor):
    claim, other = make.recorded(), make.recorded()
    colleague = make.user(Role.REVIEWER, "huda")
    assert reviewer.post(address(claim, "schedule"), {"due": "2031", "reason": "قال ذلك"}).json()["due_last"] == "2031-12-31"
    assert reviewer.post(address(claim, "schedule"), {"due": None}).json()["clock"] == "unscheduled"
    assert reviewer.post(address(claim, "accept"), {}).status_code == 200
    assert reviewer.post(address(claim, "assign"), {"to": colleague.username}).json()["assignee"] == "huda"
    assert reviewer.post(address(claim, "verdict"), {"rating": "came_true", "rationale": "x"}).status_code == 200
    assert reviewer.post(address(claim, "return"), {"reason": "اشرح"}).json()["verdicts"][0]["returned_because"] == "اشرح"
    assert editor.post(address(claim, "withdraw"), {"reason": "خطأ"}).json()["status"] == "withdrawn"
    assert editor.post(address(claim, "reopen"), {"reason": "لا خطأ"}).json()["status"] == "in_review"
    merged = editor.post(address(claim, "merge"), {"into": str(other)}).json()
    assert (merged["status"], merged["merged_into"]) == ("duplicate", str(other))
    assert reviewer.post(address(other, "reject"), {"reason": "رأي"}).json()["status"] == "rejected"


def test_the_past_is_shown_as_it_was(reporter, reviewer):
    claim = reporter.post(CLAIMS, BODY).json()["id"]
    reporter.get("/api/v1/events/")
    then = timezone.now()
    reviewer.post(address(claim, "accept"), {})
    assert reporter.get(address(claim), {"as_of": then.isoformat()}).json()["status"] == "proposed"
    assert reporter.get(address(claim)).json()["status"] == "accepted"
    before = reporter.get(address(claim), {"as_of": (then - timedelta(days=1)).isoformat()})
    assert before.status_code == 404


def test_a_revision_wants_the_version_it_saw(reporter):
    claim = address(make.recorded())
    change = {"statement": "أوضح", "reason": "لغة"}
    assert reporter.patch(claim, change).status_code == 428
    revised = reporter.patch(claim, change, HTTP_IF_MATCH='"1"')
    assert (revised.status_code, revised.json()["statement"], revised["ETag"]) == (200, "أوضح", '"2"')
    stale = reporter.patch(claim, change, HTTP_IF_MATCH='"1"')
    assert stale.status_code == 412
    assert stale["Content-Type"] == "application/problem+json"
    assert reporter.patch(claim, {"statement": "x"}, HTTP_IF_MATCH='"2"').json()["errors"].keys() == {"reason"}
    assert reporter.patch(claim, {"reason": "x"}, HTTP_IF_MATCH='"2"').status_code == 400
    assert reporter.patch(claim, {"statment": "x", "reason": "x"}, HTTP_IF_MATCH='"2"').json()["errors"].keys() == {"statment"}


def test_every_field_can_be_revised(reporter):
    claim = address(make.recorded())
    change = {
        **BODY,
        "said_on": {"edtf": "2022-11", "text": "في نوفمبر"},
        "tags": ["تجارة", "تجارة"],
        "polarity": "negated",
        "reason": "صحح",
    }
    change["reason"] = "صحح"
    revised = reporter.patch(claim, change | {"attributions": [{"agent": "وكالة", "role": "agency"}]}, HTTP_IF_MATCH='"1"')
    assert revised.status_code == 200, revised.content
    now = reporter.get(claim).json()
    assert (now["date"]["edtf"], now["tags"], now["polarity"]) == ("2022-11", ["تجارة"], "negated")
    assert now["attributions"][0]["agent"] == "وكالة"
    assert reporter.get(CLAIMS).json()["results"][0]["quantities"] == now["quantities"]


def test_a_step_that_is_not_open_or_lost_is_a_conflict(reviewer):
    claim = make.recorded()
    assert reviewer.post(address(claim, "accept"), {}).status_code == 200
    assert reviewer.post(address(claim, "accept"), {}).status_code == 409
    assert reviewer.post(address(claim, "reject"), {"reason": "x"}, HTTP_IF_MATCH='"1"').status_code == 412
    assert reviewer.post(address(claim, "reject"), {"reason": "x"}, HTTP_IF_MATCH="W/nonsense").status_code == 412
    assert reviewer.post(address(claim, "reject"), {"reason": "x"}, HTTP_IF_MATCH='"2"').status_code == 200


def test_the_same_key_gives_the_first_answer(reporter, reviewer):
    first = reporter.post(CLAIMS, BODY, HTTP_IDEMPOTENCY_KEY="k1")
    again = reporter.post(CLAIMS, BODY, HTTP_IDEMPOTENCY_KEY="k1")
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert again["Idempotency-Replayed"] == "true"
    assert reporter.post(CLAIMS, BODY | {"statement": "آخر"}, HTTP_IDEMPOTENCY_KEY="k1").status_code == 409
    assert reviewer.post(CLAIMS, BODY, HTTP_IDEMPOTENCY_KEY="k1").json()["id"] != first.json()["id"]
    accept = address(first.json()["id"], "accept")
    assert [reviewer.post(accept, {}, HTTP_IDEMPOTENCY_KEY="k2").status_code for _ in range(2)] == [200, 200]
    assert reporter.post(CLAIMS, BODY, HTTP_IDEMPOTENCY_KEY="k" * 300).status_code == 400


def test_each_role_takes_its_own_steps(person, reporter, reviewer, editor):
    claim = make.recorded()
    assert person(None).post(CLAIMS, BODY).status_code == 403
    assert reporter.post(address(claim, "accept"), {}).status_code == 403
    assert reviewer.post(address(claim, "accept"), {}).status_code == 200
    assert editor.post(address(claim, "verdict"), {"rating": "came_true", "rationale": "x"}).status_code == 200
    assert reviewer.post(address(claim, "approve"), {}).status_code == 403
    own = editor.post(address(claim, "approve"), {}, HTTP_IF_MATCH='"3"')
    assert (own.status_code, own["Content-Type"]) == (403, "application/problem+json")
    assert person(Role.EDITOR).post(address(claim, "approve"), {}, HTTP_IF_MATCH='"3"').status_code == 200


def test_what_is_approved_is_what_was_read(reviewer, reporter, editor):
    claim = make.recorded()
    reviewer.post(address(claim, "accept"), {})
    reviewer.post(address(claim, "verdict"), {"rating": "came_true", "rationale": "x"})
    approve = address(claim, "approve")
    assert [editor.post(approve, {}, **seen).status_code for seen in ({}, {"HTTP_IF_MATCH": "*"})] == [428, 428]
    read = editor.get(address(claim))["ETag"]
    reporter.post(address(claim, "evidence"), {"stance": "refutes", "url": "https://example.org/a"})
    assert editor.post(approve, {}, HTTP_IF_MATCH=read).status_code == 412
    assert editor.post(approve, {}, HTTP_IF_MATCH=editor.get(address(claim))["ETag"]).status_code == 200


def test_strangers_see_nothing_and_with_public_reading_what_is_published(settings, reviewer, editor):
    nobody = APIClient()
    claim, hidden = make.recorded(notes="سر"), make.recorded()
    assert [nobody.get(a).status_code for a in (CLAIMS, address(claim), "/api/v1/flags/", "/api/v1/events/")] == [401] * 4
    reviewer.post(address(claim, "accept"), {})
    reviewer.post(address(claim, "verdict"), {"rating": "came_true", "rationale": "x"})
    editor.post(address(claim, "approve"), {}, HTTP_IF_MATCH='"3"')
    editor.post(address(claim, "publish"), {})
    settings.PUBLIC_READ = True
    assert [c["id"] for c in nobody.get(CLAIMS).json()["results"]] == [str(claim)]
    assert "notes" not in nobody.get(address(claim)).json()
    assert nobody.get(address(hidden)).status_code == 404
    assert nobody.post(CLAIMS, BODY).status_code == 401
    assert nobody.get("/api/v1/events/").status_code == 401


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"statement": "  "}, "statement"),
        ({"statement": "a\x00b"}, "statement"),
        ({"speaker": str(uuid4())}, "speaker"),
        ({"speaker_type": None}, "speaker_type"),
        ({"speaker_name": " "}, "speaker_name"),
        ({"source": ""}, "source"),
        ({"document": str(uuid4())}, "document"),
        ({"snapshot": str(uuid4())}, "snapshot"),
        ({"start": 3}, "start"),
        ({"due": "spring"}, "due"),
        ({"due": {"edtf": 5}}, "due"),
        ({"due": {"edtf": "2031", "text": "a\x00b"}}, "due"),
        ({"due": {"edtf": "2031", "start": 2**70, "end": 2**71}}, "due"),
        ({"due": ["2023"]}, "due"),
        ({"language": "klingonese!"}, "language"),
        ({"quantities": [{"text": "x", "value": "many"}]}, "quantities.0.value"),
        ({"quantities": [{"text": "x", "value": "NaN"}]}, "quantities.0.value"),
        ({"tags": "x"}, "tags"),
    ],
)
def test_bad_fields_are_named(reporter, change, field):
    refused = reporter.post(CLAIMS, BODY | change)
    assert refused.status_code == 400, refused.content
    assert field in refused.json()["errors"]


def test_half_a_letter_is_refused_where_a_date_quotes_it(reporter):
    refused = reporter.post(CLAIMS, json.dumps(BODY | {"due": {"edtf": "2031", "text": "\ud800"}}), content_type="application/json")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["due"])


def test_other_nonsense_is_refused_politely(reporter, reviewer):
    claim = make.recorded()
    assert reporter.generic("POST", CLAIMS, "{", content_type="application/json").status_code == 400
    assert reporter.post(CLAIMS, []).status_code == 400
    assert reporter.get(address(uuid4())).status_code == 404
    assert reviewer.post(address(uuid4(), "accept"), {}).status_code == 404
    assert reporter.get(address(claim), {"as_of": "2999-01-01T00:00:00Z"}).status_code == 400
    assert reporter.get(address(claim), {"as_of": "yesterday"}).status_code == 400
    assert reviewer.post(address(claim, "merge"), {"into": str(uuid4())}).json()["errors"].keys() == {"into"}
    assert reviewer.post(address(claim, "evidence"), {"stance": "context"}).json()["errors"].keys() == {"url"}
    assert reporter.patch(address(claim), [], HTTP_IF_MATCH="1").status_code == 400
    assert reporter.get(f"/api/v1/documents/{uuid4()}/claims/").status_code == 404
    for query in ("status=lost", "cursor=zzz", "page_size=0", "statsu=proposed", "value_min=x", "due_after=soon", "speaker=1"):
        assert reporter.get(f"{CLAIMS}?{query}").status_code == 400, query


def test_flags_are_listed_and_answered(reviewer, reporter):
    claim = make.recorded(due="2020")
    flagging.run("due")
    listed = reviewer.get("/api/v1/flags/").json()["results"]
    flag = next(f for f in listed if f["claim"] == str(claim))
    assert "31 December 2020" in flag["reason"]
    assert flag["hint"]
    assert reviewer.get(CLAIMS, {"rule": "due", "flagged": "true"}).json()["results"][0]["flags"] == 1
    at = f"/api/v1/flags/{flag['id']}/"
    assert reporter.post(f"{at}resolve/", {}).status_code == 403
    assert reviewer.post(f"{at}assign/", {"to": "huda"}).status_code == 400
    huda = make.user(None, "huda")
    for to in (at, f"/api/v1/claims/{claim}/"):
        refused = reviewer.post(f"{to}assign/", {"to": "huda"})
        assert (refused.status_code, refused.json()["errors"].keys()) == (400, {"to"})
        assert "has no role at this desk" in refused.json()["detail"]
    huda.groups.add(make.Group.objects.get(name="reviewer"))
    assert reviewer.post(f"{at}assign/", {"to": "huda"}).json()["assignee"] == "huda"
    assert reviewer.post(f"{at}snooze/", {"until": "2020-01-01"}).json()["errors"].keys() == {"until"}
    assert reviewer.post(f"{at}snooze/", {"until": "2999-01-01"}).json()["state"] == "snoozed"
    assert reviewer.post(f"{at}dismiss/", {"reason": "معروف"}).json()["state"] == "dismissed"
    assert reviewer.post(f"{at}resolve/", {}).status_code == 409
    assert reviewer.get("/api/v1/flags/").json()["results"] == []
    assert reviewer.post(address(flag["id"], "accept"), {}).status_code == 404, "a flag is no claim"
    assert reviewer.post(f"/api/v1/flags/{claim}/resolve/", {}).status_code == 404, "nor the other way round"


def test_the_feed_has_every_event_once(reporter, reviewer):
    claim = make.recorded()
    seen, onward = [], "/api/v1/events/?limit=2"
    reviewer.post(address(claim, "accept"), {})
    while found := (answer := reporter.get(onward).json())["results"]:
        seen += [event["position"] for event in found]
        onward = answer["next"]
    assert seen == list(range(len(seen)))
    reviewer.post(address(claim, "reject"), {"reason": "x"})
    (news,) = reporter.get(onward).json()["results"]
    assert (news["specversion"], news["type"], news["subject"]) == ("1.0", "isnad.ClaimRejected", str(claim))


def test_filters_narrow(reporter, reviewer):
    text = capture.capture("قال الوزير إن التجارة ستنمو.", outlet="الميناء", published="2022-12-31", by=make.REPORTER)
    document = text.document
    mine = reporter.post(CLAIMS, {**BODY, "document": str(document.pk), "source": "", "tags": ["تجارة"], "language": "ar"}).json()
    make.recorded(due="2999")
    make.recorded()
    for query in (
        {"document": document.pk},
        {"outlet": document.outlet_id},
        {"speaker": mine["speaker"]["id"]},
        {"tag": "تجارة"},
        {"language": "ar"},
        {"unit": "USD", "value_min": "100", "value_max": "200000000000"},
        {"clock": "overdue"},
        {"due_before": "2024-01-01"},
    ):
        assert [c["id"] for c in reporter.get(CLAIMS, query).json()["results"]] == [mine["id"]], query
    assert (mine["source"], mine["date"]["edtf"], mine["date"]["basis"]) == ("الميناء", "2022-12-31", "publication")
    assert len(reporter.get(CLAIMS, {"clock": "upcoming"}).json()["results"]) == 1
    assert len(reporter.get(CLAIMS, {"clock": "unscheduled"}).json()["results"]) == 1
    assert reporter.get(f"/api/v1/documents/{document.pk}/claims/").json()["results"][0]["id"] == mine["id"]


def test_a_list_of_then_goes_page_by_page_and_takes_no_filter(reporter, reviewer):
    claims = [reporter.post(CLAIMS, BODY | {"statement": f"رقم {n}"}).json()["id"] for n in range(3)]
    ledger.seal()
    then = Position.objects.latest("position").sealed_at.isoformat()
    reviewer.post(f"{address(claims[0])}reject/", {"reason": "لا"})
    page = reporter.get(CLAIMS, {"as_of": then, "page_size": 2}).json()
    assert [item["id"] for item in page["results"]] == [claims[2], claims[1]]
    rest = reporter.get(page["next"]).json()
    assert [(item["id"], item["status"]) for item in rest["results"]] == [(claims[0], "proposed")]
    assert rest["next"] is None
    assert reporter.get(CLAIMS, {"as_of": then, "status": "proposed"}).status_code == 400
    assert reporter.get(CLAIMS, {"as_of": "2999-01-01T00:00:00Z"}).status_code == 400
    assert APIClient().get(CLAIMS, {"as_of": then}).status_code == 401


def test_a_diff_is_asked_by_versions_or_moments(reporter, reviewer):
    claim = reporter.post(CLAIMS, BODY).json()["id"]
    reviewer.post(f"{address(claim)}accept/")
    told = reporter.get(f"{address(claim)}diff/", {"since": 1}).json()["results"]
    assert [(t["field"], t["before"], t["after"], t["type"]) for t in told] == [("status", "proposed", "accepted", "ClaimAccepted")]
    assert reporter.get(f"{address(claim)}diff/", {"since": "2020-01-01T00:00:00Z", "until": 1}).json()["results"]
    for nonsense in ({}, {"since": "soon"}, {"since": 7}, {"since": 1, "until": "2999-01-01T00:00:00Z"}):
        assert reporter.get(f"{address(claim)}diff/", nonsense).status_code == 400


def test_sources_are_shown_as_they_were(reporter, editor):
    document = reporter.post("/api/v1/documents/", {"text": "نص", "outlet": "تويتر", "title": "خبر"}).json()
    one, two = (reporter.post("/api/v1/speakers/", {"name": name, "type": "person"}).json()["id"] for name in ("سامي", "سامي حداد"))
    ledger.seal()
    then = Position.objects.latest("position").sealed_at.isoformat()
    editor.patch(f"/api/v1/outlets/{document['outlet']}/", {"name": "إكس"})
    editor.patch(f"/api/v1/documents/{document['id']}/", {"title": "آخر", "reason": "خطأ"})
    editor.post(f"/api/v1/speakers/{one}/merge/", {"into": two})

    def at(path, **words):
        return reporter.get(f"/api/v1/{path}/", {"as_of": then} | words)

    assert at(f"outlets/{document['outlet']}").json()["name"] == "تويتر"
    assert (at(f"documents/{document['id']}").json()["title"], at(f"documents/{document['id']}").json()["source"]) == ("خبر", "تويتر")
    assert (at(f"speakers/{one}").json()["merged_into"], at(f"speakers/{one}").json()["names"]) == (None, ["سامي"])
    assert at(f"speakers/{one}", as_of="2020-01-01T00:00:00Z").status_code == 404
    assert at(f"outlets/{one}").status_code == 404
    assert at(f"outlets/{document['outlet']}", as_of="2999-01-01T00:00:00Z").status_code == 400
    assert at(f"outlets/{document['outlet']}", as_of="now").status_code == 400


def test_work_is_not_given_to_whoever_only_reads(reviewer):
    claim = make.recorded()
    make.user(Role.READER, "nada")
    reviewer.post(address(claim, "accept"))
    refused = reviewer.post(address(claim, "assign"), {"to": "nada"})
    assert refused.status_code == 400
    assert "only reads the desk" in refused.content.decode()
