"""Whatever a reader outside asks, in whatever way, no word comes out that does not belong to a public record."""

import base64
import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from claims.api import filters, public_claims
from claims.domain import events
from tests import make
from tests.claims.api.planting import UNREACHABLE, Garden, plant, texts_of_events

pytestmark = [pytest.mark.django_db, pytest.mark.undescribed]  # words stand where choices do
PLANTED = re.compile(r"zq\d{4}")
ACCEPTED = ("application/json", "text/html,text/plain,*/*;q=0.8")
CONTROL = "zq9999"  # planted nowhere
API = "/api/v1/"
# One of each that there is: public in two ways, taken back, not public, its record, and what a claim stands on.
KINDS = ("published", "record with every field", "withdrawn", "merged", "draft", "record", "document", "speaker", "FlagRaised")
NAMED = {"claim": ("published", "draft"), "flag": ("FlagRaised",), "document": ("document",), "snapshot": ("snapshot",)}
SEARCHED = ("statement", "quote", "source", "title", "rationale")


@pytest.fixture
def garden(settings: Any) -> Garden:
    settings.PUBLIC_READ = True
    return plant()


@pytest.fixture(params=["nobody", "without a role"])
def outsider(request: pytest.FixtureRequest) -> Client:
    client = Client(raise_request_exception=False)
    if request.param == "without a role":
        client.force_login(make.user(None, name="guest"))
    return client


def got(answer: Any) -> str:
    """Every byte of an answer: status, headers, body."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return "\n".join([str(answer.status_code), answer.reason_phrase, *map(str, answer.items()), body.decode("utf-8", "replace")])


def addresses(g: Garden) -> Iterator[str]:
    """Every address of the URL configuration, for everything that there is."""
    for route in sorted(set(_routes(get_resolver().url_patterns, ""))):
        places = re.findall(r"<(?:(\w+):)?(\w+)>", route)
        for values in product(*(_values(g, kind, name) for kind, name in places)):
            yield "/" + re.sub(r"<[^>]+>", "{}", route.replace("{", "{{").replace("}", "}}")).format(*values)


def _routes(patterns: list[Any], before: str) -> Iterator[str]:
    for pattern in patterns:
        here = before + re.sub(r"\(\?P(<\w+>)[^)]*\)|[\^$]|\\Z", lambda found: found[1] or "", str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def _values(g: Garden, kind: str, name: str) -> list[str]:
    if name == "place":
        return ["000", "000.p/1", "000.p/9"]
    if kind == "int" or name == "level":
        return ["0", "1"]
    if kind == "uuid":
        return [str(g.ids[each]) for each in NAMED.get(name, KINDS)]
    return [str(g.ids["published"])]


def secret(garden: Garden, text: str) -> dict[str, str]:
    """Words of the desk's own that stand in a text, by where they were planted."""
    places = {word: place for place, word in garden.secret.items()}
    return {places[word]: word for word in PLANTED.findall(text) if word in places}


def test_every_text_of_every_event_is_planted_but_what_is_said_to_be_no_text(garden):
    planted = garden.secret | garden.shown
    missing = {
        place
        for place in texts_of_events()
        if place not in planted and place.rpartition(".")[2] not in UNREACHABLE and not place.startswith("PublicRecord")
    }
    assert not missing, "plant them (tests/claims/api/planting.py), or say in UNREACHABLE why that cannot be"
    record = {place for place in texts_of_events() if place.startswith("PublicRecordIssued.")}
    about_itself = {"PublicRecordIssued.cause"}
    assert not {place for place in record - planted.keys() - about_itself if place.rpartition(".")[2] not in UNREACHABLE}
    assert all(why for _value, why in UNREACHABLE.values())


def test_no_address_gives_a_word_of_the_desk_away(garden, outsider):
    seen, opened = set(), set()
    for address in addresses(garden):
        for accepted in ACCEPTED:
            answer = outsider.get(address, headers={"Accept": accepted})
            text = got(answer)
            assert answer.status_code < 500 or answer.status_code == 503, (address, text)
            assert not secret(garden, text), address
            seen |= set(PLANTED.findall(text))
            opened |= {address} if answer.status_code == 200 else set()
    # It looked in the right places: every word of the records came out.
    assert set(garden.shown.values()) <= seen, {place for place, word in garden.shown.items() if word not in seen}
    assert {f"{API}claims/", f"{API}public/corrections.atom", f"{API}public/claims/{garden.ids['published']}/proof/"} <= opened


def test_no_other_method_gives_a_word_away(garden, outsider):
    for address in {re.sub(r"[0-9a-f-]{36}", str(garden.ids["published"]), address) for address in addresses(garden)}:
        for method in ("options", "head", "post", "patch", "put", "delete"):
            assert not secret(garden, got(getattr(outsider, method)(address, data={} if method == "post" else None))), (method, address)


def lists(g: Garden) -> list[str]:
    """Addresses that take filters, or might be thought to."""
    claim = g.ids["published"]
    own = [
        "claims/",
        f"claims/{claim}/",
        f"documents/{g.ids['document']}/claims/",
        f"public/claims/{claim}/proof/",
        "checkpoint/consistency/",
    ]
    return [API + each for each in [*own, "public/published.atom", "public/corrections.atom", "public/due.ics", "feeds/published.atom"]]


def asked_names() -> list[str]:
    """All that a list of claims is ever asked, outside or at the desk, and the names of what stands in its events."""
    known = {
        *filters.ClaimFilters().fields,
        *public_claims.PublicClaimFilters().fields,
        "as_of",
        "since",
        "until",
        "search",
        "page",
        "format",
        "token",
    }
    return sorted(known | set(events.ClaimRecorded.__dataclass_fields__) | {"proposer", "approver", "by", "registered", "speaker__name"})


def same(outsider: Client, address: str, asked: dict[str, str], word: str) -> bool:
    """Is the answer that which a word gets that stands nowhere?"""
    answers = []
    for each in (word, CONTROL):
        text = got(outsider.get(address, {name: value.replace("?", each) for name, value in asked.items()}))
        answers.append(re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+", "", text.replace(each, "?")))
    return answers[0] == answers[1]


def test_no_filter_tells_whether_a_word_of_the_desk_is_there(garden, outsider):
    places = ("later notes", "later tag", "ClaimAssigned.assignee", "ClaimRevised.changes.statement", "pending rationale", "outlet renamed")
    few = [garden.secret[place] for place in places]  # as the public claim's own tables hold them now
    for address, name in product(lists(garden), asked_names()):
        for word in few:
            assert same(outsider, address, {name: "?"}, word), (address, name, word)


def test_no_search_tells_whether_a_word_of_the_desk_is_there(garden, outsider):
    asked: tuple[dict[str, str], ...] = (
        {"q": "?"},
        {"q": "-?"},
        {"q": '"? zq9998"'},
        {"language": "?"},
        {"ordering": "?"},
        {"cursor": "?"},
    )
    for word, each in product(garden.secret.values(), asked):
        assert same(outsider, f"{API}claims/", each, word), (word, each)


def test_a_search_finds_the_words_of_records(garden, outsider):
    for name in SEARCHED:
        found = outsider.get(f"{API}claims/", {"q": garden.shown[f"PublicRecordIssued.{name}"]}).json()["results"]
        assert [each["id"] for each in found] == [str(garden.ids["record with every field"])], name


@pytest.mark.parametrize("column", ["claim__notes", "claim__assignee", "record", "claim__said", "id"])
def test_no_cursor_and_no_ordering_goes_by_what_is_not_offered(garden, outsider, column):
    for value in (garden.secret["notes"], str(UUID(int=0))):
        cursor = base64.urlsafe_b64encode(json.dumps([f"{column},id", False, [value, value]]).encode()).decode()
        assert outsider.get(f"{API}claims/", {"cursor": cursor}).status_code == 400
        assert outsider.get(f"{API}claims/", {"ordering": column, "cursor": cursor}).status_code == 400


def test_pages_and_orderings_give_no_word_away(garden, outsider):
    for ordering in public_claims.ORDERINGS:
        address: str | None = f"{API}claims/?page_size=1&ordering={ordering}"
        while address:
            text = got(outsider.get(address))
            assert not secret(garden, text)
            address = outsider.get(address).json()["next"]
