"""What is around a claim is fetched in bulk, only where a rule looks at it, and a change of it makes the rules look again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest
import time_machine

from claims import flagging, ledger
from claims.domain.choices import FlagStatus
from claims.flagging import context_providers
from claims.flagging.context_providers import Provider
from claims.models import Claim, Flag, Look
from claims.rules import RULES, Finding, Rule
from claims.rules.context import Neighbour
from claims.workflow import review
from tests import make

pytestmark = pytest.mark.django_db

DAY = date(2031, 3, 5)


def neighbours_turned_down(claim, around, today, parameters):
    """Was a claim beside this one turned down?"""
    for neighbour in around.neighbours:
        if neighbour.claim.status == "rejected":
            yield Finding(code="turned-down", key=str(neighbour.claim.pk))


@pytest.fixture
def pairs(monkeypatch):
    """Pairs of claims that are neighbours, and how often the provider was asked for how many claims."""
    beside: dict[UUID, UUID] = {}
    asked: list[int] = []

    def now(claims: Sequence[Claim]) -> dict[UUID, tuple[Neighbour, ...]]:
        asked.append(len(claims))
        others = Claim.objects.in_bulk([beside[c.pk] for c in claims if c.pk in beside])
        return {c.pk: (Neighbour(claim=others[beside[c.pk]]),) for c in claims if c.pk in beside}

    def past(claims: Sequence[UUID]):
        return {
            id: [
                (date.min, ()),
                *(
                    (h.at.date(), (Neighbour(claim=Claim(pk=beside[id], status="rejected")),))
                    for h in ledger.happenings([beside[id]])[beside[id]]
                    if h.event.type == "ClaimRejected"
                ),
            ]
            for id in claims
            if id in beside
        }

    provider = Provider(
        part="neighbours",
        now=now,
        past=past,
        events=frozenset({"ClaimRejected"}),
        seen_by=lambda streams: [one for one, other in beside.items() if other in streams],
    )
    flagging.rules.all_rules()
    monkeypatch.setitem(context_providers.PROVIDERS, "neighbours", provider)
    monkeypatch.setitem(RULES, "beside", Rule("beside", neighbours_turned_down, {}, {}, needs=("neighbours",)))
    return beside, asked


def test_a_batch_asks_each_provider_once(pairs):
    beside, asked = pairs
    ids = [make.recorded() for _ in range(6)]
    beside.update(zip(ids[:3], ids[3:], strict=True))
    review.reject(ids[3], reason="off the beat", by=make.REVIEWER)
    flagging.run(today=DAY)
    assert asked == [6]
    assert [flag.claim_id for flag in Flag.objects.filter(rule="beside")] == [ids[0]]


def test_what_no_rule_looks_at_is_not_fetched(pairs, settings):
    _, asked = pairs
    settings.RULES_OFF = ["beside", *(name for name, rule in RULES.items() if rule.needs)]
    make.recorded()
    flagging.run(today=DAY)
    assert asked == []


def test_what_happens_to_a_neighbour_makes_the_rules_look_again(pairs):
    beside, _ = pairs
    one, other = make.recorded(), make.recorded()
    beside[one] = other
    flagging.run(today=DAY)
    assert not Flag.objects.filter(rule="beside").exists()
    review.reject(other, reason="off the beat", by=make.REVIEWER)
    flagging.run(today=DAY)
    assert Flag.objects.get(rule="beside").claim_id == one
    review.reopen(other, reason="a mistake", by=make.EDITOR)
    flagging.look_again([one])
    flagging.run(today=DAY)
    assert Flag.objects.get(rule="beside").state == FlagStatus.CLEARED


def test_looking_again_is_one_statement_however_many_claims(pairs, django_assert_num_queries):
    ids = [make.recorded() for _ in range(5)]
    flagging.run(today=DAY)
    with django_assert_num_queries(1):
        flagging.look_again([*ids, UUID(int=0)])
    assert set(Look.objects.filter(on__lte=date(1, 1, 1)).values_list("claim", flat=True)) == set(ids)


def test_the_past_is_tried_with_what_was_around_on_each_day(pairs):
    beside, _ = pairs
    with time_machine.travel("2031-01-01 12:00:00+00:00"):
        one, other = make.recorded(), make.recorded()
        beside[one] = other
    with time_machine.travel("2031-02-10 12:00:00+00:00"):
        review.reject(other, reason="off the beat", by=make.REVIEWER)
    found = flagging.tried(flagging.chosen("beside"), date(2031, 1, 1), date(2031, 12, 31))
    assert [(day, each.claim.pk) for day, each in found] == [(date(2031, 2, 10), one)]


def test_a_rule_is_not_tried_on_a_past_that_nobody_knows(pairs, monkeypatch):
    monkeypatch.setitem(context_providers.PROVIDERS, "neighbours", Provider(part="neighbours", now=lambda claims: {}))
    make.recorded()
    only = flagging.chosen("beside")
    assert flagging.forgetful(only) == ["beside"]
    assert flagging.tried(only, DAY, DAY) == []


def test_every_part_that_a_rule_needs_has_a_provider():
    assert {part for rule in flagging.chosen() for part in rule.needs} <= set(context_providers.PROVIDERS)
