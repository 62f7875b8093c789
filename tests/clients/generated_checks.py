"""Two checks beside those of schemathesis, in its own process: what fits is not refused for its shape, and what does not fit is refused."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import schemathesis
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import negative_data_rejection

# Django REST framework's sentences on shapes, and our own.
SHAPE = (
    "This field is required.",
    "This field may not be",
    "Not a valid",
    "A valid",
    "Must be a valid",
    "Ensure this",
    "Ensure that there are no more than",
    "Expected a",
    "Invalid data",
    "Date has wrong format",
    "Datetime has wrong format",
    "Incorrect type",
    "is not a valid choice.",
    "There is no such field.",
)
OF_OTHER_READERS = ("ordering",)  # readers outside have orderings that the desk has not, and the other way about


class RefusedForItsShape(Failure):
    """A request that fits the description was refused as if it did not."""


@schemathesis.check
def shape_is_as_described(ctx: Any, response: Any, case: Any) -> None:
    """A 400 to what was generated to fit may tell of what there is not, and not of what is missing, of another type or too long."""
    if response.status_code != 400 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    errors = {field: said for field, said in response.json().get("errors", {}).items() if field not in OF_OTHER_READERS}
    shape = {field: said for field, said in errors.items() if any(words in one for one in said for words in SHAPE)}
    if shape:
        raise RefusedForItsShape(operation=case.operation.label, message=f"{shape}")


@schemathesis.check
def wrong_data_is_refused(ctx: Any, response: Any, case: Any) -> None:
    """What schemathesis itself checks of data that does not fit, but for bodies that fit once they are read as leniently as they are."""
    if response.status_code == 412:  # somebody who saw another version is refused before their body is looked at
        return
    try:
        negative_data_rejection(ctx, response, case)
    except (Failure, FailureGroup):
        if not _fits_leniently(case):
            raise


def _fits_leniently(case: Any) -> bool:
    """Does the body fit when numbers in its lists of words are taken as the words that they are written with?"""
    content = case.operation.definition.raw.get("requestBody", {}).get("content", {}).get("application/json")
    if content is None or not isinstance(case.body, dict):
        return False
    reference = content["schema"].get("$ref", "").rpartition("/")[2]
    known = _schemas().get(reference, {}).get("properties", {})
    lenient = {name: _lenient(known.get(name, {}), value) for name, value in case.body.items()}
    wanted = {"$ref": f"#/components/schemas/{reference}", "components": {"schemas": _schemas()}}
    return jsonschema_rs.Draft202012Validator(wanted).is_valid(lenient)


def _lenient(described: dict[str, Any], value: Any) -> Any:
    words = described.get("items", {}).get("type") == "string"
    if not words or not isinstance(value, list):
        return value
    return [str(each) if isinstance(each, int | float) and not isinstance(each, bool) else each for each in value]


@cache
def _schemas() -> dict[str, Any]:
    """The schemas of the description that is tested: it lies where schemathesis was started."""
    schemas: dict[str, Any] = json.loads(Path("schema.json").read_text())["components"]["schemas"]
    return schemas
