"""Every POST of the API, found and not listed by hand: asked eight times at once under one key, it is done once."""

import threading
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient

from claims import flagging, ledger
from claims.domain import events
from claims.domain.choices import Kind, Relation, Stance
from claims.domain.values import Exhibit
from claims.models import Action, Flag
from claims.notifications import webhooks
from claims.workflow import linking, recording, review
from sources import watching
from sources.api import tokens
from sources.capturing.capture import capture
from sources.models import Answered, Feed, Outlet
from sources.registry import speakers
from sources.roles import PROGRAM, Role
from tests import make

AT_ONCE = 8
WHY = {"reason": "سبب"}
_numbers = count(1)


class Asked(NamedTuple):
    """What is asked of an address: of which thing, with which body."""

    of: Any = None
    body: dict[str, Any] = {}
    seen: int | None = None  # the version that was read


def _said(name: str = "statement") -> dict[str, Any]:
    return {"statement": f"ادعاء {next(_numbers)}", "kind": "event", "speaker_type": "narrator", "source": "صحيفة"}


def _evidence() -> Asked:
    claim = make.recorded()
    shown = review.add_evidence(claim, Exhibit(stance=Stance.SUPPORTS, url="https://example.org/e"), by=make.REPORTER)
    return Asked(claim, WHY | {"evidence": make.state(shown).evidence[0].id})


def _corrected() -> tuple[UUID, str, int]:
    claim = make.published()
    state = make.state(recording.propose(claim, {"statement": f"أصح {next(_numbers)}"}, reason="خطأ", by=make.REVIEWER))
    return claim, state.corrections[-1].id, state.version


def _decided(**body: str) -> Asked:
    claim, correction, version = _corrected()
    return Asked(claim, {"correction": correction} | body, version)


def _together() -> Asked:
    named = [_corrected() for _ in range(2)]
    return Asked(body={"corrections": [{"claim": str(claim), "correction": correction} for claim, correction, _version in named]})


def _offered(event: events.Event) -> Asked:
    claim = make.accepted()
    ledger.append({claim: (ledger.state_of(claim), [event])}, by=PROGRAM)
    return Asked(claim)


def _linked() -> Asked:
    claim, other = make.recorded(), make.recorded()
    linking.link(claim, other, relation=Relation.SAME, reason="واحد", by=make.REVIEWER)
    return Asked(claim, WHY | {"other": str(other)})


def _merged() -> Asked:
    claim = make.recorded()
    linking.merge(claim, into=make.recorded(), reason="واحد", by=make.EDITOR)
    return Asked(claim, WHY)


def _flag(**body: str) -> Asked:
    make.recorded()
    flagging.run()
    return Asked(Flag.objects.filter(state="open").latest("raised_at", "pk").pk, body)


def _flag_assigned() -> Asked:
    flag = _flag().of
    flagging.assign(flag, to="huda", by=make.REVIEWER)
    return Asked(flag)


def _assigned() -> UUID:
    claim = make.accepted()
    review.assign(claim, to="huda", by=make.REVIEWER)
    return claim


def _page() -> Asked:
    document = capture("نص", by=make.REPORTER, outlet="الميناء", url=f"https://example.org/{next(_numbers)}").document
    watching.begin(document, by=make.EDITOR)
    return Asked(document.pk)


def _speakers(*, merged: bool) -> Asked:
    one, other = (speakers.find_or_make(f"سامي {next(_numbers)}", "person", by=make.EDITOR) for _ in range(2))
    if merged:
        speakers.merge(one, other, by=make.EDITOR)
    return Asked(one.pk, WHY if merged else WHY | {"into": str(other.pk)})


def _to_erase() -> Asked:
    word = "".join(chr(0x628 + int(digit)) for digit in f"{next(_numbers):06}")
    make.recorded(statement=f"قال {word} ذلك")
    return Asked(body=WHY | {"words": [word]})


def _pending() -> Asked:
    claim = make.pending()
    return Asked(claim, seen=ledger.state_of(claim).version)


# By the address's name.
POSTS: dict[str, Callable[[], Asked]] = {
    "claims": lambda: Asked(body=_said()),
    "claim-accept": lambda: Asked(make.recorded()),
    "claim-reject": lambda: Asked(make.recorded(), WHY),
    "claim-assign": lambda: Asked(make.accepted(), {"to": "huda"}),
    "claim-unassign": lambda: Asked(_assigned()),
    "claim-schedule": lambda: Asked(make.recorded(), {"due": "2061"}),
    "claim-register": lambda: Asked(make.recorded(kind=Kind.COMMITMENT, due="2060"), {"criteria": "أرقام الميناء"}),
    "claim-redate": lambda: _offered(events.ClaimRedatingOffered(changes={"due": {"edtf": "2024-05"}}, before="2022", published="2023")),
    "claim-reread": lambda: _offered(events.ClaimRereadingOffered(reader="b", changes={"tags": ["قراءة"]})),
    "claim-evidence": lambda: Asked(make.recorded(), {"stance": "supports", "url": "https://example.org/e"}),
    "claim-withdraw-evidence": _evidence,
    "claim-verdict": lambda: Asked(make.accepted(), {"rating": "true", "rationale": "حدث"}),
    "claim-approve": _pending,
    "claim-return": lambda: Asked(make.pending(), WHY),
    "claim-approve-correction": _decided,
    "claim-return-correction": lambda: _decided(**WHY),
    "claim-publish": lambda: Asked(make.judged()),
    "claim-withdraw": lambda: Asked(make.published(), WHY),
    "claim-reopen": lambda: Asked(make.published(), WHY),
    "claim-merge": lambda: Asked(make.recorded(), WHY | {"into": str(make.recorded())}),
    "claim-unmerge": _merged,
    "claim-link": lambda: Asked(make.recorded(), WHY | {"other": str(make.recorded()), "relation": "same"}),
    "claim-unlink": _linked,
    "claim-corrections": lambda: Asked(make.published(), WHY | {"statement": "أصح"}),
    "corrections-approve": _together,
    "flag-resolve": _flag,
    "flag-dismiss": lambda: _flag(**WHY),
    "flag-snooze": lambda: _flag(until="2090-01-01"),
    "flag-assign": lambda: _flag(to="huda"),
    "flag-unassign": _flag_assigned,
    "erasures": _to_erase,
    "match": lambda: Asked(body={"text": "التجارة ستبلغ مئة مليار"}),
    "webhooks": lambda: Asked(body={"url": f"https://hooks.example.org/{next(_numbers)}"}),
    "webhook-rotate": lambda: Asked(webhooks.make("https://hooks.example.org/", by=make.EDITOR)[0].pk),
    "tokens": lambda: Asked(body={"name": "آلة"}),
    "feed-tokens": lambda: Asked(body={"name": "تقويم"}),
    "documents": lambda: Asked(body={"text": f"نص {next(_numbers)}", "outlet": f"وكالة {next(_numbers)}"}),
    "document-check": _page,
    "outlets": lambda: Asked(body={"name": f"وكالة {next(_numbers)}"}),
    "incoming-feeds": lambda: Asked(body={"url": f"https://example.org/feed/{next(_numbers)}", "outlet": f"وكالة {next(_numbers)}"}),
    "incoming-feed-check": lambda: Asked(_polled()),
    "speakers": lambda: Asked(body={"name": f"سامي {next(_numbers)}", "type": "person"}),
    "speaker-merge": lambda: _speakers(merged=False),
    "speaker-unmerge": lambda: _speakers(merged=True),
}
# Whose key the ledger keeps for ever, and whose event is found by it.
STEPS = [name for name in POSTS if name == "claims" or name.startswith(("claim-", "flag-"))]


def _polled() -> int:
    outlet = Outlet.objects.first() or capture("نص", by=make.REPORTER, outlet="الميناء").document.outlet
    return Feed.objects.create(url=f"https://example.org/polled/{next(_numbers)}", outlet=outlet).pk


def posts(found: Any = None, before: str = "") -> Iterator[str]:
    """The name of each address of the API that takes a POST."""
    for pattern in (found or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from posts(pattern, route)
        elif route.startswith("api/v1/") and hasattr(getattr(pattern.callback, "cls", None), "post"):
            yield pattern.name


def test_every_post_is_asked():
    assert sorted(POSTS) == sorted(posts()), "say here what is asked of a new address"


@pytest.fixture
def editor(committed_db):
    """Somebody who may all, of whom everybody is another."""
    make.user(Role.REVIEWER, "huda")
    return tokens.make(make.user(Role.EDITOR, "salwa"), "test")


def ask(token: str, name: str, asked: Asked, key: str) -> Any:
    own = APIClient()
    own.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    address = reverse(name) if asked.of is None else reverse(name, args=[asked.of])
    headers = {"Idempotency-Key": key} | ({} if asked.seen is None else {"If-Match": f'"{asked.seen}"'})
    return own.post(address, asked.body, headers=headers)


def at_once(number: int, do: Callable[[], Any]) -> list[Any]:
    gate, answers = threading.Barrier(number), []

    def one() -> None:
        try:
            gate.wait(60)
            answers.append(do())
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def rows() -> dict[str, int]:
    """How many rows each table has."""
    kinds: list[type[models.Model]] = [*apps.get_app_config("claims").get_models(), *apps.get_app_config("sources").get_models()]
    return {kind._meta.db_table: kind._base_manager.count() for kind in kinds if kind is not Answered}


def written(do: Callable[[], Any]) -> tuple[Any, dict[str, int]]:
    """What comes of it, and how many rows more there are."""
    ledger.seal()
    before = rows()
    outcome = do()
    ledger.seal()
    return outcome, {table: number - before[table] for table, number in rows().items() if number != before[table]}


def test_eight_at_once_under_one_key_are_one_effect_and_one_answer(editor):
    wrong = {}
    for name, asked_of in POSTS.items():
        once, other = asked_of(), asked_of()
        first, effect = written(lambda name=name, once=once: ask(editor, name, once, f"{name}-alone"))
        answers, together = written(lambda name=name, other=other: at_once(AT_ONCE, lambda: ask(editor, name, other, f"{name}-together")))
        told = {answer.status_code for answer in answers}, {answer.content for answer in answers}
        again = sum("Idempotency-Replayed" in answer for answer in answers)
        fine = first.status_code < 300 and told[0] == {first.status_code} and len(told[1]) == 1 and again == AT_ONCE - 1
        if not fine or effect != together or len(answers) != AT_ONCE:
            wrong[name] = (first.status_code, first.content.decode()[:300], told, again, effect, together)
    assert not wrong


def test_a_key_that_is_older_than_its_answer_still_finds_its_event(editor):
    desk = APIClient()
    desk.credentials(HTTP_AUTHORIZATION=f"Bearer {editor}")
    for name in STEPS:
        asked = POSTS[name]()
        done = ask(editor, name, asked, name)
        assert done.status_code < 300, (name, done.content)
        Answered.objects.update(at="2020-01-01T00:00:00Z")
        again, effect = written(lambda name=name, asked=asked: ask(editor, name, asked, name))
        assert (again.status_code, again.json()["type"]) == (409, "urn:isnad:answer-gone"), (name, again.content)
        assert effect == {}, name
        [event] = desk.get(again["Location"]).json()["results"]
        kept = Action.objects.get(key__endswith=f":{name}")
        assert (event["subject"], event["version"], event["actor"]) == (str(kept.stream), kept.version, "salwa"), name
        assert done.json()["version"] == event["version"], name
