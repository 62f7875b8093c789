"""The worked example shows something true on every screen, and is told once."""

import pytest
from django.core.management import call_command

from claims import transparency
from claims.domain.choices import Status
from claims.models import Claim, EventRecord, Flag

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    call_command("example", verbosity=0)


def test_it_proposes_claims_and_takes_some_along_the_road(told):
    assert Claim.objects.count() >= 20
    there = set(Claim.objects.values_list("status", flat=True))
    assert {Status.PROPOSED, Status.ACCEPTED, Status.IN_REVIEW, Status.JUDGED, Status.PUBLISHED} <= there
    assert Flag.objects.filter(state="open").exists()


def test_it_is_told_once(told, capsys):
    events = EventRecord.objects.count()
    call_command("example")
    assert EventRecord.objects.count() == events
    assert "accept:" not in capsys.readouterr().out


def test_the_ledger_is_sound_after_it(told):
    assert transparency.verify() is None


def test_its_figures_are_those_of_the_news(told):
    published = Claim.objects.filter(status=Status.PUBLISHED)
    assert {claim.language for claim in published} == {"ar", "en"}
    assert all(claim.said_first for claim in Claim.objects.all())


def test_what_is_to_be_reached_before_a_year_is_due_at_the_end_of_the_one_before(told):
    reached = Claim.objects.filter(quote__contains="200", due_last__isnull=False)
    dues = {(claim.due["text"], claim.due_last.isoformat()) for claim in reached}
    assert dues == {("before 2024", "2023-12-31"), ("قبل حلول عام 2024", "2023-12-31")}
