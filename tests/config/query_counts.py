"""How many queries each request to the API makes, counted while the examples' story is told, and stated in a table."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from rest_framework.test import APIClient

from sources.api import tokens
from sources.models import ApiToken
from tests.config.api_examples import Desk
from tests.sql_trace import sent

TABLE = Path(__file__).parent.parent / "data" / "queries.tsv"
ROOT = "api/v1/"
CHANGE_NOTHING = ("match", "erase")  # POSTs: a search, and a dry run
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
Request = tuple[str, str]  # method and address, as `GET claims/{id}/`


class CountingDesk(Desk):
    """A desk that is asked with tokens, as programs do, and counts the statements of what it shows."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[Request, list[str]] = {}
        self._asked: dict[str, tuple[tuple[Any, ...], dict[str, Any]]] = {}
        self._shows = False

    def client(self, user: User) -> APIClient:
        """With a token: looking it up is one of the queries."""
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.make(user)}")
        # The minute of its last use is noted once a minute: in which request depends on the clock.
        ApiToken.objects.filter(user=user).update(used_at=timezone.now() + timedelta(days=1))
        return client

    def send(self, operation: str, *ids: object, **how: Any) -> Any:
        """Counts what is shown as an example, and nothing else."""
        with sent() as statements:
            response = super().send(operation, *ids, **how)
        if self._shows:
            self.shown[self.request(operation)] = statements
            self._asked[operation] = (ids, how)
        return response

    def show(self, operation: str, *ids: object, **how: Any) -> Any:
        """The same, and it counts."""
        self._shows = True
        try:
            return super().show(operation, *ids, **how)
        finally:
            self._shows = False

    def request(self, operation: str) -> Request:
        """The method and the address of an operation."""
        method, path, _names = self._operations[operation]
        return method.upper(), path.removeprefix(f"/{ROOT}")

    def subject(self, operation: str) -> Any:
        """What an operation was shown of."""
        return self._asked[operation][0][0]

    def about(self, operation: str, *ids: object) -> None:
        """From now on it is shown of something else."""
        self._asked[operation] = (ids, self._asked[operation][1])

    def reading(self) -> list[str]:
        """The operations that were shown and change nothing."""
        return [name for name in self._asked if self.request(name)[0] == "GET" or name in CHANGE_NOTHING]

    def again(self, operation: str, **otherwise: Any) -> list[str]:
        """The statements of an operation that was shown, asked once more."""
        ids, how = self._asked[operation]
        with sent() as statements:
            super().send(operation, *ids, **how | otherwise)
        return statements


def addresses() -> set[Request]:
    """Every method of every address of the API, from the URL conf."""
    return {(method, address) for address, view in _under(get_resolver(), "") for method in _methods(view)}


def _under(resolver: URLResolver, before: str) -> Iterator[tuple[str, Any]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _under(one, route) if route.startswith(ROOT) or ROOT.startswith(route) else ()
        elif isinstance(one, URLPattern) and route.startswith(ROOT):
            address = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", route.removeprefix(ROOT))
            yield address.replace("{pk}", "{id}"), one.callback


def _methods(view: Any) -> list[str]:
    kind = getattr(view, "cls", None) or view.view_class
    return [method for method in METHODS if method.lower() in kind.http_method_names and hasattr(kind, method.lower())]


def stated() -> dict[Request, tuple[int, int]]:
    """The table: queries where there is one row of everything, and where there are twenty."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {(row["method"], row["address"]): (int(row["one"]), int(row["twenty"])) for row in rows}


def write(counted: dict[Request, tuple[int, int]]) -> None:
    """The table anew."""
    by_address: dict[str, list[Request]] = defaultdict(list)
    for request in counted:
        by_address[request[1]].append(request)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter="\t", lineterminator="\n")
        lines.writerow(["method", "address", "one", "twenty"])
        for address in sorted(by_address):
            for request in sorted(by_address[address], key=lambda each: METHODS.index(each[0])):
                lines.writerow([*request, *counted[request]])
