"""The rule `unattributed`: told by nobody."""

from datetime import date

import pytest

from claims.domain.values import SpeakerAsRead
from claims.rules.context import ALONE
from claims.rules.unattributed import unattributed
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["unattributed_passive", "narrator", "unnamed_group", "person"])
def test_only_the_passive_is_nobody(kind):
    claim = make.claim(speaker=SpeakerAsRead(type=kind, name="س"))
    assert bool(list(unattributed(claim, ALONE, date(2024, 1, 1), {}))) is (kind == "unattributed_passive")
