"""The rule `stale-verdict`: only what time alone may change grows old."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from claims import rules
from claims.domain.choices import Kind
from claims.models import Claim
from claims.rules.context import ALONE
from claims.rules.stale_verdict import stale_verdict, turning_days
from tests import make

pytestmark = pytest.mark.django_db
PARAMETERS = {"days": 90}


@pytest.fixture(autouse=True)
def still():
    """No midnight comes between a verdict and the day that is counted from it."""
    with time_machine.travel("2026-05-10T12:00:00Z", tick=False):
        yield


def judged(rating):
    return Claim.objects.get(pk=make.judged(kind=Kind.COMMITMENT, rating=rating))


@pytest.mark.parametrize(("rating", "days", "found"), [("in_progress", 90, False), ("in_progress", 91, True), ("kept", 400, False)])
def test_a_passing_verdict_is_looked_at_again(rating, days, found):
    today = timezone.localdate() + timedelta(days=days)
    assert bool(list(stale_verdict(judged(rating), ALONE, today, PARAMETERS))) is found


def test_it_says_on_which_day_to_ask_again():
    assert list(turning_days(judged("stalled"), PARAMETERS)) == [timezone.localdate() + timedelta(days=91)]
    assert not list(turning_days(judged("broken"), PARAMETERS))


@pytest.mark.parametrize(("language", "said"), [("en", ("“stalled”", "31 May 2026")), ("ar", ("«متعثر»", "31 مايو"))])
def test_verdict_and_day_are_told_in_words(language, said):
    with translation.override(language):
        reason, _hint = rules.sentence("stale-verdict", "stale-verdict", {"rating": "stalled", "since": "2026-05-31"})
    assert all(words in reason for words in said), reason
