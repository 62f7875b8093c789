"""Every operation of the API by its schema, with a request that fits it and ways to spoil that request."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.contract import schema

HUGE = 10**30
DEEP = "[" * 1000 + "]" * 1000
# What no field expects where it stands, each as JSON: half a surrogate pair can only be written as an escape.
STRANGE = {
    "a number": "7",
    "a negative number": "-1",
    "a huge integer": str(HUGE),
    "a number without end": "1e999",
    "a fraction": "0.5",
    "a boolean": "true",
    "null": "null",
    "an object": '{"a": {"b": [1]}}',
    "a list": '[1, "a", null, {"b": []}]',
    "an empty text": '""',
    "a text with NUL": '"a\\u0000b"',
    "half a surrogate pair": '"a\\ud800b"',
    "a long text": json.dumps("س" * 200_000),
    "a text of another sort": '"2022-02-30"',
    "deep nesting": DEEP,
}
STRANGE_WORDS = ["", "a\0b", "a\ud800b", str(HUGE), "-1", "1e999", "true", "[1]", "س" * 3000, "2022-02-30", "%", "'", '"']
BROKEN = ["{", "[1]", "7", "null", '"a"', "{}", "\xff\xfe", DEEP, '{"a": ' + DEEP + "}"]
BROKEN += ['{"a\\u0000": 1}', '{"\\ud800": 1}', "NaN", "[NaN]", "1" * 5000, '{"a": 1e999}']
STRANGE_IDS = ["7", "nonsense", "00000000-0000-0000-0000-000000000000", "%00", "019e0000-0000-7000-8000-000000000000", str(HUGE), "-1"]


@dataclass(frozen=True)
class Operation:
    """One method at one address, as the schema has it."""

    method: str
    path: str
    parameters: tuple[str, ...] = ()  # of the query
    fields: dict[str, Any] = field(default_factory=dict, hash=False)  # of the body: a value that fits each

    @property
    def name(self) -> str:
        """For people."""
        return f"{self.method.upper()} {self.path.removeprefix('/api/v1/')}"

    def spoiled(self) -> Iterator[tuple[str, str]]:
        """Bodies with one field that is strange, and what is strange of each."""
        for name in self.fields:
            for what, strange in STRANGE.items():
                others = {other: value for other, value in self.fields.items() if other != name}
                members = [f"{json.dumps(other)}: {json.dumps(value)}" for other, value in others.items()]
                yield f"{name}: {what}", "{" + ", ".join([*members, f"{json.dumps(name)}: {strange}"]) + "}"


def operations() -> list[Operation]:
    """Every one."""
    found = []
    for path, methods in schema()["paths"].items():
        for method, told in methods.items():
            asked = tuple(p["name"] for p in told.get("parameters", ()) if p["in"] == "query")
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            found.append(Operation(method, path, asked, _example(body) if body else {}))
    return found


def _example(shape: dict[str, Any], name: str = "") -> Any:
    if "$ref" in shape:
        return _example(schema()["components"]["schemas"][shape["$ref"].rpartition("/")[2]], name)
    if "properties" in shape:  # what is asked beyond the single fields stands beside them
        return {key: _example(inner, key) for key, inner in shape["properties"].items()}
    for words in ("allOf", "oneOf", "anyOf"):
        if words in shape:
            return _example(shape[words][0], name)
    if "enum" in shape:
        return shape["enum"][0]
    kind = shape.get("type", "string")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return {}
    if kind == "array":
        return [_example(shape["items"], name)]
    if kind in ("integer", "number"):
        return max(1, shape.get("minimum", 1))
    if kind == "boolean":
        return True
    return copy.copy(_TEXTS.get(shape.get("format", ""), _NAMED.get(name, "نص")))


_TEXTS = {
    "uuid": "019e0000-0000-7000-8000-000000000000",
    "date": "2023-01-31",
    "date-time": "2023-01-31T12:00:00Z",
    "uri": "https://example.org/",
    "decimal": "1.5",
}
_NAMED = {"language": "ar", "url": "https://example.org/", "published": "2023", "edtf": "2023", "wikidata": "Q1", "rating": "true"}
