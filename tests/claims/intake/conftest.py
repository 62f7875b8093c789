"""A text that version "a" has read."""

import pytest

from claims.intake import reading
from claims.models import Claim
from sources.models import Work
from tests.claims.intake.steps import captured, version


@pytest.fixture
def snapshot(committed_db, monkeypatch):
    version(monkeypatch, "a")
    kept = captured()
    reading.read_snapshot(kept)
    Work.objects.update(done_at="2026-01-01T00:00:00Z")
    assert Claim.objects.count() == 3
    return kept
