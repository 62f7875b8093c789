"""Evidence is taken back with a reason: it stays in sight, and counts for nothing from then on."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import ledger
from claims.domain.choices import Stance
from claims.domain.events import EvidenceWithdrawn
from claims.domain.steps import StepNotOpen, open_steps
from claims.domain.values import Exhibit
from claims.ledger import history, rebuild
from claims.models import Claim
from claims.workflow import publishing, review, verdicts
from sources import roles
from sources.roles import Role
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    made = make.recorded()
    review.accept(made, by=make.REVIEWER)
    return made


def shown(claim, url="https://example.org/a", stance=Stance.SUPPORTS):
    """The id of a piece that was just put beside the claim."""
    return make.state(review.add_evidence(claim, Exhibit(stance=stance, url=url), by=make.REPORTER)).evidence[-1].id


def withdrawn(claim, piece, **words):
    return review.withdraw_evidence(claim, evidence=piece, **({"reason": "نقلت عن غيرها", "by": make.REVIEWER} | words))


def signed_in(role=Role.REVIEWER):
    client = Client()
    client.force_login(make.user(role))
    return client


def post(client, claim, step, body):
    return client.post(f"/api/v1/claims/{claim}/{step}/", body, content_type="application/json")


def test_it_stays_in_sight_with_who_and_why(claim):
    piece = shown(claim)
    withdrawn(claim, piece)
    [kept] = Claim.objects.get(pk=claim).evidence.all()
    assert (kept.url, kept.withdrawn_by, kept.withdrawn_because) == ("https://example.org/a", "yusuf", "نقلت عن غيرها")
    assert kept.withdrawn_at
    assert not list(rebuild.differences(lambda done, total: None))


def test_what_was_known_before_still_reads_as_it_did(claim):
    piece = shown(claim)
    ledger.seal()
    before = timezone.now()
    withdrawn(claim, piece)
    ledger.seal()
    then, now = (history.states_as_of([claim], at)[claim] for at in (before, timezone.now()))
    assert [e.withdrawn_at for e in then.evidence] == [None]
    assert [e.withdrawn_because for e in now.evidence] == ["نقلت عن غيرها"]


def test_a_reason_is_asked_for_and_a_piece_is_withdrawn_once(claim):
    piece = shown(claim)
    shown(claim, "https://example.org/b")
    with pytest.raises(review.Unreviewable, match="why"):
        withdrawn(claim, piece, reason=" ")
    with pytest.raises(review.Unreviewable, match="no such evidence"):
        withdrawn(claim, "0193c2a0-0000-7000-8000-000000000001")
    withdrawn(claim, piece)
    with pytest.raises(review.Unreviewable, match="withdrawn before"):
        withdrawn(claim, piece)


def test_the_step_is_open_only_where_evidence_stands(claim):
    assert "withdraw-evidence" not in open_steps(ledger.state_of(claim))
    piece = shown(claim)
    assert "withdraw-evidence" in open_steps(ledger.state_of(claim))
    withdrawn(claim, piece)
    with pytest.raises(StepNotOpen):
        withdrawn(claim, piece)


def test_a_reporter_adds_evidence_and_leaves_withdrawing_to_a_reviewer(claim):
    with pytest.raises(roles.NotAllowed):
        withdrawn(claim, shown(claim), by=make.REPORTER)


def test_no_verdict_rests_on_it(claim):
    piece = shown(claim)
    withdrawn(claim, piece)
    with pytest.raises(verdicts.Unjudgeable, match="no such evidence"):
        verdicts.reach(claim, rating="partly", rationale="بعضه", evidence=(piece,), by=make.REVIEWER)


def test_a_verdict_that_lost_its_evidence_meanwhile_is_not_approved(claim):
    piece = shown(claim)
    state = make.state(verdicts.reach(claim, rating="partly", rationale="بعضه", evidence=(piece,), by=make.REVIEWER))
    make.as_before(claim, EvidenceWithdrawn(evidence=piece, exhibit=state.evidence[0].exhibit, reason="نقلت عن غيرها"))
    with pytest.raises(verdicts.Unjudgeable, match="send it back"):
        verdicts.approve(claim, by=make.EDITOR)
    verdicts.send_back(claim, reason="سُحب دليله", by=make.EDITOR)
    verdicts.reach(claim, rating="partly", rationale="بعضه", evidence=(shown(claim),), by=make.REVIEWER)
    verdicts.approve(claim, by=make.EDITOR)
    publishing.publish(claim, by=make.EDITOR)


def test_over_http_it_is_a_step_with_a_key_and_its_history(claim):
    client, piece = signed_in(), shown(claim)
    assert post(client, claim, "withdraw-evidence", {"evidence": piece}).json()["errors"].keys() == {"reason"}
    asked = {"evidence": piece, "reason": "نقلت عن غيرها"}
    first, again = (
        client.post(f"/api/v1/claims/{claim}/withdraw-evidence/", asked, content_type="application/json", headers={"Idempotency-Key": "k"})
        for _ in range(2)
    )
    assert (first.status_code, again.status_code, again["Idempotency-Replayed"]) == (200, 200, "true")
    [told] = first.json()["evidence"]
    assert (told["withdrawn_because"], bool(told["withdrawn_at"])) == ("نقلت عن غيرها", True)
    last = client.get(f"/api/v1/claims/{claim}/events/").json()["results"][-1]
    assert (last["type"], last["data"]["exhibit"]["url"]) == ("EvidenceWithdrawn", "https://example.org/a")


def test_at_the_desk_it_is_a_button_that_asks_which_and_why(claim):
    client, piece = signed_in(), shown(claim)
    withdrawn(claim, shown(claim, "https://example.org/gone"))
    page = reverse("admin:claims_claim_change", args=[claim])
    html = client.get(page).content.decode()
    asked = re.search(r'<form method="post" action="[^"]*/step/withdraw-evidence/".*?</form>', html, re.DOTALL)[0]
    assert piece in asked
    assert "https://example.org/gone" not in asked
    hidden = dict(re.findall(r'name="(withdraw-evidence-(?:after|key))" value="([^"]*)"', html))
    said = {"withdraw-evidence-evidence": piece, "withdraw-evidence-reason": "نقلت عن غيرها"}
    address = reverse("admin:claims_claim_step", args=[claim, "withdraw-evidence"])
    assert client.post(address, hidden | said).status_code == 302
    html = client.get(page).content.decode()
    assert html.count("withdrawn by") == 2
    assert "Evidence withdrawn: " in html
