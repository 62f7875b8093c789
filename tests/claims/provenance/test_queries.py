"""Whom a claim goes back to, on its page and over REST."""

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from claims.domain.choices import Stance
from claims.domain.values import Exhibit
from claims.workflow import linking, review
from sources.models import new_id
from sources.roles import Role
from tests import make
from tests.claims.rules.test_single_source import GHAD, accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    """Two claims that say the same: one has it from an agency, and so has the other's paper; a page supports the first."""
    one, other = accepted(GHAD, "رويترز"), accepted("جريدة <b>الميناء</b>", "رويترز", text="ب")
    linking.link(one, other, relation="same", by=make.REVIEWER)
    review.add_evidence(one, Exhibit(stance=Stance.SUPPORTS, url="https://other.example/a"), by=make.REPORTER)
    return one, other


def page(claim):
    client = Client()
    client.force_login(make.user(Role.REPORTER))
    return client.get(reverse("admin:claims_claim_change", args=[claim])).content.decode()


def test_the_page_lists_the_origins_and_what_leads_to_each(two):
    html = page(two[0])
    assert "2 independent origins" in html
    assert "3 accounts" in html
    assert reverse("admin:claims_claim_change", args=[two[1]]) in html
    assert "جريدة &lt;b&gt;الميناء&lt;/b&gt;" in html


def test_the_page_names_a_circle():
    one, other = accepted("الغد", "الرأي", text="ا"), accepted("الرأي", "الغد", text="ب")
    linking.link(one, other, relation="same", by=make.REVIEWER)
    html = page(one)
    assert "a circle" in html
    assert "0 independent origins" in html


def test_a_claim_of_nobody_says_so():
    assert "Nobody is named" in page(make.recorded(source="", speaker=make.SpeakerAsRead(type="narrator")))


def test_the_address_tells_the_same(two):
    client = APIClient()
    client.force_authenticate(make.user(Role.REPORTER))
    said = client.get(f"/api/v1/claims/{two[0]}/origins/").json()
    assert (said["count"], said["accounts"], said["returning"]) == (2, 3, [])
    by_name = {origin["names"][0]: origin["leads"] for origin in said["origins"]}
    assert sorted(lead["claim"] for lead in by_name["رويترز"]) == sorted(map(str, two))
    [lead] = by_name["other.example"]
    assert (lead["claim"], lead["path"]) == (None, ["other.example"])
    assert lead["evidence"]
    assert client.get(f"/api/v1/claims/{new_id()}/origins/").status_code == 404
    assert APIClient().get(f"/api/v1/claims/{two[0]}/origins/").status_code in (401, 403)
