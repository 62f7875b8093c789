"""Asks a desk for the examples of the API, and writes down what was asked and answered as it reads in every run."""

import json
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from rest_framework.test import APIClient

from sources.roles import Role
from tests import make
from tests.contract import schema

FIRST_ID = UUID("01960000-0000-7000-8000-000000000001").int  # ids are counted from here in the order in which an example has them
MOMENT = "2026-03-02T09:30:00Z"
SHOWN = ("Content-Type", "ETag", "Location", "Idempotency-Replayed", "Retry-After")
# What differs from one install, or one run, to the next, and how it reads in an example.
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_SAME: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)"), MOMENT),
    (re.compile(r"\b\d{8}T\d{6}Z"), "20260302T093000Z"),
    (re.compile(r"(://[^/]+/api/v1/[a-z/]+/)\d+/"), r"\g<1>1/"),
    (re.compile(r'("actor":\{"id":")\d+'), r"\g<1>1"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
    (re.compile(r"\b[0-9a-f]{32}\b"), "5d41402abc4b2a76b9719d911017c592"),
    (re.compile(r"(cursor=)[\w%=.:-]+"), r"\1WyItaWQiLGZhbHNlLFtdXQ%3D%3D"),
    (re.compile(r"(feed_|whsec_|isnad_)[\w+/-]{20,}=*"), r"\1x0Lq2v8cR5nT7yB1mK4s"),
    (re.compile(r"\b[\w./-]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}"), "desk.example/log+c74f20a3+AVhJaFf2cxqW1q1hYr3v2bTq0aL0m6uQb8p7Z4nX9sKd"),
    (
        re.compile(r"— \S+ [A-Za-z0-9+/=]{60,}"),
        "— desk.example/log x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
    ),
    (re.compile(r"(?<![\w/+])[A-Za-z0-9+/]{43}=(?!=)"), "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="),
)
_COUNTED = {"position": 41, "milliseconds": 12, "id": 1}  # counted by the whole install, or by a clock


class Desk:
    """A desk that the examples are asked of: colleagues in each role, and what was asked so far."""

    def __init__(self) -> None:
        self.people = {role: self.client(make.user(role, f"{role.value}-example")) for role in Role}
        self.examples: dict[str, dict[str, Any]] = {}
        self._operations = dict(_operations())
        self._names: dict[str, str] = {}

    def client(self, user: User) -> APIClient:
        """A client of somebody who is known to the desk."""
        client = APIClient()
        client.force_authenticate(user)
        return client

    def send(self, operation: str, *ids: object, by: Role = Role.ADMINISTRATOR, body: Any = None, query: Any = None, **headers: str) -> Any:
        """The response to an operation, which must succeed."""
        method, path, names = self._operations[operation]
        given = dict(zip(names, map(str, ids), strict=True))
        kwargs: dict[str, Any] = {"headers": {name.replace("_", "-"): value for name, value in headers.items()}}
        address = path.format(**given)
        if method == "get":
            response = self.people[by].get(address, query or {}, **kwargs)
        else:
            response = getattr(self.people[by], method)(address, body, **kwargs)
        assert response.status_code < 400, (operation, response.content.decode())
        return response

    def show(self, operation: str, *ids: object, body: Any = None, query: Any = None, **headers: str) -> Any:
        """The same, and it is the operation's example. Gives the body of the answer."""
        by = {"by": headers.pop("by")} if "by" in headers else {}
        response = self.send(operation, *ids, body=body, query=query, **by, **headers)
        names = self._operations[operation][2]
        asked = {"path": dict(zip(names, map(str, ids), strict=True)), "query": query, "body": body}
        asked["headers"] = {name.replace("_", "-"): value for name, value in headers.items()}
        answered = {"status": response.status_code, "headers": {name: response[name] for name in SHOWN if name in response.headers}}
        if "octet-stream" in response.headers.get("Content-Type", ""):
            answered["bytes"] = 32 * (len(response.content) // 32)  # hashes are as long as they are; entries vary with names and numbers
        elif response.content:
            answered["body"] = json.loads(response.content) if "json" in response["Content-Type"] else _unfolded(response.content.decode())
        said = {"request": {name: value for name, value in asked.items() if value not in (None, {})}, "response": answered}
        assert operation not in self.examples, operation
        self._names = {}  # by themselves: an operation that is new changes no other's example
        self.examples[operation] = self.steady(said)
        return answered.get("body")

    def steady(self, part: Any, name: str = "") -> Any:
        """A part of an example as it reads in every run."""
        if isinstance(part, dict):
            return {self.steady(key): self.steady(value, key) for key, value in part.items()}
        if isinstance(part, list):
            return [self.steady(each, name) for each in part]
        if isinstance(part, int) and not isinstance(part, bool) and name in _COUNTED:
            return _COUNTED[name]
        if isinstance(part, str) and name == "id" and part.isdigit():  # as it stands in an address
            return str(_COUNTED[name])
        return self._steady_text(part) if isinstance(part, str) else part

    def _steady_text(self, text: str) -> str:
        for pattern, same in _SAME:
            text = pattern.sub(same, text)
        return _UUID.sub(lambda found: self._names.setdefault(found[0], str(UUID(int=FIRST_ID + len(self._names)))), text)


def _unfolded(text: str) -> str:
    """Lines of a calendar go on after a blank: an id may be cut anywhere."""
    return text.replace("\r\n ", "")


def _operations() -> Iterator[tuple[str, tuple[str, str, list[str]]]]:
    """Each operation's method, address and the parameters in it."""
    for path, methods in schema()["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], (method, path, re.findall(r"{(\w+)}", path))
