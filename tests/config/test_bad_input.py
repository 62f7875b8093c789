"""No input is answered with a server error, and every error is a problem (RFC 9457)."""

import base64
import itertools
import json
import re
from urllib.parse import parse_qs, quote, urlsplit
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone
from rest_framework.test import APIClient

from claims.models import Claim, Flag, Webhook
from claims.transparency import checkpoints
from sources.models import Document, Outlet, Speaker
from sources.roles import Role
from tests import make
from tests.config import bad_input
from tests.config.bad_input import Operation

API = "/api/v1/"
PROBLEM = "application/problem+json"
OPERATIONS = bad_input.operations()
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(settings, tmp_path):
    """Whoever may do everything, a claim that is published, and a signed head over it."""
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    client = APIClient(raise_request_exception=False)
    client.force_login(make.user(Role.ADMINISTRATOR))
    make.published()
    checkpoints.make()
    return client


def filled(path: str) -> str:
    """The address with something that is there."""
    first = {
        "claims": Claim, "flags": Flag, "documents": Document, "outlets": Outlet, "speakers": Speaker, "webhooks": Webhook,
    }  # fmt: skip
    model = first.get(path.removeprefix(API).removeprefix("public/").partition("/")[0])
    pk = model.objects.values_list("pk", flat=True).first() if model else None
    known = str(pk or UUID(int=1))
    words = {"{id}": known, "{level}": "0", "{place}": "000"}
    for word, value in words.items():
        path = path.replace(word, value if "tokens" not in path and "incoming" not in path else "1")
    return path


def send(client: APIClient, operation: Operation, path: str, body: str | None = None, **headers: str):
    """The answer, whatever becomes of it; what it did is undone."""
    words = {} if body is None else {"data": body.encode(errors="surrogatepass"), "content_type": "application/json"}
    before = transaction.savepoint()  # no block: inside one nothing durable can be written
    answer = client.generic(operation.method.upper(), path, **words, **headers)
    transaction.savepoint_rollback(before)
    return answer


def told(answer) -> str | None:
    """What is wrong with an answer; None where nothing is."""
    if answer.status_code >= 500 and "Retry-After" not in answer:
        return f"{answer.status_code}"
    if answer.status_code >= 400:
        if answer["Content-Type"] != PROBLEM:
            return f"{answer.status_code} as {answer['Content-Type']}"
        body = json.loads(answer.content)
        if body["status"] != answer.status_code or not body["title"] or not body["detail"]:
            return f"{answer.status_code}, which its body does not say: {body}"
    return None


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.fields], ids=lambda o: o.name)
def test_a_strange_value_in_any_field_is_no_server_error(desk, operation):
    path = filled(operation.path)
    wrong = {what: fault for what, body in operation.spoiled() if (fault := told(send(desk, operation, path, body, HTTP_IF_MATCH="*")))}
    assert not wrong


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if o.method in ("post", "patch", "put")], ids=lambda o: o.name)
def test_a_strange_body_is_no_server_error(desk, operation):
    path = filled(operation.path)
    for body in bad_input.BROKEN:
        assert told(send(desk, operation, path, body, HTTP_IF_MATCH="*")) is None, body[:50]


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_a_strange_word_in_any_parameter_is_no_server_error(desk, operation):
    path = filled(operation.path)
    names = {*operation.parameters, "cursor", "page_size", "as_of", "format", "nonsense"}
    asked = [f"{path}?{name}={quote(word, errors='surrogatepass')}" for name, word in itertools.product(names, bad_input.STRANGE_WORDS)]
    wrong = {address[:120]: fault for address in asked if (fault := told(send(desk, operation, address)))}
    assert not wrong


@pytest.mark.parametrize("operation", [o for o in OPERATIONS if "{" in o.path], ids=lambda o: o.name)
def test_a_strange_word_in_any_address_is_no_server_error(desk, operation):
    for strange in bad_input.STRANGE_IDS:
        path = re.sub(r"\{\w+\}", strange, operation.path)
        answer = send(desk, operation, path, "{}" if operation.method in ("post", "patch") else None, HTTP_IF_MATCH="*")
        assert told(answer) is None, path
        assert answer.status_code in (200, 204, 400, 404, 409), path


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda o: o.name)
def test_strange_headers_are_no_server_error(desk, operation):
    path = filled(operation.path)
    strange = ["ÿ" * 300, "a\x7fb", '"1", "2"', "W/", "-1", "9" * 40]
    names = ("IF_MATCH", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "IDEMPOTENCY_KEY", "ACCEPT_LANGUAGE", "ACCEPT", "RANGE", "HOST")
    for name, word in itertools.product(names, strange):
        body = "{}" if operation.method in ("post", "patch") else None
        assert told(send(desk, operation, path, body, **{f"HTTP_{name}": word})) is None, (name, word)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/api/", 404),
        ("get", "/api", 404),
        ("get", "/api/v1/", 404),
        ("get", "/api/v2/claims/", 404),
        ("post", "/api/v1/nonsense/", 404),
        ("delete", "/api/v1/nonsense", 404),
        ("get", "/api/v1/claims/7/", 404),
        ("post", "/api/v1/claims", 404),
        ("delete", "/api/v1/claims/", 405),
        ("post", "/api/v1/events/", 405),
    ],
)
def test_an_address_or_method_that_is_none_is_a_problem(desk, method, path, status):
    answer = getattr(desk, method)(path)
    assert (answer.status_code, told(answer)) == (status, None)


def test_whoever_forgets_the_slash_and_only_reads_is_sent_on(desk):
    answer = desk.get("/api/v1/claims?page_size=1")
    assert (answer.status_code, answer["Location"]) == (301, "/api/v1/claims/?page_size=1")


def test_what_cannot_be_given_or_taken_is_a_problem(desk, settings):
    form = desk.post("/api/v1/claims/", "a=1", content_type="application/x-www-form-urlencoded")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    large = desk.post("/api/v1/outlets/", {"name": "a" * 2000})
    assert [(a.status_code, told(a)) for a in (desk.get("/api/v1/claims/", HTTP_ACCEPT="image/png"), form, large)] == [
        (406, None),
        (415, None),
        (413, None),
    ]


ARABIC = re.compile("[\u0600-\u06ff]")


@pytest.mark.parametrize(
    ("method", "path", "words"),
    [
        ("get", "nonsense/", {}),
        ("get", "claims/00000000-0000-0000-0000-000000000001/", {}),
        ("get", "documents/00000000-0000-0000-0000-000000000001/", {}),
        ("delete", "claims/", {}),
        ("get", "claims/", {"HTTP_ACCEPT": "image/png"}),
        ("post", "claims/", {"data": "a=1", "content_type": "text/plain"}),
        ("post", "claims/", {"data": "{", "content_type": "application/json"}),
        ("post", "claims/", {"data": bad_input.DEEP, "content_type": "application/json"}),
        ("post", "claims/", {"data": "[1]", "content_type": "application/json"}),
        ("post", "outlets/", {"data": {"name": 7.5, "homepage": "x", "wikidata": []}}),
        ("get", "claims/?as_of=nonsense", {}),
        ("get", "claims/?cursor=nonsense", {}),
        ("get", "claims/?page_size=0", {}),
        ("get", "claims/", {"HTTP_HOST": "elsewhere.example"}),
    ],
)
def test_problems_read_in_the_language_that_is_asked_for(desk, method, path, words):
    arabic = getattr(desk, method)(API + path, HTTP_ACCEPT_LANGUAGE="ar", **words).json()
    english = getattr(desk, method)(API + path, HTTP_ACCEPT_LANGUAGE="en", **words).json()
    assert ARABIC.search(arabic["title"])
    assert ARABIC.search(arabic["detail"])
    assert all(ARABIC.search(said) for field in arabic.get("errors", {}).values() for said in field)
    assert not ARABIC.search(english["title"] + english["detail"])


def strange_cursors(cursor: str) -> list[str]:
    """What a list did not give out: cut short, changed in one place, unsigned, of another form."""
    plain, dot, signature = cursor.rpartition(".")
    changed = base64.urlsafe_b64encode(b'[false,["2020-01-01T00:00:00Z","019e0000-0000-7000-8000-000000000000"]]').decode()
    earlier = base64.b64encode(b"p=2020-01-01+00%3A00%3A00").decode()
    bits = [cursor[:place] + ("A" if letter != "A" else "B") + cursor[place + 1 :] for place, letter in enumerate(cursor)]
    return [plain, plain + dot, dot + signature, changed + dot + signature, cursor[:-1], cursor * 2, earlier, "7", "-1", "ه", *bits[::7]]


def test_every_list_refuses_a_cursor_that_it_did_not_give_out(desk):
    make.history()
    given: dict[str, str] = {}
    paths = {filled(each.path) for each in OPERATIONS if each.method == "get"}
    pages = {path: desk.get(path, {"page_size": 1}) for path in paths}
    lists = {
        path: page.json()
        for path, page in pages.items()
        if page.status_code == 200 and page.content.startswith(b'{"next":') and "events" not in path
    }
    past = {"as_of": timezone.now().isoformat()}
    lists["claims/?as_of"] = desk.get(f"{API}claims/", past | {"page_size": 1}).json()
    assert len(lists) > 12
    given = {path: parse_qs(urlsplit(page["next"]).query)["cursor"][0] for path, page in lists.items() if page["next"]}
    assert len(given) > 6
    foreign = list(given.values())
    for path in lists:
        own = given.get(path)
        address, words = (f"{API}claims/", past) if path == "claims/?as_of" else (path, {})
        for strange in [*(each for each in foreign if each != own), *(strange_cursors(own) if own else ())]:
            answer = desk.get(address, words | {"cursor": strange})
            assert (answer.status_code, answer.json().get("errors", {}).keys()) == (400, {"cursor"}), (path, strange)
        if own:
            assert desk.get(address, words | {"cursor": own}).status_code == 200


@pytest.mark.parametrize("offset", ["+16:00", "-23:59", "+23:59"])
def test_a_moment_with_any_offset_is_a_moment(desk, offset):
    answer = desk.get(f"{API}claims/", {"as_of": f"2020-01-01T12:00:00{offset}"})
    assert (answer.status_code, answer.json()["results"]) == (200, [])


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2020-01-01T12:00:00+99:99", "10000-01-01T00:00:00Z"]
)
def test_a_moment_outside_of_all_time_is_refused_by_name(desk, moment):
    for path in ("claims/", filled(f"{API}claims/{{id}}/").removeprefix(API), filled(f"{API}documents/{{id}}/").removeprefix(API)):
        answer = desk.get(f"{API}{path}", {"as_of": moment})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["as_of"])
