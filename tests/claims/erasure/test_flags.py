"""Flags quote what they were raised about, and some are known by it: an erasure reaches both."""

from datetime import date

import pytest

from claims import flagging, ledger, transparency
from claims.domain.events import FlagRaised
from claims.domain.values import Figure, Hop
from claims.erasure.redaction import ErasedWords
from claims.models import Flag
from claims.workflow import review
from sources.models import new_id
from tests import make
from tests.claims.erasure.test_erasure import NAME, erase, everything_kept

pytestmark = pytest.mark.django_db


def test_erased_words_stand_in_no_flag_and_its_keys_that_are_codes_stay():
    hops = (Hop(agent="صحيفة المدينة", role="publisher"), Hop(agent=NAME, role="speaker", mode="direct"))
    figure = Figure(text=f"40 من أقارب {NAME}", value="40")
    claim = make.recorded(kind="prediction", due="2031-21", attributions=hops, quantities=(figure,))
    review.accept(claim, by=make.REVIEWER)
    flagging.run(today=date(2031, 7, 1))
    told = {"other": figure.text, "rating": "false", "statement": NAME}
    raised = FlagRaised(claim=str(claim), rule="figures-disagree", key=f"disagree:{claim}", code="disagree", parameters=told)
    ledger.append({new_id(): (None, [raised])}, by=make.EDITOR)
    before = dict(Flag.objects.values_list("pk", "key"))
    assert {flag.rule for flag in Flag.objects.all()} >= {"single-source", "not-settleable", "due", "figures-disagree"}
    erase()
    wanted = ErasedWords([NAME])
    assert [table for table, text in everything_kept() if wanted.spans(text)] == []
    for flag in Flag.objects.exclude(rule__in=("single-source", "not-settleable")):
        assert flag.key == before[flag.pk]
    assert Flag.objects.get(rule="figures-disagree").parameters["rating"] == "false"
    assert transparency.verify() is None
    again = flagging.run(today=date(2031, 7, 1))
    assert (again.failed, Flag.objects.filter(rule="not-settleable", state="open").count()) == (0, 1)
    assert transparency.verify() is None
