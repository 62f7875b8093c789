"""The front page counts what waits and says when the ledger is not sound."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from claims import flagging
from claims.models import Verification

pytestmark = pytest.mark.django_db


def test_the_front_page_counts_what_waits(reviewer: Client, claim: UUID) -> None:
    flagging.run()
    html = reviewer.get("/admin/").content.decode()
    assert re.search(r"<b>1</b> <span>proposed</span>", html)
    assert re.search(r"<b>1</b> <span>overdue</span>", html)
    assert re.search(r"<b>0</b> <span>due</span>", html)


def test_the_front_page_cries_when_the_ledger_is_not_sound(reviewer: Client) -> None:
    now = timezone.now()
    Verification.objects.create(started_at=now, finished_at=now, whole=True, through=4, ok=False, fault="position 3 does not follow")
    html = reviewer.get("/admin/").content.decode()
    assert 'class="alarm"' in html
    assert "position 3 does not follow" in html
    assert "position 3 does not follow" in reviewer.get("/admin/claims/verification/").content.decode()
    Verification.objects.create(started_at=now, finished_at=now + timedelta(hours=1), whole=True, through=5, ok=True)
    assert 'class="alarm"' not in reviewer.get("/admin/").content.decode()
