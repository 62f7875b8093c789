"""OpenAPI 3.1 takes the words of JSON Schema 2020-12; drf-spectacular and Django REST framework still use some of OpenAPI 3.0."""

from typing import Any

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
    if plain.get("oneOf") == [ANYTHING, {"type": "null"}]:
        del plain["oneOf"]
    if isinstance(plain.get("nullable"), bool):
        return _with_null(plain)
    return plain


def _with_null(schema: dict[str, Any]) -> dict[str, Any]:
    nullable = schema.pop("nullable")
    kinds = schema.get("type")
    if nullable and isinstance(kinds, str):
        schema["type"] = [kinds, "null"]
    return schema
