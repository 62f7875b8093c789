"""Claims over HTTP, ours and plain Django REST framework's in turn, by one client from one server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count, cycle
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.db import connection, connections
from rest_framework.authtoken.models import Token

from claims import ledger
from claims.domain.choices import Stance
from claims.domain.state import ClaimState
from claims.domain.values import Exhibit, SpeakerAsRead
from claims.workflow import review, verdicts
from sources import roles
from sources.api import tokens
from sources.capturing import capture
from sources.models import new_id
from sources.registry import speakers
from sources.roles import Actor
from tests.bench import claims as made
from tests.bench.peers import models as peers
from tests.bench.rounds import Line, Notice, Slice, compared, rates
from tests.bench.web import Client
from tests.web_server import serving

API, PLAIN = "/api/v1/claims/", "/plain/claims/"
HISTORIES = "/plain/histories/"
APPROVER = Actor("bench-approver", roles=frozenset({roles.Role.EDITOR}))
# What is compared: name, ours, theirs, and what the ratio must reach (DESIGN of the API: see docs/speed.md).
LINES = (
    ("GET a page of 50 claims / plain DRF", "list", "plain list", 2),
    ("GET one claim / plain DRF", "one", "plain one", 1.2),
    ("POST a claim / plain DRF with django-simple-history", "post", "plain post", 1.3),
    ("PATCH a claim / plain DRF with django-simple-history", "patch", "plain patch", 1.8),
)


def measure(*, quick: bool, notice: Notice) -> list[Line]:
    """Reading and writing claims over HTTP."""
    number, rounds, seconds = (60, 2, 0.1) if quick else (1000, 15, 0.5)
    states = _desk(number, notice)
    ours, theirs = _authorizations()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as autovacuum does
    connections.close_all()
    with serving() as port:
        variants = _reading(port, ours, theirs, states) | _writing(port, ours, theirs, states)
        for variant in variants.values():
            for _ in range(8):  # each of the server's threads has its connection and its statements
                variant()
        measured = rates(variants, rounds=rounds, seconds=seconds, notice=notice)
    return [line for name, our, their, must in LINES for line in compared(name, measured, our, their, must)]


# ── what is kept


def _desk(number: int, notice: Notice) -> list[ClaimState]:
    """Claims with an article, a speaker and evidence; every other one is judged."""
    notice("keeping claims with their articles, evidence and verdicts")
    pages = [_captured(n) for n in range(min(number, 200))]
    who = [speakers.find_or_make(f"Director {n}", "person", by=made.WRITER) for n in range(50)]
    claims = {}
    for n, page, speaker in zip(range(number), cycle(pages), cycle(who)):
        named = SpeakerAsRead(type="person", name=speaker.name, title="port director", id=str(speaker.pk))
        claims[new_id()] = (None, [replace(made.sample_claim(n), speaker=named, document=str(page))])
    streams = list(ledger.append(claims, by=made.WRITER))
    for stream in streams:
        review.accept(stream, by=made.WRITER)
        review.add_evidence(stream, Exhibit(stance=Stance.SUPPORTS, url="https://example.org/port"), by=made.WRITER)
    for stream in streams[::2]:
        verdicts.reach(stream, rating="void", rationale="The port was closed for good.", by=made.WRITER)
        verdicts.approve(stream, by=APPROVER)
    ledger.seal()
    return [state for state in map(ledger.state_of, streams) if isinstance(state, ClaimState)]


def _captured(n: int) -> UUID:
    text = f"The port director spoke of article {n} in the morning, and of the grain in its silos."
    page = capture.capture(text, outlet=f"Harbour News {n % 20}", title=f"Article {n}", published="2024-05-01", by=made.WRITER)
    return page.snapshot.document_id


def _authorizations() -> tuple[str, str]:
    """What a colleague sends to ours, and to the plain one."""
    person = User.objects.create_user("bench-editor")
    person.groups.add(Group.objects.get(name="editor"))
    return f"Bearer {tokens.make(person)}", f"Token {Token.objects.create(user=person).key}"


# ── what is asked


def _reading(port: int, ours: str, theirs: str, states: Sequence[ClaimState]) -> dict[str, Slice]:
    ids = cycle([state.id for state in states])

    def page(address: str, authorization: str, **headers: str) -> Slice:
        client = Client(port, authorization, **headers)

        def get() -> int:
            client.ask("GET", address)
            return 1

        return get

    def one(address: str, authorization: str) -> Slice:
        client = Client(port, authorization)

        def get() -> int:
            client.ask("GET", f"{address}{next(ids)}/")
            return 1

        return get

    return {
        "list": page(API, ours),
        "plain list": page(PLAIN, theirs),
        "one": one(API, ours),
        "plain one": one(PLAIN, theirs),
    }


def _writing(port: int, ours: str, theirs: str, states: Sequence[ClaimState]) -> dict[str, Slice]:
    waiting = [state for state in states if not state.verdicts]
    variants = {"post": _posting(Client(port, ours), API, waiting), "patch": _patching(Client(port, ours), API, waiting)}
    if apps.is_installed("simple_history"):
        _keep_histories(waiting)
        variants["plain post"] = _posting(Client(port, theirs), HISTORIES, waiting)
        variants["plain patch"] = _patching(Client(port, theirs), HISTORIES, waiting)
    return variants


def _posting(client: Client, address: str, states: Sequence[ClaimState]) -> Slice:
    like, numbers = cycle(states), count()

    def post() -> int:
        said, number = next(like).said, next(numbers)
        assert said.speaker
        body = {
            "statement": f"{said.statement} ({number})",
            "kind": said.kind,
            "speaker": said.speaker.id,
            "document": said.document,
            "said_on": {"edtf": "2024-05-01"},
            "due": {"edtf": "2031-12-31"},
            "language": "en",
            "quantities": [{"text": "thousand tonnes", "value": "250000", "unit": "tonnes", "comparator": "exactly"}],
            "tags": ["trade"],
        }
        client.ask("POST", address, body | _COLUMNS if address == HISTORIES else body)
        return 1

    return post


# Ours reads these off the fields above; of a plain serializer the client has to give them.
_COLUMNS = {"speaker_type": "person", "polarity": "affirmed", "due_first": "2031-12-31", "due_last": "2031-12-31"}


def _patching(client: Client, address: str, states: Sequence[ClaimState]) -> Slice:
    seen, ids, due = {state.id: f'"{state.version}"' for state in states}, cycle([state.id for state in states]), made.horizons()

    def patch() -> int:
        claim, day = next(ids), next(due).edtf
        body: dict[str, Any] = {"due": {"edtf": day}, "reason": "the minister moved it"}
        body |= {"due_first": day, "due_last": day} if address == HISTORIES else {}
        response, _ = client.ask("PATCH", f"{address}{claim}/", body, {"If-Match": seen[claim]})
        seen[claim] = response.headers.get("ETag", "")
        return 1

    return patch


def _keep_histories(states: Sequence[ClaimState]) -> None:
    peers.Historical.objects.bulk_create(made.peer_rows(peers.Historical, states))
    figures = [(state.id, n, figure) for state in states for n, figure in enumerate(state.said.quantities)]
    names = ("text", "value", "value_max", "comparator", "role", "start", "end")
    rows = [
        peers.HistoricalQuantity(claim_id=claim, ordinal=n, unit=figure.unit or "", **{name: getattr(figure, name) for name in names})
        for claim, n, figure in figures
    ]
    peers.HistoricalQuantity.objects.bulk_create(rows)
