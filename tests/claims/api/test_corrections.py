"""Corrections over REST and at the desk: who proposes, who approves, and what is answered."""

from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rest_framework.test import APIClient

from claims import ledger
from claims.domain.choices import Kind, Stance
from claims.domain.values import Exhibit
from claims.models import Claim, Correction, PublicRecord
from claims.workflow import recording, review
from sources.models import new_id
from sources.roles import Actor, Role
from tests import make
from tests.claims.admin.desk import colleague, page, press

pytestmark = pytest.mark.django_db
CLAIMS = "/api/v1/claims/"


def published(**fields) -> UUID:
    return make.published(due="2023", evidence=[Exhibit(stance=Stance.SUPPORTS, url="https://example.org/b")], **fields)


def client(role: str) -> APIClient:
    made = APIClient()
    made.force_authenticate(make.user(role))
    return made


def tag(claim: UUID) -> str:
    return f'"{Claim.objects.get(pk=claim).version}"'


def propose(claim: UUID, by: APIClient | None = None, **changes):
    body = (changes or {"statement": "صياغة أخرى"}) | {"reason": "أدق"}
    return (by or client(Role.REVIEWER)).patch(f"{CLAIMS}{claim}/", body, headers={"If-Match": tag(claim)})


def test_a_patch_of_a_published_claim_is_accepted_as_a_correction_and_changes_nothing_yet():
    claim = published()
    before = Claim.objects.get(pk=claim).statement
    answer = propose(claim)
    assert answer.status_code == 202
    assert answer["Location"] == f"http://testserver{CLAIMS}{claim}/corrections/"
    assert answer.json()["statement"] == before
    [correction] = answer.json()["corrections"]
    assert correction["changes"] == [{"field": "statement", "before": before, "after": "صياغة أخرى"}]
    assert correction["status"] == "open"


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("schedule", {"due": "2024", "reason": "سنة"}),
        ("withdraw-evidence", {"reason": "مزور"}),
        ("corrections", {"statement": "صياغة أخرى", "reason": "أدق"}),
    ],
)
def test_each_step_that_touches_what_was_judged_answers_202(step, body):
    claim = published()
    if step == "withdraw-evidence":
        body = body | {"evidence": str(Claim.objects.get(pk=claim).evidence.get().key)}
    answer = client(Role.REVIEWER).post(f"{CLAIMS}{claim}/{step}/", body)
    assert answer.status_code == 202, answer.content
    assert Correction.objects.get(claim=claim).status == "open"


def test_a_patch_of_notes_alone_is_done_at_once():
    assert propose(published(), notes="للمكتب").status_code == 200


def test_a_reporter_proposes_no_correction():
    assert propose(published(), by=client(Role.REPORTER)).status_code == 403


def test_corrections_are_for_what_was_judged():
    claim = make.recorded()
    answer = client(Role.REVIEWER).post(f"{CLAIMS}{claim}/corrections/", {"statement": "صياغة", "reason": "أدق"})
    assert answer.status_code == 409


def test_an_editor_approves_the_one_that_was_looked_at():
    claim = published()
    propose(claim)
    editor = client(Role.EDITOR)
    wrong = editor.post(f"{CLAIMS}{claim}/approve-correction/", {"correction": str(new_id())}, headers={"If-Match": tag(claim)})
    assert wrong.status_code == 400
    [correction] = editor.get(f"{CLAIMS}{claim}/corrections/").json()["results"]
    answer = editor.post(f"{CLAIMS}{claim}/approve-correction/", {"correction": correction["id"]}, headers={"If-Match": tag(claim)})
    assert answer.status_code == 200, answer.content
    assert answer.json()["statement"] == "صياغة أخرى"
    assert answer.json()["corrected_at"]
    [decided] = answer.json()["corrections"]
    assert decided["status"] == "issued"


def test_a_reviewer_approves_no_correction():
    claim = published()
    propose(claim)
    answer = client(Role.REVIEWER).post(f"{CLAIMS}{claim}/approve-correction/", headers={"If-Match": tag(claim)})
    assert answer.status_code == 403


def test_a_correction_is_sent_back_with_a_reason():
    claim = published()
    propose(claim)
    editor = client(Role.EDITOR)
    assert editor.post(f"{CLAIMS}{claim}/return-correction/", {}, headers={"If-Match": tag(claim)}).status_code == 400
    answer = editor.post(f"{CLAIMS}{claim}/return-correction/", {"reason": "الأصل صحيح"}, headers={"If-Match": tag(claim)})
    assert answer.json()["corrections"][0]["returned_because"] == "الأصل صحيح"


def test_what_waits_is_listed_and_approved_together_each_by_itself():
    claims = [published() for _ in range(3)]
    for claim in claims:
        propose(claim)
    editor = client(Role.EDITOR)
    listed = editor.get("/api/v1/corrections/", {"page_size": 2}).json()
    assert [each["claim"] for each in listed["results"]] == [str(claim) for claim in claims[:2]]
    assert listed["next"]
    named = [{"claim": each["claim"], "correction": each["id"]} for each in listed["results"]]
    named.append({"claim": str(claims[2]), "correction": str(new_id())})
    outcome = editor.post("/api/v1/corrections/approve/", {"corrections": named}).json()["results"]
    assert [each["approved"] for each in outcome] == [True, True, False]
    assert outcome[2]["detail"]
    assert client(Role.REVIEWER).post("/api/v1/corrections/approve/", {"corrections": named}).status_code == 403


def test_the_same_key_again_approves_nothing_twice():
    claim = published()
    propose(claim)
    editor = client(Role.EDITOR)
    [correction] = editor.get("/api/v1/corrections/").json()["results"]
    body, headers = {"corrections": [{"claim": correction["claim"], "correction": correction["id"]}]}, {"Idempotency-Key": "once"}
    first, again = (editor.post("/api/v1/corrections/approve/", body, headers=headers).json() for _ in range(2))
    assert first == again
    assert PublicRecord.objects.get(claim=claim).number == 2


def test_both_see_the_digest_of_what_readers_will_be_shown():
    claim = published()
    propose(claim)
    seen = client(Role.EDITOR).get(f"{CLAIMS}{claim}/record/").json()
    [proposed] = seen["proposed"]
    assert proposed["by"] == "correction"
    assert proposed["record"]["statement"] == "صياغة أخرى"
    client(Role.EDITOR).post(f"{CLAIMS}{claim}/approve-correction/", headers={"If-Match": tag(claim)})
    after = client(Role.EDITOR).get(f"{CLAIMS}{claim}/record/").json()
    assert after["digest"] == proposed["digest"]
    assert after["proposed"] == []


def test_a_verdict_tells_since_when_it_was_known():
    claim = make.recorded(kind=Kind.QUANTITY)
    review.accept(claim, by=make.REVIEWER)
    body = {"rating": "true", "rationale": "حدث", "known_since": "2024-02-01"}
    answer = client(Role.REVIEWER).post(f"{CLAIMS}{claim}/verdict/", body)
    [verdict] = answer.json()["verdicts"]
    assert verdict["known_since"] == "2024-02-01"
    assert "shown" not in verdict


# ── the desk


@pytest.fixture
def reviewer() -> Client:
    return colleague("rami", Role.REVIEWER)


@pytest.fixture
def editor() -> Client:
    return colleague("eman", Role.EDITOR)


def correct(client: Client, claim: UUID, statement: str) -> str:
    said = ledger.state_of(claim).said
    fields = {"statement": statement, "kind": said.kind.value, "speaker_type": said.speaker.type, "speaker_name": said.speaker.name}
    sent = press(client, claim, "revise", **fields, said_on="", criteria="", tags="", notes="", reason="أدق")
    assert sent.status_code == 302, sent.content
    return client.get(page(claim)).content.decode()


def test_the_desk_says_that_a_change_waits_and_shows_what_readers_would_see(reviewer, editor):
    claim = published()
    before = Claim.objects.get(pk=claim).statement
    html = correct(reviewer, claim, "صياغة أخرى")
    assert "waits for a colleague" in html
    assert f'<del><bdi dir="auto">{before}</bdi></del>' in html
    assert "approve-correction" not in html
    html = editor.get(page(claim)).content.decode()
    assert "step/approve-correction/" in html
    correction = Correction.objects.get(claim=claim)
    assert press(editor, claim, "approve-correction", correction=str(correction.key)).status_code == 302
    assert Claim.objects.get(pk=claim).statement == "صياغة أخرى"


def test_the_desk_approves_many_corrections_together(reviewer, editor):
    claims = [published(), published()]
    for claim in claims:
        recording.revise(claim, {"statement": "صياغة أخرى"}, reason="أدق", by=make.REVIEWER)
    address = reverse("admin:claims_correction_changelist")
    html = editor.get(address).content.decode()
    assert html.count("أدق") == 2
    chosen = list(Correction.objects.values_list("pk", flat=True))
    answer = editor.post(address, {"action": "approve", "_selected_action": chosen}, follow=True)
    assert "2 corrections approved" in answer.content.decode()
    assert {PublicRecord.objects.get(claim=claim).number for claim in claims} == {2}
    assert "approve" not in reviewer.get(address).context["cl"].model_admin.get_actions(reviewer.get(address).wsgi_request)


def test_the_list_shows_what_readers_would_see_otherwise_with_queries_that_do_not_grow(editor, django_assert_num_queries):
    address = reverse("admin:claims_correction_changelist")

    def waiting(number):
        claim = published()
        recording.revise(claim, {"statement": f"صياغة {number}"}, reason="أدق", by=make.REVIEWER)
        return claim

    before = Claim.objects.get(pk=waiting(1)).statement
    html = editor.get(address).content.decode()
    assert before in html
    assert "صياغة 1" in html
    with CaptureQueriesContext(connection) as few:
        editor.get(address)
    for number in range(2, 5):
        waiting(number)
    with django_assert_num_queries(len(few)):
        editor.get(address)


def test_the_page_of_a_claim_asks_no_more_for_more_corrections(editor, django_assert_max_num_queries):
    claim = published()
    by = Actor("huda", "9", frozenset({Role.EDITOR}))
    from claims.workflow import corrections

    for n in range(3):
        recording.revise(claim, {"statement": f"صياغة {n}"}, reason="أدق", by=make.REVIEWER)
        corrections.approve(claim, by=by)
    editor.get(page(claim))
    with django_assert_max_num_queries(45):
        editor.get(page(claim))


def test_what_changes_nothing_is_no_correction_though_one_was_just_proposed():
    claim = published()
    propose(claim)
    again = propose(claim, statement=Claim.objects.get(pk=claim).statement)
    assert again.status_code == 200
    assert "Location" not in again
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("step", ["withdraw", "merge"])
def test_a_correction_that_nobody_can_decide_is_not_listed_as_waiting(step):
    claim, other = published(), published()
    propose(claim)
    editor, body = client(Role.EDITOR), {"reason": "خطأ"} | ({"into": str(other)} if step == "merge" else {})
    assert editor.post(f"{CLAIMS}{claim}/{step}/", body).status_code == 200
    assert editor.get("/api/v1/corrections/").json()["results"] == []
    desk = colleague("hadi", Role.EDITOR)
    assert not desk.get(reverse("admin:claims_correction_changelist")).context["cl"].result_list
    editor.post(f"{CLAIMS}{claim}/{'reopen' if step == 'withdraw' else 'unmerge'}/", {"reason": "صحيح"})
    assert [each["claim"] for each in editor.get("/api/v1/corrections/").json()["results"]] == [str(claim)]


def test_the_desk_lists_what_waits_unless_all_are_chosen():
    decided, waiting = published(), published()
    propose(decided)
    propose(waiting)
    client(Role.EDITOR).post(f"{CLAIMS}{decided}/return-correction/", {"reason": "لا"}, headers={"If-Match": tag(decided)})
    desk, where = colleague("hadi", Role.EDITOR), reverse("admin:claims_correction_changelist")

    def listed(**asked):
        return {each.claim_id for each in desk.get(where, asked).context["cl"].result_list}

    assert listed() == {waiting}
    assert listed(status="all") == {decided, waiting}
    assert listed(status="returned") == {decided}
