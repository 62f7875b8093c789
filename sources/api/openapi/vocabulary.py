"""OpenAPI 3.1 takes the words of JSON Schema 2020-12; drf-spectacular and Django REST framework still use some of OpenAPI 3.0."""

from typing import Any

# At least one digit, of the ten that JSON has too, in the space that the columns have: 30 before the point and 10 after it.
DECIMAL = r"^-?(?:[0-9]{1,30}(?:\.[0-9]{0,10})?|\.[0-9]{1,10})$"
_OF_ALL = ("description", "title", "default", "readOnly", "writeOnly", "example", "deprecated")  # said of both kinds of value
EMPTY = {"type": "string", "maxLength": 0}
ANYTHING: dict[str, Any] = {}


def use_json_schema_words(result: dict[str, Any], **_context: Any) -> dict[str, Any]:
    """A postprocessing hook.

    It says `"type": [..., "null"]` for `nullable`, and `{}` for `oneOf` of anything and of null, which null fits twice, and so not at all.
    """
    translated: dict[str, Any] = _translate(result)
    return translated


def _translate(part: Any) -> Any:
    if isinstance(part, list):
        return [_translate(each) for each in part]
    if not isinstance(part, dict):
        return part
    plain = {name: _translate(value) for name, value in part.items()}
    if "discriminator" not in plain and all("$ref" in each for each in plain.get("oneOf", [ANYTHING])):
        plain["anyOf"] = plain.pop("oneOf")  # answers bear members that are not described, so one may fit several
    if EMPTY in plain.get("oneOf", ()):
        plain["anyOf"] = plain.pop("oneOf")  # what may be empty by its own pattern too would fit both, and so not one
    if plain.get("oneOf") == [ANYTHING, {"type": "null"}]:
        del plain["oneOf"]
    if isinstance(plain.get("nullable"), bool):
        plain = _with_null(plain)
    if plain.get("format") == "decimal" and "pattern" in plain:
        plain["pattern"] = DECIMAL
    return _apart(plain) if isinstance(plain.get("type"), list) and "format" in plain else plain


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    nullable = schema.pop("nullable")
    kinds = schema.get("type")
    if nullable and isinstance(kinds, str):
        schema["type"] = [kinds, "null"]
    return schema


def _apart(schema: dict[str, Any]) -> dict[str, Any]:
    """A value in a format, or null, as two schemas: a format says nothing of null, and programs that generate values forget it there."""
    of_all = {name: value for name, value in schema.items() if name in _OF_ALL}
    kinds = [kind for kind in schema["type"] if kind != "null"]
    if len(kinds) != 1 or len(kinds) == len(schema["type"]):
        return schema
    value = {name: value for name, value in schema.items() if name not in _OF_ALL} | {"type": kinds[0]}
    return {"oneOf": [value, {"type": "null"}]} | of_all
