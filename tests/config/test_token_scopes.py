"""Every operation of the API's description, asked with a token of every scope: none may more than its scope, nor than its owner."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from rest_framework.test import APIClient

from claims.api import steps
from claims.models import Claim
from claims.transparency import checkpoints
from config.api_examples import load
from sources.api import tokens
from sources.models import Scope
from sources.roles import GROUPS, Role
from tests import make
from tests.config import test_doors
from tests.contract import schema

pytestmark = pytest.mark.django_db
desk = test_doors.desk
ROOT = "/api/v1/"


@pytest.fixture(autouse=True)
def head(desk, settings, tmp_path) -> None:
    """A signed head that is there before anybody asks: its file would outlive what is undone."""
    settings.CHECKPOINTS = tmp_path / "checkpoints"
    checkpoints.make()


def operations() -> Iterator[tuple[str, str, str]]:
    """The name, the method and the address of each operation."""
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], method, path


def with_token(user: Any, scope: str) -> APIClient:
    own = APIClient()
    own.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(user, scope=scope)}")
    return own


def fitted(body: dict[str, Any], desk: dict[str, Any]) -> dict[str, Any]:
    """The body of an example, with the people and claims of this desk."""
    other = Claim.objects.exclude(pk=desk["claims"]).values_list("pk", flat=True)[0]
    here = {"to": User.objects.filter(groups__name="editor").values_list("username", flat=True)[0], "into": str(other), "other": str(other)}
    return body | {key: here[key] for key in body if key in here}


def asked(own: APIClient, name: str, method: str, path: str, desk: dict[str, Any]) -> Any:
    """The answer to an operation asked as its example asks, of what is on this desk; what it did is undone."""
    route = path.removeprefix("/").replace("{id}", "<uuid:id>").replace("{level}", "<int:level>").replace("{place}", "<path:place>")
    at = test_doors.address(route, desk)
    body = fitted(load().get(name, {"request": {}})["request"].get("body", {}), desk)
    before = transaction.savepoint()
    answer = getattr(own, method)(at) if method == "get" else getattr(own, method)(at, body, HTTP_IF_MATCH="*")
    transaction.savepoint_rollback(before)
    return answer


def test_the_scopes_are_reading_writing_and_the_roles_of_the_desk():
    assert set(Scope.values) == {"read", "write", *GROUPS}


def test_a_token_that_only_reads_sends_nothing_at_any_address(desk):
    own, reader = with_token(make.user(Role.ADMINISTRATOR), "read"), with_token(make.user(Role.READER), "write")
    sent = read = 0
    for name, method, path in operations():
        answer = asked(own, name, method, path, desk)
        if method == "get":
            assert answer.status_code == asked(reader, name, method, path, desk).status_code, name
            read += answer.status_code == 200
        else:
            assert (answer.status_code, answer.json()["detail"]) == (403, "This token only reads."), name
            sent += 1
    assert sent > 50
    assert read > 25


@pytest.mark.parametrize("role", GROUPS)
def test_a_token_that_writes_may_what_its_owner_may(desk, role):
    owner = make.user(role)
    own, signed_in = with_token(owner, "write"), APIClient()
    signed_in.force_authenticate(owner)
    for name, method, path in operations():
        assert asked(own, name, method, path, desk).status_code == asked(signed_in, name, method, path, desk).status_code, name


@pytest.mark.parametrize("role", GROUPS)
def test_a_token_of_a_role_may_what_that_role_may_and_no_more(desk, role):
    capped, plain = with_token(make.user(Role.ADMINISTRATOR), role), with_token(make.user(role), "write")
    refused = 0
    for name, method, path in operations():
        answer = asked(capped, name, method, path, desk)
        assert answer.status_code == asked(plain, name, method, path, desk).status_code, name
        refused += answer.status_code == 403
    assert refused if role not in (Role.EDITOR, Role.ADMINISTRATOR) else True


@pytest.mark.parametrize("role", GROUPS)
def test_a_step_that_is_not_of_the_role_of_a_token_is_refused(desk, role):
    superuser = make.user(None, is_superuser=True)
    own = with_token(superuser, role)
    by_path = {path: (name, method) for name, method, path in operations() if method == "post"}
    for step in steps.OF_CLAIMS.values():
        path = f"{ROOT}claims/{{id}}/{step.name}/"
        name, method = by_path[path]
        answer = asked(own, name, method, path, desk)
        if role not in step.roles:
            assert answer.status_code == 403, (step.name, answer.content)
        else:
            assert "needs the role" not in answer.content.decode(), step.name


@pytest.mark.parametrize("held", [None, *GROUPS])
def test_no_scope_lifts_whoever_owns_the_token(desk, held):
    owner = make.user(held)
    for scope in Scope.values:
        own = with_token(owner, scope)
        assert own.get(f"{ROOT}claims/").status_code == (200 if held else 403)
        hooks = held in (Role.EDITOR, Role.ADMINISTRATOR) and scope in ("write", "editor", "administrator")
        assert own.get(f"{ROOT}webhooks/").status_code == (200 if hooks else 403), scope
