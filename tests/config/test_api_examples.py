"""Every operation of the API has an example in its description, and each is sent here and answered as it says."""

import json
import os

import jsonschema_rs
import pytest

from config.api_examples import FOLDER, load
from tests.config import example_story
from tests.config.api_examples import Desk
from tests.contract import schema, validator_of

WRITE = os.environ.get("ISNAD_WRITE_EXAMPLES")


def described() -> set[str]:
    """The operations of the description."""
    return {operation["operationId"] for methods in schema()["paths"].values() for operation in methods.values()}


@pytest.mark.django_db
def test_every_example_is_answered_as_it_says(settings):
    settings.ORIGIN, settings.ADDRESS = "desk.example/log", "https://desk.example"
    desk = Desk()
    example_story.tell(desk)
    if WRITE:
        for path in FOLDER.glob("*.json"):
            path.unlink()
        for name, example in desk.examples.items():
            (FOLDER / f"{name}.json").write_text(json.dumps(example, ensure_ascii=False, indent=1) + "\n")
        load.cache_clear()
        schema.cache_clear()
    assert set(desk.examples) == described()
    for name, example in desk.examples.items():
        assert example == load()[name], f"{name}: `make examples` writes them anew"


def test_every_operation_has_an_example_that_fits_its_schema():
    assert set(load()) == described()
    for methods in schema()["paths"].values():
        for operation in methods.values():
            for content in contents(operation):
                validator_of(content["schema"]).validate(content["example"])


def contents(operation):
    """What a request or an answer of the operation holds, where it has an example and is JSON."""
    holders = [operation.get("requestBody", {}), *operation["responses"].values()]
    return [c for holder in holders for media, c in holder.get("content", {}).items() if media == "application/json" and "example" in c]


def test_an_example_that_does_not_fit_is_found():
    shape = {"$ref": "#/components/schemas/Problem"}
    with pytest.raises(jsonschema_rs.ValidationError):
        validator_of(shape).validate({"title": 3})
