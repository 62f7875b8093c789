"""A pytest plugin: every answer under /api/ that a test gets is held against the API's own description (OpenAPI 3.1).

Django's test client, and so Django REST framework's, is watched. An operation, a status, a media type or a header that the description
does not know, and a body that is otherwise than described, fail the test by name. Objects are closed here: a member that is not described
is a fault, although readers of the API must bear with new ones.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import Any

import jsonschema_rs
import pytest

ROOT = "/api/v1/"
_ITSELF = (f"{ROOT}schema/", f"{ROOT}docs/")  # the description and its pages are no operations of it
_TOLD_HEADERS = ("ETag", "Location", "Idempotency-Replayed", "Retry-After", "WWW-Authenticate", "Last-Modified", "Deprecation")
_METHODS = ("get", "post", "put", "patch", "delete")
_NO_OPERATION = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED)
PROBLEM = "application/problem+json"
_BASE = "urn:isnad:api"

_faults: list[str] = []  # of the test that runs


@dataclass(frozen=True)
class Answer:
    """What was answered to whom."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes


@cache
def schema() -> dict[str, Any]:
    """The description of the API as its readers get it."""
    from django.utils import translation
    from drf_spectacular.generators import SchemaGenerator
    from drf_spectacular.renderers import OpenApiJsonRenderer

    with translation.override("en"):
        # Of all addresses, even where the test that comes first has only some of them (`pytest.mark.urls`).
        generator = SchemaGenerator(urlconf="config.urls")
        told: dict[str, Any] = json.loads(OpenApiJsonRenderer().render(generator.get_schema(request=None, public=True)))
    return told


def faults(answer: Answer) -> Iterator[str]:
    """In what an answer is otherwise than described; nothing where it is as described."""
    if not answer.path.startswith(ROOT) or answer.path in _ITSELF:
        return
    name = f"{answer.method} {answer.path}"
    method = "get" if answer.method == "HEAD" else answer.method.lower()
    found = _operation(method, answer.path)
    if found is None:
        yield from (f"{name}: {fault}" for fault in _outside(answer))
        return
    operation, told = found
    said = told["responses"].get(str(answer.status))
    if said is None:
        yield f"{name}: {operation} does not say that it may answer {answer.status}: {_short(answer.body)}"
        return
    described = _resolved(said)
    where = f"{name} ({operation}, {answer.status})"
    yield from (f"{where}: {fault}" for fault in _of_headers(answer, described.get("headers", {})))
    if answer.method != "HEAD":
        yield from (f"{where}: {fault}" for fault in _of_body(answer, described.get("content", {}), operation))


def _outside(answer: Answer) -> Iterator[str]:
    """What no operation describes: an address there is not, a method that an address does not take, a redirection to the slash."""
    if answer.status == HTTPStatus.MOVED_PERMANENTLY and answer.headers.get("Location", "").split("?")[0].endswith(f"{answer.path}/"):
        return
    if answer.status not in _NO_OPERATION:
        yield f"answered {answer.status}, and is no operation of the description"
    if answer.status == HTTPStatus.METHOD_NOT_ALLOWED and "Allow" not in answer.headers:
        yield "does not say which methods are allowed"
    if answer.method != "HEAD":  # whose answers have no body
        yield from _of_body(answer, {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}}, "problem")


def _of_headers(answer: Answer, told: dict[str, Any]) -> Iterator[str]:
    names = {name.lower() for name in told}
    yield from (f"the header {name} is not described" for name in _TOLD_HEADERS if name in answer.headers and name.lower() not in names)
    for name, said in told.items():
        if name not in answer.headers:
            if said.get("required"):
                yield f"the header {name} is missing"
        else:
            yield from (f"the header {name}: {error}" for error in _errors(json.dumps(said["schema"]), answer.headers[name]))


def _of_body(answer: Answer, content: dict[str, Any], operation: str) -> Iterator[str]:
    if not content:
        if answer.body:
            yield f"has a body, and none is described: {_short(answer.body)}"
        return
    media = answer.headers.get("Content-Type", "").split(";")[0]
    if media not in content:
        yield f"{media or 'no media type'} is not described, only {', '.join(content)}: {_short(answer.body)}"
    elif media.endswith("json"):
        yield from _errors(json.dumps(content[media]["schema"]), json.loads(answer.body))


def _errors(wanted: str, value: Any) -> Iterator[str]:
    for error in _validator(wanted).iter_errors(value):
        place = "/".join(map(str, error.instance_path))
        yield f"{place}: {error.message[:300]}" if place else error.message[:300]


def validator_of(described: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    """What finds the faults of a value against a schema of the description."""
    return _validator(json.dumps(described))


@cache
def _validator(wanted: str) -> jsonschema_rs.Draft202012Validator:
    described = json.loads(wanted.replace('"#/components', f'"{_BASE}#/components'))
    return jsonschema_rs.Draft202012Validator(closed(described), registry=_registry(), validate_formats=True)


@cache
def _registry() -> jsonschema_rs.Registry:
    components = closed(deepcopy(schema()["components"]["schemas"]))
    return jsonschema_rs.Registry([(_BASE, {"components": {"schemas": components}})], draft=jsonschema_rs.Draft202012)


def closed(part: Any) -> Any:
    """The schema with no room for members that it does not name."""
    if isinstance(part, list):
        return [closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    inner = {name: closed(value) for name, value in part.items()}
    if isinstance(inner.get("properties"), dict) and "type" in inner and "additionalProperties" not in inner:
        inner["additionalProperties"] = False
    return inner


@cache
def _routes() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Each address as a pattern, those without parameters first."""
    paths = sorted(schema()["paths"].items(), key=lambda item: item[0].count("{"))
    return [(_pattern(path), methods) for path, methods in paths]


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", lambda found: ".+" if found[1] == "place" else "[^/]+", re.escape(path)))


def _operation(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    """The name of an operation and how it is described; None where no address of the description has such a method."""
    for pattern, methods in _routes():
        if pattern.fullmatch(path) and method in methods:
            return methods[method]["operationId"], methods[method]
    return None


def _resolved(said: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in said:
        return said
    found: dict[str, Any] = schema()["components"]["responses"][said["$ref"].rpartition("/")[2]]
    return found


def _short(body: bytes) -> str:
    return body[:200].decode(errors="replace")


def pytest_configure(config: pytest.Config) -> None:
    """Watches the test client."""
    from django.test import Client

    plain = Client.request

    def watched(self: Client, **request: Any) -> Any:
        response = plain(self, **request)
        path, method = str(request.get("PATH_INFO", "")), str(request.get("REQUEST_METHOD", "GET"))
        if path.startswith(ROOT) and method != "OPTIONS":
            body = b"" if response.streaming else response.content
            if response.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            _faults.extend(faults(Answer(method, path, response.status_code, response.headers, body)))
        return response

    Client.request = watched  # type: ignore[method-assign]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Fails a test that was answered otherwise than described."""
    _faults.clear()
    result = yield
    if _faults and not item.get_closest_marker("undescribed"):
        told = "\n".join(dict.fromkeys(_faults))
        _faults.clear()
        pytest.fail(f"answered otherwise than the API describes itself:\n{told}", pytrace=False)
    return result
