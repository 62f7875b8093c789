"""Every step by its button: who is offered it, what does not fit, and what is lost when somebody was faster."""

import re
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from claims import ledger
from claims.domain import events
from claims.domain.choices import Status
from claims.models import Claim
from claims.workflow import recording, review
from sources.models import new_id
from sources.roles import Role
from tests import make
from tests.claims.admin.desk import ADMINISTRATOR, COLLEAGUE, page, press, status

pytestmark = pytest.mark.django_db


def test_the_whole_road_by_buttons(reporter: Client, reviewer: Client, editor: Client, claim: UUID) -> None:
    assert press(reporter, claim, "evidence", stance="supports", url="https://example.org/a", note="figures").status_code == 302
    assert press(reviewer, claim, "accept").status_code == 302
    assert press(reviewer, claim, "schedule", due="2023-05", reason="the source says May").status_code == 302
    assert press(reviewer, claim, "assign", to="rami").status_code == 302
    [exhibit] = Claim.objects.get(pk=claim).evidence.all()
    assert press(reviewer, claim, "verdict", rating="did_not", rationale="لم يحدث", evidence=[str(exhibit.key)]).status_code == 302
    assert press(editor, claim, "return", reason="which figures?").status_code == 302
    assert press(reviewer, claim, "verdict", rating="partly", rationale="150").status_code == 302
    assert press(editor, claim, "approve").status_code == 302
    assert press(editor, claim, "publish").status_code == 302
    assert status(claim) == Status.PUBLISHED
    assert press(editor, claim, "reopen", reason="a new figure").status_code == 302
    assert status(claim) == Status.IN_REVIEW
    assert press(editor, claim, "withdraw", reason="misread").status_code == 302
    row = Claim.objects.get(pk=claim)
    assert (row.status, row.assignee, row.due_last) == (Status.WITHDRAWN, "rami", date(2023, 5, 31))


def test_a_claim_is_rejected_with_its_reason(reviewer: Client, claim: UUID) -> None:
    refused = press(reviewer, claim, "reject", reason=" ")
    assert refused.status_code == 400
    assert press(reviewer, claim, "reject", reason="no news").status_code == 302
    assert status(claim) == Status.REJECTED


def test_a_page_offers_only_what_is_open_to_its_reader(reporter: Client, reviewer: Client, claim: UUID) -> None:
    def offered(client: Client) -> set[str]:
        return set(re.findall(r"/step/([a-z]+)/", client.get(page(claim)).content.decode()))

    assert offered(reporter) == {"evidence", "revise"}
    assert offered(reviewer) == {"accept", "reject", "schedule", "register", "evidence", "revise", "link"}


def test_an_older_version_is_refused_and_nothing_written_is_lost(reviewer: Client, claim: UUID) -> None:
    review.accept(claim, by=COLLEAGUE)
    response = press(reviewer, claim, "reject", after=1, reason="a long and careful reason")
    html = response.content.decode()
    assert response.status_code == 409
    assert "You saw an older version" in html
    assert "a long and careful reason" in html
    assert status(claim) == Status.ACCEPTED
    sent = dict(re.findall(r'name="(reject-(?:after|key))" value="([^"]*)"', html))
    again = reviewer.post(reverse("admin:claims_claim_step", args=[claim, "reject"]), {**sent, "reject-reason": "still"})
    assert again.status_code == 302
    assert status(claim) == Status.REJECTED


def test_a_second_click_is_harmless(reviewer: Client, claim: UUID) -> None:
    key = new_id()
    for _click in range(2):
        assert press(reviewer, claim, "accept", after=1, key=key).status_code == 302
    assert Claim.objects.get(pk=claim).version == 2


def test_a_role_that_may_not_is_told_so(reporter: Client, claim: UUID) -> None:
    response = press(reporter, claim, "accept")
    assert response.status_code == 409
    assert "needs the role of reviewer" in response.content.decode()
    assert status(claim) == Status.PROPOSED


def test_nobody_approves_their_own_verdict(editor: Client, claim: UUID) -> None:
    review.accept(claim, by=ADMINISTRATOR)
    press(editor, claim, "verdict", rating="void", rationale="nothing to see")
    assert "Nobody approves their own verdict" in press(editor, claim, "approve").content.decode()


@pytest.mark.parametrize(
    ("step", "given", "words"),
    [
        ("schedule", {"due": "some day"}, "This is not a date"),
        ("evidence", {"stance": "supports"}, "Evidence needs a snapshot or an address."),
        ("evidence", {"stance": "supports", "url": "javascript:alert(1)"}, "Enter a valid URL."),
        ("evidence", {"stance": "supports", "snapshot": "0190a5a0-0000-7000-8000-000000000000"}, "There is no such snapshot."),
        ("publish", {}, "This step is not open"),
        ("merge", {"into": "that one"}, "There is no claim&#x27;s id in this."),
        ("merge", {"into": "0190a5a0-0000-7000-8000-000000000000"}, "There is no such claim."),
        ("assign", {"to": "nobody"}, "There is no such colleague."),
    ],
)
def test_what_does_not_fit_is_said_on_the_form(editor: Client, claim: UUID, step: str, given: Any, words: str) -> None:
    response = press(editor, claim, step, **given)
    assert response.status_code in (400, 409)
    assert words in response.content.decode()
    assert Claim.objects.get(pk=claim).version == 1


def test_nothing_is_assigned_to_whoever_has_no_role(reviewer: Client, claim: UUID) -> None:
    press(reviewer, claim, "accept")
    for name, fields in (("rula", {}), ("away", {"is_active": False})):
        make.user(None if not fields else Role.EDITOR, name, **fields)
        refused = press(reviewer, claim, "assign", to=name)
        assert refused.status_code == 400
        assert f'value="{name}"' not in refused.content.decode().replace(" selected", "")
    assert "has no role at this desk" in press(reviewer, claim, "assign", to="rula").content.decode()
    assert Claim.objects.get(pk=claim).assignee == ""


def test_steps_take_only_posts_and_only_known_names(editor: Client, claim: UUID) -> None:
    assert editor.get(reverse("admin:claims_claim_step", args=[claim, "accept"])).status_code == 405
    assert press(editor, claim, "explode").status_code == 404
    assert editor.post(reverse("admin:claims_claim_step", args=[new_id(), "accept"])).status_code == 404


def as_it_stands(claim: UUID) -> dict[str, Any]:
    row = Claim.objects.get(pk=claim)
    said = {name: getattr(row, name) for name in ("statement", "kind", "speaker_type", "speaker_name", "criteria", "notes")}
    return {**said, "said_on": "", "tags": "", "reason": "misread"}


def test_a_claim_is_corrected_and_only_what_differs_is_kept(reporter: Client, claim: UUID) -> None:
    said = as_it_stands(claim) | {"said_on": "2022-11", "tags": "تجارة، اقتصاد", "speaker_name": "محمد السالم"}
    assert press(reporter, claim, "revise", **said).status_code == 302
    row = Claim.objects.get(pk=claim)
    assert (row.said_last, row.tags, row.speaker_name) == (date(2022, 11, 30), ["تجارة", "اقتصاد"], "محمد السالم")
    [_recorded, revised] = ledger.happenings([claim])[claim]
    assert isinstance(revised.event, events.ClaimRevised)
    assert set(revised.event.changes) == {"said_on", "tags", "speaker"}


def test_what_the_reader_took_wrongly_is_corrected_at_the_desk(reporter: Client, claim: UUID) -> None:
    given = {"source": "إذاعة", "scope": "2023-21", "polarity": "negated", "superlative": "on"}
    assert press(reporter, claim, "revise", **as_it_stands(claim) | given).status_code == 302
    said = ledger.state_of(claim).said
    assert (said.source, said.scope.edtf, said.polarity, said.superlative) == ("إذاعة", "2023-21", "negated", True)
    assert "superlative" in reporter.get(page(claim)).content.decode()
    assert press(reporter, claim, "revise", **as_it_stands(claim) | given | {"scope": "", "superlative": ""}).status_code == 302
    [*_before, revised] = ledger.happenings([claim])[claim]
    assert revised.event.changes == {"scope": None, "superlative": False}


def test_a_tag_that_no_column_holds_is_said_on_the_form(reporter: Client, claim: UUID) -> None:
    response = press(reporter, claim, "revise", **as_it_stands(claim) | {"tags": "ت" * 101})
    assert response.status_code == 400
    assert "A tag has at most 100 letters." in response.content.decode()


def test_a_correction_of_nothing_is_none(reporter: Client, claim: UUID) -> None:
    assert "Nothing was changed." in press(reporter, claim, "revise", **as_it_stands(claim)).content.decode()


def test_a_claim_is_merged_by_the_address_of_the_other(editor: Client, claim: UUID, said: events.ClaimRecorded) -> None:
    other = recording.record(said, by=ADMINISTRATOR).stream
    assert press(editor, claim, "merge", into=f"http://testserver{page(other)}").status_code == 302
    assert status(claim) == Status.DUPLICATE
    assert page(other) in editor.get(page(claim)).content.decode()
