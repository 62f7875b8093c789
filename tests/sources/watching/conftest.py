"""A site to watch, and a clock that travels."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from time_machine import Traveller, travel

from sources import jobs, watching
from sources.fetching.networks import resolve
from sources.models import Document, Watch, Work
from tests.sources import site as sites


@pytest.fixture
def site(settings: Any) -> Iterator[sites.Site]:
    """A site that may be fetched from; it has no robots.txt and needs hardly a pause."""
    settings.FETCH_SECONDS, settings.WATCHING_PAUSE = 1, 0.0
    with sites.opened(settings) as opened:
        yield opened


@pytest.fixture
def clock() -> Iterator[Traveller]:
    """The second day of 2023; it stands still unless it is moved."""
    with travel("2023-01-02T08:00:00Z", tick=False) as moved:
        yield moved


def look(document: Document, look_up: Any = resolve) -> str:
    """Looks at the page now; what came of it."""
    owed = jobs.lease_one(f"watch:{document.pk}", 300)
    assert owed
    return watching.do(owed, look_up=look_up)


def watch_of(document: Document) -> Watch:
    """Its row as it is now."""
    return Watch.objects.get(document=document)


def due(document: Document) -> Any:
    """When its work is due; None where none is owed."""
    return Work.objects.filter(key=f"watch:{document.pk}", done_at=None).values_list("due_at", flat=True).first()


def hours(number: float) -> timedelta:
    """So many."""
    return timedelta(hours=number)
