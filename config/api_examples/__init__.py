"""An example of every operation for the description of the API: a request, and what it was answered.

One file an operation, written from a real run of tests/config/test_api_examples.py (`make examples`) and compared with one each time:
nobody edits them by hand.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
Example = dict[str, Any]


def add_examples(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """A postprocessing hook: each operation's parameters, body and answer get what stands in its file."""
    known = load()
    for methods in result["paths"].values():
        for operation in methods.values():
            if example := known.get(operation["operationId"]):
                _add(operation, example)
    return result


@cache
def load() -> dict[str, Example]:
    """The examples by the names of their operations."""
    return {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


def _add(operation: dict[str, Any], example: Example) -> None:
    asked, answered = example["request"], example["response"]
    for parameter in operation.get("parameters", ()):
        given = asked.get({"path": "path", "query": "query", "header": "headers"}[parameter["in"]], {})
        if parameter["name"] in given:
            parameter["example"] = given[parameter["name"]]
    if "body" in asked:
        for content in operation["requestBody"]["content"].values():
            content["example"] = asked["body"]
    answer = operation["responses"].get(str(answered["status"]), {})
    media_type = answered["headers"].get("Content-Type", "").split(";")[0]
    if media_type in answer.get("content", {}) and "body" in answered:
        answer["content"][media_type]["example"] = answered["body"]
