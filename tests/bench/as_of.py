"""What it costs to ask what was known then: as much as to ask what is known now, however much is kept."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from claims import ledger
from claims.domain.values import SpeakerAsRead
from claims.ledger import history
from claims.workflow import review
from sources.capturing import capture
from sources.models import new_id
from sources.registry import speakers
from tests.bench import claims as made
from tests.bench import filling
from tests.bench.rounds import Line, Notice, Slice, compared, rates

CHANGES = 4  # of each claim that is asked for, before the moment and once more after it
ASKED = 200


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """One claim as of then beside the same claim now, and a page of the claims of then beside one of now."""
    small, large, rounds, seconds = (500, 2_000, 2, 0.1) if quick else (10_000, 1_000_000, 15, 0.4)
    lines, there = [], 0
    for size in (small, large):
        filling.fill((there + size) // 2, notice)
        streams = _sourced(notice)
        then = _changed(streams, notice)
        filling.fill(size, notice)  # what came between then and now
        _changed(streams, notice)
        measured = rates(_variants(streams, then), rounds=rounds, seconds=seconds, notice=notice)
        lines += _lines(measured, size)
        there = size
    return lines


def _lines(measured: dict[str, list[float]], size: int) -> list[Line]:
    pairs = [
        (f"a claim's state now / as of then, of {size:,}", "state now", "state then", 2),
        (f"GET a claim now / as of then, of {size:,}", "GET now", "GET then", 2),
        (f"GET a page of 50 now / as of then, of {size:,}", "page now", "page then", None),
    ]
    # The ratio of two rates is that of the times the other way round: how many times as long the past takes.
    found = [(line, must) for name, ours, theirs, must in pairs for line in compared(name, measured, ours, theirs, None)]
    return [Line(line.name, line.ratio, must, at_most=True, detail=line.detail) for line, must in found]


def _sourced(notice: Notice) -> list[UUID]:
    """Claims with an article, an outlet and a speaker, as most are."""
    notice("keeping the claims that will be asked for")
    claims = {}
    for n in range(ASKED):
        text = f"The port director spoke of article {n} in the morning, and of the grain in its silos."
        page = capture.capture(text, outlet=f"Harbour News {n % 20}", title=f"Article {n}", published="2024-05-01", by=made.WRITER)
        speaker = speakers.find_or_make(f"Director {n % 50}", "person", by=made.WRITER)
        who = SpeakerAsRead(type="person", name=speaker.name, id=str(speaker.pk))
        claims[new_id()] = (None, [replace(made.sample_claim(n), speaker=who, document=str(page.snapshot.document_id))])
    return list(ledger.append(claims, by=made.WRITER))


def _changed(streams: Sequence[UUID], notice: Notice) -> datetime:
    """Changes these claims some times; the moment after that."""
    notice("changing the claims that will be asked for")
    due = made.horizons()
    for _ in range(CHANGES):
        for stream in streams:
            review.schedule(stream, due=next(due), by=made.WRITER)
    ledger.seal()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE claims_event, claims_position")
    return timezone.now()


def _variants(streams: Sequence[UUID], then: datetime) -> dict[str, Slice]:
    luck, client = random.Random(11), _client()

    def got(address: str, **asked: Any) -> int:
        answer = client.get(f"/api/v1/claims/{address}", asked)
        assert answer.status_code == 200, answer.content
        return 1

    def state_now() -> int:
        return 1 if ledger.state_of(luck.choice(streams)) else 0

    def state_then() -> int:
        return 1 if history.as_of(luck.choice(streams), then) else 0

    moment = then.isoformat()
    return {
        "state now": state_now,
        "state then": state_then,
        "GET now": lambda: got(f"{luck.choice(streams)}/"),
        "GET then": lambda: got(f"{luck.choice(streams)}/", as_of=moment),
        "page now": lambda: got("", page_size=50),
        "page then": lambda: got("", page_size=50, as_of=moment),
    }


def _client() -> APIClient:
    client = APIClient(SERVER_NAME="127.0.0.1")
    client.force_authenticate(User.objects.get_or_create(username="bench-reader", is_superuser=True)[0])
    return client
