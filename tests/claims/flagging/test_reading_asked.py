""" "Reach 200" may be that much, or at least that much: the rule asks, and an editor answers on the claim's page."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from claims import flagging, ledger
from claims.domain import events
from claims.domain.choices import Kind
from claims.domain.values import SpeakerAsRead
from claims.models import Claim, Flag
from claims.workflow import review
from sources.models import new_id
from sources.roles import Role
from sources.text.edtf import ImpreciseDate
from tests import make
from tests.claims.similarity.test_neighbours import others, said, settle

pytestmark = pytest.mark.django_db

YEAR = ImpreciseDate(edtf="2031")


def open_flags(claim):
    flags = Flag.objects.filter(rule="figures-disagree", state="open", claim=claim)
    return [(flag.code, flag.parameters["words"]) for flag in flags]


def correct(claim, **changed):
    client = Client()
    client.force_login(make.user(Role.REVIEWER))
    row = Claim.objects.get(pk=claim)
    stands = {name: getattr(row, name) for name in ("statement", "kind", "speaker_type", "speaker_name", "criteria", "notes")}
    stands |= {"said_on": row.said_on["edtf"], "tags": "", "reason": "هذا ما قصده", "after": row.version, "key": new_id()}
    address = reverse("admin:claims_claim_step", args=[claim, "revise"])
    return client.post(address, {f"revise-{name}": value for name, value in (stands | changed).items()})


@pytest.fixture
def trade():
    others()
    said("بلغت التجارة بين البلدين الجارين 190.27 مليار دولار", "2031-01-05", scope=YEAR)
    by = SpeakerAsRead(type="person", name="وزير الاقتصاد")
    return said("ستبلغ التجارة بين البلدين الجارين 200 مليار دولار", "2031-02-01", kind=Kind.PREDICTION, scope=YEAR, speaker=by)


def test_the_editor_says_which_is_meant_and_the_rule_asks_no_more(trade):
    settle()
    flagging.run(today=date(2031, 3, 1))
    assert open_flags(trade) == [("reading", "200 مليار دولار")]
    assert correct(trade, figure_0_comparator="at_least", figure_0_role="level").status_code == 302
    assert [h.event.type for h in ledger.happenings([trade])[trade]] == ["ClaimRecorded", "ClaimAccepted", "ClaimRevised"]
    last = ledger.happenings([trade])[trade][-1].event
    assert isinstance(last, events.ClaimRevised)
    assert set(last.changes) == {"quantities"}
    settle()
    flagging.run(today=date(2031, 3, 1))
    assert open_flags(trade) == [("disagree", "200 مليار دولار")]


def test_what_people_left_as_it_was_is_not_changed(trade):
    answer = correct(trade, figure_0_comparator="exactly", figure_0_role="level")
    assert answer.status_code == 409 or "Nothing was changed." in answer.content.decode()
    assert Claim.objects.get(pk=trade).version == 2


def test_a_change_is_no_level(trade):
    assert correct(trade, figure_0_role="change").status_code == 302
    assert Claim.objects.get(pk=trade).quantities.get().role == "change"
    review.schedule(trade, due=YEAR, by=make.REVIEWER)
    settle()
    flagging.run(today=date(2031, 3, 1))
    assert open_flags(trade) == []


@pytest.mark.parametrize("value", ["between", "nonsense"])
def test_a_comparator_that_does_not_fit_is_refused(trade, value):
    assert correct(trade, figure_0_comparator=value).status_code == 400
